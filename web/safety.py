"""Which safety words an answer calls for, at once and on the page itself. docs/safety.md"""

from __future__ import annotations

from dataclasses import dataclass

from coach.answers import Answers, RedFlag
from language.tongue import Tongue
from web.words import EMERGENCY, FLAGS, REGIONS, SAME_DAY

SEVERE_PAIN = 6
"""From here on, of 10, pain is looked at by a clinician. docs/evidence.md#pain"""


@dataclass(frozen=True, slots=True)
class Safety:
    """Each: what was told, in the runner's words; empty when there is nothing to say. calf: no stretching, no massage."""

    emergency: tuple[str, ...]
    same_day: tuple[str, ...]
    bone: bool
    calf: bool
    pain: tuple[str, ...]

    @property
    def stopped(self) -> bool:
        """A red flag: no plan until a person has cleared it."""
        return bool(self.emergency or self.same_day or self.bone)

    @property
    def needed(self) -> bool:
        return self.stopped or bool(self.pain)


def safety(answers: Answers, tongue: Tongue) -> Safety:
    def said(flags: frozenset[RedFlag]) -> tuple[str, ...]:
        return tuple(tongue.gettext(label) for flag, label in FLAGS.items() if flag in flags & answers.red_flags)

    levels = {p.region: p.level for p in answers.pains}
    return Safety(
        emergency=said(EMERGENCY),
        same_day=said(SAME_DAY),
        bone=RedFlag.BONE_PAIN in answers.red_flags,
        calf=RedFlag.CALF_SWELLING in answers.red_flags,
        pain=tuple(
            tongue.gettext("%(region)s (%(level)s of 10)", region=tongue.gettext(label), level=levels[region])
            for region, label in REGIONS.items()
            if levels.get(region, 0) >= SEVERE_PAIN
        ),
    )
