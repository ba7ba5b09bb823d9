"""The embedded mailbox, for looking at what would have been sent: only there where no real mail is."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter

from web.pages import Pages


def routes(folder: Path, base: str, pages: Pages) -> APIRouter:
    del folder, base, pages
    return APIRouter()
