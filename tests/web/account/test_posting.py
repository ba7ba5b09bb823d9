"""What happens once a page is answered, and what nobody learns by a watch."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy import event

from tests.web.conftest import FORM, Website
from web.account.posting import AT_ONCE
from web.site import PAGES_AT_ONCE


def asked_until_answered(website: Website, email: str) -> list[str]:
    """The statements that asking for a link to sign in takes before its answer is complete."""
    body = urlencode({"email": email}).encode()
    seen: list[str] = []
    until: list[int] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body"):
            until.append(len(seen))

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "https",
        "path": "/sign-in",
        "raw_path": b"/sign-in",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"stridewell.example"), (b"content-type", FORM.encode())],
        "client": ("203.0.113.9", 4711),
        "server": ("stridewell.example", 443),
    }
    event.listen(website.engine, "before_cursor_execute", note)
    try:
        asyncio.run(website.app(scope, receive, send))  # type: ignore[arg-type]
    finally:
        event.remove(website.engine, "before_cursor_execute", note)
    assert len(seen) > until[0], "the rest is done afterwards"
    return seen[: until[0]]


def test_the_answer_takes_the_same_statements_whether_the_address_is_known_or_not(website: Website) -> None:
    known = asked_until_answered(website, website.runner.email)
    assert known == asked_until_answered(website, "nobody@example.org")
    assert not any("subscribers" in statement for statement in known)


def test_a_slow_mail_server_holds_up_no_page(open_website: Callable[..., Website]) -> None:
    answers = threading.Event()
    busy = threading.Semaphore(0)

    def slow(_number: int) -> None:
        busy.release()
        assert answers.wait(30)

    website = open_website(post=slow)

    async def several() -> httpx.Response:
        way = httpx.ASGITransport(website.app)
        async with httpx.AsyncClient(transport=way, base_url="https://stridewell.example") as phone:
            waiting = [
                asyncio.create_task(phone.post("/sign-in", data={"email": website.runner.email}))
                for _ in range(PAGES_AT_ONCE)
            ]
            # As many as may post are at it, and wait for the mail server.
            for _ in range(AT_ONCE):
                await asyncio.to_thread(busy.acquire)
            page = await phone.get(website.answer_path())
            answers.set()
            await asyncio.gather(*waiting)
            return page

    assert asyncio.run(several()).status_code == 200


def test_what_cannot_be_written_down_is_told_to_the_operator_without_the_address(
    website: Website, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "INSERT INTO outbox" in statement:
            raise OSError("disk full, said ada@example.org")

    event.listen(website.engine, "before_cursor_execute", broken)
    with caplog.at_level(logging.ERROR, "stridewell"):
        answer = website.post("/sign-in", [("email", website.runner.email)])
    assert answer.status_code == 303
    assert "could not be written down: OSError" in caplog.text
    assert "@" not in caplog.text
