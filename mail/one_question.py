"""The week's one question: its words and its six answers, the same in the mail and on the answer page.

docs/evidence.md#one-question
"""

from __future__ import annotations

from dataclasses import dataclass

from coach.catalogue import Catalogue
from coach.week import DoseMode, Prescription, Week

SECONDS_PER_REP = 3
"""A hold's or carry's "left" is told in repetition-equivalents of three seconds, as coach.capacity counts them."""

MOST_LEFT = 5
"""Stands for "5 or more"."""

_NAMES_OF_PEOPLE_AND_PLACES = frozenset({"Copenhagen", "Nordic", "Pallof", "Romanian"})
"""First words of exercises that keep their capital within a sentence."""
_HEAD_ENDS = (", ", " with ", " off ")
"""What follows these describes the exercise further and takes no plural: "step-ups with knee drive"."""


@dataclass(frozen=True, slots=True)
class LeftTap:
    """One answer: what its button says, what is read out for it, and the link that opens the page with it chosen."""

    label: str
    spoken: str
    url: str


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """The question as the mail asks it. switchable: the runner may have changed the dose within the session."""

    asks: str
    switchable: bool
    taps: tuple[LeftTap, ...]


def asked(week: Week, session: int) -> Prescription | None:
    """What the question is about, when it is about this session; None without one, or when its exercise is not there."""
    question = week.question
    if question is None or question.session != session or not 0 <= session < len(week.sessions):
        return None
    return next((p for p in week.sessions[session].exercises if p.exercise == question.exercise), None)


def card(week: Week, session: int, catalogue: Catalogue, answer_url: str) -> QuestionCard | None:
    """The question in its session of the mail; None in the others."""
    p = asked(week, session)
    if p is None:
        return None
    return QuestionCard(
        asks=asks(p, catalogue.by_slug[p.exercise].name),
        switchable=p.easier is not None or p.harder is not None,
        taps=tuple(
            LeftTap(label(p.mode, left), spoken(p.mode, left), f"{answer_url}?s={session}&l={left}")
            for left in range(MOST_LEFT + 1)
        ),
    )


def asks(p: Prescription, name: str) -> str:
    """Like "In the last set, how many Pallof presses more than 10 had you in you?".

    Counted from the plan's amount, the answer means the same whether the set ended there or went on.
    """
    if p.mode is DoseMode.REPS:
        return f"In the last set, how many {several(name)} more than {p.dose.amount} had you in you?"
    # "Held the calf hold" would say it twice.
    done = "gone on with" if p.mode is DoseMode.CARRY else "kept up" if name.endswith("hold") else "held"
    return (
        f"In the last set, how much longer than {p.dose.amount} s could you have {done} the {within_a_sentence(name)}?"
    )


def label(mode: DoseMode, left: int) -> str:
    """What a button says: "3", "5+"; for holds and carries "9 s", "15 s+"; never torn apart."""
    more = "+" if left == MOST_LEFT else ""
    return f"{left}{more}" if mode is DoseMode.REPS else f"{left * SECONDS_PER_REP}\u00a0s{more}"


def spoken(mode: DoseMode, left: int) -> str:
    """A button's words where its surroundings are not heard: "3 left", "9 s more"; they begin with what the button says."""
    return f"{label(mode, left)} {'left' if mode is DoseMode.REPS else 'more'}"


def said(mode: DoseMode, left: int) -> str:
    """The answer in words: "none left", "3 left", "5 or more left"; "not a second more", "about 9 s more", "15 s more or longer"."""
    if mode is DoseMode.REPS:
        return {0: "none left", MOST_LEFT: f"{MOST_LEFT} or more left"}.get(left, f"{left} left")
    seconds = left * SECONDS_PER_REP
    return {0: "not a second more", MOST_LEFT: f"{seconds} s more or longer"}.get(left, f"about {seconds} s more")


def within_a_sentence(name: str) -> str:
    """An exercise's name after other words: "side plank", "Copenhagen plank, short lever"."""
    first = name.partition(" ")[0]
    return name if first in _NAMES_OF_PEOPLE_AND_PLACES else name[:1].lower() + name[1:]


def several(name: str) -> str:
    """An exercise's name in the plural, within a sentence: "leg presses", "step-ups with knee drive"."""
    name = within_a_sentence(name)
    cut = min((at for end in _HEAD_ENDS if (at := name.find(end)) > 0), default=len(name))
    head, rest = name[:cut], name[cut:]
    return f"{head}{'es' if head.endswith(('s', 'x', 'ch', 'sh')) else 's'}{rest}"
