"""The description of the pages for machines is true: what a browser posts from each page is what it says."""

from __future__ import annotations

import re
from typing import Any

import jsonschema_rs
import pytest

from models import moves
from tests.builders import some_answers
from tests.web.conftest import Website
from tests.web.reading import PageForm, form_of
from web.described import FORM_KIND, openapi

PAGES = ("/join", "/sign-in", "/account", "/account/profile", "/account/tests", "/account/address", "/account/erase")
BLANK = ("/join", "/sign-in", "/account", "/account/address")
"""Where something has yet to be typed."""


def forms(website: Website, path: str) -> list[PageForm]:
    """Every form of a page that is posted."""
    parts = website.get(path).text.split("<form ")[1:]
    return [form_of(f"<form {part}") for part in parts if 'method="post"' in part.partition(">")[0]]


def described(website: Website, action: str) -> dict[str, Any]:
    """The schema of the form that is posted to an address."""
    paths: dict[str, Any] = openapi(website.app)["paths"]
    first = action.split("/")[1]
    found = paths.get(action) or paths[f"/{first}/{{token}}"]
    schema: dict[str, Any] = found["post"]["requestBody"]["content"][FORM_KIND]["schema"]
    return schema


def as_json(form: PageForm, schema: dict[str, Any]) -> dict[str, Any]:
    """The fields as the description counts them: one value each, or a list of them."""
    found: dict[str, Any] = {}
    for name, value in form.fields:
        if schema["properties"].get(name, {}).get("type") == "array":
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


@pytest.fixture
def told(website: Website) -> Website:
    website.tell(some_answers())
    website.sign_in()
    with website.deps.sessionmaker.begin() as session:
        moves.ask(session, website.runner, "new@example.org", occasion="one", now=website.deps.clock())
    return website


def test_a_form_saved_as_it_stands_is_as_described(told: Website) -> None:
    for page in (*PAGES, told.answer_path(), told.unsubscribe_path()):
        for form in forms(told, page):
            schema = described(told, form.action)
            # A blank that must be filled in is refused by the browser already.
            sent = {name: value for name, value in as_json(form, schema).items() if value or page not in BLANK}
            found = jsonschema_rs.validator_for(schema | {"required": []}).iter_errors(sent)
            assert [error.message for error in found] == [], page


def test_every_field_of_a_form_is_described(told: Website) -> None:
    for page in (*PAGES, told.answer_path(), told.unsubscribe_path()):
        for form in forms(told, page):
            schema = described(told, form.action)
            for name in form.names:
                known = name in schema["properties"] or any(re.search(p, name) for p in schema["patternProperties"])
                assert known, (page, name)


def test_every_form_that_is_posted_says_what_it_takes(website: Website) -> None:
    """But for the single buttons, which take nothing."""
    bare = {
        path
        for path, has in openapi(website.app)["paths"].items()
        if "post" in has and "requestBody" not in has["post"]
    }
    assert bare == {"/confirm/{ticket}", "/sign-in/{ticket}", "/move/{end}/{ticket}"}
