"""The words of the engine: one sentence a reason, with the numbers it stands on, in kilograms or pounds."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from coach import stretching
from coach.catalogue import Catalogue
from coach.profile import BANDS_KG, Experience, Gear, Region
from coach.week import Dose, Phase, Quality, Reason
from language import loads, reasons, values
from language.tongue import ENGLISH
from tests.conftest import ROOT

STEP: dict[str, float | int | str] = {
    "exercise": "split-squat",
    "mode": "reps",
    "from_sets": 3,
    "from_amount": 10,
    "from_kg": 12.0,
    "from_gear": "dumbbells",
    "to_sets": 3,
    "to_amount": 9,
    "to_kg": 14.0,
    "to_gear": "dumbbells",
}
ANSWERS: dict[str, float | int | str] = STEP | {
    "source": "sets",
    "did_sets": 3,
    "did_amount": 10,
    "left": 4.4,
    "at_least": 0,
    "failed": 0,
    "target": 3,
    "limit": 10,
    "body_kg": 49.0,
}
ANY: dict[str, float | int | str] = ANSWERS | {
    "from": "split-squat",
    "to": "reverse-lunge",
    "region": "lateral-hip",
    "pain": 5,
    "kept": 80,
    "weeks": 3,
    "soreness": 8,
    "sets": 2,
    "sessions": 2,
    "days": 4,
    "distance_km": 21.1,
    "amount": 12,
    "possible": 18,
    "exercises": 4,
    "out": "split-squat pogo-hops",
    "new": "side-plank",
    "rests": "split-squat pogo-hops",
    "landings": 20,
    "stretches": 2,
    "completed": 8,
    "minutes": 40,
    "hold_s": 30,
    "targets": "calf, quad",
    "slot": "knee",
    "quality": "single_leg",
    "because": "new",
    "better": "0 3",
    "flags": "fainting",
    "screen": "surgery",
    "goes_on": 1,
}
"""Every name a reason may carry, so that any sentence can be made."""
EXAMPLES: dict[str, dict[str, float | int | str]] = {
    "dose_more": {"source": "easy"},
    "stretch_range": {"target": "calf"},
}


def say(code: str, catalogue: Catalogue, units: str = "kg", **values: Any) -> str:
    named = ANY | EXAMPLES.get(code, {}) | values
    return reasons.sentence(Reason(code, tuple(named.items())), catalogue, units, ENGLISH)


# ---- all of them


@pytest.mark.parametrize("code", sorted(reasons.SENTENCES))
@pytest.mark.parametrize("units", ["kg", "lb"])
def test_every_code_is_a_sentence(code: str, units: str, catalogue: Catalogue) -> None:
    said = say(code, catalogue, units)
    assert re.fullmatch(r"[A-Z0-9].*\.", said)
    assert not re.search(r"[{}]|None|_| {2}|\.\.", said)
    assert units == "kg" or " kg" not in said


@pytest.mark.parametrize("target", stretching.TARGETS)
def test_what_a_stretch_is_for_is_said_as_a_runner_would(target: str, catalogue: Catalogue) -> None:
    said = say("stretch_range", catalogue, target=target)
    assert said == f"Keeps your {values.TARGET[target]} supple."
    assert not re.search(r"thoracic|adductor|lateral|quad\b|glute|low back|flexor", said)


def emitted() -> set[str]:
    """Every code that the engine's own source gives to a Reason, f-strings filled with every phase."""
    found: set[str] = set()
    for path in sorted((ROOT / "coach").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Reason":
                found |= codes_of(node.args[0], path)
    return found


def codes_of(node: ast.expr, path: Path) -> set[str]:
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return codes_of(node.body, path) | codes_of(node.orelse, path)
    if isinstance(node, ast.JoinedStr):
        prefix = str(node.values[0].value) if isinstance(node.values[0], ast.Constant) else ""
        phases = {f"{prefix}{p.value}" for p in Phase}
        return phases if prefix == "focus_" else {c for c in phases if c in reasons.SENTENCES}
    # A code held in a variable: its values are strings of the same function or of a progress field.
    return {"variable"}


def test_every_code_the_engine_gives_has_a_sentence() -> None:
    assert emitted() - {"variable"} <= reasons.SENTENCES.keys()


def test_codes_held_in_a_variable_have_a_sentence_too() -> None:
    """Found as text in the modules that give them: nothing in words is left without its code, and no code without words."""
    text = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "coach").glob("*.py")))
    spelled = set(re.findall(r'"([a-z]+(?:_[a-z]+)*)"', text))
    filled = {f"{prefix}_{p.value}" for p in Phase for prefix in ("focus", "phase", "dose")}
    unused = reasons.SENTENCES.keys() - spelled - filled
    assert unused == set()
    assert {"hurts", "unclear", "clearance", "clearance_gentle", "ladder_up", "ladder_up_jumps"} <= spelled


def test_a_code_without_words_is_an_error(catalogue: Catalogue) -> None:
    with pytest.raises(KeyError):
        reasons.sentence(Reason("no_such_code"), catalogue, "kg", ENGLISH)


def test_every_region_quality_and_ground_has_words() -> None:
    assert {r.value for r in Region} == values.REGION.keys()
    assert {q.value for q in Quality} == values.QUALITY.keys()
    assert {e.value for e in Experience} - {"some"} <= values.BECAUSE.keys()


# ---- loads


def test_loads_are_told_in_the_runners_units() -> None:
    twelve = Dose(3, 10, 12.0, Gear.DUMBBELLS)
    assert loads.load_text(twelve, "kg", ENGLISH) == "12 kg dumbbells"
    assert loads.load_text(twelve, "lb", ENGLISH) == "26.5 lb dumbbells"
    assert loads.load_text(Dose(3, 10, 45.35923700, Gear.BARBELL), "lb", ENGLISH) == "100 lb barbell"
    assert loads.load_text(Dose(3, 10, 16.0, Gear.KETTLEBELLS), "kg", ENGLISH) == "16 kg kettlebell"


def test_no_load_is_bodyweight_and_a_band_goes_by_its_name() -> None:
    assert loads.load_text(Dose(3, 10), "kg", ENGLISH) == "bodyweight"
    assert loads.load_text(Dose(3, 10, 0.0, Gear.DUMBBELLS), "kg", ENGLISH) == "bodyweight"
    for name, kg in BANDS_KG.items():
        assert loads.load_text(Dose(3, 10, kg, Gear.BAND), "lb", ENGLISH) == f"{name} band"
    assert loads.load_text(Dose(3, 10, 6.4, Gear.BAND), "kg", ENGLISH) == "medium band"


def test_kilograms_go_by_the_quarter_and_pounds_by_the_half() -> None:
    assert loads.weight(12.26, "kg", ENGLISH) == "12.25 kg"
    assert loads.weight(2.0, "lb", ENGLISH) == "4.5 lb"


@pytest.mark.parametrize("gear", [g for g in Gear if g is not Gear.BAND])
def test_whatever_can_be_loaded_has_words(gear: Gear) -> None:
    assert loads.load_text(Dose(3, 10, 10.0, gear), "kg", ENGLISH).startswith("10 kg ")


# ---- what changed and why


def test_a_rise_names_what_was_done_and_its_limit(catalogue: Catalogue) -> None:
    said = say("dose_answers", catalogue)
    assert said.startswith(
        "Split squat 12 kg dumbbells → 14 kg dumbbells, 10 → 9 repetitions: you did 3×10 with about 4"
    )
    assert "the aim is 3 left" in said
    assert "limit 10 %" in said


def test_a_rise_in_pounds_has_no_kilograms(catalogue: Catalogue) -> None:
    assert "26.5 lb dumbbells → 31 lb dumbbells" in say("dose_answers", catalogue, "lb")


def test_a_step_larger_than_the_limit_is_the_smallest_there_is(catalogue: Catalogue) -> None:
    assert "the smallest step you have" in say("dose_answers", catalogue, to_kg=40.0)


def test_a_step_beyond_the_limit_that_is_not_the_smallest_does_not_claim_to_be(catalogue: Catalogue) -> None:
    said = say("dose_answers", catalogue, to_kg=40.0, smallest=0)
    assert "% of all you lift)" in said
    assert "smallest" not in said


@pytest.mark.parametrize(
    ("new", "rests", "said"),
    [
        ("side-plank", "", "New this week: Side plank."),
        ("", "side-plank", "Rests this week: Side plank."),
        ("dead-bug", "side-plank pogo-hops", "New this week: Dead bug. Rests this week: Side plank and Pogo hops."),
        ("a b c d e f g h i j", "", "10 exercises are new this week."),
        ("side-plank", "a b c d e", "New this week: Side plank. 5 exercises rest this week."),
    ],
)
def test_what_comes_and_what_rests_is_named(new: str, rests: str, said: str, catalogue: Catalogue) -> None:
    assert say("turns", catalogue, new=new, rests=rests) == said


def test_a_fall_and_a_first_load_are_told_too(catalogue: Catalogue) -> None:
    assert "14 kg dumbbells → 12 kg dumbbells" in say("dose_answers", catalogue, from_kg=14.0, to_kg=12.0)
    first = say("dose_answers", catalogue, from_kg=0.0, from_gear="", to_kg=4.0)
    assert "bodyweight → 4 kg dumbbells" in first


def test_what_did_not_change_is_not_told(catalogue: Catalogue) -> None:
    said = say("dose_answers", catalogue, to_kg=12.0, to_amount=11, to_sets=2, because="", region="")
    assert said.startswith("Split squat 10 → 11 repetitions:")
    assert said.endswith(". 3 → 2 sets: so that the session fits your 40 minutes.")


@pytest.mark.parametrize(("mode", "unit"), [("hold", "seconds"), ("carry", "seconds"), ("contacts", "contacts")])
def test_amounts_have_their_own_unit(mode: str, unit: str, catalogue: Catalogue) -> None:
    assert f"10 → 15 {unit}" in say("dose_plan", catalogue, mode=mode, to_amount=15)


def test_what_was_answered_is_told_back(catalogue: Catalogue) -> None:
    assert "you did 2×10 and 1 set fell short" in say("dose_answers", catalogue, did_sets=2, failed=1)
    assert "3 sets fell short" in say("dose_answers", catalogue, failed=3)
    assert "with 5 or more left" in say("dose_answers", catalogue, at_least=1)
    assert "you called the session hard" in say("dose_answers", catalogue, source="hard", to_kg=12.0)
    assert "the session was about right, so" in say("dose_answers", catalogue, source="right")
    assert "you called the session about right" in say("dose_answers", catalogue, source="right", to_kg=10.0)


def test_why_an_exercise_is_here(catalogue: Catalogue) -> None:
    said = say("why", catalogue, because="new", region="back", possible=18, amount=12)
    assert said.startswith(f"Here because {catalogue.by_slug['split-squat'].purpose}")
    assert "as you are new to strength work" in said
    assert "loads your back gently" in said
    assert "Your most today may be about 18." in said
    plain = say("why", catalogue, because="", region="", possible=13, amount=12)
    assert plain == f"Here because {catalogue.by_slug['split-squat'].purpose}"


def test_why_of_jumps_counts_contacts(catalogue: Catalogue) -> None:
    said = say("why", catalogue, exercise="pogo-hops", contacts=24, most=100)
    assert said.endswith("24 contacts in all, on the way to 100 at most.")


def test_why_of_an_exercise_that_left_the_catalogue_names_the_quality(catalogue: Catalogue) -> None:
    said = say("why", catalogue, exercise="gone", because="", region="", possible=12)
    assert said == "Here for single-leg strength."
    assert say("swap_plan", catalogue, to="gone-too").startswith("Gone too in place of Split squat")


def test_an_easy_week_says_how_many_sets_there_are(catalogue: Catalogue) -> None:
    assert "one: 2 sets of each, and nothing goes up" in say("easy_week", catalogue, fewer=3, sets=2, least=2)
    assert "one: at most 2 sets of each, and nothing" in say("easy_week", catalogue, fewer=3, sets=2, least=1)
    assert "stay as they are" in say("easy_week", catalogue, fewer=0, sets=2, least=1)
    assert "1 set of each" in say("first", catalogue, sets=1, least=1)


def test_one_is_told_in_the_singular(catalogue: Catalogue) -> None:
    assert "1 session, 2 sets of each" in say("first", catalogue, sessions=1)
    assert re.search(r"1 week\b", say("silence", catalogue, weeks=1))
    assert "1 day from Monday" in say("phase_taper", catalogue, days=1)


def test_a_clinician_is_named_for_the_number_or_for_the_weeks(catalogue: Catalogue) -> None:
    assert "7/10 in your side of the hip" in say("clinician", catalogue, pain=7, weeks=3)
    assert "In 2 weeks you have told us of 4/10 or more" in say("clinician", catalogue, pain=4, weeks=2)
    assert "5/10" in say("clinician", catalogue, pain=5, weeks=1)


@pytest.mark.parametrize(
    ("code", "told", "words"),
    [
        (
            "pain_hold",
            {"pain": 5, "told": 5, "ago": 0},
            "Side of the hip pain 5/10: nothing that loads it goes up (from",
        ),
        (
            "pain_hold",
            {"pain": 5, "told": 7, "ago": 1},
            "A week ago you told us of 7/10 in your side of the hip: nothing",
        ),
        (
            "pain_hold",
            {"pain": 3, "told": 9, "ago": 3},
            "3 weeks ago you told us of 9/10 in your side of the hip: nothing",
        ),
        ("pain_hold", {"pain": 3, "told": 1, "ago": 0}, "Side of the hip pain 1/10, not gone by the next morning: "),
        ("pain_hold", {"pain": 3, "told": 1, "ago": 2}, "2 weeks ago you told us that your side of the hip hurts: "),
        ("pain_hold", {"pain": 3, "told": 0, "ago": 0}, "Your side of the hip hurts, as you told us: "),
        ("pain_severe", {"pain": 7, "told": 7, "ago": 0, "kept": 70}, "cut to 70 % of the dose"),
        ("pain_severe", {"pain": 7, "told": 9, "ago": 1, "kept": 100}, "and nothing that touches it goes up"),
        ("clinician", {"pain": 7, "told": 9, "ago": 1, "weeks": 1}, "A week ago you told us of pain of 9/10"),
    ],
)
def test_pain_is_told_as_the_runner_told_it(code: str, told: dict[str, int], words: str, catalogue: Catalogue) -> None:
    assert words in say(code, catalogue, **told)


def test_soreness_told_before_a_silence_is_told_as_old(catalogue: Catalogue) -> None:
    assert say("sore", catalogue, soreness=9, limit=7).startswith("Soreness 9/10: ")
    assert say("sore", catalogue, soreness=9, limit=7, ago=2).startswith(
        "2 weeks ago you told us of soreness of 9/10: "
    )


def test_sets_say_whether_time_gave_or_took_them(catalogue: Catalogue) -> None:
    more = say("dose_sets", catalogue, from_sets=2, to_sets=3, to_kg=12.0, to_amount=10)
    fewer = say("dose_sets", catalogue, from_sets=3, to_sets=2, to_kg=12.0, to_amount=10)
    assert "2 → 3 sets" in more
    assert "the time that is left is enough" in more
    assert "3 → 2 sets" in fewer
    assert "time that is left" not in fewer


def test_sets_that_change_beside_the_load_have_a_sentence_of_their_own(catalogue: Catalogue) -> None:
    apart = {"from_sets": 3, "to_sets": 2, "completed": 8, "minutes": 40, "because": "", "region": ""}
    for code in ("dose_answers", "dose_plan", "dose_waited", "dose_range", "dose_back", "dose_gear", "dose_screen"):
        said = say(code, catalogue, **apart)
        assert said.startswith("Split squat 12 kg dumbbells → 14 kg dumbbells, 10 → 9 repetitions")
        assert said.endswith(". 3 → 2 sets: so that the session fits your 40 minutes.")
    assert say("dose_plan", catalogue, **apart | {"because": "easy"}).endswith("every fourth week is an easier one.")
    more = apart | {"from_sets": 2, "to_sets": 3}
    assert say("dose_plan", catalogue, **more).endswith(
        " 2 → 3 sets: 8 weeks done, and the time that is left is enough."
    )
    back = say("dose_plan", catalogue, **more | {"because": "back"})
    assert back.endswith(" 2 → 3 sets: as many as before the easier week.")


def test_fewer_sets_of_several_exercises_have_one_reason(catalogue: Catalogue) -> None:
    several = {"exercises": 4, "minutes": 40, "because": "tired", "region": ""}
    assert say("dose_fewer_sets", catalogue, **several) == "4 exercises with fewer sets: so that you recover."
    sore = say("dose_fewer_sets", catalogue, **several | {"because": "", "region": "calf"})
    assert sore.startswith("4 exercises with fewer sets: your calf has hurt")


def test_days_are_named(catalogue: Catalogue) -> None:
    assert "Monday or Thursday would carry" in say("placed_light_day", catalogue, better="0 3")
    assert "Monday, Tuesday or Sunday would carry" in say("placed_light_day", catalogue, better="0 1 6")
    assert "Friday would carry" in say("placed_light_day", catalogue, better="4")
    assert say("placed_easy", catalogue, days=0) == "On an easy day."
    assert say("placed_free", catalogue, days=0) == "On a day without a run."
    assert "1 day before" in say("placed_free", catalogue, days=1)


def test_many_small_steps_speak_of_sessions(catalogue: Catalogue) -> None:
    assert say("dose_more", catalogue, exercises=4).startswith("4 exercises a little longer")
    assert say("dose_more", catalogue, exercises=1).startswith("1 exercise a little longer")


def test_no_sentence_promises_what_cannot_be_promised(catalogue: Catalogue) -> None:
    for code in reasons.SENTENCES:
        assert not re.search(r"\b(prevents?|guarantee|injury-free|cure|never get injured)", say(code, catalogue))
