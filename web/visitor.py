"""The language of somebody who opens a page: what their browser asks for, while nobody knows who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import languages

if TYPE_CHECKING:
    from starlette.requests import Request

    from language.tongue import Tongue


def tongue_of(request: Request) -> Tongue:
    """By the header Accept-Language; English when it asks for none there is."""
    return languages.library().tongue(languages.wanted(request.headers.get("accept-language", "")))
