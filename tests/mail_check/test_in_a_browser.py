"""Every kind of mail in a real browser, phone and desk, day and night: nothing for axe to object to, nobody scrolls sideways.

The pictures lie in var/mail-check afterwards, for a person to look at.
"""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.mail.letters import LETTERS, ROOT
from tests.mail_check.conftest import HERE
from tests.mail_check.mails import Mail

pytestmark = pytest.mark.mailcheck

PICTURES = ROOT / "var" / "mail-check"
WIDTHS = {"phone": 375, "desk": 1280}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COMPLAINTS = """async () => (await axe.run()).violations.map(
  v => `${v.id}: ${v.help} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 120)}`)"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("screen", WIDTHS)
@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.usefixtures("node")
def test_a_mail_is_there_for_everybody(
    name: str, screen: str, scheme: Literal["light", "dark"], browser: Browser, goldens: list[Mail]
) -> None:
    (mail,) = (mail for mail in goldens if mail.name == name)
    page = browser.new_page(viewport={"width": WIDTHS[screen], "height": 800}, color_scheme=scheme)
    page.set_content(mail.html)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}-{screen}-{scheme}.png", full_page=True)
    assert page.evaluate(SIDEWAYS) <= 0
    page.add_script_tag(path=HERE / "node_modules" / "axe-core" / "axe.min.js")
    assert page.evaluate(COMPLAINTS) == []
    page.close()
