from __future__ import annotations

import os
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from tests.web.conftest import Website


def a_mail(**changes: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    headers = {
        "From": "Stridewell <coach@example.org>",
        "To": "Ana <ana@example.org>",
        "Subject": "Your week: two sessions – and a walk",
        "Date": "Sun, 22 Nov 2026 17:00:12 +0000",
        "Message-ID": "<weekly.2026-11-23.ana@stridewell>",
        "List-Unsubscribe": "<https://stridewell.example/u/token>",
    }
    for name, value in (headers | changes).items():
        mail[name] = value
    mail.set_content("Hello Ana,\n\ntwo sessions this week.\n")
    mail.add_alternative(
        '<html><head><title>x</title></head><body style="color:#123"><a href="/a/x">easy</a></body></html>',
        subtype="html",
    )
    return mail.as_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mailbox"
    folder.mkdir()
    return folder


@pytest.fixture
def website(open_website: Callable[..., Website], folder: Path) -> Website:
    return open_website(mailbox=folder)


def keep(folder: Path, name: str, mail: bytes, at: int) -> None:
    (folder / f"{name}.eml").write_bytes(mail)
    os.utime(folder / f"{name}.eml", (at, at))


def test_an_empty_mailbox_says_how_to_fill_it(website: Website) -> None:
    page = website.get("/mailbox")
    assert page.status_code == 200
    assert "No mail has arrived yet" in page.text


def test_the_mailbox_lists_its_letters_newest_first(website: Website, folder: Path) -> None:
    keep(folder, "first", a_mail(Subject="The first"), at=1_000)
    keep(folder, "second", a_mail(Subject="The second <b>bold</b>"), at=2_000)
    page = website.get("/mailbox").text
    assert page.index("The second") < page.index("The first")
    assert "<b>bold</b>" not in page
    assert 'href="/mailbox/second"' in page
    assert "Sunday 22 November, 17:00" in page
    assert 'href="/mailbox"' in website.get("/").text


def test_what_is_attached_to_a_letter_is_listed_below_it(website: Website, folder: Path) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "Your week"
    mail.set_content("Hello Ana.\n")
    mail.add_attachment("BEGIN:VCALENDAR <b>\n", subtype="calendar", filename="stridewell-2026-11-23.ics")
    mail.add_attachment(b"\x00\x01\x02", maintype="application", subtype="zip", filename="<i>.zip")
    keep(folder, "one", mail.as_bytes(), at=1_000)
    keep(folder, "two", a_mail(), at=2_000)
    page = website.get("/mailbox/one").text
    for said in (
        "Attached: stridewell-2026-11-23.ics",
        "text/calendar, 21 bytes",
        "BEGIN:VCALENDAR &lt;b&gt;",
        "Attached: &lt;i&gt;.zip",
        "application/zip, 3 bytes",
    ):
        assert said in page
    assert "Hello Ana." in page
    assert "Attached" not in website.get("/mailbox/two").text


def test_a_letter_is_shown_in_a_frame_that_can_do_nothing_with_text_and_headers(website: Website, folder: Path) -> None:
    keep(folder, "one", a_mail(), at=1_000)
    page = website.get("/mailbox/one")
    assert 'src="/mailbox/one/html" sandbox="allow-popups allow-popups-to-escape-sandbox"' in page.text
    assert "two sessions this week." in page.text
    assert "&lt;https://stridewell.example/u/token&gt;" in page.text
    assert "Your week: two sessions – and a walk" in page.text
    assert "frame-src 'self'" in page.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_the_framed_letter_may_only_style_itself_and_opens_its_links_elsewhere(website: Website, folder: Path) -> None:
    keep(folder, "one", a_mail(), at=1_000)
    framed = website.get("/mailbox/one/html")
    policy = framed.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "frame-ancestors 'self'" in policy
    assert "allow-scripts" not in policy
    assert '<head><base target="_blank"><title>' in framed.text


def test_a_letter_without_html_shows_its_text(website: Website, folder: Path) -> None:
    keep(folder, "plain", b"Subject: Hello\r\n\r\nJust words\r\n", at=1_000)
    page = website.get("/mailbox/plain").text
    assert "<iframe" not in page
    assert "Just words" in page
    assert website.get("/mailbox/plain/html").status_code == 404


def test_a_letter_nobody_can_read_is_still_a_page(website: Website, folder: Path) -> None:
    keep(folder, "broken", b"\xff\x00\xfe no headers at all\r\nSubject: =?x?q?=FF?=\r\n\r\n\xff", at=1_000)
    assert website.get("/mailbox").status_code == 200
    assert website.get("/mailbox/broken").status_code == 200


@pytest.mark.parametrize("name", ["none", "..%2F..%2Fetc%2Fpasswd", ".hidden", "%00", "a" * 5000, "..%5Cx"])
def test_a_name_leads_to_a_letter_or_to_nothing(website: Website, folder: Path, name: str) -> None:
    (folder.parent / "outside.eml").write_bytes(a_mail())
    for path in (f"/mailbox/{name}", f"/mailbox/{name}/html", "/mailbox/..%2Foutside"):
        assert website.get(path).status_code == 404


def test_there_is_no_mailbox_where_real_mail_is_sent(open_website: Callable[..., Website]) -> None:
    website = open_website()
    assert website.get("/mailbox").status_code == 404
    assert website.get("/mailbox/one").status_code == 404


def test_pictures_that_came_along_are_shown_in_the_mail(website: Website, folder: Path) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = "With a picture"
    mail.set_content("Hello")
    mail.add_alternative('<html><head></head><img src="cid:squat@pictures" alt=""></html>', subtype="html")
    html = mail.get_body(("html",))
    assert isinstance(html, EmailMessage)
    html.add_related(b"\x89PNG", "image", "png", cid="<squat@pictures>")
    keep(folder, "one", mail.as_bytes(), at=1)
    assert '<img src="data:image/png;base64,iVBORw==" alt="">' in website.get("/mailbox/one/html").text
