"""The sample runners answer their mail as a person would: open the link in it, choose, save."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx

from coach.errors import StridewellError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mail.mailbox_letters import KeptLetter

TAPS = {"easy": "e", "about right": "r", "hard": "h", "didn't do it": "n"}
"""What a runner taps, and the letter it has in a mail's link."""
CHOSEN = {"easy": "easy", "about right": "right", "hard": "hard", "didn't do it": "skipped"}


@dataclass(frozen=True, slots=True)
class Answer:
    """taps: a word a session, the last one for all that follow. more: other fields of the page, in words: their values.

    "first.left" and the like mean the first exercise of the first session.
    """

    taps: tuple[str, ...]
    more: Mapping[str, str]
    said: str


ANSWERS: Mapping[str, Answer] = {
    "maya.lindqvist": Answer(("about right",), {}, "about right"),
    "tom.okafor": Answer(("easy",), {"first.left": "5"}, "easy, 5 or more left"),
    "claire.dubois": Answer(("about right", "hard"), {"pain.knee.level": "5"}, "right, hard; knee 5/10"),
    "jesse.redhawk": Answer(("easy", "didn't do it"), {}, "easy, then not done"),
    "henrik.aas": Answer(("hard",), {}, "hard"),
    "priya.raman": Answer(("about right",), {}, "about right"),
    "sam.oneill": Answer(("easy",), {}, "easy"),
    "noa.levi": Answer(("didn't do it",), {}, "didn't do it"),
    "ana.ferreira": Answer(("about right",), {}, "about right"),
    "liam.walker": Answer(("easy",), {"tight": "calf"}, "easy; calf tight"),
    "grace.mwangi": Answer(("hard",), {"soreness": "8"}, "hard; soreness 8/10"),
    "kenji.morita": Answer(("about right", "easy"), {"first.left": "2"}, "right, easy; 2 left"),
    "dmitri.kalnins": Answer(("easy",), {}, "easy"),
    "aroha.tane": Answer(("about right",), {"sleep": "4"}, "about right"),
    "tess.vandermeer": Answer(("about right",), {"pain.foot.level": "6"}, "right; foot 6/10"),
}
USUAL = Answer(("about right",), {}, "about right")


class NoLink(StridewellError):
    """A mail has no answer link, or the page behind it cannot be used."""


def answer_of(address: str) -> Answer:
    """What the runner of this address answers."""
    return ANSWERS.get(address.partition("@")[0], USUAL)


def give(letter: KeptLetter, answer: Answer, web_url: str) -> None:
    """Follow the signed link of a delivered mail to the running web app, fill the page and save it.

    web_url: where the app listens here, as PUBLIC_URL may lead elsewhere. Raises NoLink when any step fails.
    """
    link = _link(letter, answer)
    with httpx.Client(base_url=web_url, timeout=30) as browser:
        page = browser.get(link)
        if page.status_code != httpx.codes.OK:
            raise NoLink(f"{letter.name}: the page behind its link answered {page.status_code}.")
        form = _Form()
        form.feed(page.text)
        saved = browser.post(urlsplit(link).path, data=_filled(form, answer))
        if saved.status_code != httpx.codes.OK:
            raise NoLink(f"{letter.name}: saving the answer gave {saved.status_code}.")


def _link(letter: KeptLetter, answer: Answer) -> str:
    """The path and query of the link for the first tap, else of any answer link."""
    links = [urlsplit(x) for x in letter.links if urlsplit(x).path.startswith("/a/")]
    wanted = f"c={TAPS[answer.taps[0]]}" if answer.taps else ""
    for parts in sorted(links, key=lambda x: wanted not in x.query):
        return parts.path + (f"?{parts.query}" if parts.query else "")
    raise NoLink(f"{letter.name}: there is no answer link in this mail.")


def _filled(form: _Form, answer: Answer) -> dict[str, list[str]]:
    fields = dict(form.values)
    sessions = [name for name in form.names if name.endswith(".effort")]
    for n, name in enumerate(sessions):
        if answer.taps:
            fields[name] = [CHOSEN[answer.taps[min(n, len(answer.taps) - 1)]]]
    for name, value in answer.more.items():
        real = name
        if name.startswith("first."):
            real = next(
                x
                for x in form.names
                if x.startswith("s0.") and x.count(".") == 2 and x.endswith(name.removeprefix("first"))
            )
        if real not in form.names:
            raise NoLink(f"the answer page has no field {real}.")
        fields[real] = [value]
    return fields


class _Form(HTMLParser):
    """The fields of a page's form with the values a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, None] = {}
        self.values: dict[str, list[str]] = {}
        self._select = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {k: v or "" for k, v in attrs}
        name = given.get("name", "")
        if tag == "input" and name:
            self.names[name] = None
            if given.get("type") not in {"radio", "checkbox"} or "checked" in given:
                self.values.setdefault(name, []).append(given.get("value", ""))
        elif tag == "select":
            self._select = name
            self.names[name] = None
        elif tag == "option" and self._select and "selected" in given:
            self.values[self._select] = [given.get("value", "")]
        elif tag == "textarea":
            self._text = name
            self.names[name] = None

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values.setdefault(self._text, [""])[0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""
