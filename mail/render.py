"""Templates to mail: subject, text and HTML from a letter.

CSS is inlined once, when a template is loaded, never per mail. For that the Jinja tags of the HTML templates stand in
HTML comments (`<!--{% if … %}-->`): the inliner parses HTML and would move bare tags out of tables. The comment marks
go after inlining, and so do classes that no media query asks for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from pathlib import Path
from string import ascii_lowercase, digits
from typing import Final, Protocol

from css_inline import CSSInliner
from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound, nodes
from markupsafe import _escape_inner, escape  # type: ignore[attr-defined]

from language.templates import mirrored, translated
from language.tongue import Tongue
from mail import lighter
from mail.letter import WeeklyLetter
from mail.lines import LONGEST_LINE, fit
from mail.reply import SafetyLetter

TEXT_COLUMNS = 72
HEAVIEST: Final = 40_000
"""Octets of HTML: some programs cut long mails, and a phone far from town loads slowly."""

_STYLES = "_base/inline.css"
_LAYOUT = "_base/layout.html.j2"
_TAG = re.compile(r"<!--(\{[%#].*?[%#]\})-->", re.DOTALL)
_BARE_TAG = re.compile(r"(\{[{%].*?[%}]\})", re.DOTALL)
_CLASS = re.compile(r' class="([^"]*)"')
_ASKED_FOR = re.compile(r"\.([a-z][\w-]*)")
_INCLUDE = re.compile(r'(?:<!--)?\{% include "([a-z_/.0-9-]+)" %\}(?:-->)?\n?')
_STYLE = re.compile(r"(\n<style>)(.*?)(</style>)", re.DOTALL)
_BLANKS = re.compile(r"[ ]*([{};:,!])[ ]*")
_TABLE_BODY = re.compile(r"</?tbody>")
"""The inliner's parser puts one into every table; HTML reads a table alike without it."""
_BETWEEN_CELLS = re.compile(r"(<(?:/td|/?table|tr)\b[^>]*>)\n(?=</?(?:table|tr|td)\b)")
"""Between the parts of a table a line end shows nothing, and there are hundreds; each row keeps one, as mail wants short lines."""
_MARKUP = re.compile(r"</?[a-z]+>")
_INDENT = re.compile(r"\n\s+")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail in words. subject: one line. text, html: CRLF line ends; no HTML line is longer than 998 octets in ASCII."""

    subject: str
    text: str
    html: str


class Titled(Protocol):
    """A letter that says which folder of templates it is written with, and in which language."""

    @property
    def template(self) -> str: ...

    @property
    def tongue(self) -> Tongue: ...


class Renderer:
    """Renders letters with the templates of a folder (templates/email). Templates are read, translated and compiled on first use."""

    def __init__(self, templates: Path) -> None:
        self._templates = templates
        self._environments: dict[Tongue, Environment] = {}

    def weekly(self, letter: WeeklyLetter) -> Rendered:
        """The weekly mail. Its HTML leaves out what it must to weigh no more than HEAVIEST; the text tells everything."""
        mail = self._render("weekly", letter)
        if weight(mail.html) <= HEAVIEST:
            return mail
        for version in lighter.versions(letter):
            html = self.in_full(version)
            if weight(html) <= HEAVIEST:
                break
        return replace(mail, html=html)

    def in_full(self, letter: WeeklyLetter) -> str:
        """The HTML of a weekly mail that tells everything, whatever it weighs."""
        return self._html("weekly", letter)

    def safety(self, letter: SafetyLetter) -> Rendered:
        return self._render("safety", letter)

    def render(self, letter: Titled) -> Rendered:
        """A mail that names its folder of templates."""
        return self._render(letter.template, letter)

    def _environment(self, tongue: Tongue) -> Environment:
        found = self._environments.get(tongue)
        if found is None:
            found = self._environments[tongue] = self._made(tongue)
        return found

    def _made(self, tongue: Tongue) -> Environment:
        environment = _Environment(
            loader=_InliningLoader(self._templates, tongue),
            autoescape=lambda name: name is not None and name.endswith(".html.j2"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            newline_sequence="\r\n",
            auto_reload=False,
        )
        environment.filters |= {"wrap": wrap, "plain": plain, "column": column}
        return environment

    def _render(self, mail: str, letter: WeeklyLetter | SafetyLetter | Titled) -> Rendered:
        template = self._environment(letter.tongue).get_template
        return Rendered(
            subject=" ".join(template(f"{mail}/subject.txt.j2").render(letter=letter).split()),
            text=template(f"{mail}/body.txt.j2").render(letter=letter).strip() + "\r\n",
            html=self._html(mail, letter),
        )

    def _html(self, mail: str, letter: WeeklyLetter | SafetyLetter | Titled) -> str:
        return fold_html(self._environment(letter.tongue).get_template(f"{mail}/body.html.j2").render(letter=letter))


@lru_cache(maxsize=4096)
def wrap(text: str, indent: str = "", first: str | None = None) -> str:
    """Text in lines of at most 72 columns; a longer word (a link) keeps a line of its own.

    indent: put before each line; first: before the first line instead.
    """
    lines = []
    lead = indent if first is None else first
    while len(lead) + len(text) > TEXT_COLUMNS:
        cut = text.rfind(" ", 0, TEXT_COLUMNS - len(lead) + 1)
        if cut <= 0:
            cut = text.find(" ")
            if cut < 0:
                break
        lines.append(lead + text[:cut])
        text = text[cut + 1 :]
        lead = indent
    lines.append(lead + text)
    return "\r\n".join(lines)


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """A sentence without its markup, for the text part: "<b>Nothing new</b>: …" is translated once."""
    return _MARKUP.sub("", text)


def column(text: str) -> str:
    """The words of an answer, as wide as the widest usually is, so that the links stand below one another."""
    return f"{text:13}"


def fold_html(html: str) -> str:
    """HTML whose lines fit into mail: a line of more than 998 octets is broken at spaces, which HTML reads alike."""
    if fit(_octets(html)):
        return html
    return "\r\n".join(line if len(_octets(line)) <= LONGEST_LINE else _folded(line) for line in html.split("\r\n"))


def _folded(line: str) -> str:
    parts: list[str] = []
    length = LONGEST_LINE
    for word in line.split(" "):
        more = len(_octets(word)) + 1
        if length + more > LONGEST_LINE:
            parts.append(word)
            length = more
        else:
            parts[-1] += " " + word
            length += more
    return "\r\n".join(parts)


def weight(html: str) -> int:
    """Octets of HTML as the mail will carry it."""
    return len(_octets(html))


def _octets(html: str) -> bytes:
    """As the mail will carry it: ASCII, other characters as references."""
    return html.encode("ascii", "xmlcharrefreplace")


class _Environment(Environment):
    """Compiles templates to the same code with two quicker helpers; a third of a mail's time.

    Values are only joined, so none has to become a Markup object when it is escaped, and a letter is objects all the way
    down, so an attribute needs no fallback to an item. Should a later Jinja write other code, its own escape simply stays.
    """

    getattr = staticmethod(getattr)  # type: ignore[assignment]

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        code = super()._generate(source, name, filename, defer_init=defer_init)
        return "from mail.render import escaped\n" + code.replace("yield escape(", "yield escaped(")


def escaped(value: object) -> str:
    """A value as HTML text, or as the value of an attribute in quotes."""
    return _escape_inner(value) if type(value) is str else str(escape(value))


class _InliningLoader(BaseLoader):
    """Reads templates below a folder in one language, with what they include put in; HTML ones come out with `_base/inline.css` inlined.

    Jinja's own include costs 10 µs each time it is come by: a sixth of a mail.
    """

    def __init__(self, folder: Path, tongue: Tongue) -> None:
        self._folder = folder
        self._tongue = tongue

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        del environment
        path = self._folder / template
        if ".." in Path(template).parts or not path.is_file():
            raise TemplateNotFound(template)
        source = translated(self._whole(path.read_text(encoding="utf-8")), self._tongue)
        if template.endswith(".html.j2"):
            css = (self._folder / _STYLES).read_text(encoding="utf-8")
            source = inlined(source, css, short_names(_head_styles(self._folder)))
            if self._tongue.direction == "rtl":
                source = mirrored(source)
        return source, str(path), lambda: True

    def _whole(self, source: str) -> str:
        def put_in(found: re.Match[str]) -> str:
            return self._whole((self._folder / found[1]).read_text(encoding="utf-8"))

        return _INCLUDE.sub(put_in, source)


def short_names(styles: str) -> dict[str, str]:
    """For each class that styles ask for the shortest name: a mail has hundreds of them, which nobody reads.

    A letter, then a letter and a digit: two letters would come to "ad", which some browsers hide.
    """
    names = (*ascii_lowercase, *map("".join, product(ascii_lowercase, digits)))
    return dict(zip(dict.fromkeys(_ASKED_FOR.findall(styles)), names, strict=False))


def inlined(source: str, css: str, classes: Mapping[str, str]) -> str:
    """An HTML template with its styles inlined, tags bare again. classes: those to keep, and what each is called from then on."""
    if "<html" in source:
        html = CSSInliner(extra_css=css, inline_style_tags=False, keep_style_tags=True, minify_css=True).inline(source)
    else:
        html = CSSInliner(minify_css=True).inline_fragment(source, css)
    html = _STYLE.sub(lambda found: found[1] + _renamed(_BLANKS.sub(r"\1", found[2]), classes) + found[3], html)
    html = _TABLE_BODY.sub("", _TAG.sub(r"\1", html))
    html = _INDENT.sub("\n", _CLASS.sub(lambda found: _kept(found, classes), html))
    html = _BETWEEN_CELLS.sub(r"\1", html)
    # References once here, rather than once a mail: mail carries ASCII.
    return "".join(part if part.startswith("{") else _octets(part).decode() for part in _BARE_TAG.split(html))


def _renamed(styles: str, classes: Mapping[str, str]) -> str:
    return _ASKED_FOR.sub(lambda found: f".{classes[found[1]]}", styles).replace(";}", "}")


def _kept(found: re.Match[str], classes: Mapping[str, str]) -> str:
    kept = " ".join(classes[name] for name in found[1].split() if name in classes)
    return f' class="{kept}"' if kept else ""


def _head_styles(folder: Path) -> str:
    """The style blocks of the layout: what stays in the head of every mail."""
    return "".join(found[2] for found in _STYLE.finditer((folder / _LAYOUT).read_text(encoding="utf-8")))
