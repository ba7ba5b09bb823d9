"""What happens once a page is answered, and what nobody learns by a watch."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import httpx
import pytest
from sqlalchemy import event, text

from models import erasing, joining, pauses, subscribers, suppressions
from tests.builders import a_subscriber
from tests.web.account.people import ADA, TICKED
from tests.web.conftest import FORM, Website
from tests.web.reading import form_of
from web.account.posting import AT_ONCE
from web.site import PAGES_AT_ONCE

PATHS = ("/sign-in", "/join")


def asked_until_answered(website: Website, email: str, path: str) -> list[str]:
    """The statements that asking for a link to sign in, or signing up, takes before its answer is complete."""
    form = form_of(website.get("/join").text).fields if path == "/join" else []
    kept = [(name, value) for name, value in form if name not in ADA]
    body = urlencode([*kept, *TICKED, *(ADA | {"email": email}).items()]).encode()
    answered: list[int] = []
    seen: list[str] = []
    until: list[int] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, object]) -> None:
        if message["type"] == "http.response.start":
            answered.append(int(str(message["status"])))
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
        "path": path,
        "raw_path": path.encode(),
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
    assert answered == [303]
    assert len(seen) > until[0], "the rest is done afterwards"
    return seen[: until[0]]


@pytest.mark.parametrize("path", PATHS)
def test_the_answer_takes_the_same_statements_whether_the_address_is_known_or_not(website: Website, path: str) -> None:
    now = website.deps.clock()
    with website.deps.sessionmaker.begin() as session:
        new = [a_subscriber(email=f"{who}@example.org") for who in ("gone", "paused", "erased")]
        subscribers.add(session, new, now=now)
        joining.join(session, a_subscriber(email="pending@example.org"), now=now)
        gone, paused, erased = [subscribers.find(session, n.email) for n in new]
        assert gone
        assert paused
        assert erased
        subscribers.unsubscribe(session, gone.id, now=now, reason="unsubscribed")
        pauses.pause(session, paused.id, until=now + timedelta(days=9), now=now)
        erasing.erase(session, erased, now=now)
        for reason in suppressions.FROM_OUTSIDE:
            suppressions.suppress(session, f"{reason}@example.org", reason, now=now)
    known = asked_until_answered(website, website.runner.email, path)
    assert [statement.split("(")[0].strip() for statement in known if "requests" in statement] == [
        "INSERT INTO requests"
    ]
    assert not any("subscribers" in statement for statement in known)
    for who in ("gone", "paused", "erased", "pending", "bounced", "complained", "nobody"):
        assert asked_until_answered(website, f"{who}@example.org", path) == known, who


def test_a_slow_mail_server_holds_up_no_page(open_website: Callable[..., Website]) -> None:
    answers = threading.Event()
    busy = threading.Semaphore(0)

    def slow(_number: int) -> None:
        busy.release()
        assert answers.wait(30)

    website = open_website(post=slow)
    # Each an address of its own: what is asked for one address while it waits is done together.
    waiting_for_mail = [f"runner{n}@example.org" for n in range(PAGES_AT_ONCE)]
    with website.deps.sessionmaker.begin() as session:
        new = [a_subscriber(email=email) for email in waiting_for_mail]
        subscribers.add(session, new, now=website.deps.clock())

    async def several() -> httpx.Response:
        way = httpx.ASGITransport(website.app)
        async with httpx.AsyncClient(transport=way, base_url="https://stridewell.example") as phone:
            waiting = [asyncio.create_task(phone.post("/sign-in", data={"email": email})) for email in waiting_for_mail]
            # As many as may post are at it, and wait for the mail server.
            for _ in range(AT_ONCE):
                assert await asyncio.to_thread(busy.acquire, timeout=30)
            page = await phone.get(website.answer_path())
            answers.set()
            await asyncio.gather(*waiting)
            return page

    assert asyncio.run(several()).status_code == 200


def test_what_cannot_be_done_at_once_waits_and_is_told_to_the_operator_without_the_address(
    website: Website, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "INSERT INTO outbox" in statement:
            raise OSError("disk full, said ada@example.org")

    event.listen(website.engine, "before_cursor_execute", broken)
    with caplog.at_level(logging.ERROR, "stridewell"):
        answer = website.post("/sign-in", [("email", website.runner.email)])
    assert answer.status_code == 303
    assert "waits for the next delivery: OSError" in caplog.text
    assert "@" not in caplog.text
    assert len(website.everything()["requests"]) == 1
    event.remove(website.engine, "before_cursor_execute", broken)
    assert website.post("/sign-in", [("email", website.runner.email)]).status_code == 303
    assert website.everything()["requests"] == []
    assert [row[3] for row in website.everything()["outbox"]].count("sign-in") == 2, "nothing asked for is lost"


def test_nobody_is_told_that_a_request_was_taken_down_when_it_was_not(website: Website) -> None:
    with website.engine.begin() as connection:
        connection.execute(text("DROP TABLE requests"))
    assert website.post("/sign-in", [("email", website.runner.email)]).status_code == 500
