"""Runners who race more than once: what one race asks for must not undo what the others leave time for. docs/evidence.md#taper, #after-a-race"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

import coach
from coach import phases
from coach.answers import Effort
from coach.profile import Race
from coach.week import Phase, Week
from tests.builders import MONDAY
from tests.coach.runners import WEEK, a_steady_runner, codes, live, prescriptions, some_progress, tapped

if TYPE_CHECKING:
    from coach.catalogue import Catalogue

SUNDAY = 6
FIRST = 6
"""The week of the first race, after five ordinary ones."""


def season(catalogue: Catalogue, *, every: int, km: float, late: int, weeks: int = 30) -> list[Week]:
    """Half a year of a runner who races every so many weeks, and enters the next race so many weeks after the last one."""
    runner = a_steady_runner(minutes=60)
    progress = coach.start(runner, catalogue)
    lived = []
    for n in range(weeks):
        last = max((r for r in range(FIRST, n, every)), default=None)
        following = next(r for r in range(FIRST, weeks + every, every) if r >= n)
        named = last if last is not None and n - last <= late else following
        now = replace(runner, race=Race(MONDAY + timedelta(weeks=named, days=SUNDAY), km))
        week = coach.next_week(now, progress, catalogue, week_of=MONDAY + n * WEEK)
        lived.append(week)
        progress = coach.fold(now, progress, week, tapped(week, Effort.RIGHT), catalogue)
    return lived


def after_the_first(weeks: list[Week]) -> list[Week]:
    return weeks[FIRST + 1 :]


@pytest.mark.parametrize("late", [0, 1])
@pytest.mark.parametrize("every", [3, 4])
def test_who_races_every_few_weeks_trains_between_the_races(every: int, late: int, catalogue: Catalogue) -> None:
    weeks = after_the_first(season(catalogue, every=every, km=10.0, late=late))
    found = [week.phase for week in weeks]
    assert Phase.TAPER not in found
    assert found.count(Phase.RACE) == len(weeks) // every
    # The week after a race is easy, the race week is light, and every other one is a full week.
    assert found.count(Phase.DELOAD) == -(-len(weeks) // every)
    full = [w for w in weeks if w.phase not in {Phase.RACE, Phase.DELOAD}]
    assert len(full) == len(weeks) - found.count(Phase.RACE) - found.count(Phase.DELOAD)
    assert all(len(w.sessions) >= 1 for w in full)


def test_the_week_before_such_a_race_says_why_it_goes_on(catalogue: Catalogue) -> None:
    weeks = after_the_first(season(catalogue, every=3, km=10.0, late=0))
    before = [week for week, following in pairwise(weeks) if following.phase is Phase.RACE]
    assert before
    assert all("race_again" in codes(week) for week in before)
    assert not any("race_again" in codes(week) for week in weeks[:-1] if week not in before)


def test_the_first_race_for_long_and_every_long_one_is_tapered_for(catalogue: Catalogue) -> None:
    assert season(catalogue, every=3, km=10.0, late=0)[FIRST - 1].phase is Phase.TAPER
    long = after_the_first(season(catalogue, every=5, km=21.1, late=0))
    assert [week.phase for week in long[:5]] == [Phase.DELOAD, Phase.DELOAD, Phase.TAPER, Phase.TAPER, Phase.RACE]


@pytest.mark.parametrize(("days", "expected"), [(1, Phase.PEAK), (7, Phase.PEAK), (27, Phase.PEAK), (28, Phase.TAPER)])
def test_a_race_is_one_of_many_where_the_last_is_less_than_four_weeks_back(
    days: int, expected: Phase, catalogue: Catalogue
) -> None:
    soon = a_steady_runner(race=Race(MONDAY + timedelta(weeks=1, days=SUNDAY), 10.0))
    progress = some_progress(completed=20, raced=Race(MONDAY - timedelta(days=days), 10.0))
    assert phases.phase(soon, progress, 0, MONDAY, catalogue.constants) is expected


def test_the_week_between_two_races_trains_unless_one_of_them_is_long(catalogue: Catalogue) -> None:
    for last_km, next_km, expected in ((10.0, 10.0, Phase.PEAK), (21.1, 10.0, Phase.DELOAD), (10.0, 21.1, Phase.TAPER)):
        racing = a_steady_runner(race=Race(MONDAY + timedelta(weeks=1, days=SUNDAY), next_km))
        progress = some_progress(completed=20, raced=Race(MONDAY - timedelta(days=1), last_km))
        assert phases.phase(racing, progress, 0, MONDAY, catalogue.constants) is expected


def test_who_races_every_fortnight_still_grows(catalogue: Catalogue) -> None:
    weeks = after_the_first(season(catalogue, every=2, km=10.0, late=0))
    assert {week.phase for week in weeks} == {Phase.RACE, Phase.PEAK}
    full = [week for week in weeks if week.phase is Phase.PEAK]
    first, last = ({p.exercise: p.dose for p in prescriptions(week)} for week in (full[0], full[-1]))
    risen = [
        x for x in first.keys() & last.keys() if (last[x].load_kg, last[x].amount) > (first[x].load_kg, first[x].amount)
    ]
    assert len(risen) > len(first) / 2


@pytest.mark.parametrize("km", [10.0, 42.2])
def test_rest_after_a_race_does_not_depend_on_the_profile_still_naming_it(km: float, catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(MONDAY + timedelta(weeks=7, days=SUNDAY), km))
    raced = live(racing, catalogue, [Effort.RIGHT] * 8)
    named = raced.following
    for race in (None, Race(racing.race.day + timedelta(weeks=20), 10.0)):  # type: ignore[union-attr]
        changed = replace(racing, race=race)
        week = coach.next_week(changed, raced.progress, catalogue, week_of=named.week_of)
        assert (week.phase, [s.day for s in week.sessions]) == (named.phase, [s.day for s in named.sessions])
        assert codes(week)[0] == codes(named)[0]


def test_a_race_that_was_replaced_before_its_week_was_over_is_remembered_as_one_like_the_next(
    catalogue: Catalogue,
) -> None:
    racing = a_steady_runner(race=Race(MONDAY + timedelta(days=SUNDAY), 42.2))
    progress = coach.start(racing, catalogue)
    week = coach.next_week(racing, progress, catalogue, week_of=MONDAY)
    sunday = MONDAY + timedelta(days=SUNDAY)
    for race, km in ((None, 10.0), (Race(MONDAY + timedelta(weeks=9), 21.1), 21.1)):
        folded = coach.fold(replace(racing, race=race), progress, week, tapped(week, Effort.RIGHT), catalogue)
        assert folded.raced == Race(sunday, km)
    other = replace(week, phase=Phase.BASE)
    assert coach.fold(replace(racing, race=None), progress, other, tapped(week, Effort.RIGHT), catalogue).raced is None


def test_two_days_after_the_last_race_stay_free_though_the_next_is_named(catalogue: Catalogue) -> None:
    racing = a_steady_runner(race=Race(MONDAY + timedelta(weeks=7, days=SUNDAY), 10.0), strength_days=(0, 1, 3, 5))
    raced = live(racing, catalogue, [Effort.RIGHT] * 8)
    following = replace(racing, race=Race(racing.race.day + timedelta(weeks=2), 10.0))  # type: ignore[union-attr]
    week = coach.next_week(following, raced.progress, catalogue, week_of=raced.following.week_of)
    assert week.sessions
    assert min(s.day for s in week.sessions) > 1
