"""What a person meets of a page, a mail or a picture: its text, and what is read out in place of what is seen."""

from __future__ import annotations

import json
from html.parser import HTMLParser

READ_OUT = frozenset({"alt", "aria-label", "title", "placeholder", "content"})
NOT_READ = frozenset({"style", "script"})
PROPER_NAMES = frozenset({"time_zone"})
"""Choices that are names of places, the same in every language."""
NOT_WORDS = frozenset({"slug", "key", "followed", "unit", "steps"})
"""Data of a page that its script alone reads."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.within: list[str] = []
        self.data = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = {name: value or "" for name, value in attrs}
        if tag in NOT_READ or have.get("name") in PROPER_NAMES:
            self.within.append(tag)
        read_out = READ_OUT - {"content"} if tag == "meta" else READ_OUT
        self.found += [value for name, value in have.items() if name in read_out]
        if tag == "input" and have.get("type") in {"submit", "button"}:
            self.found.append(have.get("value", ""))
        if have.get("type") == "application/json":
            self.data = "begins"

    def handle_endtag(self, tag: str) -> None:
        if self.within and self.within[-1] == tag:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if self.data == "begins":
            self.found += _strings(json.loads(data))
            self.data = ""
        elif not self.within:
            self.found.append(data)


def _strings(of: object) -> list[str]:
    if isinstance(of, dict):
        return [text for name, value in of.items() if name not in NOT_WORDS for text in _strings(value)]
    if isinstance(of, list):
        return [text for value in of for text in _strings(value)]
    return [of] if isinstance(of, str) and not of.startswith("/") else []


def met(html: str) -> str:
    """The words of a page or drawing, a line for each piece."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n".join(text for piece in reader.found if (text := " ".join(piece.split())))
