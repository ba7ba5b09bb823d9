"""A posted form, read with care: at most 64 KB, UTF-8, and every value a text until somebody asks for more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

Fields: TypeAlias = Mapping[str, tuple[str, ...]]
"""Each field's values in the order they came, blanks too."""

MAX_BODY = 64 * 1024
"""Bytes; the fullest answer page posts about 12 KB."""

MAX_FIELDS = 1000
"""The fullest answer page has about 200."""

_WHOLE = re.compile(r"[+-]?[0-9]{1,6}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?[0-9]{1,6}([.,][0-9]{1,6})?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


async def limited_body(request: Request) -> bytes:
    """The body of a request, for a route to depend on. Raises 413 as soon as it is known to be larger than MAX_BODY."""
    declared = request.headers.get("content-length", "0")
    if declared.isascii() and declared.isdigit() and (len(declared) > 9 or int(declared) > MAX_BODY):
        raise HTTPException(413)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413)
    return bytes(body)


def read(body: bytes, content_type: str) -> Fields:
    """The fields of an URL-encoded form. Raises 415 for another kind of body and 400 for one that cannot be read."""
    kind, _, parameters = content_type.partition(";")
    if kind.strip().lower() != "application/x-www-form-urlencoded":
        raise HTTPException(415)
    charset = parameters.lower().replace('"', "").partition("charset=")[2].strip()
    if charset not in {"", "utf-8", "utf8"}:
        raise HTTPException(415)
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
    except ValueError as error:  # also a UnicodeDecodeError
        raise HTTPException(400) from error
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        fields[name] = (*fields.get(name, ()), value)
    return fields


def whole(text: str) -> int | None:
    """A whole number written with plain digits, or None."""
    text = text.strip()
    return int(text) if _WHOLE.fullmatch(text) else None


def decimal(text: str) -> float | None:
    """A number with at most six digits on either side of a point or comma, or None."""
    text = text.strip()
    return float(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else None


def prose(text: str) -> str:
    """Free text with its line breaks made plain and control characters taken out."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
