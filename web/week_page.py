"""One week in the words of its mail, as it is asked for by now: in the account, and for a mail program that does not show the mail well."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

import coach
from app import languages
from language.catalogue import exercise_name, spoken
from language.loads import load_text
from mail.links import PATHS, Answering, Expired
from mail.words import a_day, a_span, amount, session_name
from models import subscribers, training
from models.people import Status
from web.pages import READING
from web.visitor import tongue_of

if TYPE_CHECKING:
    from coach.week import Week
    from language.tongue import Tongue
    from models.people import Subscriber
    from models.training import Told
    from web.deps import Deps
    from web.pages import Pages
    from web.pictures import Pictures


def routes(deps: Deps, pages: Pages, pictures: Pictures) -> APIRouter:
    router = APIRouter()

    @router.api_route(f"{PATHS['week']}{{token}}", methods=READING)
    def week(token: str, request: Request) -> Response:
        """The week that a mail is about, without signing in."""
        link = deps.links.read("week", token, today=deps.today())
        if isinstance(link, Expired):
            return pages.problem("expired", 410, tongue=tongue_of(request))
        if not isinstance(link, Answering):
            return pages.problem("link", 404, tongue=tongue_of(request))
        with deps.sessionmaker() as session:
            who = subscribers.get(session, link.subscriber_key)
            if who is None or who.status not in {Status.ACTIVE, Status.PAUSED}:
                return pages.problem("gone", 410, tongue=tongue_of(request))
            found = training.told(session, who, link.week_of)
        if found is None:
            return pages.problem("no-week", 404, tongue=tongue_of(request))
        return show(deps, pages, pictures, who, found, signed_in=False)

    return router


def show(deps: Deps, pages: Pages, pictures: Pictures, runner: Subscriber, told: Told, *, signed_in: bool) -> Response:
    """The page of a week as it is asked for by now. signed_in: it stands in the account, and leads to the other weeks."""
    week = coach.rest_of_week(told.profile, told.progress, told.week, told.said, deps.catalogue).week
    changed = (week.sessions, week.stretch) != (told.week.sessions, told.week.stretch)
    tongue = languages.library().tongue(runner.language)
    try:
        letter = deps.letter(runner, week)
    except KeyError:
        # The catalogue has moved on: what was planned is told without the words that went with it.
        in_short, span = _in_short(deps, runner, week, tongue), a_span(week.week_of, tongue)
        return pages.show("account/week-in-short", tongue=tongue, span=span, sessions=in_short, signed_in=signed_in)
    answer = _path(letter.answer_url)
    too_late = isinstance(deps.links.read("answer", answer.rpartition("/")[2], today=deps.today()), Expired)
    return pages.show(
        "account/week",
        tongue=tongue,
        letter=letter,
        sessions=[
            (card, [pictures.of(p.exercise).still for p in session.exercises])
            for card, session in zip(letter.sessions, week.sessions, strict=True)
        ],
        path=_path,
        year=week.week_of.year,
        answer="" if too_late else answer,
        changed=changed,
        signed_in=signed_in,
    )


def _path(url: str) -> str:
    """The link of a mail as one of this page: whatever address the page was opened by."""
    return urlsplit(url).path


def _in_short(
    deps: Deps, runner: Subscriber, week: Week, tongue: Tongue
) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    """By session, "Session A, Tuesday 24 November": names of exercises and their doses."""
    catalogue = spoken(deps.catalogue, tongue)
    return [
        (
            f"{session_name(s.name, tongue)}, {a_day(week.week_of + timedelta(days=s.day), tongue)}",
            tuple(
                (
                    exercise_name(p.exercise, catalogue),
                    f"{amount(p.mode, p.dose.sets, p.dose.amount, tongue)} · {load_text(p.dose, runner.units, tongue)}",
                )
                for p in s.exercises
            ),
        )
        for s in week.sessions
    ]
