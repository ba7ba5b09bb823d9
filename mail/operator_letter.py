"""The mail to the operator: what a day was like in numbers, and what needs a hand. It names nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from language.tongue import ENGLISH, Tongue
from mail import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that needs a hand: what it is, and what to do."""

    title: str
    said: str
    remedy: str

    @property
    def parts(self) -> tuple[tuple[str, bool], ...]:
        """The remedy, and of each part whether it is a command to type: what stands between backticks."""
        return tuple((text, place % 2 == 1) for place, text in enumerate(self.remedy.split("`")))


@dataclass(frozen=True, slots=True)
class OperatorLetter:
    """span: the day it tells of. numbers: what was counted, and how many, "1,204"."""

    template: Literal["operator"]
    headline: str
    preheader: str
    title: str
    span: str
    lead: str
    alerts: tuple[Alert, ...]
    numbers: tuple[tuple[str, str], ...]
    unsubscribe_url: str
    postal_address: str
    tongue: Tongue


def operator(
    day: date, alerts: Sequence[Alert], numbers: Sequence[tuple[str, int]], *, postal_address: str
) -> OperatorLetter:
    """The mail about a day. Without alerts it says so first, for whoever reads no further."""
    many = ENGLISH.counted("one thing needs", "%(count)s things need", len(alerts))
    title = f"{many[0].upper()}{many[1:]} a hand" if alerts else "All is well"
    return OperatorLetter(
        template="operator",
        headline=f"Stridewell: {title[0].lower()}{title[1:]}",
        preheader=alerts[0].title if alerts else "Nothing needs a hand.",
        title=title,
        span=words.a_day(day, ENGLISH),
        lead="What needs a hand comes first." if alerts else "Nothing needs a hand. The day in numbers:",
        alerts=tuple(alerts),
        numbers=tuple((name, f"{number:,}") for name, number in numbers),
        unsubscribe_url="",
        postal_address=words.one_line(postal_address),
        # Whoever runs Stridewell reads English.
        tongue=ENGLISH,
    )
