"""Puts reasons into words: one sentence a code, with the numbers it stands on.

The engine decides in codes and numbers; these are the only words it has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.profile import BANDS_KG, KG_PER_LB, Gear
from coach.week import Dose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coach.catalogue import Catalogue
    from coach.week import Reason

Value = float | int | str

GEAR = {
    Gear.DUMBBELLS: "dumbbells",
    Gear.KETTLEBELLS: "kettlebell",
    Gear.BARBELL: "barbell",
    Gear.BACKPACK: "backpack",
    Gear.MACHINE: "on the machine",
    Gear.CABLE: "on the cable",
}
QUALITY = {
    "single_leg": "single-leg strength",
    "joint_control": "joint control",
    "load_tolerance": "load tolerance",
    "running_carryover": "carry-over to your stride",
}
BECAUSE = {
    "new": "you are new to strength work",
    "seasoned": "you are ready for real load",
    "performance": "you are after a faster time",
    "trail": "trails ask more of every landing",
    "return": "you are coming back and tissue needs gradual load",
    "masters": "strength is worth more each year",
    "volume": "your weekly distance asks for it",
    "long_race": "your race is long",
    "weak_calf": "your {side}calf managed {raises}, where about {usual} are usual at your age",
    "uneven_calf": "your {side}calf managed {raises} and the other {other}",
    "poor_balance": "you stood {did} s on your {side}leg, where about {usual} s are usual at your age",
    "uneven_balance": "you stood {did} s on your {side}leg and {other} s on the other",
    "poor_balance_closed": "you stood {did} s on your {side}leg with closed eyes, where about {usual} s are usual at your age",
    "uneven_balance_closed": "you stood {did} s on your {side}leg with closed eyes and {other} s on the other",
    "weak_side_plank": "your {side}side plank lasted {did} s, where about {usual} s are usual at your age",
    "uneven_side_plank": "your {side}side plank lasted {did} s and the other {other} s",
    "weak_legs": "you rose {times} in 30 seconds, where about {usual} are usual at your age",
    "": "every runner needs it",
}
"""Grounds of a need; those of self-tests with their numbers. {side} is "left ", "right " or nothing."""
TESTS = {
    "calf_raises": "calf raises",
    "balance_open_s": "balance with open eyes",
    "balance_closed_s": "balance with closed eyes",
    "side_plank_s": "side plank",
    "sit_to_stands": "sit to stand",
}
REGION = {
    "knee": "knee",
    "hip": "hip",
    "hamstring": "hamstring",
    "calf": "calf",
    "shin": "shin",
    "foot": "foot",
    "groin": "groin",
    "lateral-hip": "side of the hip",
    "back": "back",
    "ankle": "ankle",
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TAP = {"easy": "easy", "right": "about right", "hard": "hard"}


def sentence(reason: Reason, catalogue: Catalogue, units: str) -> str:
    """One sentence for a reason. units: "kg" or "lb", for the loads in it. Raises KeyError for a code without words."""
    return SENTENCES[reason.code](_Values(dict(reason.values), catalogue, units))


def load_text(dose: Dose, units: str) -> str:
    """The load of a dose in words: "bodyweight", "12 kg dumbbells", "medium band"."""
    if dose.gear is None or dose.load_kg <= 0:
        return "bodyweight"
    if dose.gear is Gear.BAND:
        return f"{band(dose.load_kg)} band"
    return f"{weight(dose.load_kg, units)} {GEAR.get(dose.gear, dose.gear.value)}"


def weight(kg: float, units: str) -> str:
    """A load as the runner reads it: kilograms to the quarter, pounds to the half."""
    if units == "lb":
        return f"{round(kg / KG_PER_LB * 2) / 2:g} lb"
    return f"{round(kg * 4) / 4:g} kg"


def band(kg: float) -> str:
    """The name of the band nearest to a nominal strength."""
    return min(BANDS_KG, key=lambda name: abs(BANDS_KG[name] - kg))


class _Values:
    """A reason's values, read in the words a sentence needs."""

    def __init__(self, values: Mapping[str, Value], catalogue: Catalogue, units: str) -> None:
        self.values = values
        self.catalogue = catalogue
        self.units = units

    def __getitem__(self, name: str) -> Value:
        return self.values[name]

    def number(self, name: str) -> float:
        return float(self.values[name])

    def exercise(self, name: str = "exercise") -> str:
        return self.exercise_named(str(self.values[name]))

    def exercise_named(self, slug: str) -> str:
        found = self.catalogue.by_slug.get(slug)
        return found.name if found else slug.replace("-", " ").capitalize()

    def region(self) -> str:
        return REGION.get(str(self.values["region"]), str(self.values["region"]))

    def dose(self, side: str) -> Dose:
        gear = str(self.values[f"{side}_gear"])
        return Dose(
            int(self[f"{side}_sets"]),
            int(self[f"{side}_amount"]),
            float(self[f"{side}_kg"]),
            Gear(gear) if gear else None,
        )

    def because(self) -> str:
        """The ground of a need, as a clause."""
        side = str(self.values.get("side", ""))
        numbers = {name: self.values.get(name, "") for name in ("did", "usual", "other")}
        did = float(numbers["did"] or 0)
        numbers |= {"raises": _plural(did, "raise"), "times": _plural(did, "time")}
        return BECAUSE[str(self["because"])].format(side=f"{side} " if side else "", **numbers)

    def unit(self) -> str:
        return {"reps": "repetitions", "contacts": "contacts"}.get(str(self.values["mode"]), "seconds")

    def step(self) -> str:
        """What differs between the last dose and this one, and nothing else: "Split squat 12 → 13 kg"."""
        was, now = self.dose("from"), self.dose("to")
        parts = []
        if was.load_kg != now.load_kg:
            parts.append(f"{load_text(was, self.units)} → {load_text(now, self.units)}")
        if was.amount != now.amount:
            parts.append(f"{was.amount} → {now.amount} {self.unit()}")
        if was.sets != now.sets:
            parts.append(f"{was.sets} → {now.sets} sets")
        return f"{self.exercise()} {', '.join(parts)}"


def _days(numbers: str) -> str:
    names = [DAYS[int(n)] for n in numbers.split()]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _plural(n: float, word: str, many: str = "") -> str:
    return f"{n:g} {word}" if n == 1 else f"{n:g} {many or f'{word}s'}"


def _names(v: _Values, name: str) -> str:
    """Several exercises, told by slugs with spaces between, by name."""
    names = [v.exercise_named(slug) for slug in str(v[name]).split()]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _answers(v: _Values) -> str:
    was, now = v.dose("from"), v.dose("to")
    source = str(v["source"])
    if source == "sets":
        did = f"you did {v['did_sets']}×{v['did_amount']}"
        if v.number("failed"):
            did += f" and {_plural(v.number('failed'), 'set')} fell short"
        elif v["at_least"]:
            did += " with 5 or more left"
        else:
            did += f" with about {round(v.number('left'))} left"
    elif source == "right" and (now.load_kg, now.amount) > (was.load_kg, was.amount):
        did = "the session was about right, so a little more"
    else:
        did = f"you called the session {TAP[source]}"
    tail = "" if v["mode"] == "contacts" else f", the aim is {v['target']} left"
    if now.load_kg > was.load_kg:
        # Tissue bears the share of the body too: the rise is told, and limited, on the whole of what is moved.
        share = 100 * (now.load_kg - was.load_kg) / max(1.0, was.load_kg + v.number("body_kg"))
        limit = v.number("limit")
        bound = f"limit {limit:g} %" if share <= limit + 0.5 else "the smallest step you have"
        tail += f" (+{max(1, round(share))} % of all you lift, {bound})"
    elif now.load_kg < was.load_kg:
        tail += f" (−{weight(was.load_kg - now.load_kg, v.units)})"
    return f"{v.step()}: {did}{tail}."


def _why(v: _Values) -> str:
    found = v.catalogue.by_slug.get(str(v["exercise"]))
    words = f"Here because {found.purpose}" if found else f"Here for {QUALITY[str(v['quality'])]}."
    if v["because"]:
        words += f" For you above all, as {v.because()}."
    if v["region"]:
        words += f" It loads your {v.region()} gently, which is what a place that has hurt needs."
    if "contacts" in v.values:
        return f"{words} {v['contacts']} contacts in all, on the way to {v['most']} at most."
    if v.number("possible") - v.number("amount") < 2:
        return words
    known = f"Your test gave {v['tested']}; by our" if "tested" in v.values else "By our"
    return f"{words} {known} estimate {v['possible']} is your most today, so {v['amount']} leaves a reserve."


def _tested(v: _Values) -> str:
    """The results that count, test by test: "calf raises 12 left and 20 right, sit to stand 25"."""
    parts = []
    for key, name in TESTS.items():
        unit = " s" if key.endswith("_s") else ""
        sides = [f"{v[n]}{unit} {side}" for side in ("left", "right") if (n := f"{key}_{side}") in v.values]
        if key in v.values:
            sides = [f"{v[key]}{unit}"]
        if sides:
            parts.append(f"{name} {' and '.join(sides)}")
    return f"Your own tests set where you begin and what comes first: {', '.join(parts)}."


def _clinician(v: _Values) -> str:
    if v.number("weeks") >= 2 and v.number("pain") < 6:
        return f"Your {v.region()} has hurt at 4 or more for {_plural(v.number('weeks'), 'week')}: please have a clinician look at it."
    return f"You told us of {v['pain']}/10 in your {v.region()}: please have a clinician look at it before you load it again."


FEWER = {
    "tired": "so that you recover",
    "hurts": "until we know what hurts",
    "easy": "every fourth week is an easier one, and the load stays",
}
"""Why there is a set less."""


def _sets(v: _Values) -> str:
    if v.number("to_sets") < v.number("from_sets"):
        because = v.values.get("because", "")
        if v.values.get("region"):
            return f"{v.step()}: your {v.region()} has hurt, and gets a set less until it has long been calm."
        if because:
            return f"{v.step()}: {FEWER[str(because)]}."
        return f"{v.step()}: so that the session fits your {v['minutes']} minutes."
    return f"{v.step()}: {_plural(v.number('completed'), 'week')} done, and your {v['minutes']} minutes leave room."


def _taper(v: _Values) -> str:
    return f"{_plural(v.number('days'), 'day')} from Monday to your {v.number('distance_km'):g} km race: fewer sets ({v['sets']}), the load stays."


def _focus(words: str) -> Callable[[_Values], str]:
    return lambda v: words.format(
        quality=QUALITY[str(v["quality"])],
        because=v.because(),
        target=v["target"],
        completed=v["completed"],
    )


SENTENCES: Mapping[str, Callable[[_Values], str]] = {
    # what the week is about
    "focus_anatomical": _focus(
        "Learn the movements and let tissue get used to load; your accent is {quality}, as {because}."
    ),
    "focus_base": _focus("Build strength, with an accent on {quality}, as {because}."),
    "focus_build": _focus("Turn strength into running: an accent on {quality}, as {because}."),
    "focus_peak": _focus("Hold what you have built while the running peaks; {target} repetitions in reserve."),
    "focus_taper": _focus("Arrive fresh: little work, the usual load."),
    "focus_race": _focus("Race week: light legs, nothing new."),
    "focus_deload": _focus("An easier week, so that the work can settle."),
    "focus_return": _focus("Ease back in: less than before, and up again step by step."),
    "focus_stop": lambda _: "No training plan this week.",
    # what changed
    "first": lambda v: (
        f"Your first week: {_plural(v.number('sessions'), 'session')} with {v['sets']} sets each, and about {v['target']} repetitions left at the end of every set, while we find your level."
    ),
    "tested": _tested,
    "pain_severe": lambda v: (
        f"{v.region().capitalize()} pain {v['pain']}/10: what loads it in earnest is out, what touches it is cut to {v['kept']} % of the dose."
    ),
    "pain_less": lambda v: (
        f"{v.region().capitalize()} pain {v['pain']}/10: everything that loads it is cut to {v['kept']} % of the dose (from 4/10 on)."
    ),
    "pain_hold": lambda v: (
        f"{v.region().capitalize()} pain {v['pain']}/10: nothing that loads it goes up (from 3/10 on)."
    ),
    "hurts": lambda _: (
        "Something hurts, but we do not know where: a set less of everything, and nothing goes up until you tell us."
    ),
    "unclear": lambda _: "Part of your answer did not make sense to us, so nothing goes up this week.",
    "sore": lambda v: f"Soreness {v['soreness']}/10: loads stay where they are (from {v['limit']}/10 on).",
    "strain": lambda v: f"A big week with signs of tiredness: {v['sets']} sets of each at most.",
    "gap": lambda v: (
        f"{_plural(v.number('weeks'), 'week')} without a session: back at {v['kept']} % of your last dose."
    ),
    "silence": lambda v: (
        f"No answer for {_plural(v.number('weeks'), 'week')}: back to the last doses you told us about, and nothing goes up."
    ),
    "skipped": lambda v: (
        f"No session done in {_plural(v.number('weeks'), 'week')}: everything waits where it was, nothing is lost yet."
    ),
    "steady": lambda _: (
        "Nothing changes this week: your answers ask for no change, and repeating a dose is training too."
    ),
    "back": lambda v: (
        f"Welcome back after {_plural(v.number('weeks'), 'week')}: loads rise by {v['limit']} % at most for now."
    ),
    "phase_race": lambda v: (
        f"Race week ({v.number('distance_km'):g} km in {_plural(v.number('days'), 'day')} from Monday): one light session at most, no heavy legs."
    ),
    "phase_taper": _taper,
    "easy_week": lambda v: f"Every fourth week is an easier one: {v['sets']} sets of each, and the loads stay.",
    "phase_recovery": lambda v: f"After your race: {v['sets']} easy sets with {v['target']} repetitions left.",
    "phase_recovery_rest": lambda _: (
        "After your race: no strength work this week, only easy movement and gentle stretching."
    ),
    "phase_deload": lambda v: (
        f"Two tiring weeks running: {v['sets']} sets and {v['target']} repetitions left this week."
    ),
    "rest_severe": lambda v: (
        f"{v.region().capitalize()} pain {v['pain']}/10: nothing that loads it for the rest of this week."
    ),
    "rest_out": lambda v: f"Out for the rest of this week: {_names(v, 'out')}.",
    "rest_stretch": lambda v: (
        f"{_plural(v.number('stretches'), 'stretch', 'stretches')} less for now: {'it pulls' if v['stretches'] == 1 else 'they pull'} on what hurts."
    ),
    "swap_pain": lambda v: f"{v.exercise('to')} in place of {v.exercise('from')}: {v.region()} pain {v['pain']}/10.",
    "swap_equipment": lambda v: f"{v.exercise('to')} in place of {v.exercise('from')}: your equipment has changed.",
    "swap_variety": lambda v: (
        f"{v.exercise('to')} in place of {v.exercise('from')} after {_plural(v.number('weeks'), 'week')}: time for a new stimulus."
    ),
    "swap_outgrown": lambda v: f"{v.exercise('to')} in place of {v.exercise('from')}: you have outgrown it.",
    "swap_plan": lambda v: f"{v.exercise('to')} in place of {v.exercise('from')}: it fits this week's plan better.",
    "ladder_up": lambda v: (
        f"{v.exercise('to')} follows {v.exercise('from')}: {v['amount']} a set with reserve in {_plural(v.number('sessions'), 'session')}."
    ),
    "ladder_up_jumps": lambda v: (
        f"{v.exercise('to')} follows {v.exercise('from')} after {_plural(v.number('weeks'), 'week')} of quiet landings."
    ),
    "ladder_down": lambda v: (
        f"{v.exercise('to')} for now in place of {v.exercise('from')}: {_plural(v.number('weeks'), 'session')} fell short."
    ),
    "ladder_down_pain": lambda v: (
        f"{v.exercise('to')} for now in place of {v.exercise('from')}: {v.region()} pain {v['pain']}/10."
    ),
    "dose_answers": _answers,
    "dose_more": lambda v: (
        f"{_plural(v.number('exercises'), 'exercise')} a little longer, by a few repetitions or seconds: "
        f"you called the work {'easy' if v['source'] == 'easy' else 'about right or easy'}."
    ),
    "dose_pain": lambda v: f"{v.step()}: {v.region()} pain {v['pain']}/10.",
    "dose_idle": lambda v: f"{v.step()}: {_plural(v.number('weeks'), 'week')} since you last did it.",
    "dose_gap": lambda v: f"{v.step()}: {_plural(v.number('weeks'), 'week')} away.",
    "dose_taper": lambda v: f"{v.step()}: your race is near.",
    "dose_race": lambda v: f"{v.step()}: race week.",
    "dose_deload": lambda v: f"{v.step()}: an easier week.",
    "dose_sets": _sets,
    "dose_plan": lambda v: f"{v.step()}: the aim is {v['target']} repetitions left.",
    "stretch_longer": lambda v: (
        f"Longer holds now, up to {v['hold_s']} seconds ({v['targets']}): {v['weeks']} weeks without complaint."
    ),
    # why an exercise, a stretch or a day
    "why": _why,
    "stretch_tight": lambda v: f"You called your {v.region()} tight, so it comes first.",
    "stretch_loaded": lambda v: f"This week's strength work loads your {v.region()}.",
    "stretch_range": lambda v: f"Keeps the range of your {v['target']}.",
    "stretch_before": lambda _: "Loosens you before a run without tiring the muscle.",
    "placed_after_hard": lambda _: "After the hard run, six hours or more later: hard days hard, easy days easy.",
    "placed_after_long": lambda _: "After the long run, as your other days stand right before a hard one.",
    "placed_easy": lambda v: (
        f"On an easy day, {_plural(v.number('days'), 'day')} before your next hard run."
        if v["days"]
        else "On an easy day."
    ),
    "placed_free": lambda v: (
        f"On a day without a run, {_plural(v.number('days'), 'day')} before your next hard one."
        if v["days"]
        else "On a day without a run."
    ),
    "placed_light_day": lambda v: (
        f"Light on purpose: your strength days fall right before hard runs. {_days(str(v['better']))} would carry a full session."
    ),
    "placed_light": lambda _: "Light on purpose: no heavy legs so close to a hard run or a race.",
    # notices
    "stop": lambda _: (
        "You told us of a sign that a clinician should look at now. There is no training plan until a clinician has cleared you."
    ),
    "adults_only": lambda _: (
        "Stridewell is for adults: from the year after your 18th birthday we are glad to plan for you."
    ),
    "clearance_first": lambda _: (
        "Before we plan any strength work, please have a clinician clear it; their plan comes first."
    ),
    "clearance_gentle": lambda _: (
        "Your clinician has cleared you, and we keep to the safe side: until your baby is born the plan stays gentle and does not progress."
    ),
    "clearance": lambda _: (
        "Please ask a clinician to clear strength training for you; until then the plan stays gentle and does not progress."
    ),
    "screen_again": lambda v: (
        "A year has passed since you last answered the health questions. Please look at them again within "
        f"{_plural(v.number('weeks'), 'week')}; from then on the plan stays level until you have."
    ),
    "screen_overdue": lambda _: (
        "It is well over a year since you last answered the health questions: until you have looked at them again, the plan stays gentle and does not progress."
    ),
    "clinician": _clinician,
    "hurts_where": lambda _: (
        "You told us that something hurts. Please say where and how much, so that we can change the right thing."
    ),
}
