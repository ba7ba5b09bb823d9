"""Taking everything along, moving to another address, and good-bye."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Annotated

import orjson
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app import languages, mail_limits, runner_rows
from app.account_mails import gone
from coach.errors import ProfileError
from mail.links import Expired
from mail.tickets import Ticket
from models import erasing, export, moves, outbox, subscribers, suppressions
from models.addresses import fingerprint
from web import described
from web.account import session as cookie
from web.account.account_pages import elsewhere
from web.account.runner_form import Said
from web.account.session import SignedIn
from web.form import limited_body
from web.pages import READING
from web.visitor import tongue_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from language.tongue import Tongue
    from mail.tickets import Errand
    from models.moves import End
    from models.people import Subscriber
    from web.account.posting import Posting
    from web.deps import Deps
    from web.pages import Pages

_ERRANDS: dict[str, tuple[Errand, End]] = {"old": ("move-from", "old"), "new": ("move-to", "new")}


def routes(deps: Deps, pages: Pages, posting: Posting) -> APIRouter:
    router = APIRouter()

    @router.api_route("/account/export", methods=READING)
    def everything(request: Request) -> Response:
        """All that is kept, as a file."""
        with deps.sessionmaker() as session:
            me = cookie.who(session, deps, request)
            if me is None:
                return elsewhere(deps)
            kept = export.everything(session, me.runner)
        kept["exported_at"] = deps.clock()
        octets = orjson.dumps(kept, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
        name = f"stridewell-{deps.today().isoformat()}.json"
        return Response(
            octets, media_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    @router.api_route("/account/address", methods=READING)
    def address(request: Request) -> Response:
        with deps.sessionmaker() as session:
            me = cookie.who(session, deps, request)
            if me is None:
                return elsewhere(deps)
            return _address(session, me)

    @router.post("/account/address", openapi_extra=described.ADDRESS)
    def move(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """Asks at both addresses. Whether the new one is free, or may be written to, is not told."""
        with deps.sessionmaker.begin() as session:
            me = cookie.who(session, deps, request)
            if me is None:
                return elsewhere(deps)
            said = Said(cookie.own_form(deps, request, body, me))
            if said.one("stay"):
                moves.cancel(session, me.runner.id)
                return RedirectResponse(f"{deps.base}/account", 303)
            new, wrong = _new_address(said.one("email"), me.runner, me.tongue)
            if wrong:
                return _address(session, me, 422, email=said.one("email"), wrong=wrong)
            _ask(session, me.runner, new)
        page = RedirectResponse(f"{deps.base}/account/address", 303)
        page.background = posting.of(me.runner.id)
        return page

    @router.api_route("/move/{end}/{ticket}", methods=READING)
    def agree(end: str, ticket: str, request: Request) -> Response:
        with deps.sessionmaker() as session:
            found = _opened(session, end, ticket, tongue_of(request))
            if isinstance(found, Response):
                return found
            runner, opened = found
            move = moves.of(session, runner.id)
        if move is None or move.occasion != opened.detail:
            return pages.problem("used", 410, tongue=tongue_of(request))
        return pages.show(
            "account/move",
            tongue=languages.library().tongue(runner.language),
            action=f"{deps.base}/move/{end}/{ticket}",
            address=move.address,
            state="ask",
        )

    @router.post("/move/{end}/{ticket}")
    def agreed(end: str, ticket: str, request: Request) -> Response:
        cookie.own_page(request)
        with deps.sessionmaker.begin() as session:
            found = _opened(session, end, ticket, tongue_of(request))
            if isinstance(found, Response):
                return found
            runner, opened = found
            move = moves.agree(session, runner, _ERRANDS[end][1], occasion=opened.detail, now=deps.clock())
        if move is None:
            return pages.problem("used", 410, tongue=tongue_of(request))
        done = move.old_agreed and move.new_agreed
        return pages.show(
            "account/move",
            tongue=languages.library().tongue(runner.language),
            action="",
            address=move.address,
            state="done" if done else "waits",
        )

    @router.api_route("/account/erase", methods=READING)
    def ask(request: Request) -> Response:
        with deps.sessionmaker() as session:
            me = cookie.who(session, deps, request)
        if me is None:
            return elsewhere(deps)
        return pages.show("account/erase", tongue=me.tongue, word=me.word, wrong="")

    @router.post("/account/erase", openapi_extra=described.ERASE)
    def erase(request: Request, body: Annotated[bytes, Depends(limited_body)]) -> Response:
        """Forgets everything, shows the receipt and sends it in a last mail."""
        now = deps.clock()
        with deps.sessionmaker.begin() as session:
            me = cookie.who(session, deps, request)
            if me is None:
                return elsewhere(deps)
            runner, said = me.runner, Said(cookie.own_form(deps, request, body, me))
            if said.one("sure") != "yes":
                wrong = me.tongue.gettext("Tick the box, so that nobody erases everything by a slip of the thumb.")
                return pages.show("account/erase", 422, tongue=me.tongue, word=me.word, wrong=wrong)
            reachable = not suppressions.bars(suppressions.why(session, runner.email), asked_for=True)
            receipt = erasing.erase(session, runner, now=now)
            if receipt is None:
                return elsewhere(deps)
            if reachable:
                outbox.enter_one(
                    session, runner, outbox.GOODBYE, now=now, occasion=receipt.reference, address=runner.email
                )
        page = pages.show(
            "account/erased",
            tongue=me.tongue,
            lines=gone(receipt, me.tongue),
            reference=receipt.reference,
            mailed=reachable,
        )
        cookie.forget(page, deps)
        page.background = posting.of(runner.id)
        return page

    def _address(session: Session, me: SignedIn, status: int = 200, email: str = "", wrong: str = "") -> Response:
        return pages.show(
            "account/address",
            status,
            tongue=me.tongue,
            now=me.runner.email,
            reachable=_reaches(session, me.runner),
            waits=moves.of(session, me.runner.id),
            word=me.word,
            email=email,
            wrong=wrong,
        )

    def _reaches(session: Session, runner: Subscriber) -> bool:
        return suppressions.why(session, runner.email) != suppressions.BOUNCED

    def _ask(session: Session, runner: Subscriber, new: str) -> None:
        now, occasion = deps.clock(), secrets.token_hex(8)
        free = moves.ask(session, runner, new, occasion=occasion, now=now)
        if mail_limits.fine(session, runner.email, now=now) and _reaches(session, runner):
            outbox.enter_one(session, runner, outbox.MOVE_FROM, now=now, occasion=occasion)
        if mail_limits.fine(session, new, now=now) and free:
            outbox.enter_one(session, runner, outbox.MOVE_TO, now=now, occasion=occasion, address=new)

    def _opened(session: Session, end: str, ticket: str, tongue: Tongue) -> tuple[Subscriber, Ticket] | Response:
        if end not in _ERRANDS:
            return pages.problem("nothing-here", 404, tongue=tongue)
        found = deps.tickets.read(_ERRANDS[end][0], ticket, now=deps.clock())
        if isinstance(found, Expired):
            return pages.problem("late", 410, tongue=tongue)
        if not isinstance(found, Ticket):
            return pages.problem("link", 404, tongue=tongue)
        runner = subscribers.get(session, found.subscriber_key)
        return pages.problem("gone", 410, tongue=tongue) if runner is None else (runner, found)

    return router


def _new_address(typed: str, runner: Subscriber, tongue: Tongue) -> tuple[str, str]:
    """The address and ""; or "" and what is wrong with it, in a sentence."""
    try:
        new = runner_rows.email(typed)
    except ProfileError:
        return "", tongue.gettext("This does not look like an address. Write it like name@example.org.")
    if fingerprint(new) == fingerprint(runner.email):
        return "", tongue.gettext("Your mails go there already.")
    return new, ""
