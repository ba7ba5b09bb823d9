"""What each form may hold, for the OpenAPI description: names and values as a browser posts them.

A posted form is read by hand (web/form.py, web/telling.py), so that what cannot be used is named beside its field and costs nothing else; the
description tells machines the same. It is not served: tests walk it, and hold it against the pages.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from app import runner_fields
from coach.answers import Effort, RedFlag
from coach.profile import MOST, Experience, Goal, Region, RunKind, Screen
from models.choices import Choice
from web import fields as f
from web import switching
from web.account.session import FORM_WORD
from web.account.words import BANDS, THINGS, WEIGHTS
from web.words import TAPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fastapi import FastAPI

FORM_KIND = "application/x-www-form-urlencoded"
Schema = dict[str, Any]


def openapi(app: FastAPI) -> Schema:
    """The OpenAPI document of the pages; HEAD, which every GET answers too, is left out."""
    with warnings.catch_warnings():
        # A route of two methods has one operation id.
        warnings.filterwarnings("ignore", "Duplicate Operation ID")
        document = app.openapi()
    for path in document["paths"].values():
        path.pop("head", None)
    return document


def _form(
    properties: Mapping[str, Schema], *, patterns: Mapping[str, Schema] | None = None, required: Iterable[str] = ()
) -> Schema:
    schema = {
        "type": "object",
        "properties": dict(properties),
        "patternProperties": dict(patterns or {}),
        "required": list(required),
        "additionalProperties": False,
    }
    return {"requestBody": {"required": True, "content": {FORM_KIND: {"schema": schema}}}}


def _one_of(values: Iterable[object], *more: str) -> Schema:
    return {"enum": [str(value) for value in (*values, *more)]}


def _some_of(values: Iterable[object], *more: str) -> Schema:
    return {"type": "array", "items": _one_of(values, *more), "uniqueItems": True}


def _number(limits: f.Limits) -> Schema:
    """A whole number as text, or blank."""
    return _one_of(range(limits.low, limits.high + 1), "")


_TEXT = {"type": "string"}
_EMAIL = {"type": "string", "format": "email"}
_DAY = {"type": "string", "anyOf": [{"format": "date"}, {"const": ""}]}
_DECIMAL = {"type": "string", "pattern": r"^([0-9]{1,6}([.,][0-9]{1,6})?)?$"}
SELF_TEST_FIELDS = tuple(
    field for test in MOST for field in ([test] if test == "sit_to_stands" else [f"{test}.left", f"{test}.right"])
)
_VERSION = {"type": "string", "pattern": "^[0-9]{0,6}$"}
"""Which version of what is kept the page showed."""
_OWN = {FORM_WORD: _TEXT}
"""The word that shows that a form of the account is our own."""

OWN = _form(_OWN, required=_OWN)
SIGN_IN = _form({"email": _EMAIL}, required=["email"])
ADDRESS = _form({**_OWN, "email": _EMAIL, "stay": _TEXT}, required=_OWN)
SELF_TESTS = _form(
    {**_OWN, "version": _VERSION, **{name: {"type": "string", "pattern": "^[0-9]{0,3}$"} for name in SELF_TEST_FIELDS}},
    required=_OWN,
)
ERASE = _form({**_OWN, "sure": _one_of(["yes"])}, required=_OWN)
PAUSE = _form({**_OWN, "until": _DAY}, required=[*_OWN, "until"])
CHOICE = _form(
    {**_OWN, "choice": _one_of(Choice), "wanted": _one_of(["yes", "no"])}, required=[*_OWN, "choice", "wanted"]
)
UNSUBSCRIBE = _form({"reason": _TEXT, "List-Unsubscribe": {"const": "One-Click"}})

_RUNNER: dict[str, Schema] = {
    "name": {"type": "string", "maxLength": 80},
    "birth_year": {"type": "string", "pattern": "^[0-9]{4}$"},
    "body_mass": _DECIMAL,
    "units": _one_of(["kg", "lb"]),
    "language": {"type": "string", "pattern": "^[a-z]{2,3}$"},
    "experience": _one_of(Experience),
    "goal": _one_of(Goal),
    "trail": _one_of(["yes", "no"]),
    "weekly_km": _DECIMAL,
    "race_date": _DAY,
    "race_km": _DECIMAL,
    "day": _some_of(range(7)),
    "minutes": _one_of(range(10, 121)),
    "gear": _some_of((*THINGS, *WEIGHTS)),
    "band": _some_of(BANDS),
    "screen": _some_of(Screen, "none"),
    "cleared": _one_of(["yes"]),
    "tight": _some_of(Region),
    "delivery_day": _one_of(range(7)),
    "delivery_time": {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"},
    "time_zone": _one_of(sorted(runner_fields.zones())),
    **{f"run.{day}": _one_of(RunKind, "") for day in range(7)},
    **{f"injury.{region}": _one_of(range(11), "past", "") for region in Region},
    **{f"load.{thing}": _TEXT for thing in WEIGHTS},
}
JOIN = _form(
    {**_RUNNER, "email": _EMAIL, "consent": _one_of(["yes"])}, required=["name", "email", "day", "screen", "consent"]
)
PROFILE = _form(
    {**_RUNNER, **_OWN, "version": {"type": "string", "pattern": "^[0-9]{0,6}$"}},
    required=[*_OWN, "name", "day", "screen"],
)

ANSWER = _form(
    {
        f.HURTS: _one_of(["yes"]),
        f.AT: _some_of(Region),
        f.RED_FLAGS: _some_of(RedFlag),
        f.TIGHT: _some_of(Region, f.NOTHING_TIGHT),
        f.NOTE: _TEXT,
        f.SAID: {"type": "string", "pattern": "^[0-9]{0,6}$"},
        "soreness": _number(f.SORENESS),
        "sleep": _number(f.SLEEP),
        "mood": _number(f.MOOD),
        **{f.of_pain(region, "level"): _number(f.PAIN) for region in Region},
        **{f.of_pain(region, "settled"): _one_of(["yes", "no", ""]) for region in Region},
    },
    patterns={
        r"^s[0-9]\.effort$": _one_of(Effort),
        rf"^s[0-9]\.({'|'.join(f.NAMED)})$": {"type": "string", "pattern": "^[a-z-]*$"},
        r"^s[0-9]\.rpe$": _number(f.EFFORT),
        r"^s[0-9]\.minutes$": _number(f.MINUTES),
        r"^s[0-9]\.[a-z-]+\.(sets|amount)$": {"type": "string", "pattern": "^[0-9]{0,3}$"},
        r"^s[0-9]\.[a-z-]+\.left$": _number(f.LEFT),
        r"^s[0-9]\.[a-z-]+\.load$": _DECIMAL,
        r"^s[0-9]\.[a-z-]+\.switch$": _one_of([switching.AS_PLANNED, switching.HARDER, switching.EASIER]),
    },
)
"""A session, from 0; an exercise by its name in the catalogue."""

TAP = {
    "parameters": [
        {"name": name, "in": "query", "required": False, "schema": schema}
        for name, schema in {
            "s": _one_of(range(3)),
            "c": _one_of(TAPPED),
            "l": _number(f.LEFT),
        }.items()
    ]
}
"""The choice that a link of a mail carries; it is shown, and not stored."""
