"""Whatever is typed after the slash, posted as a form or sent as a cookie, nobody ever sees us fail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core import NotSet

from mail import tickets
from mail.links import CALENDAR_FILE
from models import moves
from tests.builders import MONDAY, some_answers
from tests.web.conftest import FORM, Website
from tests.web.reading import form_of
from web.account.session import COOKIE, FORM_WORD
from web.described import openapi

FILTERS = [HealthCheck.filter_too_much, HealthCheck.data_too_large]
ODD = st.one_of(
    st.sampled_from(
        [
            *("", " ", "0", "-1", "7", "1e9", "99999999999999999999", "NaN", "½", "٣", "on", "none", "\0", "\u202e"),
            *("'; DROP TABLE x;--", "{{ 7*7 }}", "<script>", "../../etc/passwd", "a@b@c", "é@ü.example", "x@localhost"),
            *("2026-02-30", "9999-12-31", "0001-01-01", "2026-W48-1", "24:00", "17:00:00", "4-24/0", "1-400/0.001"),
            *("8,,12", "Etc/GMT+12", "Europe/Oslo/..", "localtime", "x" * 5000),
        ]
    ),
    st.text(max_size=30),
)


@pytest.fixture(scope="module")
def website(empty_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Website]:
    """One for the whole file: what one example stores, the next one meets."""
    from tests.web.conftest import websites

    for make in websites(empty_store, tmp_path_factory.mktemp("anything")):
        site = make(post=lambda _number: None)
        site.tell(some_answers())
        with site.deps.sessionmaker.begin() as session:
            moves.ask(session, site.runner, "new@example.org", occasion="one", now=site.deps.clock())
        # As any example may; done before the first, it is met by all of them and in every order.
        site.post("/sign-out", [(FORM_WORD, signed_in_anew(site))])
        yield site


@pytest.fixture(scope="module")
def names(website: Website) -> list[str]:
    """The fields of our forms."""
    signed_in_anew(website)
    pages = (
        website.answer_path(),
        "/join",
        "/account/profile",
        "/account",
        "/account/tests",
        "/account/address",
        "/account/erase",
    )
    found: set[str] = set()
    for path in pages:
        found |= {name for name in re.findall(r' name="([^"]+)"', website.get(path).text) if name != "viewport"}
    return sorted(found)


@pytest.fixture(scope="module")
def requests(website: Website) -> list[tuple[str, str, Any]]:
    """Path, method and cases: for every address, requests as the description has them, and requests against it."""
    schema = schemathesis.openapi.from_dict(openapi(website.app))
    operations = sorted((found.ok() for found in schema.get_all_operations()), key=lambda o: (o.path, o.method))
    return [
        (operation.path, operation.method.upper(), operation.as_strategy(generation_mode=mode))
        for operation in operations
        for mode in GenerationMode
        # Where nothing is described nothing can be against it.
        if mode is GenerationMode.POSITIVE or operation.body or operation.query
    ]


def good(gap: str, path: str, website: Website) -> str:
    """What belongs into the gap of an address."""
    until = website.deps.clock() + timedelta(days=1)
    match gap:
        case "ticket":
            errand = next((e for e, start in tickets.PATHS.items() if path.startswith(start)), "move-from")
            return website.deps.tickets.issue(errand, website.runner.key, "one", until=until)
        case "token" if path.startswith("/calendar/"):
            return website.deps.links.calendar(website.runner.key).rpartition("/")[2].removesuffix(CALENDAR_FILE)
        case "token" if path.startswith("/f/"):
            return website.follow_path().split("/")[2]
        case "token" if path.startswith("/u/"):
            return website.unsubscribe_path().removeprefix("/u/")
        case "token" if path.startswith("/progress/"):
            return website.deps.links.progress(website.runner.key, expires=until.date()).rpartition("/")[2]
        case "token":
            return website.answer_path().removeprefix("/a/")
        case _:
            return {"monday": MONDAY.isoformat(), "end": "old", "key": "0"}.get(gap, "one")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, *FILTERS])
@given(data=st.data())
def test_nothing_that_is_sent_makes_us_fail(
    website: Website,
    requests: list[tuple[str, str, Any]],
    names: list[str],
    caplog: pytest.LogCaptureFixture,
    data: Any,
) -> None:
    """Requests as described, requests against the description, and our own oddities on top."""
    caplog.clear()
    word = signed_in_anew(website)
    path, method, cases = data.draw(st.sampled_from(requests))
    case = data.draw(cases)
    for gap in re.findall(r"\{(\w+)\}", path):
        belongs = data.draw(st.booleans())
        path = path.replace(
            f"{{{gap}}}", good(gap, path, website) if belongs else quote(data.draw(ODD), safe="") or "-"
        )
    body, kind = sent(case)
    if data.draw(st.booleans()):
        body += "&" + urlencode(
            data.draw(st.lists(st.tuples(st.sampled_from(names), ODD), max_size=12)), errors="replace"
        )
    if data.draw(st.booleans()) and path != "/account/erase":
        body = f"{FORM_WORD}={quote(word)}&{body}"
    if data.draw(st.booleans()):
        kind = data.draw(st.sampled_from(["application/json", "multipart/form-data; boundary=b", ""]))
    cookie = website.jar.get(COOKIE, "") if data.draw(st.booleans()) else quote(data.draw(ODD))[:3000]
    answer = website.ask(
        data.draw(st.sampled_from([method, method, "HEAD", "PUT", "OPTIONS"])),
        f"{path}?{urlencode(case.query or {}, doseq=True)}",
        content=body.encode() if data.draw(st.booleans()) else data.draw(st.binary(max_size=60)),
        headers={"content-type": kind, "cookie": f"{COOKIE}={cookie}"},
    )
    assert answer.status_code < 500, f"{path} {body}"
    assert "content-security-policy" in answer.headers
    assert [r.getMessage() for r in caplog.records] == [], "what is done after the answer went well too"


def signed_in_anew(website: Website) -> str:
    """The word in the forms of whoever signs in now: later than all before, as signing out ends what began up to its moment."""
    website.hands["now"] += timedelta(seconds=1)
    website.jar.clear()
    website.sign_in()
    word = form_of(website.get("/account/address").text).value(FORM_WORD)
    assert word, "signed in, whatever was done before"
    return word


def sent(case: Any) -> tuple[str, str]:
    """The body of a request as a browser or a machine would write it, and its kind."""
    if isinstance(case.body, dict):
        return urlencode(case.body, doseq=True, errors="replace"), case.media_type
    return ("" if isinstance(case.body, NotSet) else str(case.body)), case.media_type or FORM


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    changes=st.dictionaries(st.integers(0, 60), ODD, max_size=6), path=st.sampled_from(["/join", "/account/profile"])
)
def test_a_form_filled_in_with_anything_is_kept_or_answered(
    website: Website, caplog: pytest.LogCaptureFixture, changes: dict[int, str], path: str
) -> None:
    caplog.clear()
    signed_in_anew(website)
    form = form_of(website.get(path).text)
    choices = sorted(form.names - {FORM_WORD})
    odd = {choices[place % len(choices)]: value for place, value in changes.items()}
    fields = [(n, v) for n, v in form.fields if n not in odd]
    answer = website.post(path, [*fields, *((n, v.encode("utf-8", "replace").decode()) for n, v in odd.items())])
    assert answer.status_code in {303, 422, 429}
    assert [r.getMessage() for r in caplog.records] == []
    if answer.status_code == 422:
        assert 'class="wrong"' in answer.text or "grown-ups" in answer.text
    for value in odd.values():
        assert "<script>" not in value or "<script>" not in answer.text
