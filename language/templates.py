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
    from language.tongue import Tongue

_TRANS = re.compile(r"\{%-? *trans\b(?P<given>[^%]*)%\}(?P<body>.*?)\{% *endtrans *-?%\}", re.DOTALL)
_GIVEN = re.compile(r"""([a-z_]+) *= *("[^"]*"|[^,\s]+)""")
_SHOWN = re.compile(r"\{\{ *([a-z_]+) *\}\}")
_PLACE = re.compile(r"%\(([a-z_]+)\)s|%%")
_CALL = re.compile(r'(?<![\w.])_\( *("(?:[^"\\]|\\.)*")')
_ENGLISH_PAGE = re.compile(r'<html lang="en(-GB)?">')
_DIRECTIONS = {"ltr": "", "rtl": ' dir="rtl"'}
_SPACE = re.compile(r"\s*\n\s*")


def filled(text: str, **values: object) -> str:
    """What `_` does in a template once its text is translated: fills in %(name)s."""
    return text % values if values else text


def translated(source: str, tongue: Tongue) -> str:
    """A template's source with its words in this language. Templates need `filled` as their `_`."""
    if not tongue.is_english:
        source = _ENGLISH_PAGE.sub(f'<html lang="{tongue.code}"{_DIRECTIONS[tongue.direction]}>', source)
    source = _TRANS.sub(lambda found: _sentence(found, tongue), source)
    return _CALL.sub(lambda found: f"_({json.dumps(tongue.gettext(json.loads(found[1])), ensure_ascii=False)}", source)


def _sentence(found: re.Match[str], tongue: Tongue) -> str:
    given = dict(_GIVEN.findall(found["given"]))
    body = _SPACE.sub(" ", found["body"].strip()).replace("%", "%%")
    shown = tongue.gettext(_SHOWN.sub(r"%(\1)s", body))

    def put_in(place: re.Match[str]) -> str:
        name = place[1]
        if name is None:
            return "%"
        if name not in given:
            raise StridewellError(
                f"template: {shown[:60]!r} in {tongue.code} names %({name})s, which is not given. Take one of {', '.join(given)}."
            )
        return f"{{{{ {given[name]} }}}}"

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
