"""Every kind of letter of the sample runners: kept as goldens, and judged by `make mail-check`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coach.week import Phase
from mail.letter import WeeklyLetter
from mail.render import Rendered, Renderer
from mail.reply import SafetyLetter
from tests.mail.sample import (
    INES,
    JOE,
    a_band_week,
    a_full_week,
    a_letter,
    a_pain_week,
    a_reply,
    a_rest,
    a_rest_as_planned,
    a_rest_with_nothing_left,
    a_stop_reply,
    a_stop_week,
    a_week,
    because,
)

ROOT = Path(__file__).parents[2]
RENDERER = Renderer(ROOT / "templates" / "email")

LETTERS: dict[str, Callable[[], WeeklyLetter | SafetyLetter]] = {
    "two-sessions-in-kilograms": a_letter,
    "three-sessions": lambda: a_letter(a_full_week()),
    "one-session-in-pounds": lambda: a_letter(a_band_week(), JOE),
    "stop": lambda: a_letter(a_stop_week(), INES),
    "pain": lambda: a_letter(a_pain_week()),
    "race-week": lambda: a_letter(
        a_week(phase=Phase.RACE, sessions=(), changes=(), focus=because("Race week: light legs, nothing new."))
    ),
    "reply-to-pain": a_reply,
    "reply-to-some-pain": lambda: a_reply(a_rest()),
    "reply-to-pain-with-nothing-left": lambda: a_reply(a_rest_with_nothing_left()),
    "reply-to-lasting-pain": lambda: a_reply(a_rest_as_planned()),
    "reply-to-red-flag": a_stop_reply,
}


def rendered(name: str) -> Rendered:
    letter = LETTERS[name]()
    return RENDERER.weekly(letter) if isinstance(letter, WeeklyLetter) else RENDERER.safety(letter)
