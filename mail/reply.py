"""The mail that answers pain or a red flag at once: what it means, and the rest of the week as it is asked for now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from coach.profile import Region
from coach.week import NoticeKind
from language.catalogue import spoken
from language.loads import Loads
from language.tongue import Tongue, marked
from mail import words
from mail.cards import Change, a_change
from mail.letter import NoticeCard, Recipient, Urls, no_picture, notice_cards
from mail.voice import Say, Voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach.amending import Rest
    from coach.catalogue import Catalogue
    from coach.week import Prescription, Reason, Week
    from mail.pictures import Draw, Picture

REGIONS = {
    Region.LATERAL_HIP: marked("outer hip"),
    Region.BACK: marked("lower back"),
    Region.HAMSTRING: marked("hamstrings"),
}
"""Regions whose name in a sentence is not their key."""


@dataclass(frozen=True, slots=True)
class RestExercise:
    """One exercise still to come, in short: the weekly mail tells how. amount, per, weight, gear, effort: as on its cards.

    change: None when it is as planned, or the mail tells it above. rule: when a set was too heavy, for a changed dose.
    picture; how, cue, stop_if: None and empty unless the weekly mail has not told of it.
    """

    number: int
    name: str
    amount: str
    per: str
    weight: str
    gear: str
    effort: str
    rule: tuple[str, ...]
    change: Change | None
    picture: Picture | None
    how: str
    cue: str
    stop_if: str


@dataclass(frozen=True, slots=True)
class RestSession:
    """day: "Thursday 26 November"."""

    day: str
    name: str
    minutes: int
    exercises: tuple[RestExercise, ...]


@dataclass(frozen=True, slots=True)
class SafetyLetter:
    """The reply to pain or a red flag. stop: no training at all. clinician: someone should look at it.

    sessions: what is left of the week, empty when nothing is or nothing changed. all_out: there were sessions to come, and pain
    took everything out of them. as_planned: they stay as they were. left_out: stretches to leave out, "couch stretch and butterfly".
    spare: "knee and calf", parts to leave alone in a session of an earlier day that may still be done; empty when there is none.
    """

    headline: str
    preheader: str
    title: str
    name: str
    stop: bool
    clinician: bool
    notices: tuple[NoticeCard, ...]
    changes: tuple[Change, ...]
    sessions: tuple[RestSession, ...]
    all_out: bool
    as_planned: bool
    left_out: str
    spare: str
    answer_url: str
    unsubscribe_url: str
    postal_address: str
    tongue: Tongue


def safety(
    recipient: Recipient,
    rest: Rest,
    planned: Week,
    catalogue: Catalogue,
    *,
    urls: Urls,
    postal_address: str,
    say: Say,
    draw: Draw = no_picture,
) -> SafetyLetter:
    """The reply sent at once after pain that changes the week, strong pain, or a red flag.

    rest: the week as it is asked for with that answer; planned: as the weekly mail had it; draw: pictures of exercises.
    Headline and preheader tell nothing of health: mail programs show them to whoever looks on.
    """
    week, tongue = rest.week, recipient.tongue
    voice = Voice(tongue, spoken(catalogue, tongue), say, Loads(recipient.units, tongue))
    stop = any(notice.kind is NoticeKind.STOP for notice in week.notices)
    clinician = not stop and bool(rest.clinician)
    changed = not stop and any(week.sessions[i] != planned.sessions[i] for i in rest.open)
    told = frozenset(week.changes)
    sessions = tuple(
        _session(rest, planned, i, told, voice, draw) for i in rest.open if changed and week.sessions[i].exercises
    )
    left_out = [] if stop or not rest.open else list(_left_out(week, planned, voice))
    spared = tongue.listed([tongue.gettext(REGIONS.get(r, r.value)) for r in week.paused_regions])
    return SafetyLetter(
        headline=tongue.gettext("About your last answer")
        if stop or clinician
        else tongue.gettext("The rest of your week has changed"),
        preheader=tongue.gettext("Please read this before your next session."),
        title=_title(tongue, stop=stop, clinician=clinician),
        name=words.a_name(recipient.name),
        stop=stop,
        clinician=clinician,
        notices=notice_cards(week, urls, say, tongue) if stop or clinician else (),
        changes=tuple(a_change(say(change)) for change in week.changes) if changed or left_out else (),
        sessions=sessions,
        all_out=changed and not sessions,
        as_planned=not stop and bool(rest.open) and not changed,
        left_out=tongue.listed(left_out),
        spare=spared if rest.earlier and not stop else "",
        answer_url=urls.answer,
        unsubscribe_url=urls.unsubscribe,
        postal_address=words.one_line(postal_address),
        tongue=tongue,
    )


def _title(tongue: Tongue, *, stop: bool, clinician: bool) -> str:
    if stop:
        return tongue.gettext("Please stop for now")
    return tongue.gettext("Thank you for telling us") if clinician else tongue.gettext("The rest of your week")


def _session(rest: Rest, planned: Week, index: int, told: frozenset[Reason], voice: Voice, draw: Draw) -> RestSession:
    session = rest.week.sessions[index]
    was = {p.exercise: p for p in planned.sessions[index].exercises}
    explained = {p.exercise for s in planned.sessions for p in s.exercises}
    return RestSession(
        day=words.a_day(planned.week_of + timedelta(days=session.day), voice.tongue),
        name=words.session_name(session.name, voice.tongue),
        minutes=session.minutes,
        exercises=tuple(
            _exercise(number, p, was.get(p.exercise), explained, told, voice, draw)
            for number, p in enumerate(session.exercises, start=1)
        ),
    )


def _exercise(
    number: int,
    p: Prescription,
    was: Prescription | None,
    explained: set[str],
    told: frozenset[Reason],
    voice: Voice,
    draw: Draw,
) -> RestExercise:
    exercise, tongue = voice.catalogue.by_slug[p.exercise], voice.tongue
    known = p.exercise in explained
    parts = [words.effort(p.mode, p.target_rir, tongue), words.rest(p.rest_s, tongue)]
    if was is not None and was.harder is not None and p.harder is None:
        parts.append(tongue.gettext("no step up"))
    weight, gear = voice.load.parts(p.dose)
    return RestExercise(
        number=number,
        name=exercise.name,
        amount=words.amount(p.mode, p.dose.sets, p.dose.amount, tongue),
        per=words.beside(p.mode, per_side=p.per_side, tongue=tongue),
        weight=weight,
        gear=gear,
        effort=" · ".join(parts),
        rule=()
        if was is not None and p.dose == was.dose
        else tuple(f"{x.asks} {x.says}" for x in words.by_feel(p, voice.load, tongue)),
        change=None if p == was or p.change is None or p.change in told else a_change(voice.say(p.change)),
        picture=None if known else draw(p.exercise),
        how="" if known else exercise.how,
        cue="" if known else exercise.cue,
        stop_if="" if known else words.running_on(exercise.stop_if, tongue),
    )


def _left_out(week: Week, planned: Week, voice: Voice) -> Iterator[str]:
    """The names of the stretches that are no longer asked for."""
    was, now = planned.stretch, week.stretch
    if was is None or now is None:
        return
    stay = {item.stretch for item in (*now.items, *now.before)}
    for slug in dict.fromkeys(item.stretch for item in (*was.before, *was.items)):
        if slug not in stay:
            found = voice.catalogue.stretch_by_slug.get(slug)
            yield voice.tongue.within(found.name if found else slug.replace("-", " "))
