"""Templates in a language: their words are put in when a template is read, so that a mail or page costs the same in every language.

Words stand in templates as Jinja's i18n extension has them, and its extractor finds them:

    {% trans %}See all your progress{% endtrans %}
    {% trans weekday=session.weekday %}How was {{ weekday }}?{% endtrans %}
    {{ _("Stop with about %(left)s left", left=exercise.left) | wrap }}

A translation may hold markup where the English does, and its placeholders in any order. Values are escaped as everywhere else.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from coach.errors import StridewellError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from language.tongue import Tongue

_TRANS = re.compile(r"\{%-? *trans\b(?P<given>[^%]*)%\}(?P<body>.*?)\{% *endtrans *-?%\}", re.DOTALL)
_GIVEN = re.compile(r"""([a-z_]+) *= *("[^"]*"|[^,\s]+)""")
_SHOWN = re.compile(r"\{\{ *([a-z_]+) *\}\}")
_PLACE = re.compile(r"%\(([a-z_]+)\)s|%%")
_CALL = re.compile(r'(?<![\w.])_\( *("(?:[^"\\]|\\.)*")((?: *, *[a-z_]+=[a-z_.]+)*) *\)')
_ENGLISH_PAGE = re.compile(r'<html lang="en(-GB)?">')
_DIRECTIONS = {"ltr": "", "rtl": ' dir="rtl"'}
_SPACE = re.compile(r"\s*\n\s*")


def translated(source: str, tongue: Tongue) -> str:
    """A template's source with its words in this language."""
    if not tongue.is_english:
        source = _ENGLISH_PAGE.sub(f'<html lang="{tongue.code}"{_DIRECTIONS[tongue.direction]}>', source)
    source = _TRANS.sub(lambda found: _sentence(found, tongue), source)
    return _CALL.sub(lambda found: _expression(found, tongue), source)


def _expression(found: re.Match[str], tongue: Tongue) -> str:
    """A call of `_` as what it comes to: a constant, or its parts joined, so that a mail pays for nothing but the joining."""
    shown = tongue.gettext(json.loads(found[1]))
    given = dict(_GIVEN.findall(found[2]))
    if not given:
        return _constant(shown)
    parts = _PLACE.split(shown.replace("%%", "%"))
    joined = " ~ ".join(
        _value(part, given, shown, tongue) if at % 2 else _constant(part) for at, part in enumerate(parts)
    )
    return f"({joined})"


def _constant(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _value(name: str, given: Mapping[str, str], shown: str, tongue: Tongue) -> str:
    if name not in given:
        raise StridewellError(
            f"template: {shown[:60]!r} in {tongue.code} names %({name})s, which is not given. Take one of {', '.join(given)}."
        )
    return given[name]


def _sentence(found: re.Match[str], tongue: Tongue) -> str:
    given = dict(_GIVEN.findall(found["given"]))
    body = _SPACE.sub(" ", found["body"].strip()).replace("%", "%%")
    shown = tongue.gettext(_SHOWN.sub(r"%(\1)s", body))

    def put_in(place: re.Match[str]) -> str:
        name = place[1]
        if name is None:
            return "%"
        return f"{{{{ {_value(name, given, shown, tongue)} }}}}"

    return _PLACE.sub(put_in, shown)


_SIDE = re.compile(r"\b(left|right)\b")
_SIDED = re.compile(r'(style="[^"]*"|\balign="(?:left|right)"|<style>.*?</style>)', re.DOTALL)
_FOUR = re.compile(r"\b(padding|margin)(: ?)([^;:\"}\s]+) ([^;:\"}\s]+) ([^;:\"}\s]+) ([^;:\"}\s]+)(?=[;\"}! ])")


def mirrored(html: str) -> str:
    """HTML with left and right exchanged in its styles and alignments, for a language that is written from right to left.

    Mail programs do without logical properties (`padding-inline-start`), so that there is one set of styles, for lines from left to right.
    """

    def turned(found: re.Match[str]) -> str:
        sided = _SIDE.sub(lambda side: "left" if side[1] == "right" else "right", found[1])
        return _FOUR.sub(r"\1\2\3 \6 \5 \4", sided)

    return _SIDED.sub(turned, html)
