"""The web app: what a letter's links open, signing up, the account, and the health check."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from anyio import to_thread
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles

from models import database
from web import answering, calendar_feed, following, mailbox_pages, pictures, progress, unsubscribing, week_page
from web.account import account_pages, joining, leaving, self_tests
from web.account.posting import Posting
from web.deps import Deps
from web.headers import HardenedHeaders
from web.pages import READING, STATIC, Pages, print_of_folder
from web.visitor import tongue_of

if TYPE_CHECKING:
    from starlette.types import Scope

PAGES_AT_ONCE = 4
"""Pages one process works on; more wait their turn. Forty threads, the library's default, take a quarter more of the processor for the
same, and outnumber the connections that the engine keeps to the database.
"""

_KINDS = {
    400: "unreadable",
    403: "not-ours",
    404: "nothing-here",
    405: "method",
    413: "too-large",
    415: "unreadable",
    429: "too-often",
}
"""HTTP status → heading of the page that helps."""


def create_app(deps: Deps) -> FastAPI:
    """The pages for one set of parts. Reads the templates' and the stylesheet's folders; opens no connection yet."""
    pages = Pages(deps)
    app = FastAPI(
        title="Stridewell",
        lifespan=_few_threads,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    app.add_middleware(HardenedHeaders, secure=deps.secure)
    app.mount("/static", _Static(directory=STATIC, worker_scope=f"{deps.base}/f/"), name="static")
    app.include_router(answering.routes(deps, pages))
    drawer = pictures.Pictures(deps.base, deps.catalogue, deps.figures, pages.asset(pictures.PLAIN))
    app.include_router(pictures.routes(drawer, pages, deps.pngs))
    app.include_router(following.routes(deps, pages, drawer))
    app.include_router(unsubscribing.routes(deps, pages))
    app.include_router(week_page.routes(deps, pages, drawer))
    app.include_router(calendar_feed.routes(deps, pages))
    app.include_router(progress.routes(deps, pages))
    app.include_router(account_pages.routes(deps, pages, drawer))
    app.include_router(self_tests.routes(deps, pages))
    posting = Posting(deps)
    for part in (joining, leaving):
        app.include_router(part.routes(deps, pages, posting))
    if deps.mailbox is not None:
        app.include_router(mailbox_pages.routes(deps.mailbox, deps.base, pages))

    @app.api_route("/", methods=READING)
    def home(request: Request) -> Response:
        return pages.show("home", tongue=tongue_of(request), mailbox=deps.mailbox is not None)

    @app.api_route("/healthz", methods=READING)
    def healthz() -> Response:
        problem = _database_problem(deps)
        if problem:
            return JSONResponse({"status": "unavailable", "problem": problem}, 503)
        return JSONResponse({"status": "ok"})

    @app.api_route("/robots.txt", methods=READING)
    def robots() -> Response:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")

    app.exception_handler(HTTPException)(_refused(pages))
    app.exception_handler(Exception)(_failed(pages))
    return app


@asynccontextmanager
async def _few_threads(_app: FastAPI) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = PAGES_AT_ONCE
    yield


class _Static(StaticFiles):
    """Static files may be kept: their address changes with their content. worker_scope: the pages that work offline."""

    def __init__(self, *, directory: Path, worker_scope: str) -> None:
        super().__init__(directory=directory)
        self._worker = {
            "Service-Worker-Allowed": worker_scope,
            "Content-Security-Policy": following.WORKER_POLICY,
        }

    async def get_response(self, path: str, scope: Scope) -> Response:
        # Scripts that load one another stand behind the fingerprint of their folder: another one would mix versions.
        folder, _, rest = path.partition("/")
        fingerprint, _, name = rest.partition("/")
        if rest:
            if not name or fingerprint != _prints().get(folder):
                raise HTTPException(404)
            path = f"{folder}/{name}"
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=604800"
        if path == following.WORKER:
            response.headers.update(self._worker)
        return response


@cache
def _prints() -> dict[str, str]:
    """The fingerprint of each folder of scripts."""
    return {folder.name: print_of_folder(folder) for folder in STATIC.iterdir() if folder.is_dir()}


def _database_problem(deps: Deps) -> str:
    """What is wrong with the database, and the remedy; "" when nothing is."""
    try:
        with deps.sessionmaker() as session:
            engine = session.get_bind().engine
        if _missing(engine):
            return "There is no database yet. Run `stridewell db upgrade`."
        at = database.revision(engine)
    except (SQLAlchemyError, OSError):
        return "The database cannot be reached. `stridewell doctor` says why."
    if at != database.head():
        return "The database is not up to date. Run `stridewell db upgrade`."
    return ""


def _missing(engine: Engine) -> bool:
    """Whether a SQLite file is not there: opening it would make an empty one, and looking must not."""
    name = engine.url.database
    return engine.dialect.name == "sqlite" and name not in {None, "", ":memory:"} and not Path(str(name)).exists()


Handler = Callable[[Request, Exception], Awaitable[Response]]


def _refused(pages: Pages) -> Handler:
    async def refused(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = getattr(error, "headers", None)
        return pages.problem(_KINDS.get(status, "failed"), status, headers, tongue=tongue_of(request))

    return refused


def _failed(pages: Pages) -> Handler:
    async def failed(request: Request, _error: Exception) -> Response:
        return pages.problem("failed", 500, tongue=tongue_of(request))

    return failed
