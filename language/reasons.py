"""Puts reasons into words: one sentence a code, with the numbers it stands on, in the runner's language.

The engine decides in codes and numbers; these are the only words it has. A sentence is whole: its placeholders are names, numbers and clauses
that each language orders as it likes. Where a number changes the words around it, both are given, for one and for many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from language import wording
from language.catalogue import spoken
from language.tongue import Tongue, marked
from language.values import Values
from language.wording import Counted, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coach.catalogue import Catalogue
    from coach.week import Reason


def sentence(reason: Reason, catalogue: Catalogue, units: str, tongue: Tongue) -> str:
    """One sentence for a reason. units: "kg" or "lb", for the loads in it. Raises KeyError for a code without words."""
    told = SENTENCES[reason.code]
    values = Values(dict(reason.values), spoken(catalogue, tongue), units, tongue)
    if isinstance(told, str):
        said = tongue.gettext(told) % values
    else:
        said = told.told(values) if isinstance(told, Counted) else told(values)
    return f"{said} {wording.sets(values.given(step=values.sets()))}" if values.sets_apart else said


SENTENCES: Mapping[str, str | Counted | Callable[[Values], str]] = {
    # what the week is about
    "focus_anatomical": marked(
        "Learn the movements and let tissue get used to load; your accent is %(quality)s, as %(because)s."
    ),
    "focus_level": marked("Keep what you have, gently; your accent is %(quality)s, as %(because)s."),
    "focus_base": marked("Build strength, with an accent on %(quality)s, as %(because)s."),
    "focus_build": marked("Turn strength into running: an accent on %(quality)s, as %(because)s."),
    "focus_peak": marked("Sharpen what you have built while the running peaks; %(target)s repetitions in reserve."),
    "focus_taper": marked("Arrive fresh: little work, the usual load."),
    "focus_race": marked("Light legs, nothing new."),
    "focus_deload": marked("An easier week, so that the work can settle."),
    "focus_return": marked("Ease back in: less than before, and up again step by step."),
    "focus_stop": marked("No training plan this week."),
    # what changed
    "first": wording.FIRST,
    "one_day": marked(
        "One session a week, as your other strength days stand right before hard runs or next to this one. %(better)s would carry a second."
    ),
    "tested": wording.tested,
    "retested": wording.retested,
    "pain_severe": lambda v: (wording.SEVERE_CUT if v.number("kept") < 100 else wording.SEVERE)(v),
    "pain_less": wording.pain(
        marked("%(hurting)s: everything that loads it is cut to %(kept)s %% of the dose at most (from 4/10 on).")
    ),
    "pain_hold": wording.pain(
        marked("%(hurting)s: nothing that loads it goes up (from 3/10 on)."),
        marked("%(hurting)s: nothing that loads it goes up until it has been calm for longer."),
    ),
    "hurts": marked(
        "Something hurts, and we are not sure where: a set less than usual of everything that had more than one, and nothing goes up until you tell us."
    ),
    "unclear": marked("Part of your last answer did not make sense to us, so nothing goes up this week."),
    "body_mass": marked("Your account names another body mass than before, so nothing goes up this week."),
    "sore": wording.sore,
    "strain": marked("A big week with signs of tiredness: %(sets)s sets of each at most, and nothing goes up."),
    "gap": counted(
        "%(weeks)s week without a session: back at %(kept)s %% of your last dose at most.",
        "%(weeks)s weeks without a session: back at %(kept)s %% of your last dose at most.",
        "weeks",
    ),
    "silence": counted(
        "No answer for %(weeks)s week: your plan waits for you, and nothing goes up.",
        "No answer for %(weeks)s weeks: your plan waits for you, and nothing goes up.",
        "weeks",
    ),
    "skipped": counted(
        "No session done in %(weeks)s week: your plan waits for you, and nothing is lost yet.",
        "No session done in %(weeks)s weeks: your plan waits for you, and nothing is lost yet.",
        "weeks",
    ),
    "steady": marked("Nothing changes this week: repeating a dose is training too."),
    "resumes": marked(
        "After time off: nothing new, nothing more than before, no jumps, and %(target)s left in every set."
    ),
    "back": counted(
        "Welcome back after %(weeks)s week: for now no load rises by more than %(limit)s %% over what you have lifted lately, or by the smallest step you have.",
        "Welcome back after %(weeks)s weeks: for now no load rises by more than %(limit)s %% over what you have lifted lately, or by the smallest step you have.",
        "weeks",
    ),
    "phase_race": wording.race_week,
    "phase_taper": counted(
        "%(days)s day from Monday to your %(distance_km)s km race: one session, %(sets_of_each)s, the load stays.",
        "%(days)s days from Monday to your %(distance_km)s km race: one session, %(sets_of_each)s, the load stays.",
        "days",
    ),
    "phase_taper_rest": counted(
        "%(days)s day from Monday to your %(distance_km)s km race: no strength work this week, only easy movement and gentle stretching.",
        "%(days)s days from Monday to your %(distance_km)s km race: no strength work this week, only easy movement and gentle stretching.",
        "days",
    ),
    "race_again": marked(
        "Your last race was only a few weeks ago, so strength goes on before your %(distance_km)s km race: only race week itself is light."
    ),
    "easy_week": wording.easy_week,
    "returned": marked(
        "Your way back is behind you, %(completed)s weeks of it: from now on your plan may grow as for any other runner."
    ),
    "third_session": marked(
        "A third session from now on, and each a little shorter: %(completed)s weeks done, and nothing speaks against it."
    ),
    "phase_recovery": marked("After your race: %(sets_of_each)s, easy, with %(target)s repetitions left."),
    "phase_recovery_rest": marked(
        "After your race: no strength work this week, only easy movement and gentle stretching."
    ),
    "phase_deload_hard": marked(
        "Three weeks running were nothing but hard: %(sets_of_each)s and %(target)s repetitions left this week. "
        "If one exercise is to blame, say which beside your answer; if you feel ill or worn out, rest and see a clinician."
    ),
    "phase_deload": marked("Two tiring weeks running: %(sets_of_each)s and %(target)s repetitions left this week."),
    "race_added": marked(
        "A race is near: nothing heavy in the legs in the week before it, and no strength work in the two days around it."
    ),
    "race_over": marked(
        "A race is just over: no strength work in the two days after it, nor in the week after one of 21 km or more."
    ),
    "rest_severe": wording.pain(marked("%(hurting)s: nothing that loads it for the rest of this week.")),
    "screen_level": marked(
        "Your answers to the health questions count from now on: what they rule out is left out, and nothing goes up."
    ),
    "screen_rest": marked(
        "Your answers to the health questions count from now on: what they rule out is left out, or made lighter."
    ),
    "rest_stretch_screen": counted(
        "%(stretches)s stretch less: your answers to the health questions rule it out.",
        "%(stretches)s stretches less: your answers to the health questions rule them out.",
        "stretches",
    ),
    "swap_screen": marked("%(to)s in place of %(from)s: by your answers to the health questions."),
    "rest_out": marked("Out for the rest of this week: %(out)s."),
    "rest_stretch": counted(
        "%(stretches)s stretch less for now: it pulls on what hurts.",
        "%(stretches)s stretches less for now: they pull on what hurts.",
        "stretches",
    ),
    "swap_pain": marked("%(to)s in place of %(from)s: it spares your %(region)s."),
    "swap_equipment": marked("%(to)s in place of %(from)s: your equipment has changed."),
    "swap_back": marked("%(to)s is back in place of %(from)s: what it needs is there again."),
    "swap_age": marked("%(to)s in place of %(from)s: from 65 on jumps stay small."),
    "swap_variety": counted(
        "%(to)s in place of %(from)s after %(weeks)s week: time for a new stimulus.",
        "%(to)s in place of %(from)s after %(weeks)s weeks: time for a new stimulus.",
        "weeks",
    ),
    "swap_plateau": marked("%(to)s in place of %(from)s: it has not gone up for a while."),
    "swap_heavy": counted(
        "%(to)s in place of %(from)s after %(weeks)s week: you are ready for a heavy lift, which may make a pace cost less.",
        "%(to)s in place of %(from)s after %(weeks)s weeks: you are ready for a heavy lift, which may make a pace cost less.",
        "weeks",
    ),
    "swap_outgrown": marked(
        "%(to)s in place of %(from)s: its sets have been long for a while, and no heavier load is within reach."
    ),
    "swap_light": marked("%(to)s in place of %(from)s: light on the legs this week."),
    "swap_easy": marked("%(to)s in place of %(from)s, which would be far too easy by now."),
    "swap_one_leg": marked("%(to)s in place of %(from)s: at least half of a session stands on one leg."),
    "swap_plan": marked("%(to)s in place of %(from)s: it fits this week's plan better."),
    "ladder_up": counted(
        "%(to)s follows %(from)s: long sets with reserve in %(sessions)s session.",
        "%(to)s follows %(from)s: long sets with reserve in %(sessions)s sessions.",
        "sessions",
    ),
    "ladder_up_early": marked("%(to)s follows %(from)s: even its longest set would be too easy for you by now."),
    "ladder_up_jumps": counted(
        "%(to)s follows %(from)s after %(weeks)s week of quiet landings.",
        "%(to)s follows %(from)s after %(weeks)s weeks of quiet landings.",
        "weeks",
    ),
    "jumps_first": marked(
        "%(exercise)s, %(landings)s contacts: the first jumps, after %(completed)s weeks of strength. Land quietly."
    ),
    "ladder_down": counted(
        "%(to)s for now in place of %(from)s: %(weeks)s session with it was called hard, fell short or left nothing.",
        "%(to)s for now in place of %(from)s: %(weeks)s sessions with it were called hard, fell short or left nothing.",
        "weeks",
    ),
    "ladder_down_pain": marked("%(to)s for now in place of %(from)s: it spares your %(region)s."),
    "ladder_down_hurts": marked("%(to)s for now in place of %(from)s: until we know what hurts."),
    "dose_answers": wording.answers,
    "dose_more": wording.more,
    "dose_more_sets": wording.more_sets,
    "dose_fewer_sets": wording.fewer_sets,
    "turns": wording.turns,
    "dose_pain": marked("%(step)s: to spare your %(region)s."),
    "dose_hurts": marked("%(step)s: until we know what hurts."),
    "dose_calm": marked("%(step)s: your %(region)s has only just calmed down."),
    "dose_idle": counted(
        "%(step)s: %(weeks)s week since you last did it.", "%(step)s: %(weeks)s weeks since you last did it.", "weeks"
    ),
    "dose_gap": counted("%(step)s: %(weeks)s week away.", "%(step)s: %(weeks)s weeks away.", "weeks"),
    "dose_gear": marked("%(step)s: your equipment has changed."),
    "dose_again": marked("%(step)s: as in your last plan."),
    "dose_waited": marked("%(step)s: not done last week, so what you told us before that still counts."),
    "dose_taper": marked("%(step)s: your race is near."),
    "dose_race": marked("%(step)s: race week."),
    "dose_deload": marked("%(step)s: an easier week."),
    "dose_sets": wording.sets,
    "dose_range": wording.shortened,
    "dose_back": marked("%(step)s: back to what you have lifted before."),
    "dose_screen": marked(
        "%(step)s: heavy sets of few repetitions are not for you, by your answers to the health questions."
    ),
    "dose_plan": marked("%(step)s: so that %(target)s stay in reserve."),
    "stretch_longer": marked(
        "Longer holds now, up to %(hold_s)s seconds (%(targets)s): %(weeks)s weeks without complaint there."
    ),
    # why an exercise, a stretch or a day
    "why": wording.why,
    "stretch_tight": marked("You called your %(region)s tight, so it comes first."),
    "stretch_loaded": marked("This week loads your %(region)s."),
    "stretch_range": marked("Keeps your %(stretched)s supple."),
    "stretch_before": marked("Loosens you before a run without tiring the muscle."),
    "placed_after_hard": marked("After the hard run, six hours or more later: hard days hard, easy days easy."),
    "placed_after_long": marked("After the long run, as your other days stand right before a hard one."),
    "placed_easy": lambda v: wording.EASY_DAY.told(v) if v.values["days"] else v.tongue.gettext("On an easy day."),
    "placed_free": lambda v: (
        wording.FREE_DAY.told(v) if v.values["days"] else v.tongue.gettext("On a day without a run.")
    ),
    "placed_light_day": marked(
        "Light on purpose: your strength days fall right before hard runs. %(better)s would carry a full session."
    ),
    "placed_light": marked("Light on purpose: no heavy legs so close to a hard run or a race."),
    # notices
    "stop": marked(
        "You told us of a sign that a clinician should look at now. There is no training plan until a clinician has cleared you."
    ),
    "adults_only": marked(
        "Stridewell is for adults: from the year after your 18th birthday we are glad to plan for you."
    ),
    "clearance_first": marked(
        "Before we plan any strength work, please have a clinician clear it; their plan comes first."
    ),
    "clearance_gentle": marked(
        "Your clinician has cleared you, and we keep to the safe side: until your baby is born the plan stays gentle and does not progress."
    ),
    "clearance": marked(
        "Please ask a clinician to clear strength training for you; until then the plan stays gentle and does not progress."
    ),
    "screen_again": counted(
        "A year has passed since you last answered the health questions. Please look at them again within %(weeks)s week; from then on the plan stays level until you have.",
        "A year has passed since you last answered the health questions. Please look at them again within %(weeks)s weeks; from then on the plan stays level until you have.",
        "weeks",
    ),
    "screen_overdue": marked(
        "It is well over a year since you last answered the health questions: until you have looked at them again, the plan stays gentle and does not progress."
    ),
    "clinician": wording.clinician,
    "hurts_where": marked(
        "You told us that something hurts. Please say where and how much, so that we can change the right thing."
    ),
    "hurts_lasting": counted(
        "In %(weeks)s week you have told us that something hurts, and not where: please have a clinician or physiotherapist look at it, and tell us the place.",
        "In %(weeks)s weeks you have told us that something hurts, and not where: please have a clinician or physiotherapist look at it, and tell us the place.",
        "weeks",
    ),
}
