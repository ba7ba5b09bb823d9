"""The answer page: a tap opens it with the choice already made, and one POST stores it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

import coach
from app import languages
from coach.answers import Answers, Word, merge
from coach.instead import in_place
from coach.safety import named
from coach.week import Prescription, Week
from language.catalogue import exercise_name, spoken
from mail import one_question
from mail.links import Answering, Expired
from mail.words import a_span, session_name
from models import answers as answer_log
from models import subscribers, training
from models.people import Status, Subscriber
from web import described, overtaken
from web.answer_page import answer_page
from web.answer_views import Tap
from web.calendar_feed import links_to
from web.fields import SAID, Form
from web.followed import Followed, followed
from web.form import limited_body, read
from web.headers import SCRIPTED
from web.outlook import outlook
from web.pages import READING
from web.player import followed_key, handed_on, known_by_now
from web.progress import link_to
from web.safety import Safety, safety
from web.telling import Told, tell
from web.visitor import tongue_of
from web.words import EFFORTS, TAPPED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from language.tongue import Tongue
    from web.deps import Deps
    from web.pages import Pages


_LEFT = frozenset(str(n) for n in range(one_question.MOST_LEFT + 1))
"""The numbers a link may carry."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whom a link asks, and what about. said: what was told of the week already, oldest first."""

    subscriber: Subscriber
    form: Form
    said: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why a link leads nowhere: a heading of problem.html.j2, and the status."""

    kind: str
    status: int


@dataclass(frozen=True, slots=True)
class _Thanks:
    """The thank-you page. sessions: (name, answer in words). left: (exercise, number in words) of the week's question, if told.

    where_is_it: something hurts, and we do not know where.
    changed: what is still to come of the week is no longer what it was. mailed, paused: whether the next letter comes, and if not, whether it is only paused. slot, zone: when it comes.
    """

    week: str
    sessions: tuple[tuple[str, str], ...]
    left: tuple[str, str] | None
    left_out: tuple[str, ...]
    safety: Safety
    where_is_it: bool
    changed: bool
    mailed: bool
    paused: bool
    slot: str
    zone: str


def routes(deps: Deps, pages: Pages) -> APIRouter:
    router = APIRouter()

    @router.api_route("/a/{token}", methods=READING, openapi_extra=described.TAP)
    def ask(token: str, request: Request) -> Response:
        """The form. Whatever opens it (a runner, a preview, a scanner), nothing is stored."""
        with deps.sessionmaker() as session:
            asked = _find(session, deps, token)
        if isinstance(asked, _Refused):
            return _problem(asked, request)
        return _page(asked, asked.form, token, request)

    @router.post("/a/{token}/followed", openapi_extra=described.ANSWER)
    def fill_in(token: str, request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """The form, filled in with what was followed along on the runner's device. Nothing is stored by it."""
        fields = handed_on(read(body, request.headers.get("content-type", "")))
        with deps.sessionmaker() as session:
            asked = _find(session, deps, token)
            if isinstance(asked, _Refused):
                return _problem(asked, request)
            told = tell(fields, asked.form)
        form = replace(asked.form, before=merge((asked.form.before, told.answers)))
        return _page(asked, form, token, request, followed(told, asked.form))

    def _page(asked: _Asked, form: Form, token: str, request: Request, done: Followed | None = None) -> Response:
        said = request.query_params
        tap = _tap(said.get("s", ""), said.get("c", ""), said.get("l", ""), form.week)
        notices = tuple(deps.say(n.reason, deps.catalogue, form.units, form.tongue) for n in form.week.notices)
        page = answer_page(form, tap, notices, done)
        action = f"{deps.base}/a/{token}"
        data = {"followed": _key(asked), "to": f"{action}/followed"}
        return pages.show(
            "answer",
            headers=SCRIPTED,
            tongue=form.tongue,
            page=page,
            safety=safety(asked.form.before, form.tongue),
            action=action,
            data=data,
        )

    def _problem(refused: _Refused, request: Request) -> Response:
        return pages.problem(refused.kind, refused.status, tongue=tongue_of(request))

    def _key(asked: _Asked) -> str:
        return followed_key(asked.subscriber.key, asked.form.week.week_of)

    @router.post("/a/{token}", openapi_extra=described.ANSWER)
    def store(token: str, request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """Stores one answer, if there is one to store, and says what happens next."""
        fields = read(body, request.headers.get("content-type", ""))
        with deps.sessionmaker.begin() as session:
            asked = _find(session, deps, token)
            if isinstance(asked, _Refused):
                return _problem(asked, request)
            who, week_of = asked.subscriber, asked.form.week.week_of
            shown = overtaken.shown("".join(fields.get(SAID, ())), asked.said)
            told = tell(fields, replace(asked.form, before=shown))
            new = told.answers if shown == asked.form.before else overtaken.news(told.answers, shown)
            if not new.silent:
                answer_log.record(session, who.id, week_of, new, now=deps.clock(), source="web")
        back = f"{deps.base}/a/{token}"
        if told.answers.silent:
            return pages.show("nothing", 422, tongue=asked.form.tongue, left_out=told.left_out, back=back)
        # Only now: the answer is kept, and others who save do not wait for what this page has to work out.
        with deps.sessionmaker() as session:
            now = _find(session, deps, token)
            if isinstance(now, _Refused):
                return _problem(now, request)
            foreseen = who.status == Status.ACTIVE and not now.form.before.red_flags
            ahead = outlook(session, deps, who.id, week_of, now.form.tongue) if foreseen else None
        said = _thanks(told, asked, now.form)
        feed, seen = links_to(deps, who), link_to(deps, who)
        data = {"followed": _key(asked), "saved": True}
        return pages.show(
            "thanks",
            headers=SCRIPTED,
            tongue=now.form.tongue,
            told=said,
            ahead=ahead,
            feed=feed,
            progress=seen,
            back=back,
            data=data,
        )

    return router


def _find(session: Session, deps: Deps, token: str) -> _Asked | _Refused:
    link = deps.links.read("answer", token, today=deps.today())
    if isinstance(link, Expired):
        return _Refused("expired", 410)
    if not isinstance(link, Answering):
        return _Refused("link", 404)
    subscriber = subscribers.get(session, link.subscriber_key)
    if subscriber is None or subscriber.status == Status.ERASED:
        return _Refused("gone", 410)
    told = training.told(session, subscriber, link.week_of)
    if told is None:
        return _Refused("no-week", 404)
    rest = coach.rest_of_week(told.profile, told.progress, told.week, told.said, deps.catalogue)
    changed = not told.answers.red_flags and rest.week.sessions != told.week.sessions
    asked = partial(_in_place, session, deps, subscriber, rest.week)
    tongue = languages.library().tongue(subscriber.language)
    catalogue = spoken(deps.catalogue, tongue)
    form = Form(rest.week, told.answers, subscriber.units, catalogue, tongue, changed, len(told.said), asked)
    return _Asked(subscriber, form, told.said)


def _in_place(
    session: Session, deps: Deps, who: Subscriber, week: Week, index: int, planned: str, wanted: str
) -> Prescription | None:
    """What the pages to follow offer for a place, or would: with all that was told by now."""
    (loaded,) = training.load(session, [who.id])
    progress = known_by_now(loaded, deps.catalogue)
    return in_place(loaded.profile, progress, deps.catalogue, week, index, planned, wanted)


def _tap(session: str, letter: str, left: str, week: Week) -> Tap | None:
    """The choice in the link's query; one that does not fit the week is no choice."""
    if session not in {str(i) for i in range(len(week.sessions))}:
        return None
    index = int(session)
    known = left in _LEFT and one_question.asked(week, index) is not None
    return Tap(index, TAPPED.get(letter), int(left) if known else None)


def _thanks(told: Told, asked: _Asked, form: Form) -> _Thanks:
    """asked: as the page was when it was answered; form: with all that was told of the week, this answer included."""
    who, known, tongue = asked.subscriber, form.before, form.tongue
    planned = form.week.sessions
    return _Thanks(
        week=a_span(form.week.week_of, tongue),
        sessions=tuple(
            (session_name(planned[s.session].name, tongue), tongue.gettext(EFFORTS[s.effort]))
            for s in known.sessions
            if s.effort is not None
        ),
        left=_left(known, form),
        left_out=told.left_out,
        safety=safety(known, tongue),
        where_is_it=known.hurts and not named(known.pains),
        changed=form.week.sessions != asked.form.week.sessions,
        mailed=who.status == Status.ACTIVE,
        paused=who.status == Status.PAUSED,
        slot=_slot(who, tongue),
        zone=who.time_zone.rpartition("/")[2].replace("_", " "),
    )


def _slot(who: Subscriber, tongue: Tongue) -> str:
    """Like "Sunday at 17:00"."""
    time = f"{who.slot.minute // 60}:{who.slot.minute % 60:02}"
    return tongue.gettext("%(weekday)s at %(time)s", weekday=tongue.weekday(who.slot.weekday), time=time)


def _left(known: Answers, form: Form) -> tuple[str, str] | None:
    for session in known.sessions:
        p = one_question.asked(form.week, session.session)
        for report in session.exercises:
            if p is not None and report.exercise == p.exercise and report.reps_left is not None and not report.swap:
                return exercise_name(p.exercise, form.catalogue), one_question.said(
                    p.mode, report.reps_left, form.tongue
                )
    return None
