"""Signing up and in: forms anybody may fill in, and the links in mails that only the owner of an address can open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app import consent, languages, runner_rows
from coach import safety
from coach.errors import ProfileError
from mail.links import Expired
from mail.tickets import Ticket
from models import joining, requests, sessions, subscribers, tallies
from models.people import Status, Subscriber
from models.requests import Request as Asked
from web import described
from web.account import limits, runner_form
from web.account import session as cookie
from web.account.runner_form import Said, TooYoung, Wrong
from web.account.show import runner_page
from web.form import limited_body, read
from web.pages import READING
from web.visitor import tongue_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from language.tongue import Tongue
    from mail.tickets import Errand
    from web.account.posting import Posting
    from web.deps import Deps
    from web.pages import Pages


def routes(deps: Deps, pages: Pages, posting: Posting) -> APIRouter:
    router = APIRouter()

    @router.api_route("/join", methods=READING)
    def join(request: Request) -> Response:
        tongue = tongue_of(request)
        return _form(pages, runner_form.fresh(deps.default_slot, tongue.code), {}, tongue)

    @router.post("/join", openapi_extra=described.JOIN)
    def joined(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """Keeps a sign-up until it is confirmed. What is wrong is said beside the field, and nothing typed is lost."""
        cookie.own_page(request)
        said = Said(read(body, request.headers.get("content-type", "")))
        now, tongue = deps.clock(), tongue_of(request)
        today = runner_form.local_day(now, said.one("time_zone"))
        found = runner_form.read(said, today=today, now=now, tongue=tongue)
        if isinstance(found, TooYoung):
            return pages.show("account/too-young", 422, tongue=tongue, from_year=found.from_year)
        if isinstance(found, Wrong):
            return _form(pages, said, found.beside, tongue, 422)
        limits.network(deps, request)
        return _sent(Asked(found.email, found))

    @router.api_route("/sent", methods=READING)
    def sent(request: Request) -> Response:
        """The same for every address, known or not: who is with us is nobody else's business."""
        return pages.show("account/sent", tongue=tongue_of(request))

    @router.api_route("/sign-in", methods=READING)
    def ask(request: Request) -> Response:
        return pages.show("account/sign-in", tongue=tongue_of(request), email="", wrong="")

    @router.post("/sign-in", openapi_extra=described.SIGN_IN)
    def asked(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        cookie.own_page(request)
        typed = Said(read(body, request.headers.get("content-type", ""))).one("email")
        try:
            email = runner_rows.email(typed)
        except ProfileError:
            tongue = tongue_of(request)
            wrong = tongue.gettext("This does not look like an address. Write it like name@example.org.")
            return pages.show("account/sign-in", 422, tongue=tongue, email=typed, wrong=wrong)
        limits.network(deps, request)
        return _sent(Asked(email))

    @router.api_route("/confirm/{ticket}", methods=READING)
    def confirm(ticket: str, request: Request) -> Response:
        with deps.sessionmaker() as session:
            found = _opened(session, "confirm", ticket, request)
            if isinstance(found, Response):
                return found
        return pages.show(
            "account/confirm",
            tongue=languages.library().tongue(found.language),
            action=f"{deps.base}/confirm/{ticket}",
            again=found.status != Status.PENDING,
        )

    @router.post("/confirm/{ticket}")
    def confirmed(ticket: str, request: Request) -> Response:
        """The yes: active from here on, signed in, and the first week planned and posted."""
        cookie.own_page(request)
        now = deps.clock()
        with deps.sessionmaker.begin() as session:
            found = _opened(session, "confirm", ticket, request)
            if isinstance(found, Response):
                return found
            runner = joining.confirm(session, found, now=now)
        tongue = languages.library().tongue(found.language)
        if runner is None:
            return pages.show("account/confirm", tongue=tongue, action="", again=True)
        planned = deps.first_week(runner)
        with deps.sessionmaker() as session:
            profile = subscribers.profile_of(session, runner.id)
        tests = profile is not None and safety.screening_allows(profile, deps.today())
        page = pages.show("account/welcome", tongue=tongue, runner=runner.name, planned=planned, tests=tests)
        cookie.sign_in(page, deps, runner)
        page.background = posting.of(runner.id)
        return page

    @router.api_route("/sign-in/{ticket}", methods=READING)
    def enter(ticket: str, request: Request) -> Response:
        with deps.sessionmaker() as session:
            found = _opened(session, "sign-in", ticket, request)
        if isinstance(found, Response):
            return found
        tongue = languages.library().tongue(found.language)
        return pages.show("account/enter", tongue=tongue, action=f"{deps.base}/sign-in/{ticket}")

    @router.post("/sign-in/{ticket}")
    def entered(ticket: str, request: Request) -> Response:
        cookie.own_page(request)
        with deps.sessionmaker.begin() as session:
            found = _opened(session, "sign-in", ticket, request)
            if isinstance(found, Response):
                return found
            read_ticket = deps.tickets.read("sign-in", ticket, now=deps.clock())
            if not isinstance(read_ticket, Ticket) or not tallies.once(
                session, f"sign-in {read_ticket.detail}", until=read_ticket.until
            ):
                return pages.problem("used", 410, tongue=tongue_of(request))
        page = RedirectResponse(f"{deps.base}/account", 303)
        cookie.sign_in(page, deps, found)
        return page

    @router.post("/sign-out", openapi_extra=described.OWN)
    def sign_out(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """Ends what is signed in, on every device."""
        with deps.sessionmaker.begin() as session:
            signed_in = cookie.who(session, deps, request)
            if signed_in is not None:
                cookie.own_form(deps, request, body, signed_in)
                sessions.sign_out(session, signed_in.runner.id, now=deps.clock())
        page = RedirectResponse(f"{deps.base}/", 303)
        cookie.forget(page, deps)
        return page

    def _sent(asked: Asked) -> Response:
        """Written down before the answer, so that nothing is lost; done after it, so that the time it takes says nothing of who is with us."""
        with deps.sessionmaker.begin() as session:
            number = requests.enter(session, asked, now=deps.clock())
        return RedirectResponse(f"{deps.base}/sent", 303, background=posting.after(number))

    def _opened(session: Session, errand: Errand, ticket: str, request: Request) -> Subscriber | Response:
        """The runner whose mail held this link."""
        tongue = tongue_of(request)
        found = deps.tickets.read(errand, ticket, now=deps.clock())
        if isinstance(found, Expired):
            return pages.problem("late", 410, tongue=tongue)
        if not isinstance(found, Ticket):
            return pages.problem("link", 404, tongue=tongue)
        runner = subscribers.get(session, found.subscriber_key)
        return pages.problem("gone", 410, tongue=tongue) if runner is None else runner

    return router


def _form(pages: Pages, said: Said, wrong: Mapping[str, str], tongue: Tongue, status: int = 200) -> Response:
    return runner_page(pages, "account/join", said, wrong, tongue, status, consent=tongue.gettext(consent.TEXT))
