from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from mail.links import (
    CALENDAR_FILE,
    LONGEST_TOKEN,
    PATHS,
    Answering,
    Expired,
    Following,
    Invalid,
    LinkError,
    Links,
    Unsubscribing,
    Viewing,
)

KEY = "a signing key of the test, long enough"
OLDER_KEY = "the key that signed last year's letters"
RUNNER = "q3Zp0vX1yT5mB8nC2kLw7A"
MONDAY = date(2026, 11, 23)
LAST_DAY = date(2026, 12, 21)
LINKS = Links("https://stridewell.example", (KEY,))


def token_of(link: str) -> str:
    return link.rpartition("/")[2].removesuffix(CALENDAR_FILE)


EVERY_LINK = {
    "answer": LINKS.answer(RUNNER, MONDAY, expires=LAST_DAY),
    "follow": LINKS.follow(RUNNER, MONDAY, expires=LAST_DAY),
    "week": LINKS.week(RUNNER, MONDAY, expires=LAST_DAY),
    "unsubscribe": LINKS.unsubscribe(RUNNER, expires=LAST_DAY),
    "progress": LINKS.progress(RUNNER, expires=LAST_DAY),
    "calendar": LINKS.calendar(RUNNER),
}


def test_an_answer_link_brings_back_the_runner_and_the_week():
    link = LINKS.answer(RUNNER, MONDAY, expires=LAST_DAY)
    assert link.startswith("https://stridewell.example/a/")
    assert LINKS.read("answer", token_of(link), today=MONDAY) == Answering(RUNNER, MONDAY)


def test_a_follow_link_brings_back_the_runner_the_week_and_its_last_day():
    link = LINKS.follow(RUNNER, MONDAY, expires=LAST_DAY)
    assert link.startswith("https://stridewell.example/f/")
    assert LINKS.read("follow", token_of(link), today=MONDAY) == Following(RUNNER, MONDAY, LAST_DAY)


def test_an_unsubscribe_link_brings_back_the_runner():
    link = LINKS.unsubscribe(RUNNER, expires=LAST_DAY)
    assert link.startswith("https://stridewell.example/u/")
    assert LINKS.read("unsubscribe", token_of(link), today=MONDAY) == Unsubscribing(RUNNER)


def test_progress_and_calendar_links_bring_back_the_runner():
    for purpose in ("progress", "calendar"):
        link = EVERY_LINK[purpose]
        assert link.startswith(f"https://stridewell.example{PATHS[purpose]}")
        assert LINKS.read(purpose, token_of(link), today=MONDAY) == Viewing(RUNNER)


def test_a_calendar_does_not_stop_by_itself():
    token = token_of(EVERY_LINK["calendar"])
    assert EVERY_LINK["calendar"].endswith(".ics")
    assert LINKS.read("calendar", token, today=LAST_DAY + timedelta(days=3650)) == Viewing(RUNNER)


def test_the_same_letter_has_the_same_links_every_time():
    again = Links("https://stridewell.example/", (KEY,))
    assert LINKS.answer(RUNNER, MONDAY, expires=LAST_DAY) == again.answer(RUNNER, MONDAY, expires=LAST_DAY)
    assert LINKS.unsubscribe(RUNNER, expires=LAST_DAY) == again.unsubscribe(RUNNER, expires=LAST_DAY)


def test_a_link_is_short_enough_not_to_be_broken_by_mail_programs():
    assert len(token_of(LINKS.answer(RUNNER, MONDAY, expires=LAST_DAY))) <= 80


def test_a_link_works_on_its_last_day_and_not_the_day_after():
    for token, purpose in (
        (token_of(LINKS.answer(RUNNER, MONDAY, expires=LAST_DAY)), "answer"),
        (token_of(LINKS.unsubscribe(RUNNER, expires=LAST_DAY)), "unsubscribe"),
        (token_of(LINKS.progress(RUNNER, expires=LAST_DAY)), "progress"),
        (token_of(LINKS.follow(RUNNER, MONDAY, expires=LAST_DAY)), "follow"),
    ):
        assert not isinstance(LINKS.read(purpose, token, today=LAST_DAY), Expired | Invalid)
        assert LINKS.read(purpose, token, today=LAST_DAY + timedelta(days=1)) == Expired()


def test_a_link_of_one_purpose_does_nothing_for_another():
    assert set(EVERY_LINK) == set(PATHS)
    for made_for, link in EVERY_LINK.items():
        for purpose in PATHS:
            if purpose != made_for:
                assert LINKS.read(purpose, token_of(link), today=MONDAY) == Invalid(), (made_for, purpose)


def test_links_signed_with_the_older_key_still_work_and_new_ones_use_the_newer():
    older = Links("https://stridewell.example", (OLDER_KEY,))
    ring = Links("https://stridewell.example", (KEY, OLDER_KEY))
    yesterday = older.answer(RUNNER, MONDAY, expires=LAST_DAY)
    assert ring.read("answer", token_of(yesterday), today=MONDAY) == Answering(RUNNER, MONDAY)
    fresh = ring.answer(RUNNER, MONDAY, expires=LAST_DAY)
    assert fresh == LINKS.answer(RUNNER, MONDAY, expires=LAST_DAY)
    assert older.read("answer", token_of(fresh), today=MONDAY) == Invalid()


def test_every_changed_character_makes_a_link_invalid():
    token = token_of(LINKS.answer(RUNNER, MONDAY, expires=LAST_DAY))
    for place, was in enumerate(token):
        for now in "Aa0-_.!~":
            if now != was:
                changed = token[:place] + now + token[place + 1 :]
                assert LINKS.read("answer", changed, today=MONDAY) == Invalid(), (place, now)


def test_every_shortened_or_lengthened_link_is_invalid():
    token = token_of(LINKS.answer(RUNNER, MONDAY, expires=LAST_DAY))
    for length in range(len(token)):
        assert LINKS.read("answer", token[:length], today=MONDAY) == Invalid()
    for tail in ("A", "=", "==", ".", "\n", "é", "A" * LONGEST_TOKEN, "%20"):
        assert LINKS.read("answer", token + tail, today=MONDAY) == Invalid()


@settings(deadline=None)
@given(st.text())
def test_whatever_is_typed_after_the_slash_is_answered_with_invalid(typed):
    for purpose in PATHS:
        assert LINKS.read(purpose, typed, today=MONDAY) == Invalid()


@settings(deadline=None)
@given(st.text(max_size=60), st.integers(-100, 2000), st.integers(0, 4000))
def test_any_key_and_week_make_the_journey(key, weeks, days):
    monday, expires = MONDAY + timedelta(weeks=weeks), MONDAY + timedelta(days=days)
    try:
        link = LINKS.answer(key, monday, expires=expires)
    except LinkError:
        assert len(key) > 20
        return
    assert LINKS.read("answer", token_of(link), today=expires) == Answering(key, monday)


@pytest.mark.parametrize(
    "payload", [None, {}, [RUNNER], [RUNNER, "x", 3], [1, 2, 3], [RUNNER, 1, 2, 3], [RUNNER, 1.5, 2], "text"]
)
def test_a_rightly_signed_token_of_another_shape_is_invalid(payload):
    signer = URLSafeSerializer(KEY, salt="stridewell.answer")
    assert LINKS.read("answer", signer.dumps(payload), today=MONDAY) == Invalid()


@pytest.mark.parametrize("days", [10**7, 10**9, 10**12, -(10**9)])
def test_a_rightly_signed_day_outside_the_calendar_is_invalid(days):
    signer = URLSafeSerializer(KEY, salt="stridewell.answer")
    assert LINKS.read("answer", signer.dumps([RUNNER, 3, days]), today=MONDAY) == Invalid()
    assert LINKS.read("answer", signer.dumps([RUNNER, days, 3]), today=MONDAY) == Invalid()


def test_a_key_too_long_for_a_link_is_refused():
    with pytest.raises(LinkError, match="subscriber_key"):
        LINKS.unsubscribe("k" * LONGEST_TOKEN, expires=LAST_DAY)


def test_a_week_begins_on_a_monday():
    for make in (LINKS.answer, LINKS.follow):
        with pytest.raises(LinkError, match="Monday"):
            make(RUNNER, MONDAY + timedelta(days=1), expires=LAST_DAY)


@pytest.mark.parametrize("keys", [(), ("",), (KEY, "short")])
def test_links_need_keys_that_cannot_be_guessed(keys):
    with pytest.raises(LinkError, match="SECRET_KEY"):
        Links("https://stridewell.example", keys)


@pytest.mark.parametrize(
    "address", ["", "stridewell.example", "ftp://x", "https://a b", "https://x\r\nEvil: 1", "https://x/?a=1"]
)
def test_links_need_a_web_address(address):
    with pytest.raises(LinkError, match="PUBLIC_URL"):
        Links(address, (KEY,))


def test_the_key_does_not_show_in_a_traceback():
    assert KEY not in repr(LINKS)
