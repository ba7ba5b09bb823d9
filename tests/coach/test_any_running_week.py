"""Whoever runs and whatever is told in a running week: never more than planned, nothing that hurts, a reason for each change. docs/safety.md#pain"""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import coach
from coach import safety
from coach.amending import Rest
from coach.answers import Answers, Pain, RedFlag, Word
from coach.profile import Region
from coach.progress import Progress
from coach.week import Dose, NoticeKind, Week
from tests.coach.runners import prescriptions
from tests.coach.strategies import answers_for, histories, the_catalogue

CATALOGUE = the_catalogue()


@st.composite
def changed_weeks(draw: st.DrawFn) -> tuple[object, Progress, Week, list[Word], Rest]:
    """Any runner some weeks in, with up to three answers of any kind in the week planned then."""
    profile, before, week, _ = draw(histories())
    said = [Word(day, draw(answers_for(week))) for day in sorted(draw(st.lists(st.integers(-2, 8), max_size=3)))]
    return profile, before, week, said, coach.rest_of_week(profile, before, week, said, CATALOGUE)


def heaviest(doses: list[Dose]) -> tuple[float, int, int]:
    return max(d.load_kg for d in doses), max(d.amount for d in doses), max(d.sets for d in doses)


@given(changed_weeks())
def test_nothing_is_ever_heavier_longer_or_more_than_planned(case) -> None:
    _, before, week, _, rest = case
    last = {e.exercise: e.last for e in before.exercises if e.last is not None}
    planned: dict[str, list[Dose]] = {}
    for p in prescriptions(week):
        planned.setdefault(p.exercise, []).append(p.dose)
    assert len(rest.week.sessions) == len(week.sessions)
    for was, now in zip(week.sessions, rest.week.sessions, strict=True):
        assert now.minutes <= was.minutes
        assert len(now.exercises) <= len(was.exercises)
        assert (now.day, now.name, now.light) == (was.day, was.name, was.light)
        for p in now.exercises:
            # What was not planned is known.
            most = heaviest(planned.get(p.exercise) or [last[p.exercise]])
            assert all(x <= y for x, y in zip(heaviest([p.dose]), most, strict=True))
    if week.stretch is not None and rest.week.stretch is not None:
        assert rest.week.stretch.seconds <= week.stretch.seconds
        assert set(rest.week.stretch.items) <= set(week.stretch.items)


@given(changed_weeks(), st.sampled_from(Region), st.integers(3, 10))
def test_what_is_still_to_come_keeps_off_what_hurts(case, where, level) -> None:
    profile, before, week, said, _ = case
    day = max([-1, *(w.day for w in said)])
    rest = coach.rest_of_week(
        profile, before, week, [*said, Word(day, Answers(pains=(Pain(where, level),)))], CATALOGUE
    )
    known = {r.region: r.pain for r in before.regions if r.region in week.paused_regions}
    for index in rest.open:
        for p in rest.week.sessions[index].exercises:
            exercise = CATALOGUE.by_slug[p.exercise]
            if level >= 6:
                assert not exercise.tissue(where)
            if exercise.tissue(where) and known.get(where, 0) < level:
                assert (p.harder, p.up_to) == (None, None)
            assert not (exercise.pattern == "plyometric" and where in safety.LEGS)
            assert exercise.tissue(where) < (2 if level >= 6 else 3 if level >= 4 else 4)
    for item in () if rest.week.stretch is None else (*rest.week.stretch.items, *rest.week.stretch.before):
        stretch = CATALOGUE.stretch_by_slug[item.stretch]
        assert where not in (*stretch.regions, *stretch.avoid)
    if level >= 6:
        assert where in rest.clinician


@given(changed_weeks())
def test_every_load_is_there_and_every_change_has_its_reason(case) -> None:
    profile, _, week, _, rest = case
    for was, now in zip(week.sessions, rest.week.sessions, strict=True):
        slugs = [p.exercise for p in now.exercises]
        assert len(slugs) == len(set(slugs))
        for p in now.exercises:
            assert CATALOGUE.by_slug[p.exercise].possible_with(profile.equipment)
            if p.dose.load_kg:
                assert p.dose.load_kg in profile.equipment.grid_kg(p.dose.gear)
        planned = {p.exercise: p.dose for p in was.exercises}
        if now != was:
            for p in now.exercises:
                assert (p.change is None) == (planned.get(p.exercise) == p.dose)
    if rest.week.sessions != week.sessions:
        assert rest.week.changes


@given(changed_weeks(), st.data())
def test_the_same_words_give_the_same_week_and_saying_it_twice_adds_nothing(case, data) -> None:
    profile, before, week, said, rest = case
    assert coach.rest_of_week(profile, before, week, list(said), CATALOGUE) == rest
    if said:
        assert coach.rest_of_week(profile, before, week, [*said, said[-1]], CATALOGUE) == rest


@given(changed_weeks(), st.sampled_from(RedFlag))
def test_after_a_red_flag_nothing_is_left(case, flag) -> None:
    profile, before, week, said, _ = case
    day = max([-1, *(w.day for w in said)])
    rest = coach.rest_of_week(
        profile, before, week, [*said, Word(day, Answers(red_flags=frozenset({flag})))], CATALOGUE
    )
    assert not any(rest.week.sessions[i].exercises for i in rest.open)
    assert (rest.week.stretch, [n.kind for n in rest.week.notices]) == (None, [NoticeKind.STOP])
