"""A coach asks why: the chain from what was answered to what was chosen, for one planned week."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app import explain
from app.bounds import bounds
from app.cli import main
from app.letters import NobodyThere
from app.replay import standpoints
from app.wiring import House
from coach import dose
from coach.answers import Answers, Effort, ExerciseReport, Pain, RedFlag, SessionReport, Swap
from coach.dose import Limits
from coach.profile import Experience, Race, Region, Run, RunKind, Screen
from coach.week import Dose, DoseMode, Phase, Week
from models import history, plans
from models.people import Subscriber
from tests.app.conftest import Clock
from tests.app.people import add, plan, tell
from tests.builders import MONDAY, a_week

WEEK = timedelta(days=7)
NEXT = MONDAY + WEEK
Limited = dict[str, tuple[float, float, bool]]


def done(effort: Effort, **changes: Any) -> Answers:
    return Answers(sessions=(SessionReport(0, effort), SessionReport(1, effort)), **changes)


def week_of(house: House, runner: Subscriber, monday: date = MONDAY) -> Week:
    with house.sessions() as session:
        found = plans.get_week(session, runner.id, monday)
    assert found is not None
    return found


def two_weeks(house: House, clock: Clock, told: Answers, name: str = "ana") -> Subscriber:
    """A runner with two sessions a week, who told this of the first week and has the second planned."""
    (ana,) = add(house, name, runs=(Run(1, RunKind.EASY), Run(6, RunKind.LONG)), strength_days=(0, 2, 4))
    plan(house, ana)
    clock.forward(days=5)
    if not told.silent:
        tell(house, ana, told)
    clock.forward(days=2)
    plan(house, ana, week_of=NEXT)
    return ana


def test_a_first_week_rests_on_the_profile_alone(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    found = explain.explain(house, ana)
    assert (found.told, found.before) == (None, None)
    assert found.after.phase is Phase.ANATOMICAL
    assert all(e.before is None and e.weeks == 0 for e in found.exercises)
    assert all(c.before is None and c.bounds is not None and c.bounds.cap is None for c in found.chosen)
    assert found.as_now


def test_each_prescription_stands_within_the_estimate_it_came_from(house: House, clock: Clock) -> None:
    ana = two_weeks(house, clock, done(Effort.EASY))
    found = explain.explain(house, ana)
    stored = week_of(house, ana, NEXT)
    assert [(c.session, c.exercise, c.now) for c in found.chosen] == [
        (s.name, p.exercise, p.dose) for s in stored.sessions for p in s.exercises
    ]
    most = {e.exercise: e.after for e in found.exercises}
    why = {p.exercise: dict(p.why.values) for s in stored.sessions for p in s.exercises}
    for c in found.chosen:
        after = most[c.exercise]
        if c.mode is not DoseMode.CONTACTS:
            assert after is not None
            assert after.sd > 0
    first = {p.exercise: dict(p.why.values) for p in stored.sessions[0].exercises}
    for slug, values in first.items():
        after = most[slug]
        if after is not None and values == why[slug]:
            assert round(after.most) == pytest.approx(values["possible"], abs=1)


def test_an_easy_week_raises_what_is_believed_and_a_hard_one_lowers_it(house: House, clock: Clock) -> None:
    easy = explain.explain(house, two_weeks(house, clock, done(Effort.EASY)))
    assert easy.told is not None
    assert [s.effort for s in easy.told.sessions] == ["easy", "easy"]
    rose = [e.after.most > e.before.most for e in easy.exercises if e.before and e.after and e.weeks]
    assert rose
    assert all(rose)
    assert any(c.bounds is not None and c.bounds.may_rise for c in easy.chosen)
    clock.forward(days=-7)
    hard = explain.explain(house, two_weeks(house, clock, done(Effort.HARD), "ben"))
    fell = [e.after.most < e.before.most for e in hard.exercises if e.before and e.after and e.weeks]
    assert fell
    assert any(fell)


def test_a_session_called_hard_is_the_ground_against_a_rise(house: House, clock: Clock) -> None:
    found = explain.explain(house, two_weeks(house, clock, done(Effort.HARD)))
    same = [c for c in found.chosen if c.before is not None]
    assert same
    assert all(c.bounds and not c.bounds.may_rise for c in same)
    assert any("the session was called hard" in c.bounds.against for c in same if c.bounds)
    assert any(c.change for c in same)


def test_pain_is_told_by_region_with_the_cut_it_brings(house: House, clock: Clock) -> None:
    told = done(Effort.RIGHT, pains=(Pain(Region.KNEE, 4, settled=False),), soreness=7)
    found = explain.explain(house, two_weeks(house, clock, told))
    assert found.told is not None
    assert found.told.pains == told.pains
    (knee,) = (r for r in found.regions if r.region is Region.KNEE)
    assert (knee.before, knee.pain, knee.cut < 1.0) == (None, 4, True)
    cut = [c for c in found.chosen if c.bounds and c.bounds.cut == knee.cut]
    assert cut
    assert any("knee pain 4/10" in ground for c in cut if c.bounds for ground in c.bounds.against)
    assert any("soreness 7/10" in ground for c in cut if c.bounds for ground in c.bounds.against)
    assert found.changes[0].sentence.startswith("Knee pain 4/10")
    assert found.changes[0].ground == "docs/evidence.md#pain"
    assert all(c.ground for c in (*found.changes, *found.notices, *found.chosen))
    assert {c.ground for c in cut if c.change} == {"docs/evidence.md#pain"}


def test_a_red_flag_leaves_nothing_to_choose_and_says_so(house: House, clock: Clock) -> None:
    found = explain.explain(house, two_weeks(house, clock, Answers(red_flags=frozenset({RedFlag.CHEST_PAIN}))))
    assert found.chosen == ()
    assert found.after.stopped == ("chest-pain",)
    assert "clinician" in found.notices[0].sentence
    assert found.notices[0].ground == "docs/safety.md#red-flags"
    assert found.exercises


def test_silence_and_late_answers_are_told_apart(house: House, clock: Clock) -> None:
    ana = two_weeks(house, clock, Answers())
    found = explain.explain(house, ana)
    assert found.told is not None
    assert (found.told.silent, found.told.late, found.after.missed) == (True, 0, 1)
    assert all("planned, and never done yet" in c.bounds.against for c in found.chosen if c.bounds)
    clock.forward(days=1)
    tell(house, ana, done(Effort.EASY))
    found = explain.explain(house, ana)
    assert found.told is not None
    assert (found.told.silent, found.told.late) == (True, 1)
    assert found.as_now


def test_an_answer_about_a_session_that_was_not_there_is_seen_and_holds_everything(house: House, clock: Clock) -> None:
    ana = two_weeks(house, clock, Answers(sessions=(SessionReport(0, Effort.EASY), SessionReport(5, Effort.EASY))))
    found = explain.explain(house, ana)
    assert found.told is not None
    assert [(s.session, s.day is None) for s in found.told.sessions][-1] == ("number 6, not planned", True)
    assert found.after.hold == "unclear"
    assert all("part of an answer made no sense" in c.bounds.against for c in found.chosen if c.bounds)


def test_an_earlier_week_can_be_asked_for(house: House, clock: Clock) -> None:
    ana = two_weeks(house, clock, done(Effort.EASY))
    assert explain.explain(house, ana).week_of == NEXT
    assert explain.explain(house, ana, MONDAY).told is None
    with pytest.raises(NobodyThere, match="The nearest is 2026-11-30"):
        explain.explain(house, ana, MONDAY + 5 * WEEK)


def test_a_runner_without_weeks_is_told_as_one(house: House) -> None:
    (ana,) = add(house, "ana")
    with pytest.raises(NobodyThere, match="no week has been planned yet"):
        explain.explain(house, ana)


def test_what_the_catalogue_no_longer_knows_is_still_explained(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    old = a_week()
    session = old.sessions[0]
    gone = replace(session, exercises=tuple(replace(p, exercise=f"gone-{p.slot}") for p in session.exercises))
    with house.sessions.begin() as session_:
        plans.save_weeks(session_, [plans.Planned(ana.id, replace(old, sessions=(gone,)))], now=clock())
    found = explain.explain(house, ana)
    assert not found.as_now
    assert found.chosen[0].name == "Gone knee"
    assert found.chosen[0].bounds is None
    assert found.chosen[0].change == "(load-up)"
    assert (found.exercises[0].before, found.exercises[0].after) == (None, None)


PROFILES: list[dict[str, Any]] = [
    {},
    {"experience": Experience.NEW, "screens": frozenset({Screen.HEART})},
    {"race": Race(MONDAY + timedelta(days=40), 42.2)},
    {"experience": Experience.SEASONED, "screens": frozenset({Screen.PREGNANT}), "cleared": True},
]
LIVES: list[list[Answers]] = [
    [
        done(Effort.EASY),
        done(Effort.RIGHT),
        done(Effort.HARD),
        Answers(sessions=(SessionReport(0, Effort.EASY),)),
        done(Effort.RIGHT, pains=(Pain(Region.CALF, 5),)),
        done(Effort.EASY),
        done(Effort.EASY, soreness=8),
        done(Effort.EASY, hurts=True),
    ],
    [
        done(Effort.EASY),
        Answers(),
        Answers(),
        Answers(),
        Answers(sessions=(SessionReport(0, Effort.EASY),)),
        done(Effort.EASY, pains=(Pain(Region.KNEE, 3),)),
        done(Effort.RIGHT, sleep=9),
        *[Answers()] * 6,
        done(Effort.EASY),
    ],
]


@pytest.mark.skipif(
    not dose.__file__.endswith(".py"), reason="nobody can listen to what compiled modules say to each other"
)
@pytest.mark.parametrize("profile", range(len(PROFILES)))
@pytest.mark.parametrize("life", range(len(LIVES)))
def test_the_limits_told_are_the_limits_the_engine_worked_with(
    house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch, profile: int, life: int
) -> None:
    """The engine's own choice is listened to; what it does is not changed."""
    limits: Limited = {}
    choose = dose.choose

    def listen(exercise: Any, now: Any, state: Any, plan: Any, runner: Any, given: Limits, *more: Any) -> Any:
        cap = given.cap if state is not None and state.last is not None else -1.0
        limits.setdefault(exercise.slug, (cap, given.cut, given.may_rise))
        return choose(exercise, now, state, plan, runner, given, *more)

    (ana,) = add(house, "ana", **PROFILES[profile])
    heard: list[Limited] = []
    monkeypatch.setattr(dose, "choose", listen)
    for n, told in enumerate([*LIVES[life], Answers()]):
        limits = {}
        plan(house, ana, week_of=MONDAY + n * WEEK)
        heard.append(limits)
        clock.forward(days=4)
        tell(house, ana, told, week_of=MONDAY + n * WEEK)
        clock.forward(days=3)
    monkeypatch.undo()
    with house.sessions() as session:
        (kept,) = history.load(session, [ana.id])
    compared = 0
    for at, engine in zip(standpoints(kept, house.catalogue), heard, strict=True):
        for slug in {p.exercise for s in at.stored.sessions for p in s.exercises}:
            found = bounds(at, slug, house.catalogue)
            assert found is not None
            cap = -1.0 if found.cap is None else found.cap
            assert (cap, found.cut, found.may_rise) == engine[slug], (at.stored.week_of, slug, found.against)
            compared += 1
    assert compared > 20


def test_a_load_that_waits_after_one_that_was_too_much_is_told(house: House, clock: Clock) -> None:
    ana = two_weeks(house, clock, done(Effort.RIGHT))
    with house.sessions() as session:
        (kept,) = history.load(session, [ana.id])
    *_, at = standpoints(kept, house.catalogue)
    slug = at.progress.exercises[0].exercise
    waiting = tuple(replace(x, refused=2) if x.exercise == slug else x for x in at.progress.exercises)
    told = replace(at, progress=replace(at.progress, exercises=waiting))
    for now, heavier in ((at, True), (told, False)):
        found = bounds(now, slug, house.catalogue)
        assert found is not None
        assert (found.may_rise, found.heavier) == (True, heavier)


@pytest.fixture
def told(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command in the house's home: exit code, standard output, standard error."""
    for name in list(os.environ):
        if name.startswith("STRIDEWELL_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("STRIDEWELL_HOME", str(home))

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def test_an_exercise_done_in_place_of_another_is_named_as_such(
    house: House, clock: Clock, told: Callable[..., tuple[int, str, str]]
) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    first = week_of(house, ana).sessions[0].exercises[0].exercise
    clock.forward(days=5)
    swapped = ExerciseReport(first, 2, 9, swap=Swap("goblet-squat", Dose(2, 9)))
    tell(house, ana, Answers(sessions=(SessionReport(0, exercises=(swapped,)),)))
    clock.forward(days=2)
    plan(house, ana, week_of=NEXT)
    out = " ".join(told("explain", ana.email)[1].split())
    assert "in place of" in out


def test_a_coach_reads_answers_beliefs_and_choice_in_one_page(
    house: House, clock: Clock, told: Callable[..., tuple[int, str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    first = week_of(house, ana).sessions[0].exercises[0].exercise
    clock.forward(days=5)
    detail = ExerciseReport(first, 2, 9, 5, 4.0)
    answers = Answers(
        sessions=(SessionReport(0, Effort.EASY, rpe=4, minutes=31, exercises=(detail,)),),
        pains=(Pain(Region.CALF, 3, settled=True),),
        soreness=2,
        note="better\x1b[31m, really",
    )
    tell(house, ana, answers)
    clock.forward(days=2)
    plan(house, ana, week_of=NEXT)
    with caplog.at_level(logging.DEBUG):
        code, out, err = told("explain", ana.email)
    assert (code, err) == (0, "")
    parts = ("1. What was answered for the week of 2026-11-23", "2. What the engine believed", "3. What it chose")
    assert [out.index(p) for p in parts] == sorted(out.index(p) for p in parts)
    for words in ("2×9, at 4 kg, 5 or more left", "calf 3/10 (gone by the morning)", "2/10", " ± ", "may rise", "calf"):
        assert words in out
    assert "\x1b[31m" not in out
    assert not any(words in caplog.text for words in ("calf", "really", ana.email, first))
    assert "its ground" in out
    code, out, _ = told("explain", ana.key, "--week", str(NEXT), "--json")
    found = json.loads(out)
    assert all(c["ground"].startswith("docs/") for c in (*found["changes"], *found["chosen"]))
    assert (code, found["told"]["sessions"][0]["rpe"], found["as_now"]) == (0, 4, True)
    code, out, _ = told("explain", ana.key, "--week", str(MONDAY))
    assert "The first week" in out


def test_a_week_without_sessions_or_answers_reads_as_one(
    house: House, clock: Clock, told: Callable[..., tuple[int, str, str]]
) -> None:
    ana = two_weeks(house, clock, Answers(red_flags=frozenset({RedFlag.FAINTING}), hurts=True))
    plan(house, ana, week_of=NEXT + WEEK)
    code, out, _ = told("explain", ana.key)
    assert code == 0
    assert "a week without sessions" in out
    assert "no answer" in out
    assert "clinician" in out
    code, out, _ = told("explain", ana.key, "--week", str(NEXT))
    assert "something hurts, not said where" in out
    assert "fainting" in out


def test_replay_is_read_and_counted_on_the_command_line(
    house: House, clock: Clock, told: Callable[..., tuple[int, str, str]]
) -> None:
    code, out, _ = told("replay")
    assert (code, "No week has been planned yet" in out) == (0, True)
    ana = two_weeks(house, clock, done(Effort.EASY))
    code, out, _ = told("replay")
    assert code == 0
    assert "Where the present engine differs" not in out
    code, out, _ = told("replay", ana.email, "--json")
    assert (json.loads(out)["weeks"], json.loads(out)["same"]) == (2, 2)
    with house.sessions.begin() as session:
        plans.save_weeks(session, [plans.Planned(ana.id, a_week(week_of=NEXT + WEEK))], now=clock())
    code, out, _ = told("replay", ana.key)
    assert code == 0
    assert "Where the present engine differs" in out
    assert "split-squat" in out
    assert "also other: " in out
    code, out, _ = told("explain", ana.key)
    assert "would plan this week otherwise" in out


def test_without_a_database_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: Callable[..., tuple[int, str, str]]
) -> None:
    monkeypatch.setenv("STRIDEWELL_HOME", str(tmp_path / "fresh"))
    for words in (("replay",), ("explain", "ana@example.org")):
        code, _, err = told(*words)
        assert (code, "not set up yet" in err) == (1, True)
    assert not (tmp_path / "fresh" / "var").exists()
