"""Every kind of letter of the sample runners: kept as goldens, and judged by `make mail-check`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from coach.profile import Race
from coach.week import Phase
from language.tongue import ENGLISH
from mail import account_letters, breaks
from mail.account_letters import AccountLetter
from mail.letter import Known, WeeklyLetter
from mail.operator_letter import Alert, operator
from mail.reminder import reminder
from mail.render import Rendered, Renderer, Titled
from mail.reply import SafetyLetter
from tests.mail.sample import (
    INES,
    JOE,
    MARA,
    MONDAY,
    POSTAL_ADDRESS,
    RUNS,
    URLS,
    a_band_week,
    a_full_week,
    a_letter,
    a_pain_week,
    a_screening_week,
    a_stop_week,
    a_week,
    because,
)
from tests.mail.sample_abroad import GERMAN, MIRRORED, a_letter_in, a_reply_in
from tests.mail.sample_replies import a_reply, a_rest, a_rest_as_planned, a_rest_with_nothing_left, a_stop_reply

ROOT = Path(__file__).parents[2]
RENDERER = Renderer(ROOT / "templates" / "email")

SITE = "https://stridewell.example"
LATER = datetime(2026, 11, 29, 17, 32, tzinfo=UTC)

AROUND_A_BREAK = {
    "account_url": URLS.account,
    "unsubscribe_url": URLS.unsubscribe,
    "postal_address": POSTAL_ADDRESS,
}
NUMBERS = (("runners with a programme", 1204), ("weeks planned", 1187), ("answers", 2011), ("mails that failed", 2))

LETTERS: dict[str, Callable[[], WeeklyLetter | SafetyLetter | Titled]] = {
    "two-sessions-in-kilograms": a_letter,
    "three-sessions": lambda: a_letter(a_full_week()),
    "one-session-in-pounds": lambda: a_letter(a_band_week(), JOE, known=Known()),
    "stop": lambda: a_letter(a_stop_week(), INES, known=Known()),
    "pain": lambda: a_letter(a_pain_week()),
    "a-year-after-screening": lambda: a_letter(a_screening_week()),
    "race-week": lambda: a_letter(
        a_week(phase=Phase.RACE, sessions=(), changes=(), focus=because("Light legs, nothing new.")),
        known=Known(RUNS, Race(MONDAY + timedelta(days=6), 21.1)),
    ),
    "weekly-in-german": lambda: a_letter_in(GERMAN),
    "weekly-from-right-to-left": lambda: a_letter_in(MIRRORED),
    "reply-to-pain-in-german": lambda: a_reply_in(GERMAN),
    "reply-to-pain": a_reply,
    "reply-to-some-pain": lambda: a_reply(a_rest()),
    "reply-to-pain-with-nothing-left": lambda: a_reply(a_rest_with_nothing_left()),
    "reply-to-lasting-pain": lambda: a_reply(a_rest_as_planned()),
    "reply-to-red-flag": a_stop_reply,
    "confirm": lambda: account_letters.confirm(
        MARA,
        url=f"{SITE}/confirm/token",
        until=LATER,
        unsubscribe_url=URLS.unsubscribe,
        postal_address=POSTAL_ADDRESS,
    ),
    "sign-in": lambda: account_letters.sign_in(
        MARA,
        url=f"{SITE}/sign-in/token",
        until=LATER,
        unsubscribe_url=URLS.unsubscribe,
        postal_address=POSTAL_ADDRESS,
    ),
    "reminder-in-german": lambda: reminder(
        replace(MARA, tongue=GERMAN),
        a_week(),
        today=MONDAY + timedelta(days=5),
        urls=URLS,
        postal_address=POSTAL_ADDRESS,
    ),
    "sign-in-in-german": lambda: account_letters.sign_in(
        replace(MARA, tongue=GERMAN),
        url=f"{SITE}/sign-in/token",
        until=LATER,
        unsubscribe_url=URLS.unsubscribe,
        postal_address=POSTAL_ADDRESS,
    ),
    "reminder": lambda: reminder(
        MARA, a_week(), today=MONDAY + timedelta(days=2), urls=URLS, postal_address=POSTAL_ADDRESS
    ),
    "away": lambda: breaks.away(MARA, until=MONDAY + timedelta(days=20), **AROUND_A_BREAK),
    "back": lambda: breaks.back(INES, next_mail=MONDAY + timedelta(days=6), **AROUND_A_BREAK),
    "operator": lambda: operator(MONDAY, (), NUMBERS, postal_address=POSTAL_ADDRESS),
    "operator-alerted": lambda: operator(
        MONDAY,
        (
            Alert(
                "Mails are held", "3 mails may or may not have arrived.", "look at them with `stridewell outbox held`."
            ),
        ),
        NUMBERS,
        postal_address=POSTAL_ADDRESS,
    ),
    "address-change-at-the-old": lambda: a_change(at_new=False),
    "address-change-at-the-new": lambda: a_change(at_new=True),
    "goodbye": lambda: account_letters.goodbye(
        erased=("your name and your address", "two planned weeks"),
        when="Sunday 29 November 2026, 17:32 UTC",
        reference="K7QM-2XNA-94PD",
        postal_address=POSTAL_ADDRESS,
        tongue=ENGLISH,
    ),
}


def a_change(*, at_new: bool) -> AccountLetter:
    return account_letters.address_change(
        MARA,
        address="mara@new.example",
        at_new=at_new,
        url=f"{SITE}/move/{'new' if at_new else 'old'}/token",
        until=LATER,
        unsubscribe_url="" if at_new else URLS.unsubscribe,
        postal_address=POSTAL_ADDRESS,
    )


def rendered(name: str) -> Rendered:
    letter = LETTERS[name]()
    if isinstance(letter, WeeklyLetter):
        return RENDERER.weekly(letter)
    return RENDERER.safety(letter) if isinstance(letter, SafetyLetter) else RENDERER.render(letter)
