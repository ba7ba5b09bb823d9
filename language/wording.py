"""Sentences that take more than filling in: which words they have hangs on their numbers. Each takes the values of a reason.

language/reasons.py says which reason they are for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from language.loads import weight
from language.tongue import marked
from language.values import TESTS, Values

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach.week import Dose


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


def answers(v: Values) -> str:
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
    told = v.given(rounded=round(v.number("left"))) if source == "sets" else v
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


def why(v: Values) -> str:
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


def tested(v: Values) -> str:
    return v.tongue.gettext(
        "Your own tests set where you begin and what comes first: %(results)s.", results=_results(v)
    )


def retested(v: Values) -> str:
    return v.tongue.gettext(
        "Your new tests count for what comes first: %(results)s. For what you train already, your answers count.",
        results=_results(v),
    )


def _results(v: Values) -> str:
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
    return ", ".join(parts)


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


def clinician(v: Values) -> str:
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


def pain(then: str, later: str = "") -> Callable[[Values], str]:
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
        return v.tongue.gettext(later if old and later else then) % v.given(hurting=hurting)

    return told


SEVERE_CUT = pain(
    marked("%(hurting)s: what loads it in earnest is out, what touches it is cut to %(kept)s %% of the dose at most.")
)
SEVERE = pain(marked("%(hurting)s: what loads it in earnest is out, and nothing that touches it goes up."))


_SORE = marked("Soreness %(soreness)s/10: loads stay where they are (from %(limit)s/10 on).")
_SORE_LATELY = counted(
    "A week ago you told us of soreness of %(soreness)s/10: loads stay where they are until you tell us of less.",
    "%(ago)s weeks ago you told us of soreness of %(soreness)s/10: loads stay where they are until you tell us of less.",
    "ago",
)


def sore(v: Values) -> str:
    return _SORE_LATELY.told(v) if v.number("ago") else v.tongue.gettext(_SORE) % v


FEWER = {
    "screen": marked("%(step)s: the health questions ask for a gentle plan for now."),
    "tired": marked("%(step)s: so that you recover."),
    "hurts": marked("%(step)s: until we know what hurts."),
    "easy": marked("%(step)s: every fourth week is an easier one."),
}
"""Why there is a set less."""
_MORE_SETS = counted(
    "%(step)s: %(completed)s week done, and the time that is left is enough.",
    "%(step)s: %(completed)s weeks done, and the time that is left is enough.",
    "completed",
)


def sets(v: Values) -> str:
    if v.number("to_sets") < v.number("from_sets"):
        return _fewer(v)
    if v.values.get("because") == "back":
        return v.tongue.gettext("%(step)s: as many as before the easier week.") % v
    return _MORE_SETS.told(v)


def _fewer(v: Values) -> str:
    if v.values.get("region"):
        said = marked("%(step)s: your %(region)s has hurt, and gets a set less until it has long been calm.")
    elif because := str(v.values.get("because", "")):
        said = FEWER[because]
    else:
        said = marked("%(step)s: so that the session fits your %(minutes)s minutes.")
    return v.tongue.gettext(said) % v


def shortened(v: Values) -> str:
    """A set that went well, and longer than what is planned at most."""
    if v.values["goes_on"]:
        return v.tongue.gettext("%(step)s as planned: from there you go on while more than %(target)s are left.") % v
    return v.tongue.gettext("%(step)s: the most that is planned for a set.") % v


def race_week(v: Values) -> str:
    return (
        v.tongue.ngettext(
            "Race week (%(distance_km)s km in %(days)s day from Monday): one light session at most, no heavy legs.",
            "Race week (%(distance_km)s km in %(days)s days from Monday): one light session at most, no heavy legs.",
            v.number("days"),
        )
        % v
    )


def more(v: Values) -> str:
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


def more_sets(v: Values) -> str:
    return (
        v.tongue.ngettext(
            "%(exercises)s exercise gets a set more: %(completed)s weeks done, and the time that is left is enough.",
            "%(exercises)s exercises get a set more: %(completed)s weeks done, and the time that is left is enough.",
            v.number("exercises"),
        )
        % v
    )


def fewer_sets(v: Values) -> str:
    """Several exercises whose sets are fewer on the same grounds."""
    number = v.number("exercises")
    several = v.tongue.ngettext(
        "%(exercises)s exercise with fewer sets", "%(exercises)s exercises with fewer sets", number
    )
    return _fewer(v.given(step=several % v))


NAMED_AT_MOST = 4
"""Exercises that one sentence names; more are told as a number. Judgement."""


def turns(v: Values) -> str:
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


def easy_week(v: Values) -> str:
    if v.values.get("fewer", 1):
        told = marked("Every fourth week is an easier one: %(sets_of_each)s, and nothing goes up.")
    else:
        told = marked(
            "Every fourth week is an easier one: your sets are few and stay as they are, and nothing goes up."
        )
    return v.tongue.gettext(told) % v


FIRST = counted(
    "Your first week: %(sessions)s session, %(sets_of_each)s, and about %(target)s repetitions left at the end of every set, while we find your level.",
    "Your first week: %(sessions)s sessions, %(sets_of_each)s, and about %(target)s repetitions left at the end of every set, while we find your level.",
    "sessions",
)
EASY_DAY = counted(
    "On an easy day, %(days)s day before your next hard run.",
    "On an easy day, %(days)s days before your next hard run.",
    "days",
)
FREE_DAY = counted(
    "On a day without a run, %(days)s day before your next hard one.",
    "On a day without a run, %(days)s days before your next hard one.",
    "days",
)
