"""Tickets of the account: each for one purpose, for a while, and by our keys alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from mail.links import LONGEST_TOKEN, Expired, Invalid, Links
from mail.tickets import PATHS, Purpose, Ticket, Tickets

KEY, OLDER_KEY = "a-key-of-thirty-characters-or-so", "an-older-key-of-thirty-characters"
TICKETS = Tickets("https://stridewell.example", (KEY, OLDER_KEY))
NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=30)
PURPOSES: tuple[Purpose, ...] = ("confirm", "sign-in", "move-from", "move-to", "session", "form")
RUNNER = "0123456789abcdef012345"


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_ticket_says_what_was_put_into_it_and_nothing_for_another_purpose(purpose: Purpose) -> None:
    ticket = TICKETS.issue(purpose, RUNNER, "one", until=UNTIL)
    assert TICKETS.read(purpose, ticket, now=NOW) == Ticket(RUNNER, "one", UNTIL)
    for other in PURPOSES:
        if other != purpose:
            assert TICKETS.read(other, ticket, now=NOW) == Invalid()


def test_a_ticket_is_good_to_its_last_minute() -> None:
    ticket = TICKETS.issue("sign-in", RUNNER, "one", until=UNTIL)
    assert TICKETS.read("sign-in", ticket, now=UNTIL) == Ticket(RUNNER, "one", UNTIL)
    assert TICKETS.read("sign-in", ticket, now=UNTIL + timedelta(seconds=1)) == Expired()


def test_the_same_values_make_the_same_ticket() -> None:
    assert TICKETS.issue("confirm", RUNNER, "one", until=UNTIL) == TICKETS.issue("confirm", RUNNER, "one", until=UNTIL)


def test_a_ticket_of_the_older_key_still_works_and_new_ones_use_the_newer() -> None:
    older, newer = (Tickets("https://stridewell.example", (key,)) for key in (OLDER_KEY, KEY))
    ticket = older.issue("session", RUNNER, "one", until=UNTIL)
    assert TICKETS.read("session", ticket, now=NOW) == Ticket(RUNNER, "one", UNTIL)
    assert TICKETS.issue("session", RUNNER, "one", until=UNTIL) == newer.issue("session", RUNNER, "one", until=UNTIL)


def test_every_changed_character_makes_a_ticket_invalid() -> None:
    ticket = TICKETS.issue("sign-in", RUNNER, "one", until=UNTIL)
    for place, was in enumerate(ticket):
        for now in "Aa0-_.!":
            if now != was:
                assert TICKETS.read("sign-in", ticket[:place] + now + ticket[place + 1 :], now=NOW) == Invalid()


@given(st.text(max_size=500))
def test_whatever_is_typed_in_its_place_is_no_ticket(typed: str) -> None:
    for purpose in PURPOSES:
        assert TICKETS.read(purpose, typed, now=NOW) == Invalid()


@pytest.mark.parametrize("payload", [None, [], [RUNNER], [RUNNER, 1, 2], [RUNNER, "x", "y"], [RUNNER, "x", 10**12]])
def test_a_rightly_signed_ticket_of_another_shape_is_invalid(payload: object) -> None:
    signed = URLSafeSerializer(KEY, salt="stridewell.account.confirm").dumps(payload)
    assert TICKETS.read("confirm", str(signed), now=NOW) == Invalid()


def test_a_link_of_a_mail_is_no_ticket_and_a_ticket_no_link() -> None:
    links = Links("https://stridewell.example", (KEY,))
    token = links.unsubscribe(RUNNER, expires=UNTIL.date()).rpartition("/")[2]
    ticket = TICKETS.issue("sign-in", RUNNER, "one", until=UNTIL)
    assert links.read("unsubscribe", ticket, today=NOW.date()) == Invalid()
    for purpose in PURPOSES:
        assert TICKETS.read(purpose, token, now=NOW) == Invalid()


def test_a_link_leads_where_its_errand_is_done() -> None:
    for errand, path in PATHS.items():
        link = TICKETS.link(errand, RUNNER, "0123456789abcdef", until=UNTIL)
        assert link.startswith(f"https://stridewell.example{path}")
        assert len(link) < LONGEST_TOKEN
