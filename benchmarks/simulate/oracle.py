"""The policy that knows: true capacity on the day but for its luck, and how much each region still bears."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

from benchmarks.simulate.baselines import MOST_EVER, Room, redose, room, with_dose
from benchmarks.simulate.body import SECONDS_PER_REP, Body
from coach.answers import Answers
from coach.catalogue import Catalogue
from coach.profile import Region
from coach.week import DoseMode, Prescription, Week

NEAR_LIMIT = 0.95
"""Share of what a region bears from which the oracle backs off."""
FEW, MANY = 5, 15
"""Repetitions between which it likes to stay; outside it costs a little."""


class Oracle:
    """Doses from the body itself. Its figures show what load and amount alone can do on the engine's exercises."""

    def __init__(self, body: Body, catalogue: Catalogue) -> None:
        self._body = body
        self._catalogue = catalogue

    def learn(self, week: Week, answers: Answers) -> None:
        """It need not be told."""

    def dose(self, week: Week) -> Week:
        week = redose(week, self._prescribe)
        for _ in range(40):
            over = self._overloaded(week)
            if over is None:
                break
            week = self._relieve(week, over)
        return week

    def _prescribe(self, p: Prescription) -> Prescription:
        exercise = self._catalogue.by_slug[p.exercise]
        where = room(exercise, p, self._body.who.profile)
        # Sets tire: the middle one is the one to get right.
        tired = self._body.world.tissue.set_fatigue * sqrt(75.0 / max(30, p.rest_s)) * (p.dose.sets - 1) / 2
        capacity = self._body.today(exercise) - tired - 0.01
        unit = 1.0 if p.mode is DoseMode.REPS else SECONDS_PER_REP
        best: tuple[float, float, int] | None = None
        for kg in where.grid:
            possible, _ = self._body.possible(exercise, kg, capacity)
            amount = round(min(MOST_EVER[p.mode], max(1.0, (possible - p.target_rir) * unit)))
            n = amount / unit
            cost = abs(possible - n - p.target_rir) + 0.1 * max(0.0, FEW - n, n - MANY)
            if best is None or cost <= best[0]:
                best = cost, kg, amount
        if best is None:
            return p
        return with_dose(p, where, best[1], best[2], p.dose.sets)

    def _loads(self, week: Week) -> dict[Region, float]:
        loads = {region: site.running for region, site in self._body.sites.items()}
        for session in week.sessions:
            for p in session.exercises:
                for region, load in self._load(p).items():
                    loads[region] += load
        return loads

    def _load(self, p: Prescription) -> dict[Region, float]:
        exercise = self._catalogue.by_slug[p.exercise]
        stress = p.dose.sets * self._body.stress(exercise, p.dose.load_kg, p.dose.amount, p.target_rir, failed=False)
        return {region: stress * weight / 3.0 for region, weight in exercise.tissues}

    def _overloaded(self, week: Week) -> Region | None:
        """The region nearest to its limit, once it is too near."""
        loads = self._loads(week)
        limit = self._body.world.tissue.limit
        worst = max(Region, key=lambda r: loads[r] / limit(self._body.sites[r]))
        return worst if loads[worst] > NEAR_LIMIT * limit(self._body.sites[worst]) else None

    def _relieve(self, week: Week, region: Region) -> Week:
        """The exercise that loads the region most gets a set less, or a fifth less of everything."""
        place = max(
            ((n, m) for n, s in enumerate(week.sessions) for m in range(len(s.exercises))),
            key=lambda nm: self._load(week.sessions[nm[0]].exercises[nm[1]]).get(region, 0.0),
            default=None,
        )
        if place is None:
            return week
        n, m = place
        session = week.sessions[n]
        exercises = list(session.exercises)
        p = exercises[m]
        if p.dose.sets > 1:
            exercises[m] = replace(p, dose=replace(p.dose, sets=p.dose.sets - 1))
        else:
            exercises[m] = self._lighter(p)
        sessions = list(week.sessions)
        sessions[n] = replace(session, exercises=tuple(exercises))
        return replace(week, sessions=tuple(sessions))

    def _lighter(self, p: Prescription) -> Prescription:
        if p.mode is DoseMode.CONTACTS:
            return replace(p, dose=replace(p.dose, amount=max(1, p.dose.amount // 2)))
        where: Room = room(self._catalogue.by_slug[p.exercise], p, self._body.who.profile)
        return with_dose(p, where, where.at_most(0.8 * p.dose.load_kg), max(1, int(0.8 * p.dose.amount)), 1)
