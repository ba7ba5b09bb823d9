"""The values of a reason, each in the words that a sentence needs: names of exercises and regions, loads, clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.profile import Gear
from coach.week import Dose
from language.catalogue import exercise_name
from language.loads import amounts, load_text
from language.tongue import marked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from coach.catalogue import Catalogue
    from language.tongue import Tongue

Value = float | int | str

QUALITY = {
    "single_leg": marked("single-leg strength"),
    "joint_control": marked("joint control"),
    "load_tolerance": marked("load tolerance"),
    "running_carryover": marked("carry-over to your stride"),
}
BECAUSE = {
    "new": marked("you are new to strength work"),
    "seasoned": marked("you are ready for real load"),
    "performance": marked("you are after a faster time"),
    "trail": marked("trails ask more of every landing"),
    "return": marked("you are coming back and tissue needs gradual load"),
    "masters": marked("strength is worth more each year"),
    "volume": marked("your weekly distance asks for it"),
    "long_race": marked("your race is long"),
    "weak_calf": marked("%(your_calf)s managed %(raises)s, where about %(usual)s are usual at your age"),
    "uneven_calf": marked("%(your_calf)s managed %(raises)s and the other %(other)s"),
    "poor_balance": marked("you stood %(did)s s on %(your_leg)s, where about %(usual)s s are usual at your age"),
    "uneven_balance": marked("you stood %(did)s s on %(your_leg)s and %(other)s s on the other"),
    "poor_balance_closed": marked(
        "you stood %(did)s s on %(your_leg)s with closed eyes, where about %(usual)s s are usual at your age"
    ),
    "uneven_balance_closed": marked(
        "you stood %(did)s s on %(your_leg)s with closed eyes and %(other)s s on the other"
    ),
    "weak_side_plank": marked("%(your_side_plank)s lasted %(did)s s, where about %(usual)s s are usual at your age"),
    "uneven_side_plank": marked("%(your_side_plank)s lasted %(did)s s and the other %(other)s s"),
    "weak_legs": marked("you rose %(times)s in 30 seconds, where about %(usual)s are usual at your age"),
    "": marked("every runner needs it"),
}
"""Grounds of a need, each a clause that can stand alone; those of self-tests with their numbers."""
SIDES = {
    "your_calf": {"left": marked("your left calf"), "right": marked("your right calf"), "": marked("your calf")},
    "your_leg": {"left": marked("your left leg"), "right": marked("your right leg"), "": marked("your leg")},
    "your_side_plank": {
        "left": marked("your left side plank"),
        "right": marked("your right side plank"),
        "": marked("your side plank"),
    },
}
TESTS = {
    "calf_raises": marked("calf raises"),
    "balance_open_s": marked("balance with open eyes"),
    "balance_closed_s": marked("balance with closed eyes"),
    "side_plank_s": marked("side plank"),
    "sit_to_stands": marked("sit to stand"),
}
REGION = {
    "knee": marked("knee"),
    "hip": marked("hip"),
    "hamstring": marked("hamstring"),
    "calf": marked("calf"),
    "shin": marked("shin"),
    "foot": marked("foot"),
    "groin": marked("groin"),
    "lateral-hip": marked("side of the hip"),
    "back": marked("back"),
    "ankle": marked("ankle"),
}

TARGET = {
    "adductor": marked("inner thigh"),
    "ankle": marked("ankle"),
    "calf": marked("calf"),
    "foot": marked("foot"),
    "glute": marked("buttock"),
    "hamstring": marked("hamstring"),
    "hip": marked("hip"),
    "hip flexor": marked("front of the hip"),
    "lateral hip": marked("side of the hip"),
    "low back": marked("lower back"),
    "quad": marked("front of the thigh"),
    "shin": marked("shin"),
    "thoracic": marked("upper back"),
}
"""What a stretch stretches, as a runner would say it."""


class Values:
    """A reason's values by name, each in the words a sentence needs: numbers with the decimal mark, slugs by their names."""

    def __init__(self, values: Mapping[str, Value], catalogue: Catalogue, units: str, tongue: Tongue) -> None:
        # Weeks planned before it was kept what was told, and when, told the level that counted.
        self.values = {"told": values.get("pain", 0), "ago": 0, **values}
        self.catalogue = catalogue
        self.units = units
        self.tongue = tongue

    def __getitem__(self, name: str) -> str:
        if name in _WORDS:
            return _WORDS[name](self)
        value = self.values[name]
        return value if isinstance(value, str) else self.tongue.decimal(value)

    def given(self, **more: Value) -> Values:
        """The same with more of them."""
        return Values({**self.values, **more}, self.catalogue, self.units, self.tongue)

    def number(self, name: str) -> float:
        return float(self.values[name])

    def exercise(self, name: str = "exercise") -> str:
        return exercise_name(str(self.values[name]), self.catalogue)

    def exercises(self, name: str) -> str:
        return self.tongue.listed([exercise_name(slug, self.catalogue) for slug in str(self.values[name]).split()])

    def region(self) -> str:
        region = str(self.values["region"])
        return self.tongue.gettext(REGION.get(region, region))

    def quality(self) -> str:
        return self.tongue.gettext(QUALITY[str(self.values["quality"])])

    def dose(self, side: str) -> Dose:
        gear = str(self.values[f"{side}_gear"])
        return Dose(
            int(self.values[f"{side}_sets"]),
            int(self.values[f"{side}_amount"]),
            float(self.values[f"{side}_kg"]),
            Gear(gear) if gear else None,
        )

    def because(self) -> str:
        """The ground of a need, as a clause."""
        return self.tongue.gettext(BECAUSE[str(self.values["because"])]) % self

    def your(self, what: str) -> str:
        return self.tongue.gettext(SIDES[what][str(self.values.get("side", ""))])

    @property
    def sets_apart(self) -> bool:
        """Whether the sets change beside the load or the length of a set, on grounds of their own."""
        if "because" not in self.values or "from_sets" not in self.values:
            return False
        was, now = self.dose("from"), self.dose("to")
        return was.sets != now.sets and (was.load_kg, was.amount) != (now.load_kg, now.amount)

    def step(self) -> str:
        """What differs between the last dose and this one, and nothing else: "Split squat 12 → 13 kg". Sets with grounds of their own are told apart."""
        if "step" in self.values:
            return str(self.values["step"])
        was, now, tongue = self.dose("from"), self.dose("to"), self.tongue
        parts = []
        if was.load_kg != now.load_kg:
            loads = {"was": load_text(was, self.units, tongue), "now": load_text(now, self.units, tongue)}
            parts.append(tongue.gettext("%(was)s → %(now)s", **loads))
        if was.amount != now.amount:
            parts.append(amounts(str(self.values["mode"]), was.amount, now.amount, tongue))
        if was.sets != now.sets and not self.sets_apart:
            parts.append(self.sets())
        return tongue.gettext("%(exercise)s %(changes)s", exercise=self.exercise(), changes=", ".join(parts))

    def sets(self) -> str:
        was, now = int(self.number("from_sets")), int(self.number("to_sets"))
        return self.tongue.ngettext("%(was)s → %(now)s sets", "%(was)s → %(now)s sets", now) % {"was": was, "now": now}


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _raises(v: Values) -> str:
    did = v.number("did")
    return v.tongue.ngettext("%(number)s raise", "%(number)s raises", did, number=v.tongue.decimal(did))


def _times(v: Values) -> str:
    did = v.number("did")
    return v.tongue.ngettext("%(number)s time", "%(number)s times", did, number=v.tongue.decimal(did))


def _sets_of_each(v: Values) -> str:
    """As many as every exercise has, or as the most have: "2 sets of each", "at most 2 sets of each"."""
    most = int(v.number("sets"))
    if int(v.values.get("least", most)) == most:
        return v.tongue.ngettext("%(number)s set of each", "%(number)s sets of each", most, number=most)
    return v.tongue.ngettext("at most %(number)s set of each", "at most %(number)s sets of each", most, number=most)


_WORDS: Mapping[str, Callable[[Values], str]] = {
    "exercise": lambda v: v.exercise(),
    "from": lambda v: v.exercise("from"),
    "to": lambda v: v.exercise("to"),
    "out": lambda v: v.exercises("out"),
    "new": lambda v: v.exercises("new"),
    "rests": lambda v: v.exercises("rests"),
    "step": lambda v: v.step(),
    "quality": lambda v: v.quality(),
    "region": lambda v: v.region(),
    "Region": lambda v: _upper(v.region()),
    "because": lambda v: v.because(),
    "raises": _raises,
    "sets_of_each": _sets_of_each,
    "times": _times,
    "your_calf": lambda v: v.your("your_calf"),
    "your_leg": lambda v: v.your("your_leg"),
    "your_side_plank": lambda v: v.your("your_side_plank"),
    "better": lambda v: v.tongue.either([v.tongue.weekday(int(n)) for n in str(v.values["better"]).split()]),
    "stretched": lambda v: v.tongue.gettext(TARGET[str(v.values["target"])]),
    "targets": lambda v: ", ".join(v.tongue.gettext(TARGET[word]) for word in str(v.values["targets"]).split(", ")),
}
"""What a placeholder stands for where it is not the value of its name as it is."""
