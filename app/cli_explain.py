"""`stridewell explain` and `stridewell replay`: why a week is as it is, and what the present engine would do otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cyclopts import App

from app import shown
from app.cli_arguments import Json, Week, Who, monday
from app.house_door import front_door
from coach.profile import Gear
from coach.week import Dose, DoseMode
from language import loads, values
from language.tongue import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.explain import Believed, Chosen, Estimate, Explained, Standing, Told
    from app.replay import Given, Replay, WeekDifference
    from coach.answers import ExerciseReport

MOST_SHOWN = 60
"""Rows of a replay shown; --json has them all."""

UNITS = {DoseMode.REPS: "", DoseMode.CONTACTS: " contacts", DoseMode.HOLD: " s", DoseMode.CARRY: " s"}


def register(app: App) -> None:
    """Give the command line these commands."""
    app.command(explain)
    app.command(replay)


def explain(runner: Who, /, *, week: Week = None, json: Json = False) -> int:
    """Show how a runner's planned week came about: answers, what they taught the engine, and what it chose.

    The newest planned week, unless --week names another. It shows health answers. Nothing is stored.

    Example: `stridewell explain maya.lindqvist@example.org --week 2026-11-30`
    """
    from app import explain as explaining
    from app import letters

    with front_door(make=False) as house:
        house.ready()
        found = explaining.explain(house, letters.find(house, runner), monday(week))
    if json:
        shown.as_json(found)
    else:
        _show_answers(found)
        _show_beliefs(found)
        _show_choice(found)
    return 0


def replay(runner: Who | None = None, /, *, json: Json = False) -> int:
    """Plan every stored week of a runner, or of everybody, with the present engine, and show where it differs.

    Each week is planned from what was known then. Nothing is stored. Exit code 1 when a runner could not be replayed.

    Example: `stridewell replay maya.lindqvist@example.org`
    """
    from app import letters
    from app import replay as replaying

    with front_door(make=False) as house:
        house.ready()
        one = None if runner is None else letters.find(house, runner)
        found = replaying.replay(house, one)
    if json:
        shown.as_json(found)
    else:
        _show_replay(found, "kg" if one is None else one.units, one_runner=one is not None)
    return 1 if found.failures else 0


def _show_answers(found: Explained) -> None:
    shown.facts(
        {
            "runner": f"{found.name} ({found.key})",
            "week of": f"{found.week_of}, week {found.number} of the runner's, planned by engine {found.engine}",
            "focus": found.focus,
        }
    )
    told = found.told
    if told is None:
        shown.line("\nThe first week: nothing had been answered, estimates come from the profile.")
        return
    rows = [
        (
            s.session,
            "–" if s.day is None else ENGLISH.weekday(s.day),
            s.effort or "–",
            _or_none(s.rpe),
            _or_none(s.minutes),
            _details(s.exercises, found),
        )
        for s in told.sessions
    ]
    title = f"1. What was answered for the week of {told.week_of}"
    if rows:
        shown.table(("session", "day", "effort", "0–10", "minutes", "in detail"), rows, title=f"\n{title}")
    else:
        shown.line(f"\n{title}: a week without sessions")
    shown.facts(_other_answers(told))


def _other_answers(told: Told) -> dict[str, object]:
    pains = ", ".join(
        f"{values.REGION[p.region.value]} {p.level}/10"
        + {None: "", True: " (gone by the morning)", False: " (still there in the morning)"}[p.settled]
        for p in told.pains
    )
    facts = {
        "everything": "no answer" if told.silent else "",
        "pain": pains or ("something hurts, not said where" if told.hurts else ""),
        "soreness": _of(told.soreness, 10),
        "sleep": _of(told.sleep, 5),
        "mood": _of(told.mood, 5),
        "tight": "" if told.tight is None else ", ".join(sorted(told.tight)) or "nothing",
        "red flags": ", ".join(sorted(told.red_flags)),
        "cleared": "by a person, after a clinician's word" if told.cleared else "",
        # Written by a runner: nothing in it may steer the terminal.
        "note": "".join(letter if letter.isprintable() else " " for letter in told.note),
        "too late": f"{shown.one_or_many(told.late, 'answer', 'answers')} came after this week was planned"
        if told.late
        else "",
    }
    return {name: value for name, value in facts.items() if value}


def _show_beliefs(found: Explained) -> None:
    shown.table(
        ("exercise", "with", "most before", "most now", "tolerated before", "tolerated now", "weeks done"),
        [
            (
                e.name,
                _load(e, found.units),
                _estimate(e.before, e.mode),
                _estimate(e.after, e.mode),
                _loads(e.tolerated_before, e, found.units),
                _loads(e.tolerated, e, found.units),
                e.weeks or "0 (a first guess)",
            )
            for e in found.exercises
        ],
        title="\n2. What the engine believed before and after: repetitions or seconds (s) at most in one set, ± one standard deviation",
    )
    if found.regions:
        shown.table(
            ("pain in", "before", "now", "weeks told at 4 or more", "calm weeks", "dose kept"),
            [
                (
                    values.REGION[r.region.value],
                    _of(r.before, 10),
                    _of(r.pain, 10),
                    r.high_weeks,
                    r.calm_weeks,
                    _share(r.cut),
                )
                for r in found.regions
            ],
        )
    before, now = ({} if s is None else _standing(s) for s in (found.before, found.after))
    shown.table(("standing", "before", "now"), [(name, before.get(name, "–"), now[name]) for name in now])


def _standing(s: Standing) -> dict[str, object]:
    return {
        "phase": f"{s.phase.value}, {s.target_rir} left in reserve",
        "weeks done": s.completed,
        "weeks missed running": s.missed,
        "weeks without an answer running": s.silent,
        "tiring weeks running": s.strain,
        "soreness": _of(s.soreness, 10),
        "hold": s.hold or "none",
        "stopped by": ", ".join(s.stopped) or "nothing",
    }


def _show_choice(found: Explained) -> None:
    if found.chosen:
        shown.table(
            ("session", "exercise", "dose before", "dose now", "aim left", "may rise", "most up", "kept"),
            [
                (
                    f"{c.session} {ENGLISH.weekday_in_short(c.day)}",
                    c.name,
                    "–" if c.before is None else _dose(c.before, c.mode, found.units),
                    _dose(c.now, c.mode, found.units),
                    c.target_rir,
                    *_bounds(c),
                )
                for c in found.chosen
            ],
            title="\n3. What it chose",
        )
        why = {c.name: (c.change or ("As last time." if c.before else c.why), c.ground) for c in found.chosen}
        shown.table(("exercise", "the reason", "its ground"), [(name, *said) for name, said in why.items()])
    if found.notices:
        shown.table(("notices", "their ground"), [(n.sentence, n.ground) for n in found.notices])
    if found.changes:
        shown.table(
            ("told in the mail, the most important first", "its ground"),
            [(c.sentence, c.ground) for c in found.changes],
        )
    if found.question:
        shown.plain(f"Asked for: how many were left at the end of {found.question}")
    if not found.as_now:
        shown.plain(f"The present engine would plan this week otherwise. See: stridewell replay {found.key}")


def _bounds(c: Chosen) -> tuple[str, str, str]:
    if c.bounds is None:
        return "no longer in the catalogue", "–", "–"
    freely = "yes" if c.bounds.heavier else "its amount alone: the last large step of the load was too much"
    rise = freely if c.bounds.may_rise else f"no: {'; '.join(c.bounds.against)}"
    return rise, "–" if c.bounds.cap is None else _share(c.bounds.cap), _share(c.bounds.cut)


def _show_replay(found: Replay, units: str, *, one_runner: bool) -> None:
    if not found.weeks and not found.failures:
        shown.line("No week has been planned yet: there is nothing to compare.")
        return
    rows = [row for week in found.differences for row in _replay_rows(week, units)]
    if rows:
        headings = ("runner", "week of", "session", "exercise", "stored", "now")
        cut = 1 if one_runner else 0
        shown.table(headings[cut:], [row[cut:] for row in rows[:MOST_SHOWN]], title="Where the present engine differs")
    if len(rows) > MOST_SHOWN:
        shown.line(f"… and {len(rows) - MOST_SHOWN:,} more rows; see --json.")
    d = found.doses
    shown.facts(
        {
            "engine": found.engine,
            "runners": f"{found.runners:,}",
            "weeks compared": f"{found.weeks:,}",
            "weeks the same": f"{found.same:,}",
            "same doses, other things": f"{found.same_doses:,}",
            "loads": f"{d.higher:,} higher, {d.lower:,} lower",
            "amounts at the same load": f"{d.more:,} more, {d.less:,} less, {d.other:,} otherwise",
            "exercises": f"{d.swapped:,} swapped, {d.added:,} added, {d.dropped:,} dropped",
            "failed": f"{len(found.failures):,}",
        }
    )
    if found.failures:
        shown.table(("runner", "error"), [(f.key, f.error) for f in found.failures[:MOST_SHOWN]], title="Failed")


def _replay_rows(week: WeekDifference, units: str) -> Iterable[tuple[object, ...]]:
    for d in week.doses:
        names = list(dict.fromkeys(g.exercise for g in (d.stored, d.now) if g is not None))
        yield week.key, week.week_of, d.session, " → ".join(names), _given(d.stored, units), _given(d.now, units)
    if week.other:
        yield week.key, week.week_of, "–", f"also other: {', '.join(week.other)}", "", ""


def _given(given: Given | None, units: str) -> str:
    return "–" if given is None else _dose(given.dose, given.mode, units)


def _dose(dose: Dose, mode: DoseMode, units: str) -> str:
    return f"{dose.sets}×{dose.amount}{UNITS[mode]}, {loads.load_text(dose, units, ENGLISH)}"


def _load(e: Believed, units: str) -> str:
    return loads.load_text(Dose(1, 1, e.load_kg, e.gear), units, ENGLISH)


def _loads(loads_kg: Iterable[float], e: Believed, units: str) -> str:
    by_band = e.gear is Gear.BAND
    words = [("body" if not kg else loads.band(kg) if by_band else loads.weight(kg, units, ENGLISH)) for kg in loads_kg]
    return ", ".join(words) or "–"


def _estimate(estimate: Estimate | None, mode: DoseMode) -> str:
    return "–" if estimate is None else f"{estimate.most:.1f} ± {estimate.sd:.1f}{UNITS[mode]}"


def _details(told: Iterable[ExerciseReport], found: Explained) -> str:
    names = {e.exercise: e.name for e in found.exercises}
    said = []
    for e in told:
        done = "×".join("?" if n is None else str(n) for n in (e.sets_done, e.reps))
        parts = [done] if done != "?×?" else []
        if e.load_kg is not None:
            parts.append(f"at {loads.weight(e.load_kg, found.units, ENGLISH)}")
        if e.reps_left is not None:
            parts.append(f"{'5 or more' if e.reps_left >= 5 else e.reps_left} left")
        name = names.get(e.exercise, e.exercise)
        if e.swap is not None:
            name = f"{names.get(e.swap.exercise, e.swap.exercise)} in place of {name}"
        said.append(f"{name} {', '.join(parts)}".rstrip())
    return "; ".join(said) or "–"


def _or_none(n: int | None) -> str:
    return "–" if n is None else str(n)


def _of(n: int | None, most: int) -> str:
    return "" if n is None else f"{n}/{most}"


def _share(share: float) -> str:
    return f"{100 * share:.0f} %"
