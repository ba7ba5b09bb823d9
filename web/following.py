"""Following a week's routines along: a page that lists them, and a page for each, which counts the seconds where it can.

Everything is there without JavaScript; opening anything stores nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

import coach
from app import languages
from coach.instead import instead
from coach.week import NoticeKind, Week
from language.catalogue import spoken
from language.loads import Loads
from mail.links import Expired, Following
from mail.words import a_day, a_span
from models import subscribers, training
from models.people import Status, Subscriber
from web import fields as f
from web import player_words
from web.headers import PAGE_POLICY
from web.pages import READING
from web.pictures import Pictures
from web.player import followed_key, known_by_now, scripts
from web.routines import Move, Routine, Rule, routines
from web.safety import Safety, safety
from web.visitor import tongue_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from language.tongue import Tongue
    from models.training import Told, Training
    from web.deps import Deps
    from web.pages import Pages

POLICY = f"{PAGE_POLICY}; script-src 'self'; connect-src 'self'; worker-src 'self'"
"""One script of our own, which talks to nobody but us."""

KEEP = "Stridewell-Keep"
"""The header that lets the service worker keep a page, and until when: the Monday of its week, a slash, the link's last day."""

WORKER = "player-worker.js"
WORKER_POLICY = "default-src 'none'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
"""The worker fetches what it keeps, from us alone."""


@dataclass(frozen=True, slots=True)
class _Week:
    """What a link leads to. tongue: the runner's. stopped: a warning sign was told, so nothing is to be followed. units: "kg" or "lb"."""

    link: Following
    units: str
    tongue: Tongue
    week: Week
    routines: tuple[Routine, ...]
    safety: Safety
    stopped: bool


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why a link leads nowhere: a heading of problem.html.j2, and the status."""

    kind: str
    status: int


def routes(deps: Deps, pages: Pages, pictures: Pictures) -> APIRouter:
    router = APIRouter()

    @router.api_route("/f/{token}", methods=READING)
    def choose(token: str, request: Request) -> Response:
        """The week's routines, each with its way in."""
        found = _open(deps, token)
        if isinstance(found, _Refused):
            return _problem(found, request)
        return _list(found, token)

    @router.api_route("/f/{token}/{key}", methods=READING)
    def follow(token: str, key: str, request: Request) -> Response:
        """One routine, to read or to follow."""
        found = _open(deps, token)
        if isinstance(found, _Refused):
            return _problem(found, request)
        if found.stopped:
            return _list(found, token)
        routine = next((r for r in found.routines if r.key == key), None)
        if routine is None:
            return pages.problem("nothing-here", 404, tongue=found.tongue)
        return pages.show(
            "follow_routine",
            headers=_headers(found),
            tongue=found.tongue,
            routine=routine,
            safety=found.safety,
            home=f"{deps.base}/f/{token}",
            answer=_answer(found),
            picture=pictures.of,
            scripts=scripts(pages),
            data=_data(found, token)
            | {"routine": _followed(routine, found.units), "says": player_words.says(found.tongue)},
        )

    def _problem(refused: _Refused, request: Request) -> Response:
        return pages.problem(refused.kind, refused.status, tongue=tongue_of(request))

    def _list(found: _Week, token: str) -> Response:
        return pages.show(
            "follow",
            headers=_headers(found),
            tongue=found.tongue,
            week=a_span(found.week.week_of, found.tongue),
            routines=() if found.stopped else found.routines,
            stopped=found.stopped,
            safety=found.safety,
            home=f"{deps.base}/f/{token}",
            answer=_answer(found),
            scripts=scripts(pages),
            data=_data(found, token),
        )

    def _answer(found: _Week) -> str:
        return urlsplit(
            deps.links.answer(found.link.subscriber_key, found.link.week_of, expires=found.link.last_day)
        ).path

    def _data(found: _Week, token: str) -> dict[str, Any]:
        """What the script needs of every page. keep: the addresses that make the week work without a network."""
        home = f"{deps.base}/f/{token}"
        moves = [move for r in found.routines for move in r.moves]
        # Of what is only an alternative the still picture is enough: a moving one weighs four times as much.
        drawn = {pictures.of(move.slug).moving for move in moves}
        drawn |= {pictures.of(one.slug).still for move in moves for one in (move, *move.instead)}
        shown = [] if found.stopped else [f"{home}/{r.key}" for r in found.routines]
        assets = [pages.asset(name) for name in ("site.css", "player.css", "figure.svg")]
        return {
            "worker": pages.asset(WORKER),
            "scope": f"{deps.base}/f/",
            "keep": [home, *shown, f"{deps.base}/static/icon.svg", *assets, *scripts(pages), *sorted(drawn)],
            "until": a_day(found.link.last_day, found.tongue),
            "record": {
                "key": followed_key(found.link.subscriber_key, found.week.week_of),
                "until": found.link.last_day.isoformat(),
            },
        }

    def _followed(routine: Routine, units: str) -> dict[str, Any]:
        moves = [_move(m, units) for m in routine.moves]
        return {"key": routine.key, "name": routine.name, "session": routine.session, "moves": moves}

    def _move(move: Move, units: str) -> dict[str, Any]:
        drawn = pictures.of(move.slug)
        return asdict(move) | {
            "steps": [[s.kind, s.seconds, s.set, s.side] for s in move.steps],
            "rules": [asdict(rule) | {"number": _number(rule, units)} for rule in move.rules],
            "instead": [_move(other, units) for other in move.instead],
            "moving": drawn.moving,
            "still": drawn.still,
        }

    return router


def _headers(found: _Week) -> dict[str, str]:
    return {"Content-Security-Policy": POLICY, KEEP: f"{found.link.week_of}/{found.link.last_day}"}


def _open(deps: Deps, token: str) -> _Week | _Refused:
    link = deps.links.read("follow", token, today=deps.today())
    if isinstance(link, Expired):
        return _Refused("expired", 410)
    if not isinstance(link, Following):
        return _Refused("link", 404)
    with deps.sessionmaker() as session:
        found = _read(session, link)
    if isinstance(found, _Refused):
        return found
    runner, told, (loaded,) = found
    week = coach.rest_of_week(told.profile, told.progress, told.week, told.said, deps.catalogue).week
    progress = known_by_now(loaded, deps.catalogue)
    others = instead(loaded.profile, progress, deps.catalogue, week)
    tongue = languages.library().tongue(runner.language)
    all_of_it = routines(week, others, spoken(deps.catalogue, tongue), Loads(runner.units, tongue))
    advice = safety(told.answers, tongue)
    stopped = bool(progress.stopped) or advice.stopped or any(n.kind is NoticeKind.STOP for n in week.notices)
    return _Week(link, runner.units, tongue, week, all_of_it, advice, stopped)


def _number(rule: Rule, units: str) -> str:
    """The load of a rule as the answer page takes it, "" for none."""
    return f.prescribed_load(rule.kg, units) if rule.kg else ""


def _read(session: Session, link: Following) -> tuple[Subscriber, Told, list[Training]] | _Refused:
    runner = subscribers.get(session, link.subscriber_key)
    if runner is None or runner.status == Status.ERASED:
        return _Refused("gone", 410)
    told = training.told(session, runner, link.week_of)
    if told is None:
        return _Refused("no-week", 404)
    return runner, told, training.load(session, [runner.id])
