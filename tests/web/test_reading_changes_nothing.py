"""Mail scanners open every link, so nothing that reads may write, and every page guards the runner's privacy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mail import tickets
from mail.links import CALENDAR_FILE, PATHS
from models import moves
from tests.builders import MONDAY, some_answers
from tests.web.conftest import Website

LETTER = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Week 1\r\nMessage-ID: <one@x>\r\n\r\nHello\r\n"


def leaves(routes: Iterable[Any]) -> Iterator[Any]:
    """Every route, those of included routers too."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from leaves(inner.routes)


@pytest.fixture
def website(open_website: Callable[..., Website], tmp_path: Path) -> Website:
    """With a mailbox, and with something told before, so that there is a state to spoil."""
    mailbox = tmp_path / "mailbox"
    mailbox.mkdir()
    (mailbox / "one.eml").write_bytes(LETTER)
    site = open_website(mailbox=mailbox)
    site.tell(some_answers())
    site.sign_in()
    with site.deps.sessionmaker.begin() as session:
        moves.ask(session, site.runner, "new@example.org", occasion="one", now=site.deps.clock())
    return site


def token_for(route: str, website: Website) -> str:
    """A good token of the purpose that a route is for."""
    links, key, last_day = website.deps.links, website.runner.key, website.deps.today() + timedelta(days=30)
    made = {
        "answer": links.answer(key, MONDAY, expires=last_day),
        "follow": links.follow(key, MONDAY, expires=last_day),
        "week": links.week(key, MONDAY, expires=last_day),
        "unsubscribe": links.unsubscribe(key, expires=last_day),
        "progress": links.progress(key, expires=last_day),
        "calendar": links.calendar(key),
    }
    purpose = next((purpose for purpose, path in PATHS.items() if route.startswith(path)), None)
    return "" if purpose is None else made[purpose].rpartition("/")[2].removesuffix(CALENDAR_FILE)


def ticket_for(path: str, website: Website) -> str:
    errand = next((e for e, start in tickets.PATHS.items() if path.startswith(start)), "confirm")
    until = website.deps.clock() + timedelta(days=1)
    return website.deps.tickets.issue(errand, website.runner.key, "one", until=until)


def paths(website: Website) -> list[str]:
    """An address for every GET route of the app, with a good token, a tap and fields in the query."""
    found = []
    for route in leaves(website.app.routes):
        if "GET" not in getattr(route, "methods", ()):
            continue
        path = route.path.replace("{token}", token_for(route.path, website))
        path = path.replace("{key}", "0").replace("{name}", "one").replace("{slug}", "goblet-squat")
        path = path.replace("{monday}", MONDAY.isoformat()).replace("{end}", "old")
        found.append(path.replace("{ticket}", ticket_for(path, website)))
    return [*found, "/static/site.css", "/static/icon.svg"]


def test_no_get_and_no_head_changes_anything(website: Website, tmp_path: Path) -> None:
    every = paths(website)
    assert {"/", "/healthz", "/robots.txt", "/mailbox", "/mailbox/one", "/static/site.css"} < set(every)
    for path in PATHS.values():
        assert any(p.startswith(path) for p in every), f"no page behind {path}"
    before, files = website.everything(), sorted(tmp_path.rglob("*"))
    for path in every:
        for query in (
            "",
            "?s=0&c=h",
            "?s=0&l=3",
            "?s0.effort=hard&red=chest-pain&reason=no-time&List-Unsubscribe=One-Click",
        ):
            for method in ("GET", "HEAD"):
                answer = website.ask(method, path + query)
                assert answer.status_code == (404 if path == "/mailbox/one/html" else 200), f"{method} {path}"
                assert "set-cookie" not in answer.headers
    assert website.everything() == before
    assert sorted(tmp_path.rglob("*")) == files


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_refused_and_change_nothing(website: Website, method: str) -> None:
    before = website.everything()
    for path in (website.answer_path(), website.unsubscribe_path(), "/", "/healthz", "/mailbox"):
        answer = website.ask(method, path, content=b"s0.effort=right&reason=no-time")
        assert answer.status_code == 405
        assert "GET" in answer.headers["allow"]
    assert website.everything() == before


def test_every_page_carries_the_guards(website: Website) -> None:
    for path in (*paths(website), "/nowhere", "/a/forged", "/u/forged", "/mailbox/none"):
        headers = website.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-robots-tag"] == "noindex, nofollow"
        assert headers["strict-transport-security"]
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        if path.startswith("/f/"):
            assert "script-src 'self';" in policy
        elif path == "/join" or (path.startswith(("/a/", "/progress/")) and not path.endswith(("forged", ".svg"))):
            assert policy.endswith("; script-src 'self'; connect-src 'self'")
        else:
            assert "script-src" not in policy
        assert "unsafe-inline" not in policy
        assert "frame-ancestors 'none'" in policy
        if path.endswith(CALENDAR_FILE):
            assert headers["cache-control"] == "private, no-cache"
        elif not path.startswith(("/static/", "/p/")):
            assert headers["cache-control"] == "no-store"


def test_no_page_has_a_script_or_a_style_of_its_own(website: Website) -> None:
    for path in paths(website):
        if path.startswith(("/static/", "/p/")) or path.endswith(".png"):
            continue
        # A runner's calendar has an address to copy, and a drawing names what it is written in.
        text = website.get(path).text.replace("https://stridewell.example/calendar/", "")
        text = text.replace('xmlns="http://www.w3.org/2000/svg"', "")
        if path.startswith(("/f/", "/a/")):
            # The player's own files, and data that no browser runs.
            own = (
                r'<script type="(module" src="/static/player/\w+/(follow|answer)\.js|application/json" id="page-data)">'
            )
            text = re.sub(own, "", text)
        if path == "/join":
            text = re.sub(r'<script src="/static/zone.js\?\w+" defer></script>', "", text)
        if path.startswith("/progress/"):
            text = re.sub(r'<script src="/static/card.js\?\w+" defer></script>', "", text)
        for forbidden in ("<script", "<style", " style=", " onclick=", "javascript:", "http://", "https://"):
            assert forbidden not in text, f"{path} has {forbidden}"


def test_no_address_and_no_name_stands_on_a_page_behind_a_link(website: Website) -> None:
    for path in (website.answer_path(), website.unsubscribe_path(), website.follow_path(), website.follow_path("0")):
        text = website.get(path).text
        assert website.runner.email not in text
        assert website.runner.key not in text


def test_a_failure_shows_a_plain_page_without_its_cause(website: Website) -> None:
    path = website.answer_path()
    website.deps.sessionmaker.configure(bind=None)
    answer = website.get(path)
    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "Unbound" not in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
