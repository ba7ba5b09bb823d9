"""Where every reason the engine gives, and every rule that holds a dose, has its ground: page#anchor, below docs/.

The section there says what we do, what was found and by whom, and where the finding stops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from coach.limits import Ground

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach.week import Reason

SELF_TESTS: Final = "evidence.md#self-tests"

REASONS: Final[Mapping[str, str]] = {
    # what the week is about
    "focus_anatomical": "evidence.md#phases",
    "focus_level": "safety.md#screening",
    "focus_base": "evidence.md#phases",
    "focus_build": "evidence.md#phases",
    "focus_peak": "evidence.md#phases",
    "focus_taper": "evidence.md#taper",
    "focus_race": "evidence.md#taper",
    "focus_deload": "evidence.md#deload",
    "focus_return": "evidence.md#silence",
    "focus_stop": "safety.md#red-flags",
    # what changed
    "first": "evidence.md#dose",
    "one_day": "evidence.md#layout",
    "tested": SELF_TESTS,
    "retested": SELF_TESTS,
    "pain_severe": "evidence.md#pain",
    "pain_less": "evidence.md#pain",
    "pain_hold": "evidence.md#pain",
    "hurts": "safety.md#red-flags",
    "unclear": "safety.md#always",
    "body_mass": "evidence.md#body-mass",
    "sore": "evidence.md#readiness",
    "strain": "evidence.md#readiness",
    "gap": "evidence.md#silence",
    "silence": "evidence.md#silence",
    "skipped": "evidence.md#silence",
    "back": "evidence.md#silence",
    "resumes": "evidence.md#silence",
    "steady": "evidence.md#progression",
    "phase_race": "evidence.md#taper",
    "phase_taper": "evidence.md#taper",
    "phase_taper_rest": "evidence.md#taper",
    "race_again": "evidence.md#taper",
    "phase_recovery": "evidence.md#after-a-race",
    "phase_recovery_rest": "evidence.md#after-a-race",
    "phase_deload": "evidence.md#deload",
    "phase_deload_hard": "evidence.md#readiness",
    "easy_week": "evidence.md#easy-week",
    "swap_pain": "evidence.md#pain",
    "swap_equipment": "evidence.md#choice",
    "swap_heavy": "evidence.md#running-economy",
    "swap_plateau": "evidence.md#choice",
    "swap_variety": "evidence.md#choice",
    "swap_outgrown": "evidence.md#choice",
    "swap_light": "evidence.md#layout",
    "swap_easy": "evidence.md#choice",
    "swap_one_leg": "evidence.md#qualities",
    "swap_back": "evidence.md#choice",
    "swap_screen": "safety.md#screening",
    "swap_age": "evidence.md#masters",
    "swap_plan": "evidence.md#choice",
    "returned": "evidence.md#coming-back",
    "third_session": "evidence.md#phases",
    "turns": "evidence.md#choice",
    "ladder_up": "evidence.md#ladder",
    "ladder_up_early": "evidence.md#ladder",
    "ladder_up_jumps": "evidence.md#plyometrics",
    "jumps_first": "evidence.md#plyometrics",
    "ladder_down": "evidence.md#ladder",
    "ladder_down_pain": "evidence.md#pain",
    "dose_back": "evidence.md#anchor",
    "dose_range": "evidence.md#reserve",
    "dose_screen": "safety.md#screening",
    "dose_answers": "evidence.md#caps",
    "dose_more": "evidence.md#progression",
    "dose_more_sets": "evidence.md#volume",
    "dose_fewer_sets": "evidence.md#dose",
    "dose_pain": "evidence.md#pain",
    "ladder_down_hurts": "safety.md#red-flags",
    "dose_hurts": "safety.md#red-flags",
    "race_added": "evidence.md#taper",
    "race_over": "evidence.md#after-a-race",
    "rest_severe": "evidence.md#pain",
    "dose_gear": "evidence.md#choice",
    "dose_again": "evidence.md#silence",
    "dose_waited": "evidence.md#silence",
    "screen_level": "safety.md#screening",
    "screen_rest": "safety.md#screening",
    "rest_stretch_screen": "safety.md#screening",
    "rest_out": "evidence.md#pain",
    "rest_stretch": "safety.md#pain",
    "dose_calm": "evidence.md#pain",
    "dose_idle": "evidence.md#silence",
    "dose_gap": "evidence.md#silence",
    "dose_taper": "evidence.md#taper",
    "dose_race": "evidence.md#taper",
    "dose_deload": "evidence.md#deload",
    "dose_sets": "evidence.md#dose",
    "dose_plan": "evidence.md#reps-in-reserve",
    "stretch_longer": "evidence.md#stretching",
    # why an exercise, a stretch or a day
    "why": "evidence.md#qualities",
    "stretch_tight": "evidence.md#stretching",
    "stretch_loaded": "evidence.md#stretching",
    "stretch_range": "evidence.md#stretching",
    "stretch_before": "evidence.md#stretching",
    "placed_after_hard": "evidence.md#layout",
    "placed_after_long": "evidence.md#layout",
    "placed_easy": "evidence.md#layout",
    "placed_free": "evidence.md#layout",
    "placed_light_day": "evidence.md#layout",
    "placed_light": "evidence.md#layout",
    # notices
    "stop": "safety.md#red-flags",
    "adults_only": "safety.md#screening",
    "clearance_first": "safety.md#screening",
    "clearance_gentle": "safety.md#screening",
    "clearance": "safety.md#screening",
    "screen_again": "safety.md#screening",
    "screen_overdue": "safety.md#screening",
    "clinician": "safety.md#pain",
    "hurts_where": "safety.md#red-flags",
    "hurts_lasting": "safety.md#red-flags",
}
"""By code; the codes have their words in language/reasons.py."""

RULES: Final[Mapping[Ground, str]] = {
    Ground.SCREEN: "safety.md#screening",
    Ground.HOLD: "safety.md#always",
    Ground.SORE: "evidence.md#readiness",
    Ground.TIRED: "evidence.md#readiness",
    Ground.PHASE: "evidence.md#taper",
    Ground.PAIN: "evidence.md#pain",
    Ground.MISSED: "evidence.md#silence",
    Ground.IDLE: "evidence.md#silence",
    Ground.FAILED: "evidence.md#caps",
    Ground.HARD: "evidence.md#one-tap",
    Ground.EASY: "evidence.md#easy-week",
}
"""What may stand against a rise."""


def of(reason: Reason) -> str:
    """Like "docs/evidence.md#pain"; "" for a code of an earlier version that is no longer given."""
    # A focus or a why that rests on a self-test carries its result.
    page = SELF_TESTS if any(name == "did" for name, _ in reason.values) else REASONS.get(reason.code, "")
    return f"docs/{page}" if page else ""


def rule(ground: Ground) -> str:
    """The like, for what stands against a rise."""
    return f"docs/{RULES[ground]}"
