"""The real catalogue, checked against itself and against the papers: what a runner is given must hold together."""

from __future__ import annotations

import ast
import re
from itertools import pairwise

import pytest

import coach
from coach import capacity, dose
from coach.catalogue import PATTERNS, Exercise, Stretch
from coach.profile import Equipment, Experience, Region
from coach.progress import Progress, RegionState
from coach.stretching import TARGETS
from coach.week import DoseMode, Quality
from tests.builders import MONDAY
from tests.coach.runners import a_steady_runner
from tests.conftest import ROOT, read_catalogue

CATALOGUE = read_catalogue()
EVIDENCE = (ROOT / "docs/evidence.md").read_text(encoding="utf-8")
SAFETY = (ROOT / "docs/safety.md").read_text(encoding="utf-8")


def entry(value: object) -> str:
    return getattr(value, "slug", str(value))


exercises = pytest.mark.parametrize("exercise", CATALOGUE.exercises, ids=entry)

# ---- ladders


def beginners_repetitions(exercise: Exercise) -> float:
    """What one who is new to strength work can do without an external load, or with the first one where it needs one."""
    c = CATALOGUE.constants
    novice = a_steady_runner(experience=Experience.NEW)
    now = capacity.prior(exercise, novice, MONDAY, c)
    load = 0.0 if exercise.bodyweight_share else exercise.start_load_share
    moved = (exercise.bodyweight_share + load) * novice.body_mass_kg
    return capacity.possible(exercise, now.mu, max(moved, 1.0), c)


LADDERS = [ladder for ladder in CATALOGUE.ladders.values() if len(ladder) > 1]
STRENGTH = [ladder for ladder in LADDERS if ladder[0].mode is not DoseMode.CONTACTS]


@pytest.mark.parametrize("ladder", STRENGTH, ids=lambda x: x[0].ladder)
def test_a_ladder_climbs(ladder: tuple[Exercise, ...]) -> None:
    """Each rung asks more than the one below: it leaves a beginner fewer repetitions, or asks more load, tissue or control."""
    for below, above in pairwise(ladder):
        assert below.rung < above.rung
        more = (
            beginners_repetitions(above) < beginners_repetitions(below) and above.mode is below.mode,
            above.start_load_share > below.start_load_share,
            above.sides > below.sides,
            max((w for _, w in above.tissues), default=0) > max((w for _, w in below.tissues), default=0),
            above.quality(Quality.JOINT_CONTROL) > below.quality(Quality.JOINT_CONTROL),
        )
        assert any(more), f"{above.slug} asks no more than {below.slug}"


@pytest.mark.parametrize("ladder", LADDERS, ids=lambda x: x[0].ladder)
def test_a_ladder_is_of_one_pattern_so_that_a_step_stays_in_its_place(ladder: tuple[Exercise, ...]) -> None:
    assert len({e.pattern for e in ladder}) == 1


def test_one_legged_and_drop_jumps_come_late() -> None:
    (jumps,) = (ladder for ladder in LADDERS if ladder[0].mode is DoseMode.CONTACTS)
    late = {e.slug for e in jumps[len(jumps) // 2 :]}
    assert {e.slug for e in jumps if e.sides == 2} | {"drop-jump"} <= late
    tissue = [max(w for _, w in e.tissues) for e in jumps]
    assert tissue[0] < tissue[-1]


def test_the_top_of_a_ladder_loads_more_than_its_bottom() -> None:
    for ladder in LADDERS:
        low, high = ladder[0], ladder[-1]
        assert high.quality(Quality.LOAD_TOLERANCE) >= low.quality(Quality.LOAD_TOLERANCE), low.ladder


# ---- slots


def test_every_pattern_has_a_place_and_every_place_an_exercise() -> None:
    placed = {p for slot in CATALOGUE.slots for p in slot.patterns}
    assert placed == set(PATTERNS)
    assert {e.pattern for e in CATALOGUE.exercises} <= placed


def test_what_a_place_takes_beside_its_patterns_is_there() -> None:
    for slot in CATALOGUE.slots:
        for slug in slot.also:
            assert CATALOGUE.by_slug[slug].pattern not in slot.patterns
            assert slot.takes(CATALOGUE.by_slug[slug])


def test_with_everything_in_pain_something_is_still_left() -> None:
    everything = Progress(regions=tuple(RegionState(r, 10, cut=0.7) for r in Region))
    for profile in (a_steady_runner(), a_steady_runner(equipment=Equipment(), minutes=10)):
        assert coach.next_week(profile, everything, CATALOGUE, week_of=MONDAY).sessions


def test_all_four_qualities_have_a_full_score_somewhere_without_equipment() -> None:
    for quality in Quality:
        assert any(e.quality(quality) == 3 and e.possible_with(Equipment()) for e in CATALOGUE.exercises), quality


@pytest.mark.parametrize("region", Region)
def test_every_place_can_be_stretched_or_rests(region: Region) -> None:
    found = [s for s in CATALOGUE.stretches if region in s.regions]
    assert found, region


# ---- one entry


@exercises
def test_an_exercise_has_words_for_everything(exercise: Exercise) -> None:
    for words in (exercise.purpose, exercise.how, exercise.feel, exercise.cue, exercise.carry_over, exercise.stop_if):
        assert len(words) >= 12
        assert words.endswith((".", "!")), words
    assert 2 <= len(re.findall(r"[.!?](?: |$)", exercise.how)) <= 6


@exercises
def test_cues_are_short_enough_to_remember(exercise: Exercise) -> None:
    assert len(exercise.cue) <= 80
    assert len(exercise.carry_over) <= 90


@exercises
def test_the_purpose_completes_a_sentence(exercise: Exercise) -> None:
    """ "Here because …": a clause in small letters."""
    assert exercise.purpose[0].islower() or exercise.purpose.split()[0].isupper(), exercise.purpose


@exercises
def test_an_exercise_makes_no_promise(exercise: Exercise) -> None:
    words = f"{exercise.purpose} {exercise.how} {exercise.feel} {exercise.carry_over}".lower()
    assert not re.search(r"\b(prevents?|guarantee\w*|cures?|injury-proof|bulletproof)\b", words)


@exercises
def test_an_exercise_can_be_dosed(exercise: Exercise) -> None:
    assert exercise.loadable == () or exercise.mode in {DoseMode.REPS, DoseMode.CARRY}
    assert (exercise.tempo == "") == (exercise.mode is not DoseMode.REPS) or exercise.mode is DoseMode.CONTACTS
    if exercise.mode in {DoseMode.HOLD, DoseMode.CARRY, DoseMode.CONTACTS}:
        assert exercise.seconds == 1
    if exercise.mode is DoseMode.CONTACTS:
        assert exercise.pattern == "plyometric"
        assert 2 * exercise.start_amount <= 40


@exercises
def test_gear_that_makes_the_load_is_among_what_is_needed(exercise: Exercise) -> None:
    """Whoever has what an exercise needs, with its loads, can do it."""
    loads = tuple(float(kg) for kg in range(4, 61, 4))
    for need in exercise.needs:
        gear = frozenset(need)
        grids = tuple((g, loads) for g in sorted(gear) if g in exercise.loadable)
        assert dose.loads(exercise, Equipment(gear, grids))[1], need


@exercises
def test_a_reviewer_and_a_date_come_together(exercise: Exercise) -> None:
    assert bool(exercise.reviewed_by) == bool(exercise.reviewed_on)


@pytest.mark.parametrize("stretch", CATALOGUE.stretches, ids=entry)
def test_a_stretch_has_words_for_everything(stretch: Stretch) -> None:
    for words in (stretch.how, stretch.feel, stretch.cue, stretch.stop_if):
        assert len(words) >= 12
        assert words.endswith((".", "!")), words
    assert len(stretch.cue) <= 80
    assert stretch.dynamic or stretch.target in TARGETS


def test_every_target_of_the_routine_has_a_stretch_for_a_runner_with_nothing() -> None:
    for target in TARGETS:
        assert any(s.target == target and all(Equipment().has(p) for p in s.props) for s in CATALOGUE.stretches), target


def test_names_are_unique() -> None:
    for entries in (CATALOGUE.exercises, CATALOGUE.stretches):
        names = [e.name.casefold() for e in entries]
        assert len(set(names)) == len(names)


# ---- sources and anchors


def sources() -> set[str]:
    """The keys of the table of sources at the end of docs/evidence.md."""
    table = EVIDENCE.partition("## Sources")[2]
    return set(re.findall(r"^\| ([^|]+?) \|", table, flags=re.MULTILINE)) - {"key", "---"}


def anchors(text: str) -> set[str]:
    return set(re.findall(r'<a id="([a-z-]+)"></a>', text))


@pytest.mark.parametrize("entry", [*CATALOGUE.exercises, *CATALOGUE.stretches], ids=entry)
def test_every_source_is_in_the_table(entry: Exercise) -> None:
    assert set(entry.sources) <= sources()


def docstrings() -> list[tuple[str, str]]:
    """(module, text) of every docstring and string under a constant in coach/."""
    return [
        (path.name, node.value.value)
        for path in sorted((ROOT / "coach").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]


def test_every_anchor_named_in_the_engine_exists() -> None:
    missing = []
    for module, text in docstrings():
        for page, listed in re.findall(r"docs/(evidence|safety)\.md((?:(?:, |; )?#[a-z-]+)+)", text):
            known = anchors(EVIDENCE if page == "evidence" else SAFETY)
            missing += [(module, name) for name in re.findall(r"#([a-z-]+)", listed) if name not in known]
    assert missing == []


def test_every_link_within_the_papers_leads_somewhere() -> None:
    for text, own in ((EVIDENCE, anchors(EVIDENCE)), (SAFETY, anchors(SAFETY))):
        assert set(re.findall(r"\]\(#([a-z-]+)\)", text)) <= own
        assert set(re.findall(r"safety\.md#([a-z-]+)", text)) <= anchors(SAFETY)
        assert set(re.findall(r"evidence\.md#([a-z-]+)", text)) <= anchors(EVIDENCE)


def test_every_source_of_the_table_is_used_on_the_page() -> None:
    body = EVIDENCE.partition("## Sources")[0]
    assert {key for key in sources() if key not in body} == set()
