"""Nothing for axe to object to on the way from signing up to good-bye, by day and by night."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.account.test_walk import Walk, browser, fill_in, phone, walk
from tests.web.test_player_axe import complaints

__all__ = ["browser", "phone", "walk"]

pytestmark = pytest.mark.mailcheck

SCHEMES: list[dict[str, Any]] = [{"color_scheme": "light"}, {"color_scheme": "dark"}]


@pytest.mark.parametrize("walk", SCHEMES, indirect=True, ids=["light", "dark"])
def test_signing_up_and_the_account_are_there_for_everybody(walk: Walk) -> None:
    page = walk.page

    def judge(path: str = "") -> None:
        if path:
            walk.open(path)
        page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert complaints(page) == [], page.url

    for path in ("/", "/sent", "/sign-in", "/join"):
        judge(path)
    page.evaluate("document.querySelector('form').noValidate = true")
    walk.press("Sign up")
    judge()
    walk.open("/join")
    fill_in(walk)
    walk.press("Sign up")
    judge(walk.mail("/confirm/"))
    walk.press("Yes, begin")
    judge()
    walk.mail("/a/")
    for path in ("", "/profile", "/tests", "/weeks", "/address"):
        judge(f"/account{path}")
    walk.open("/account/weeks")
    page.locator(".rows a").first.click()
    judge()
    judge("/account/erase")
    page.get_by_label("Yes, erase everything").check()
    walk.press("Erase")
    judge()
