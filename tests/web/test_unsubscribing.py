from __future__ import annotations

from datetime import timedelta

import pytest

from models import erasing, subscribers, suppressions
from models.due import due_at
from models.people import Status
from tests.builders import MONDAY, take_letters
from tests.web.conftest import FORM, Website
from tests.web.reading import form_of

ONE_CLICK = b"List-Unsubscribe=One-Click"
MULTIPART = (
    b'--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    "multipart/form-data; boundary=b",
)


def status_of(website: Website) -> Status:
    with website.deps.sessionmaker() as session:
        runner = subscribers.get(session, website.runner.key)
    assert runner is not None
    return runner.status


def letters_to_send(website: Website) -> int:
    now = website.deps.clock()
    with website.deps.sessionmaker.begin() as session:
        return len(take_letters(session, worker="w", limit=10, lease_s=60, now=now))


def reason_of(website: Website) -> str:
    (row,) = website.everything()["suppressions"]
    return next(str(cell) for cell in row if cell in {"page", "one-click", "too-often", "no-time"})


@pytest.mark.parametrize(("body", "kind"), [(ONE_CLICK, FORM), MULTIPART])
def test_one_click_stops_every_mail_without_cookie_or_redirect(website: Website, body: bytes, kind: str) -> None:
    page = website.post(website.unsubscribe_path(), body, kind)
    assert page.status_code == 200
    assert "set-cookie" not in page.headers
    assert "location" not in page.headers
    assert status_of(website) is Status.UNSUBSCRIBED
    assert reason_of(website) == "one-click"
    assert letters_to_send(website) == 0
    with website.deps.sessionmaker() as session:
        assert suppressions.is_suppressed(session, website.runner.email)
        assert due_at(session, website.deps.clock() + timedelta(days=2)).by_week == {}


def test_a_letter_is_waiting_as_long_as_nobody_unsubscribes(website: Website) -> None:
    website.get(website.unsubscribe_path())
    assert status_of(website) is Status.ACTIVE
    assert letters_to_send(website) == 1


def test_unsubscribing_twice_is_unsubscribing_once(website: Website) -> None:
    website.post(website.unsubscribe_path(), ONE_CLICK)
    before = website.everything()
    website.hands["now"] += timedelta(days=1)
    page = website.post(website.unsubscribe_path(), b"reason=too-often")
    assert page.status_code == 200
    assert website.everything() == before


def test_the_page_has_a_button_and_says_so_when_it_is_done(website: Website) -> None:
    page = website.get(website.unsubscribe_path())
    assert page.status_code == 200
    assert website.runner.email not in page.text
    done = website.post(form_of(page.text).action)
    assert "You are unsubscribed" in done.text
    assert reason_of(website) == "page"
    assert "You are unsubscribed" in website.get(website.unsubscribe_path()).text


def test_a_reason_is_one_click_too(website: Website) -> None:
    assert 'name="reason" value="too-often"' in website.get(website.unsubscribe_path()).text
    website.post(website.unsubscribe_path(), b"reason=too-often")
    assert reason_of(website) == "too-often"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", ""),
        (b"", FORM),
        (b"reason=knee+pain", FORM),
        (b"reason=no-time&reason=too-often", FORM),
        (b"\xff\xfe", FORM),
        (b"%FF", FORM),
        (b"{}", "application/json"),
    ],
)
def test_nothing_odd_in_the_body_stands_in_the_way_of_leaving(website: Website, body: bytes, kind: str) -> None:
    assert website.post(website.unsubscribe_path(), body, kind).status_code == 200
    assert status_of(website) is Status.UNSUBSCRIBED
    assert reason_of(website) == "page"


def test_an_answer_link_does_not_unsubscribe(website: Website) -> None:
    token = website.answer_path().removeprefix("/a/")
    assert website.post(f"/u/{token}", ONE_CLICK).status_code == 404
    assert status_of(website) is Status.ACTIVE


def test_an_old_unsubscribe_link_says_what_to_do_instead(website: Website) -> None:
    website.hands["now"] += timedelta(days=100)
    page = website.post(website.unsubscribe_path(), ONE_CLICK)
    assert page.status_code == 410
    assert "“unsubscribe” link in the newest mail" in page.text
    assert status_of(website) is Status.ACTIVE


def test_a_runner_who_was_erased_hears_that_nothing_more_is_sent(website: Website) -> None:
    path = website.unsubscribe_path()
    with website.deps.sessionmaker.begin() as session:
        erasing.erase(session, website.runner, now=website.deps.clock())
    before = website.everything()
    page = website.post(path, ONE_CLICK)
    assert page.status_code == 200
    assert "We send you nothing more" in page.text
    assert website.everything() == before


def test_leaving_keeps_the_answers_that_were_given(website: Website) -> None:
    website.post(website.answer_path(), [("s0.effort", "right")])
    website.post(website.unsubscribe_path(), ONE_CLICK)
    assert website.told(MONDAY).sessions
