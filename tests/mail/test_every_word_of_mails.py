"""Every word of every mail has been given to translators: told by a language that is English in brackets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.account_mails import gone
from mail import account_letters, breaks
from mail.letter import WeeklyLetter
from mail.reminder import reminder
from mail.render import Titled
from mail.reply import SafetyLetter
from models.erasing import Receipt
from tests.language.reading import met
from tests.mail.letters import AROUND_A_BREAK, LATER, RENDERER, ROOT, SITE
from tests.mail.sample import MARA, MONDAY, POSTAL_ADDRESS, URLS, a_week
from tests.mail.sample_abroad import BRACKETED, a_letter_in, a_reply_in, abroad, untranslated

ABROAD = replace(MARA, tongue=BRACKETED)
OF_THE_ACCOUNT = {"until": LATER, "unsubscribe_url": URLS.unsubscribe, "postal_address": POSTAL_ADDRESS}
SENDER = {"Stridewell", *untranslated(POSTAL_ADDRESS)}
OF_THE_RUNNER = {"Mara", "mara", "new", "example", "London", "UTC", "QM", "XNA", "PD"}


def a_change(*, at_new: bool) -> Titled:
    said = {"address": "mara@new.example", "url": f"{SITE}/move/old/token", "at_new": at_new}
    return account_letters.address_change(ABROAD, **said, **OF_THE_ACCOUNT)


def a_goodbye() -> Titled:
    when, *erased = gone(Receipt("K7QM-2XNA-94PD", LATER, 1, 2, 3, 4, 5, 1), BRACKETED)
    return account_letters.goodbye(
        erased=erased, when=when, reference="K7QM-2XNA-94PD", postal_address=POSTAL_ADDRESS, tongue=BRACKETED
    )


LETTERS: dict[str, Callable[[], WeeklyLetter | SafetyLetter | Titled]] = {
    "weekly": lambda: a_letter_in(BRACKETED),
    "safety": lambda: a_reply_in(BRACKETED),
    "reminder": lambda: reminder(
        ABROAD, abroad(a_week()), today=MONDAY + timedelta(days=2), urls=URLS, postal_address=POSTAL_ADDRESS
    ),
    "away": lambda: breaks.away(ABROAD, until=MONDAY + timedelta(days=20), **AROUND_A_BREAK),
    "back": lambda: breaks.back(ABROAD, next_mail=MONDAY + timedelta(days=6), **AROUND_A_BREAK),
    "confirm": lambda: account_letters.confirm(ABROAD, url=f"{SITE}/confirm/token", **OF_THE_ACCOUNT),
    "sign-in": lambda: account_letters.sign_in(ABROAD, url=f"{SITE}/sign-in/token", **OF_THE_ACCOUNT),
    "address-change": lambda: a_change(at_new=False),
    "address-change, at the new": lambda: a_change(at_new=True),
    "goodbye": a_goodbye,
}


def test_every_mail_to_a_runner_is_here() -> None:
    folders = {path.name for path in (ROOT / "templates" / "email").iterdir()}
    assert {name.partition(",")[0] for name in LETTERS} == folders - {"_base", "operator"}


@pytest.mark.parametrize("name", LETTERS)
def test_no_word_of_a_mail_is_kept_from_translators(name: str) -> None:
    letter = LETTERS[name]()
    if isinstance(letter, WeeklyLetter):
        mail = RENDERER.weekly(letter)
    else:
        mail = RENDERER.safety(letter) if isinstance(letter, SafetyLetter) else RENDERER.render(letter)
    assert untranslated(mail.subject) - {"Stridewell"} == set()
    for text in (mail.text, met(mail.html)):
        assert "[" in text
        assert untranslated(text) - SENDER - OF_THE_RUNNER == set()
