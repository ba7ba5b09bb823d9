"""Puts reasons into words: one sentence a code, with the numbers it stands on, in the runner's language.

The engine decides in codes and numbers; these are the only words it has. A sentence is whole: its placeholders are names, numbers and clauses
that each language orders as it likes. Where a number changes the words around it, both are given, for one and for many.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from language.catalogue import spoken
from language.loads import weight
from language.tongue import Tongue, marked
from language.values import TESTS, Values

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coach.catalogue import Catalogue
    from coach.week import Dose, Reason


def sentence(reason: Reason, catalogue: Catalogue, units: str, tongue: Tongue) -> str:
    """One sentence for a reason. units: "kg" or "lb", for the loads in it. Raises KeyError for a code without words."""
    told = SENTENCES[reason.code]
    values = Values(dict(reason.values), spoken(catalogue, tongue), units, tongue)
    if isinstance(told, str):
        return tongue.gettext(told) % values
    return told.told(values) if isinstance(told, Counted) else told(values)


@dataclass(frozen=True, slots=True)
class Counted:
    """A sentence for one and for many of the value that is named in `by`."""

    one: str
    many: str
    by: str

    def told(self, v: Values) -> str:
        return v.tongue.ngettext(self.one, self.many, v.number(self.by)) % v


def counted(one: str, many: str, by: str) -> Counted:
    """Marks both for translation."""
    return Counted(one, many, by)


def _answers(v: Values) -> str:
    was, now, tongue = v.dose("from"), v.dose("to"), v.tongue
    source = str(v.values["source"])
    if source == "sets":
        if v.number("failed"):
            did = tongue.ngettext(
                "you did %(did_sets)s×%(did_amount)s and %(failed)s set fell short",
                "you did %(did_sets)s×%(did_amount)s and %(failed)s sets fell short",
                v.number("failed"),
            )
        elif not round(v.number("left")):
            did = tongue.gettext("you did %(did_sets)s×%(did_amount)s with none left")
        elif v.values["at_least"]:
            did = tongue.gettext("you did %(did_sets)s×%(did_amount)s with 5 or more left")
        else:
            did = tongue.gettext("you did %(did_sets)s×%(did_amount)s with about %(rounded)s left")
    elif source == "right" and (now.load_kg, now.amount) > (was.load_kg, was.amount):
        did = tongue.gettext("the session was about right, so a little more")
    else:
        did = tongue.gettext(CALLED[source])
    rounded = {"rounded": round(v.number("left"))} if source == "sets" else {}
    told = Values({**v.values, **rounded}, v.catalogue, v.units, tongue)
    bound = _bound(v, was, now)
    said = {"step": v.step(), "did": did % told, "target": v["target"], "bound": bound}
    if v.values["mode"] == "contacts":
        if bound:
            return tongue.gettext("%(step)s: %(did)s (%(bound)s).", **said)
        return tongue.gettext("%(step)s: %(did)s.", **said)
    if bound:
        return tongue.gettext("%(step)s: %(did)s, the aim is %(target)s left (%(bound)s).", **said)
    return tongue.gettext("%(step)s: %(did)s, the aim is %(target)s left.", **said)


CALLED = {
    "easy": marked("you called the session easy"),
    "right": marked("you called the session about right"),
    "hard": marked("you called the session hard"),
}


def _bound(v: Values, was: Dose, now: Dose) -> str:
    """By how much the load has changed, and what limits a rise; empty when it has not."""
    if now.load_kg < was.load_kg:
        return v.tongue.gettext("−%(weight)s", weight=weight(was.load_kg - now.load_kg, v.units, v.tongue))
    if now.load_kg == was.load_kg:
        return ""
    # Tissue bears the share of the body too: the rise is told, and limited, on the whole of what is moved.
    share = 100 * (now.load_kg - was.load_kg) / max(1.0, was.load_kg + v.number("body_kg"))
    limit = v.number("limit")
    shown = {"share": max(1, round(share)), "limit": v.tongue.decimal(limit)}
    if share <= limit + 0.5:
        return v.tongue.gettext("+%(share)s %% of all you lift, limit %(limit)s %%", **shown)
    if not v.values.get("smallest", 1):
        # The limit counts from the heaviest load tolerated lately, not from the last one.
        return v.tongue.gettext("+%(share)s %% of all you lift", **shown)
    return v.tongue.gettext("+%(share)s %% of all you lift, the smallest step you have", **shown)


def _why(v: Values) -> str:
    found, tongue = v.catalogue.by_slug.get(str(v.values["exercise"])), v.tongue
    if found:
        said = [tongue.gettext("Here because %(purpose)s", purpose=found.purpose)]
    else:
        said = [tongue.gettext("Here for %(quality)s.", quality=v.quality())]
    if v.values["because"]:
        said.append(tongue.gettext("For you above all, as %(because)s.", because=v.because()))
    if v.values["region"]:
        said.append(
            tongue.gettext(
                "It loads your %(region)s gently, which is what a place that has hurt needs.", region=v.region()
            )
        )
    if "contacts" in v.values:
        said.append(tongue.gettext("%(contacts)s contacts in all, on the way to %(most)s at most.") % v)
    elif v.number("possible") - v.number("amount") >= 2:
        if "tested" in v.values:
            reserve = tongue.gettext("Your test gave %(tested)s; your most today may be about %(possible)s.")
        else:
            reserve = tongue.gettext("Your most today may be about %(possible)s.")
        said.append(reserve % v)
    return " ".join(said)


def _tested(v: Values) -> str:
    """The results that count, test by test: "calf raises 12 left and 20 right, sit to stand 25"."""
    tongue, parts = v.tongue, []
    for key, name in TESTS.items():
        said = {"test": tongue.gettext(name)} | {
            side or "result": _result(v, key, side) for side in ("left", "right", "") if _side(key, side) in v.values
        }
        if "result" in said:
            parts.append(tongue.gettext("%(test)s %(result)s", **said))
        elif "left" in said and "right" in said:
            parts.append(tongue.gettext("%(test)s %(left)s left and %(right)s right", **said))
        elif "left" in said:
            parts.append(tongue.gettext("%(test)s %(left)s left", **said))
        elif "right" in said:
            parts.append(tongue.gettext("%(test)s %(right)s right", **said))
    return tongue.gettext(
        "Your own tests set where you begin and what comes first: %(results)s.", results=", ".join(parts)
    )


def _side(key: str, side: str) -> str:
    return f"{key}_{side}" if side else key


def _result(v: Values, key: str, side: str) -> str:
    shown = v[_side(key, side)]
    return v.tongue.gettext("%(seconds)s s", seconds=shown) if key.endswith("_s") else shown


_LASTING = counted(
    "In %(weeks)s week you have told us of 4/10 or more in your %(region)s: please have a clinician look at it.",
    "In %(weeks)s weeks you have told us of 4/10 or more in your %(region)s: please have a clinician look at it.",
    "weeks",
)
_STRONG_LATELY = counted(
    "A week ago you told us of pain of %(told)s/10 in your %(region)s: please have a clinician look at it before you load it any further.",
    "%(ago)s weeks ago you told us of pain of %(told)s/10 in your %(region)s: please have a clinician look at it before you load it any further.",
    "ago",
)
_STRONG = marked(
    "You told us of pain of %(told)s/10 in your %(region)s: please have a clinician look at it before you load it any further."
)


def _clinician(v: Values) -> str:
    if v.number("weeks") >= 2 and v.number("pain") < 6:
        return _LASTING.told(v)
    return _STRONG_LATELY.told(v) if v.number("ago") else v.tongue.gettext(_STRONG) % v


_LATELY = counted(
    "A week ago you told us of %(told)s/10 in your %(region)s",
    "%(ago)s weeks ago you told us of %(told)s/10 in your %(region)s",
    "ago",
)
_LATELY_UNSETTLED = counted(
    "A week ago you told us that your %(region)s hurts",
    "%(ago)s weeks ago you told us that your %(region)s hurts",
    "ago",
)


def _pain(then: str, later: str = "") -> Callable[[Values], str]:
    """What is done for a region, after what was told of it and when. later: said where that was not last week."""

    def told(v: Values) -> str:
        old, as_told = v.number("ago"), v.number("told") >= v.number("pain")
        if old:
            hurting = (_LATELY if as_told else _LATELY_UNSETTLED).told(v)
        elif as_told:
            hurting = v.tongue.gettext("%(Region)s pain %(told)s/10") % v
        elif v.number("told"):
            hurting = v.tongue.gettext("%(Region)s pain %(told)s/10, not gone by the next morning") % v
        else:
            hurting = v.tongue.gettext("Your %(region)s hurts, as you told us") % v
        said = Values({**v.values, "hurting": hurting}, v.catalogue, v.units, v.tongue)
        return v.tongue.gettext(later if old and later else then) % said

    return told


_SEVERE_CUT = _pain(
    marked("%(hurting)s: what loads it in earnest is out, what touches it is cut to %(kept)s %% of the dose.")
)
_SEVERE = _pain(marked("%(hurting)s: what loads it in earnest is out, and nothing that touches it goes up."))


_SORE = marked("Soreness %(soreness)s/10: loads stay where they are (from %(limit)s/10 on).")
_SORE_LATELY = counted(
    "A week ago you told us of soreness of %(soreness)s/10: loads stay where they are until you tell us of less.",
    "%(ago)s weeks ago you told us of soreness of %(soreness)s/10: loads stay where they are until you tell us of less.",
    "ago",
)


def _sore(v: Values) -> str:
    return _SORE_LATELY.told(v) if v.number("ago") else v.tongue.gettext(_SORE) % v


FEWER = {
    "tired": marked("%(step)s: so that you recover."),
    "hurts": marked("%(step)s: until we know what hurts."),
    "easy": marked("%(step)s: every fourth week is an easier one, and the load stays."),
}
"""Why there is a set less."""
_MORE_SETS = counted(
    "%(step)s: %(completed)s week done, and your %(minutes)s minutes leave room.",
    "%(step)s: %(completed)s weeks done, and your %(minutes)s minutes leave room.",
    "completed",
)


def _sets(v: Values) -> str:
    if v.number("to_sets") >= v.number("from_sets"):
        return _MORE_SETS.told(v)
    if v.values.get("region"):
        said = marked("%(step)s: your %(region)s has hurt, and gets a set less until it has long been calm.")
    elif because := str(v.values.get("because", "")):
        said = FEWER[because]
    else:
        said = marked("%(step)s: so that the session fits your %(minutes)s minutes.")
    return v.tongue.gettext(said) % v


def _race_week(v: Values) -> str:
    return (
        v.tongue.ngettext(
            "Race week (%(distance_km)s km in %(days)s day from Monday): one light session at most, no heavy legs.",
            "Race week (%(distance_km)s km in %(days)s days from Monday): one light session at most, no heavy legs.",
            v.number("days"),
        )
        % v
    )


def _more(v: Values) -> str:
    if v.values["source"] == "easy":
        return (
            v.tongue.ngettext(
                "%(exercises)s exercise a little longer, by a few repetitions or seconds: you called the work easy.",
                "%(exercises)s exercises a little longer, by a few repetitions or seconds: you called the work easy.",
                v.number("exercises"),
            )
            % v
        )
    return (
        v.tongue.ngettext(
            "%(exercises)s exercise a little longer, by a few repetitions or seconds: you called the work about right or easy.",
            "%(exercises)s exercises a little longer, by a few repetitions or seconds: you called the work about right or easy.",
            v.number("exercises"),
        )
        % v
    )


def _more_sets(v: Values) -> str:
    return (
        v.tongue.ngettext(
            "%(exercises)s exercise gets a set more: %(completed)s weeks done, and your %(minutes)s minutes leave room.",
            "%(exercises)s exercises get a set more: %(completed)s weeks done, and your %(minutes)s minutes leave room.",
            v.number("exercises"),
        )
        % v
    )


NAMED_AT_MOST = 4
"""Exercises that one sentence names; more are told as a number. Judgement."""


def _turns(v: Values) -> str:
    """Exercises that come or rest without having taken a place from each other."""
    tongue, said = v.tongue, []
    new, rests = (len(str(v.values[name]).split()) for name in ("new", "rests"))
    if new > NAMED_AT_MOST:
        told = tongue.ngettext("%(count)s exercise is new this week.", "%(count)s exercises are new this week.", new)
        said.append(told % {"count": new})
    elif new:
        said.append(tongue.gettext("New this week: %(new)s.") % v)
    if rests > NAMED_AT_MOST:
        told = tongue.ngettext("%(count)s exercise rests this week.", "%(count)s exercises rest this week.", rests)
        said.append(told % {"count": rests})
    elif rests:
        said.append(tongue.gettext("Rests this week: %(rests)s.") % v)
    return " ".join(said)


def _easy_week(v: Values) -> str:
    if v.values.get("fewer", 1):
        told = marked("Every fourth week is an easier one: %(sets_of_each)s, and nothing goes up.")
    else:
        told = marked(
            "Every fourth week is an easier one: your sets are few and stay as they are, and nothing goes up."
        )
    return v.tongue.gettext(told) % v


_FIRST = counted(
    "Your first week: %(sessions)s session, %(sets_of_each)s, and about %(target)s repetitions left at the end of every set, while we find your level.",
    "Your first week: %(sessions)s sessions, %(sets_of_each)s, and about %(target)s repetitions left at the end of every set, while we find your level.",
    "sessions",
)
_EASY_DAY = counted(
    "On an easy day, %(days)s day before your next hard run.",
    "On an easy day, %(days)s days before your next hard run.",
    "days",
)
_FREE_DAY = counted(
    "On a day without a run, %(days)s day before your next hard one.",
    "On a day without a run, %(days)s days before your next hard one.",
    "days",
)


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
    "first": _FIRST,
    "one_day": marked(
        "One session a week, as your other strength days stand right before hard runs or next to this one. %(better)s would carry a second."
    ),
    "tested": _tested,
    "pain_severe": lambda v: (_SEVERE_CUT if v.number("kept") < 100 else _SEVERE)(v),
    "pain_less": _pain(
        marked("%(hurting)s: everything that loads it is cut to %(kept)s %% of the dose (from 4/10 on).")
    ),
    "pain_hold": _pain(
        marked("%(hurting)s: nothing that loads it goes up (from 3/10 on)."),
        marked("%(hurting)s: nothing that loads it goes up until it has been calm for longer."),
    ),
    "hurts": marked(
        "Something hurts, but we do not know where: a set less than usual of everything that had more than one, and nothing goes up until you tell us."
    ),
    "unclear": marked("Part of your last answer did not make sense to us, so nothing goes up this week."),
    "sore": _sore,
    "strain": marked("A big week with signs of tiredness: %(sets)s sets of each at most, and nothing goes up."),
    "gap": counted(
        "%(weeks)s week without a session: back at %(kept)s %% of your last dose.",
        "%(weeks)s weeks without a session: back at %(kept)s %% of your last dose.",
        "weeks",
    ),
    "silence": counted(
        "No answer for %(weeks)s week: everything waits as it is, and nothing goes up.",
        "No answer for %(weeks)s weeks: everything waits as it is, and nothing goes up.",
        "weeks",
    ),
    "skipped": counted(
        "No session done in %(weeks)s week: everything waits where it was, nothing is lost yet.",
        "No session done in %(weeks)s weeks: everything waits where it was, nothing is lost yet.",
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
    "phase_race": _race_week,
    "phase_taper": counted(
        "%(days)s day from Monday to your %(distance_km)s km race: one session, %(sets_of_each)s, the load stays.",
        "%(days)s days from Monday to your %(distance_km)s km race: one session, %(sets_of_each)s, the load stays.",
        "days",
    ),
    "easy_week": _easy_week,
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
    "rest_severe": _pain(marked("%(hurting)s: nothing that loads it for the rest of this week.")),
    "rest_out": marked("Out for the rest of this week: %(out)s."),
    "rest_stretch": counted(
        "%(stretches)s stretch less for now: it pulls on what hurts.",
        "%(stretches)s stretches less for now: they pull on what hurts.",
        "stretches",
    ),
    "swap_pain": marked("%(to)s in place of %(from)s: it spares your %(region)s."),
    "swap_equipment": marked("%(to)s in place of %(from)s: your equipment has changed."),
    "swap_variety": counted(
        "%(to)s in place of %(from)s after %(weeks)s week: time for a new stimulus.",
        "%(to)s in place of %(from)s after %(weeks)s weeks: time for a new stimulus.",
        "weeks",
    ),
    "swap_plateau": marked("%(to)s in place of %(from)s: for %(flat)s weeks it has become neither heavier nor longer."),
    "swap_heavy": counted(
        "%(to)s in place of %(from)s after %(weeks)s week: you are ready for a heavy lift, which may make a pace cost less.",
        "%(to)s in place of %(from)s after %(weeks)s weeks: you are ready for a heavy lift, which may make a pace cost less.",
        "weeks",
    ),
    "swap_outgrown": marked("%(to)s in place of %(from)s: its sets have been at their longest for a while."),
    "swap_light": marked("%(to)s in place of %(from)s: light on the legs this week."),
    "swap_easy": marked("%(to)s in place of %(from)s, which would be far too easy by now."),
    "swap_one_leg": marked("%(to)s in place of %(from)s: at least half of a session stands on one leg."),
    "swap_plan": marked("%(to)s in place of %(from)s: it fits this week's plan better."),
    "ladder_up": counted(
        "%(to)s follows %(from)s: %(amount)s a set with reserve in %(sessions)s session.",
        "%(to)s follows %(from)s: %(amount)s a set with reserve in %(sessions)s sessions.",
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
        "%(to)s for now in place of %(from)s: %(weeks)s session with it was called hard or fell short.",
        "%(to)s for now in place of %(from)s: %(weeks)s sessions with it were called hard or fell short.",
        "weeks",
    ),
    "ladder_down_pain": marked("%(to)s for now in place of %(from)s: it spares your %(region)s."),
    "ladder_down_hurts": marked("%(to)s for now in place of %(from)s: until we know what hurts."),
    "dose_answers": _answers,
    "dose_more": _more,
    "dose_more_sets": _more_sets,
    "turns": _turns,
    "dose_pain": marked("%(step)s: to spare your %(region)s."),
    "dose_hurts": marked("%(step)s: until we know what hurts."),
    "dose_calm": marked("%(step)s: your %(region)s has only just calmed down."),
    "dose_idle": counted(
        "%(step)s: %(weeks)s week since you last did it.", "%(step)s: %(weeks)s weeks since you last did it.", "weeks"
    ),
    "dose_gap": counted("%(step)s: %(weeks)s week away.", "%(step)s: %(weeks)s weeks away.", "weeks"),
    "dose_gear": marked("%(step)s: your equipment has changed."),
    "dose_waited": marked("%(step)s: not done last week, so what you told us before that still counts."),
    "dose_taper": marked("%(step)s: your race is near."),
    "dose_race": marked("%(step)s: race week."),
    "dose_deload": marked("%(step)s: an easier week."),
    "dose_sets": _sets,
    "dose_plan": marked("%(step)s: so that %(target)s stay in reserve."),
    "stretch_longer": marked(
        "Longer holds now, up to %(hold_s)s seconds (%(targets)s): %(weeks)s weeks without complaint there."
    ),
    # why an exercise, a stretch or a day
    "why": _why,
    "stretch_tight": marked("You called your %(region)s tight, so it comes first."),
    "stretch_loaded": marked("This week loads your %(region)s."),
    "stretch_range": marked("Keeps your %(stretched)s supple."),
    "stretch_before": marked("Loosens you before a run without tiring the muscle."),
    "placed_after_hard": marked("After the hard run, six hours or more later: hard days hard, easy days easy."),
    "placed_after_long": marked("After the long run, as your other days stand right before a hard one."),
    "placed_easy": lambda v: _EASY_DAY.told(v) if v.values["days"] else v.tongue.gettext("On an easy day."),
    "placed_free": lambda v: _FREE_DAY.told(v) if v.values["days"] else v.tongue.gettext("On a day without a run."),
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
    "clinician": _clinician,
    "hurts_where": marked(
        "You told us that something hurts. Please say where and how much, so that we can change the right thing."
    ),
    "hurts_lasting": counted(
        "In %(weeks)s week you have told us that something hurts, and not where: please have a clinician or physiotherapist look at it, and tell us the place.",
        "In %(weeks)s weeks you have told us that something hurts, and not where: please have a clinician or physiotherapist look at it, and tell us the place.",
        "weeks",
    ),
}
