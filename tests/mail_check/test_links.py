"""Every link and picture of every mail, opened as a scanner opens it: it leads somewhere, and nothing changes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import MetaData, select

from app import website
from app.wiring import House
from tests.mail_check.mails import Mail
from tests.web.chromium import served

pytestmark = pytest.mark.mailcheck

LINK = re.compile(r'href="([^"]+)"')
PICTURE = re.compile(r'src="([^"]+)"')
BARE = re.compile(r"https?://[^\s>]+")


def test_every_link_leads_to_a_page_of_ours_and_opening_it_changes_nothing(house: House, posted: list[Mail]) -> None:
    links = sorted({link for mail in posted for link in links_of(mail)})
    assert {urlsplit(link).netloc for link in links} == {urlsplit(house.settings.public_url).netloc}
    before = everything(house)
    with served(website.create(house)) as address, httpx.Client(base_url=address, follow_redirects=True) as scanner:
        # A scanner drops what stands after "#".
        opened = {
            link: scanner.get(urlsplit(link)._replace(scheme="", netloc="", fragment="").geturl()) for link in links
        }
    assert {link: page.status_code for link, page in opened.items() if page.status_code != httpx.codes.OK} == {}
    assert everything(house) == before


def links_of(mail: Mail) -> set[str]:
    unsubscribe = BARE.findall(str(mail.message["List-Unsubscribe"]))
    html = {link.replace("&amp;", "&") for link in LINK.findall(mail.html)}
    assert html <= {*BARE.findall(mail.text)}, f"{mail.name}: the text part lacks a link"
    return html | {*BARE.findall(mail.text), *PICTURE.findall(mail.html), *unsubscribe}


def everything(house: House) -> dict[str, list[str]]:
    """Every row of every table."""
    tables = MetaData()
    with house.engine.connect() as connection:
        tables.reflect(connection)
        return {t.name: sorted(map(repr, connection.execute(select(t)))) for t in tables.sorted_tables}
