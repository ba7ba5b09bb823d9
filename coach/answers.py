"""What the runner told us about one week, and how several answers become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from coach.profile import Equipment, Region
from coach.values import quick
from coach.week import Dose


class Effort(StrEnum):
    """The one-tap answer for a session."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"
    SKIPPED = "skipped"


class RedFlag(StrEnum):
    """A sign that goes to a clinician, not to a programme. docs/safety.md#red-flags"""

    CHEST_PAIN = "chest-pain"
    FAINTING = "fainting"
    BREATHLESS = "breathless"
    NEW_WEAKNESS = "new-weakness"
    SADDLE_NUMBNESS = "saddle-numbness"
    BLADDER_BOWEL = "bladder-bowel"
    CANNOT_BEAR_WEIGHT = "cannot-bear-weight"
    DEFORMITY = "deformity"
    POP_SWELLING = "pop-swelling"
    HOT_JOINT_FEVER = "hot-joint-fever"
    BONE_PAIN = "bone-pain"
    """Focal bone pain, at night, at rest or on impact."""
    CALF_SWELLING = "calf-swelling"


@dataclass(frozen=True, slots=True)
class Swap:
    """What was done in place of a planned exercise. dose: as it was offered for that place."""

    exercise: str
    dose: Dose


@dataclass(frozen=True, slots=True)
class ExerciseReport:
    """Detail for one exercise of one session, as far as given.

    exercise: as planned. swap: what was done in its place; then all the rest tells of that one.

    sets_done: sets completed. reps: repetitions (or seconds for a hold, contacts for a jump) of the usual set.
    reps_left: how many more were left at the end; 5 means "5 or more". load_kg: load used, when not the one prescribed.
    """

    exercise: str
    sets_done: int | None = None
    reps: int | None = None
    reps_left: int | None = None
    load_kg: float | None = None
    swap: Swap | None = None


@quick
@dataclass(frozen=True, slots=True)
class SessionReport:
    """Answer about one session. session: its index in the week, from 0. rpe: session effort 0–10. minutes: how long it took."""

    session: int
    effort: Effort | None = None
    rpe: int | None = None
    minutes: int | None = None
    exercises: tuple[ExerciseReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Pain:
    """Pain in a region this week. level: worst, 0–10. settled: gone again by the next morning (None: not said)."""

    region: Region
    level: int
    settled: bool | None = None


@quick
@dataclass(frozen=True, slots=True)
class Answers:
    """Everything told about one week; the empty value is silence. Out-of-range numbers are allowed in and ignored by `clean`.

    soreness: 0–10 (muscles, worst). sleep, mood: 1–5. hurts: "something hurts" without saying where.
    tight: regions called tight; None when the question was not answered.
    cleared: a person has lifted every stop told of so far, after a clinician's word; never set by a runner's own answer.
    equipment: what the runner has from here on; None when nothing was said of it.
    """

    sessions: tuple[SessionReport, ...] = ()
    pains: tuple[Pain, ...] = ()
    hurts: bool = False
    soreness: int | None = None
    sleep: int | None = None
    mood: int | None = None
    tight: frozenset[Region] | None = None
    red_flags: frozenset[RedFlag] = frozenset()
    cleared: bool = False
    note: str = ""
    equipment: Equipment | None = None

    @property
    def silent(self) -> bool:
        """Whether the runner said nothing of the week; what a person cleared, and what there is to train with, is no word about it."""
        said = self if self.equipment is None else replace(self, equipment=None)
        return said == (CLEARED if self.cleared else SILENCE)


SILENCE: Final = Answers()
CLEARED: Final = Answers(cleared=True)


@dataclass(frozen=True, slots=True)
class Word:
    """One answer as it came. day: of the week it is about, in the runner's own zone: 0 is Monday; below 0 before the week, above 6 after it."""

    day: int
    answers: Answers


def merge(answers: Iterable[Answers]) -> Answers:
    """One week's answers from all that were given, oldest first: what is answered again replaces what was said before.

    Sessions, pain regions and exercises are replaced one by one; single questions as a whole; an unanswered question
    replaces nothing. Merging an answer twice equals merging it once.
    """
    merged = SILENCE
    for answer in answers:
        sessions = {s.session: s for s in merged.sessions}
        for report in answer.sessions:
            sessions[report.session] = _merge_session(sessions.get(report.session), report)
        # The same region told twice in one answer: the worse one counts.
        told = {p.region: p for p in sorted(answer.pains, key=lambda p: (p.level, p.settled is False))}
        pains = {p.region: p for p in merged.pains} | told
        merged = Answers(
            sessions=tuple(sessions[k] for k in sorted(sessions)),
            pains=tuple(pains[k] for k in sorted(pains)),
            hurts=merged.hurts or answer.hurts,
            soreness=merged.soreness if answer.soreness is None else answer.soreness,
            sleep=merged.sleep if answer.sleep is None else answer.sleep,
            mood=merged.mood if answer.mood is None else answer.mood,
            tight=merged.tight if answer.tight is None else answer.tight,
            red_flags=answer.red_flags if answer.cleared else merged.red_flags | answer.red_flags,
            cleared=merged.cleared or answer.cleared,
            note=answer.note or merged.note,
            equipment=merged.equipment if answer.equipment is None else answer.equipment,
        )
    return merged


def _merge_session(old: SessionReport | None, new: SessionReport) -> SessionReport:
    if old is None:
        return new
    exercises = {e.exercise: e for e in old.exercises} | {e.exercise: e for e in new.exercises}
    return replace(
        new,
        effort=old.effort if new.effort is None else new.effort,
        rpe=old.rpe if new.rpe is None else new.rpe,
        minutes=old.minutes if new.minutes is None else new.minutes,
        exercises=tuple(exercises[k] for k in sorted(exercises)),
    )
