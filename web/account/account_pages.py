"""The account: when mails come, what we know of the runner, pauses, and every week there was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app import profile_changes
from app.profile_changes import Effect
from coach import safety
from language.tongue import marked
from mail.letter import PHASES
from mail.words import a_day, a_span
from models import choices, moves, pauses, plans, returns, slots, subscribers, suppressions, training
from models.choices import Choice
from models.history import load
from models.people import Status, Subscriber
from web import calendar_feed, described, progress, week_page
from web.account import runner_form
from web.account import session as cookie
from web.account.runner_form import Said, TooYoung, Wrong
from web.account.session import SignedIn
from web.account.show import runner_page
from web.calendar_feed import FeedLinks
from web.form import limited_body, whole
from web.pages import READING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from coach.profile import Profile
    from coach.week import Week
    from language.tongue import Tongue
    from models.people import NewSubscriber
    from web.deps import Deps
    from web.form import Fields
    from web.pages import Pages
    from web.pictures import Pictures

LONGEST_PAUSE = timedelta(days=366)

COUNTS: dict[str, str] = {
    Effect.ANEW: marked("Saved. Your coming week had not been posted yet, so it is planned anew with it."),
    Effect.REST: marked(
        "Saved. What is still to come of your week has changed with it; the rest counts from your next plan on."
    ),
    Effect.NEXT: marked("Saved. It counts from your next plan on; what is planned already stays as it is."),
}
"""What is said once something was changed."""


@dataclass(frozen=True, slots=True)
class Overview:
    """status: "active", "paused" or "unsubscribed". slot, zone: when mails come. until: the last day without mail, in words.

    mail: "comes back" when nothing more goes to the address, "came back" when the last one did, else "arrives".
    ask_again: the screening questions were answered a year ago. earliest, latest: days a pause may last to. moving: the new address of a change that waits. feed: None without mails.
    """

    name: str
    email: str
    status: str
    mail: str
    slot: str
    zone: str
    until: str
    ask_again: bool
    earliest: str
    latest: str
    moving: str
    weeks: int
    choices: frozenset[Choice]
    progress: str
    feed: FeedLinks | None
    unsubscribe: str


@dataclass(frozen=True, slots=True)
class WeekLine:
    """monday: as in the address of its page. told: what it held, in words."""

    monday: str
    span: str
    year: int
    number: int
    phase: str
    told: str


def routes(deps: Deps, pages: Pages, pictures: Pictures) -> APIRouter:
    router = APIRouter()

    @router.api_route("/account", methods=READING)
    def account(request: Request) -> Response:
        with deps.sessionmaker() as session:
            me = cookie.who(session, deps, request)
            if me is None:
                return elsewhere(deps)
            counts = COUNTS.get(request.query_params.get("counts", ""), "")
            me_now = _overview(session, deps, me)
            return pages.show(
                "account/overview",
                tongue=me.tongue,
                me=me_now,
                word=me.word,
                wrong="",
                counts=me.tongue.gettext(counts) if counts else "",
            )

    @router.api_route("/account/profile", methods=READING)
    def profile(request: Request) -> Response:
        with deps.sessionmaker() as session:
            me = cookie.who(session, deps, request)
            kept = None if me is None else subscribers.profile_of(session, me.runner.id)
            version = 0 if me is None else subscribers.version_of(session, me.runner.id)
        if me is None or kept is None:
            return elsewhere(deps)
        tongue = me.tongue
        said = runner_form.said_of(me.runner, kept, today=_today(deps, me.runner), tongue=tongue)
        said = Said({**said.fields, runner_form.VERSION: (str(version),)})
        return runner_page(pages, "account/profile", said, {}, tongue, word=me.word, screened=_screened(kept, tongue))

    @router.post("/account/profile", openapi_extra=described.PROFILE)
    def saved(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """A new version of what the coach may know; the next plan is made from it."""
        now = deps.clock()
        with deps.sessionmaker.begin() as session:
            me = cookie.who(session, deps, request)
            kept = None if me is None else subscribers.profile_of(session, me.runner.id)
            if me is None or kept is None:
                return elsewhere(deps)
            posted = _brought_up(session, me, cookie.own_form(deps, request, body, me), kept, _today(deps, me.runner))
            # The address is changed elsewhere, and consent was given at sign-up.
            said = Said({**posted, "email": (me.runner.email,), "consent": ("yes",)})
            tongue, today = me.tongue, _today(deps, me.runner)
            found = runner_form.read(said, today=today, now=now, tongue=tongue)
            if isinstance(found, TooYoung):
                wrong = {
                    "birth_year": tongue.gettext(
                        "Stridewell is for runners who are surely 18: please look at the year."
                    )
                }
                return runner_page(
                    pages, "account/profile", said, wrong, tongue, 422, word=me.word, screened=_screened(kept, tongue)
                )
            if isinstance(found, Wrong):
                beside = found.beside
                return runner_page(
                    pages, "account/profile", said, beside, tongue, 422, word=me.word, screened=_screened(kept, tongue)
                )
            wanted = runner_form.changed(kept, found.profile, today=today)
            subscribers.change(session, me.runner, replace(found, email=me.runner.email, profile=wanted), now=now)
            effect, monday = profile_changes.apply(session, me.runner, kept, wanted, deps.catalogue, now=now)
            left_out = _left_out(session, me.runner, found, now)
        if effect is Effect.ANEW and monday is not None:
            deps.replan(me.runner, monday)
        if left_out is not None:
            deps.replan(me.runner, left_out)
        return RedirectResponse(f"{deps.base}/account?counts={effect}" if effect else f"{deps.base}/account", 303)

    @router.post("/account/screening", openapi_extra=described.OWN)
    def screening(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """Nothing has changed since the screening questions were last answered."""

        def today(session: Session, me: SignedIn, _fields: Fields) -> str:
            subscribers.screened(session, me.runner, _today(deps, me.runner), now=deps.clock())
            return ""

        return _do(request, body, today)

    @router.post("/account/pause", openapi_extra=described.PAUSE)
    def pause(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        def until(session: Session, me: SignedIn, fields: Fields) -> str:
            day = _day(Said(fields).one("until"))
            today = _today(deps, me.runner)
            if day is None or not today < day <= today + LONGEST_PAUSE:
                return me.tongue.gettext("Choose a day from tomorrow on, within a year.")
            at = datetime.combine(day, time(), tzinfo=ZoneInfo(me.runner.time_zone)).astimezone(UTC)
            pauses.pause(session, me.runner.id, until=at, now=deps.clock())
            return ""

        return _do(request, body, until)

    @router.post("/account/choice", openapi_extra=described.CHOICE)
    def choice(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """Something beyond the weekly mail is wanted from now on, or no longer."""

        def choose(session: Session, me: SignedIn, fields: Fields) -> str:
            said = Said(fields)
            if said.one("choice") in set(Choice):
                wanted = said.one("wanted") == "yes"
                choices.want(session, me.runner.id, Choice(said.one("choice")), wanted=wanted, now=deps.clock())
            return ""

        return _do(request, body, choose)

    @router.post("/account/resume", openapi_extra=described.OWN)
    def resume(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        def again(session: Session, me: SignedIn, _fields: Fields) -> str:
            if suppressions.why(session, me.runner.email) == suppressions.BOUNCED:
                return me.tongue.gettext(
                    "Mail to your address came back. Change your address first, or say below that it works again."
                )
            suppressions.lift(session, me.runner.email)
            subscribers.set_status(session, me.runner.id, Status.ACTIVE, now=deps.clock())
            return ""

        return _do(request, body, again)

    @router.post("/account/reachable", openapi_extra=described.OWN)
    def reachable(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """Whoever is signed in says that mail to the address arrives again."""

        def works(session: Session, me: SignedIn, _fields: Fields) -> str:
            if suppressions.why(session, me.runner.email) == suppressions.BOUNCED:
                suppressions.lift(session, me.runner.email)
            return ""

        return _do(request, body, works)

    @router.api_route("/account/weeks", methods=READING)
    def weeks(request: Request) -> Response:
        with deps.sessionmaker() as session:
            me = cookie.who(session, deps, request)
            found = [] if me is None else load(session, [me.runner.id])
        if me is None or not found:
            return elsewhere(deps)
        lines = [_line(kept.week, me.tongue) for kept in reversed(found[0].weeks)]
        return pages.show("account/weeks", tongue=me.tongue, weeks=lines)

    @router.api_route("/account/weeks/{monday}", methods=READING)
    def week(monday: str, request: Request) -> Response:
        """One week, in the words of its mail."""
        day = _day(monday)
        with deps.sessionmaker() as session:
            me = cookie.who(session, deps, request)
            if me is None:
                return elsewhere(deps)
            found = None if day is None else training.told(session, me.runner, day)
        if found is None:
            return pages.problem("no-week", 404, tongue=me.tongue)
        return week_page.show(deps, pages, pictures, me.runner, found, signed_in=True)

    def _do(request: Request, body: bytes, change: Callable[[Session, SignedIn, Fields], str]) -> Response:
        """A small form of the overview. change: does it, or says in a sentence why not."""
        with deps.sessionmaker.begin() as session:
            me = cookie.who(session, deps, request)
            if me is None:
                return elsewhere(deps)
            wrong = change(session, me, cookie.own_form(deps, request, body, me))
            if wrong:
                return pages.show(
                    "account/overview",
                    422,
                    tongue=me.tongue,
                    me=_overview(session, deps, me),
                    word=me.word,
                    wrong=wrong,
                    counts="",
                )
        return RedirectResponse(f"{deps.base}/account", 303)

    return router


def elsewhere(deps: Deps) -> Response:
    """To the sign-in page: for whoever is not signed in, or no longer."""
    return RedirectResponse(f"{deps.base}/sign-in", 303)


def _overview(session: Session, deps: Deps, me: SignedIn) -> Overview:
    runner, tongue = me.runner, me.tongue
    today, until, move = _today(deps, runner), runner.paused_until, moves.of(session, runner.id)
    zone = ZoneInfo(runner.time_zone)
    kept = subscribers.profile_of(session, runner.id)
    # As the mail asks that comes up to a week before its Monday.
    ahead = today + timedelta(days=7)
    return Overview(
        name=runner.name,
        email=runner.email,
        status=runner.status.value,
        mail=_mail(session, runner),
        slot=tongue.gettext(
            "%(weekday)s at %(time)s",
            weekday=tongue.weekday(runner.slot.weekday),
            time=f"{runner.slot.minute // 60}:{runner.slot.minute % 60:02}",
        ),
        zone=runner.time_zone.rpartition("/")[2].replace("_", " "),
        until="" if until is None else a_day(until.astimezone(zone).date(), tongue),
        ask_again=kept is not None and bool(safety.ask_again(kept, ahead, deps.catalogue.constants)),
        earliest=(today + timedelta(days=1)).isoformat(),
        latest=(today + LONGEST_PAUSE).isoformat(),
        moving="" if move is None else move.address,
        weeks=len(plans.weeks_of(session, runner.id)),
        choices=choices.of(session, runner.id),
        progress=urlsplit(progress.link_to(deps, runner)).path,
        feed=calendar_feed.links_to(deps, runner) if runner.status in {Status.ACTIVE, Status.PAUSED} else None,
        unsubscribe=urlsplit(deps.links.unsubscribe(runner.key, expires=today + timedelta(days=2))).path,
    )


def _mail(session: Session, runner: Subscriber) -> str:
    if suppressions.why(session, runner.email) == suppressions.BOUNCED:
        return "comes back"
    return "came back" if returns.came_back(session, runner) else "arrives"


def _left_out(session: Session, runner: Subscriber, moved: NewSubscriber, now: datetime) -> date | None:
    """The week to plan at once, for which neither the old delivery slot nor the new one comes."""
    if runner.status is not Status.ACTIVE or suppressions.is_suppressed(session, runner.email):
        return None
    return slots.left_out((runner.slot, runner.time_zone), (moved.slot, moved.time_zone), now)


def _brought_up(session: Session, me: SignedIn, posted: Fields, kept: Profile, today: date) -> Fields:
    """The form with what was changed elsewhere since its page was opened, and says itself which profile it showed."""
    version = whole(Said(posted).one(runner_form.VERSION))
    shown = None if version is None else subscribers.profile_of(session, me.runner.id, version)
    if shown is None or shown == kept:
        return posted
    # In the units that the form is written in.
    runner = replace(me.runner, units="lb" if Said(posted).one("units") == "lb" else "kg")
    before, now = (runner_form.said_of(runner, p, today=today, tongue=me.tongue) for p in (shown, kept))
    return runner_form.brought_up(posted, before, now)


def _screened(profile: Profile, tongue: Tongue) -> str:
    """The day the screening questions were last answered, "3 March 2026", or empty when nobody kept it."""
    on = profile.screened_on
    return "" if on is None else tongue.day(on, marked("d MMMM y"))


def _line(week: Week, tongue: Tongue) -> WeekLine:
    sessions = tongue.counted("%(count)s session", "%(count)s sessions", len(week.sessions))
    return WeekLine(
        monday=week.week_of.isoformat(),
        span=a_span(week.week_of, tongue),
        year=week.week_of.year,
        number=week.number,
        phase=tongue.gettext(PHASES[week.phase]),
        told=sessions if week.sessions else tongue.gettext("no session"),
    )


def _today(deps: Deps, runner: Subscriber) -> date:
    return runner_form.local_day(deps.clock(), runner.time_zone)


def _day(text: str) -> date | None:
    """A day written as a browser writes it, year-month-day; None for anything else."""
    try:
        return date.fromisoformat(text) if len(text) == 10 and text.isascii() else None
    except ValueError:
        return None
