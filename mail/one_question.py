"""The week's one question: its words and its six answers, the same in the mail and on the answer page.

docs/evidence.md#one-question
"""

from __future__ import annotations

from dataclasses import dataclass

from coach.catalogue import Catalogue
from coach.week import DoseMode, Prescription, Week
from language.tongue import Tongue

SECONDS_PER_REP = 3
"""A hold's or carry's "left" is told in repetition-equivalents of three seconds, as coach.capacity counts them."""

MOST_LEFT = 5
"""Stands for "5 or more"."""


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


def card(week: Week, session: int, catalogue: Catalogue, answer_url: str, tongue: Tongue) -> QuestionCard | None:
    """The question in its session of the mail; None in the others."""
    p = asked(week, session)
    if p is None:
        return None
    return QuestionCard(
        asks=asks(p, catalogue.by_slug[p.exercise].name, tongue),
        switchable=p.easier is not None or p.harder is not None,
        taps=tuple(
            LeftTap(label(p.mode, left, tongue), spoken(p.mode, left, tongue), f"{answer_url}?s={session}&l={left}")
            for left in range(MOST_LEFT + 1)
        ),
    )


def asks(p: Prescription, name: str, tongue: Tongue) -> str:
    """Like "In the last set, how many more than 10 Pallof presses could you have done?".

    Counted from the plan's amount, the answer means the same whether the set ended there or went on.
    """
    if p.mode is DoseMode.REPS:
        return tongue.gettext(
            "In the last set, how many more than %(amount)s %(exercises)s could you have done?",
            exercises=tongue.several(name),
            amount=p.dose.amount,
        )
    # "Held the calf hold" would say it twice.
    if p.mode is DoseMode.CARRY:
        said = tongue.gettext(
            "In the last set, how much longer than %(seconds)s s could you have gone on with the %(exercise)s?"
        )
    elif name.endswith("hold"):
        said = tongue.gettext(
            "In the last set, how much longer than %(seconds)s s could you have kept up the %(exercise)s?"
        )
    else:
        said = tongue.gettext(
            "In the last set, how much longer than %(seconds)s s could you have held the %(exercise)s?"
        )
    return said % {"seconds": p.dose.amount, "exercise": tongue.within(name)}


def label(mode: DoseMode, left: int, tongue: Tongue) -> str:
    """What a button says: "3", "5+"; for holds and carries "9 s", "15 s+"; never torn apart."""
    more = "+" if left == MOST_LEFT else ""
    if mode is DoseMode.REPS:
        return f"{left}{more}"
    return tongue.gettext("%(seconds)s s", seconds=left * SECONDS_PER_REP).replace(" ", "\u00a0") + more


def spoken(mode: DoseMode, left: int, tongue: Tongue) -> str:
    """A button's words where its surroundings are not heard: "3 left", "9 s more"; they begin with what the button says."""
    shown = label(mode, left, tongue)
    if mode is DoseMode.REPS:
        return tongue.gettext("%(number)s left", number=shown)
    return tongue.gettext("%(time)s more", time=shown)


def said(mode: DoseMode, left: int, tongue: Tongue) -> str:
    """The answer in words: "none left", "3 left", "5 or more left"; "not a second more", "about 9 s more", "15 s more or longer"."""
    if mode is DoseMode.REPS:
        if left == 0:
            return tongue.gettext("none left")
        if left == MOST_LEFT:
            return tongue.gettext("%(number)s or more left", number=left)
        return tongue.gettext("%(number)s left", number=left)
    if left == 0:
        return tongue.gettext("not a second more")
    seconds = left * SECONDS_PER_REP
    if left == MOST_LEFT:
        return tongue.gettext("%(seconds)s s more or longer", seconds=seconds)
    return tongue.gettext("about %(seconds)s s more", seconds=seconds)
