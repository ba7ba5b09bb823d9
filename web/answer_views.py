"""The answer page as values: what its templates show, every field with its name, its limits and what is chosen in it already."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from coach.answers import Effort
from web import fields as f
from web.followed import Followed


@dataclass(frozen=True, slots=True)
class Tap:
    """The choice a mail's link carries: how a session was, or how many were left of the exercise asked about, or both."""

    session: int
    effort: Effort | None = None
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose. value "" says nothing."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class NumberField:
    """A typed number. value: what stands in it, "" for nothing. limits: the least and most it takes."""

    name: str
    label: str
    value: str
    limits: f.Limits


@dataclass(frozen=True, slots=True)
class ChoiceField:
    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def option_tags(self) -> Markup:
        """The options of a `select`, written."""
        return _option_tags(self.options)


@dataclass(frozen=True, slots=True, eq=False)
class ExerciseView:
    """left is None for jumps and where it is asked above, load is None where no number can say it. key: unique on the page.

    switch: the step up or down within the session; None where there is none, and where it is asked above. swap: which exercise was
    done, where one took the place of the planned one; then name and numbers are of that one.
    The same value for everybody with the same exercise and dose.
    """

    key: str
    name: str
    dose: str
    sets: NumberField
    amount: NumberField
    left: ChoiceField | None
    load: NumberField | None
    switch: ChoiceField | None
    asked_above: bool
    swap: ChoiceField | None


@dataclass(frozen=True, slots=True)
class SessionView:
    """tapped: the answer that came with the link and is not stored yet, in words. detailed: detail was told before.

    named: which exercise left nothing, and which a lot; empty when each has been told of by itself.
    """

    name: str
    day: str
    minutes_planned: int
    effort: ChoiceField
    named: tuple[ChoiceField, ...]
    rpe: ChoiceField
    minutes: NumberField
    exercises: tuple[ExerciseView, ...]
    tapped: str
    detailed: bool


@dataclass(frozen=True, slots=True)
class QuestionView:
    """The week's one question. about: its session and dose. switch: None where there is no other dose to have switched to.

    exercise: its name. tapped: the number that came with the link, in words. effort_open: how the session was is not said yet.
    """

    asks: str
    exercise: str
    session: str
    about: str
    left: ChoiceField
    switch: ChoiceField | None
    tapped: str
    effort_open: bool


@dataclass(frozen=True, slots=True)
class RegionView:
    """A place that may hurt. key: the region's. marked: said before."""

    key: str
    label: str
    marked: bool
    level: ChoiceField
    settled: ChoiceField


@dataclass(frozen=True, slots=True, eq=False)
class HurtsView:
    """What hurts. told, flags_told: said before, and not to be unsaid by a form. open: show the regions.

    The same for everybody who told the same, and then the very same value: its part of the page is written once.
    """

    told: bool
    flags_told: tuple[str, ...]
    open: bool
    flags: tuple[Option, ...]
    regions: tuple[RegionView, ...]


@dataclass(frozen=True, slots=True, eq=False)
class FeelingView:
    """How the week felt as a whole, and what feels tight. told, tight_told: answered before. As HurtsView, one for all alike."""

    told: bool
    scales: tuple[ChoiceField, ...]
    tight_told: bool
    tight: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """week: its days in words. changed: the doses are no longer those of the weekly mail. answered: anything was, before; said: in how many answers.

    followed: what was filled in from following along, and is not saved yet.
    """

    week: str
    changed: bool
    sessions: tuple[SessionView, ...]
    question: QuestionView | None
    notices: tuple[str, ...]
    hurts: HurtsView
    feeling: FeelingView
    note: str
    answered: bool
    said: int
    followed: Followed | None

    @property
    def tapped(self) -> SessionView | None:
        return next((s for s in self.sessions if s.tapped), None)


@lru_cache(maxsize=512)
def _option_tags(options: tuple[Option, ...]) -> Markup:
    tag = Markup('<option value="{}"{}>{}</option>\n')
    return Markup().join(tag.format(o.value, Markup(" selected") if o.chosen else "", o.label) for o in options)
