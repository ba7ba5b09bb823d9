"""What a runner tells of a week that truly went as it did: one tap, session figures, or every exercise."""

from __future__ import annotations

from random import Random
from statistics import fmean

from benchmarks.simulate.body import SECONDS_PER_REP, Body
from benchmarks.simulate.people import Weather, stream
from benchmarks.simulate.training import PLENTY, ExerciseDone, SessionDone
from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, SessionReport
from coach.profile import Region
from coach.week import DoseMode, Week

LIVES_WITH = 4.0
"""Pain below which a runner who only taps says nothing of it."""


def tell(body: Body, week: Week, done: tuple[SessionDone, ...], number: int, weather: Weather) -> Answers:
    """The runner's answers; SILENCE for none. number: weeks since the first."""
    who, telling = body.who, body.world.telling
    draw = stream(who.seed, who.number, "telling", number)
    if weather.silent or not week.sessions or (weather.away and draw.random() < 0.6):
        return SILENCE
    if weather.nonsense:
        return _nonsense(week, draw)
    reports = tuple(_session(body, n, week, s, number) for n, s in enumerate(done))
    if who.kind == "tap":
        pains, hurts = _hint(body, draw, telling.says_hurts)
        return Answers(sessions=reports, pains=pains, hurts=hurts)
    strain = sum(s.fatigue for s in done)
    soreness, sleep, mood = draw.gauss(1.0, 1.2), draw.gauss(3.8, 0.8), draw.gauss(3.8, 0.7)
    return Answers(
        sessions=reports,
        pains=_pains(body, draw),
        soreness=_within(soreness + 1.2 * strain, 0, 10),
        sleep=_within(sleep, 1, 5),
        mood=_within(mood, 1, 5),
    )


def _session(body: Body, n: int, week: Week, done: SessionDone, number: int) -> SessionReport:
    who = body.who
    draw = stream(who.seed, who.number, "session", number, n)
    tap, rpe, minutes = draw.gauss(0.0, body.world.telling.tap_noise), draw.gauss(0.0, 0.7), draw.gauss(1.0, 0.1)
    trained = [e for e in done.exercises if e.felt]
    if not trained:
        return SessionReport(n, Effort.SKIPPED)
    effort = _tap(body, trained, tap)
    told = _asked(body, week, n, done, draw)
    if who.kind != "sets":
        told += _named(body, trained, {e.exercise for e in told}, number, n)
    if who.kind == "tap":
        return SessionReport(n, effort, exercises=told)
    felt = fmean(fmean(e.felt) for e in trained)
    return SessionReport(
        n,
        effort,
        rpe=_within(10.0 - min(felt, 8.0) + rpe, 1, 10),
        minutes=_within(week.sessions[n].minutes * minutes, 5, 150),
        exercises=tuple(_exercise(e) for e in done.exercises if draw.random() < 0.95) if who.kind == "sets" else told,
    )


def _asked(body: Body, week: Week, n: int, done: SessionDone, draw: Random) -> tuple[ExerciseReport, ...]:
    """The answer to the week's one question, when it is about this session and the runner gives it: one number, nothing else."""
    who, chance = body.who, draw.random()
    if (
        who.kind == "sets"
        or week.question is None
        or week.question.session != n
        or chance >= body.world.telling.asked[who.kind]
    ):
        return ()
    for e in done.exercises:
        if e.prescription.exercise == week.question.exercise and e.felt:
            return (ExerciseReport(e.prescription.exercise, reps_left=_within(_beyond(e), 0, PLENTY)),)
    return ()


def _named(body: Body, trained: list[ExerciseDone], told: set[str], number: int, n: int) -> tuple[ExerciseReport, ...]:
    """The exercise that left nothing and the one that left 5 or more, as the runner felt them, when they are picked out."""
    who = body.who
    if stream(who.seed, who.number, "names", number, n).random() >= body.world.telling.names:
        return ()
    felt = sorted((_beyond(e), e.prescription.exercise) for e in trained if e.prescription.exercise not in told)
    picked = []
    if felt and felt[0][0] < 0.5:
        picked.append(ExerciseReport(felt[0][1], reps_left=0))
    if len(felt) > 1 and felt[-1][0] >= PLENTY:
        picked.append(ExerciseReport(felt[-1][1], reps_left=PLENTY))
    return tuple(picked)


def _beyond(done: ExerciseDone) -> float:
    """Repetitions beyond the plan's amount that the last set with the plan's load had in it, as the runner felt it."""
    p = done.prescription
    last = max(n for n, s in enumerate(done.sets) if s.load_kg == p.dose.load_kg)
    more = done.sets[last].amount - p.dose.amount
    return done.felt[last] + (more if p.mode is DoseMode.REPS else more / SECONDS_PER_REP)


def _tap(body: Body, trained: list[ExerciseDone], noise: float) -> Effort:
    """Easy, right or hard: how far the session lay from what feels right, by the runner's own thresholds.

    The hardest exercises shape the feel more than the mean does; failing two sets or more is hard for nearly everyone.
    """
    hidden, absolute = body.who.hidden, body.world.telling.absolute
    over = sorted(
        min(fmean(e.felt), 10.0) - ((1.0 - absolute) * e.prescription.target_rir + absolute * hidden.usual)
        for e in trained
    )
    hardest = fmean(over[: max(1, len(over) // 3)])
    feel = (1.0 - hidden.hardest) * fmean(over) + hidden.hardest * hardest + noise
    failed = sum(s.failed for e in trained for s in e.sets)
    if failed >= 2:
        feel -= 0.5 * min(failed, 6)
    return Effort.EASY if feel > hidden.easy else Effort.HARD if feel < -hidden.hard else Effort.RIGHT


def _exercise(done: ExerciseDone) -> ExerciseReport:
    p = done.prescription
    if not done.sets:
        return ExerciseReport(p.exercise, sets_done=0)
    if p.mode is DoseMode.CONTACTS:
        return ExerciseReport(p.exercise, len(done.sets), p.dose.amount)
    # The usual set: the load of most sets, the later one of two as frequent.
    loads = [s.load_kg for s in done.sets]
    load = max(loads, key=lambda x: (loads.count(x), loads[::-1].index(x) == 0))
    usual = [s for s in done.sets if s.load_kg == load]
    last = max(n for n, s in enumerate(done.sets) if s.load_kg == load)
    met = sum(not s.failed for s in done.sets)
    short = sum(s.failed for s in usual) > len(usual) / 2
    reps = min(s.amount for s in usual if s.failed) if short else max(s.amount for s in usual)
    return ExerciseReport(
        p.exercise,
        sets_done=len(done.sets) if short else max(1, met),
        reps=reps,
        reps_left=0 if short else _within(done.felt[last], 0, PLENTY),
        load_kg=None if load == p.dose.load_kg else load,
    )


def _pains(body: Body, draw: Random) -> tuple[Pain, ...]:
    """Regions that hurt enough to be told; the number is the runner's."""
    told = []
    for region in Region:
        noise, says, next_day = draw.gauss(0.0, 0.6), draw.random(), draw.random()
        pain = body.sites[region].pain
        if pain >= 1.5 and says < 0.9:
            settled = next_day > (0.1 if pain < 4 else 0.5)
            told.append(Pain(region, _within(pain + noise, 1, 10), settled=settled if next_day < 0.9 else None))
    return tuple(told)


def _hint(body: Body, draw: Random, says: float) -> tuple[tuple[Pain, ...], bool]:
    """What a runner who only taps says of pain: often nothing; else "something hurts", half of them also where and how much."""
    chance, where, noise = draw.random(), draw.random(), draw.gauss(0.0, 0.6)
    region = max(Region, key=lambda r: body.sites[r].pain)
    pain = body.sites[region].pain
    if pain < LIVES_WITH or chance >= says * (1.5 if pain >= 6.0 else 1.0):
        return (), False
    return ((Pain(region, _within(pain + noise, 1, 10)),), True) if where < 0.5 else ((), True)


def _nonsense(week: Week, draw: Random) -> Answers:
    """What slips of the thumb and broken clients send."""
    first = week.sessions[0].exercises[0].exercise
    return draw.choice(
        (
            Answers(sessions=(SessionReport(7, Effort.EASY),)),
            Answers(sessions=(SessionReport(0, None, rpe=70, exercises=(ExerciseReport(first, 3, 1200, 5),)),)),
            Answers(sessions=(SessionReport(0, Effort.EASY, exercises=(ExerciseReport(first, 3, 10, 55, 4000.0),)),)),
            Answers(sessions=(SessionReport(-1, Effort.EASY),), pains=(Pain(Region.KNEE, 44),), soreness=-3),
            Answers(sessions=(SessionReport(0, Effort.EASY, exercises=(ExerciseReport("levitation", 3, 10, 5),)),)),
        )
    )


def _within(value: float, low: int, high: int) -> int:
    return max(low, min(high, round(value)))
