"""A language as the mails and pages speak it: its words, its plurals, its dates, weekdays, lists and decimal marks.

English is what stands in the source, so `ENGLISH` reads no file. The others are read by language/library.py.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cached_property, lru_cache
from gettext import NullTranslations
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from babel import Locale

Direction = Literal["ltr", "rtl"]


def marked(text: str) -> str:
    """The same text. Marks words for translation where they stand in a table and are looked up later."""
    return text


def marked_as(context: str, text: str) -> str:
    """The same text, marked together with the context that `Tongue.pgettext` will look it up in."""
    del context
    return text


_SPELLED = (
    marked_as("how many", "no"),
    marked_as("how many", "one"),
    marked_as("how many", "two"),
    marked_as("how many", "three"),
    marked_as("how many", "four"),
    marked_as("how many", "five"),
    marked_as("how many", "six"),
    marked_as("how many", "seven"),
    marked_as("how many", "eight"),
    marked_as("how many", "nine"),
    marked_as("how many", "ten"),
)
"""Small numbers in a sentence: "two sessions"."""

_NAMES_OF_PEOPLE_AND_PLACES = frozenset({"Copenhagen", "Nordic", "Pallof", "Romanian"})
"""First words of exercises that keep their capital within an English sentence."""
_HEAD_ENDS = (", ", " with ", " off ")
"""What follows these describes the exercise further and takes no English plural: "step-ups with knee drive"."""


class Tongue:
    """One language. code: as in translations/, "de". dates: the locale of its dates and numbers. One object a language, told apart by identity."""

    def __init__(self, code: str, dates: str, words: NullTranslations) -> None:
        self.code = code
        self._dates = dates
        self._words = words

    @cached_property
    def locale(self) -> Locale:
        from babel import Locale, localedata

        locale = Locale.parse(self._dates)
        # What languages inherit is one object for all of them, and Babel writes into it what it found for the first: the next
        # would have that one's months. So each gets a copy of its own before anything is looked up.
        data = localedata.load(str(locale))
        data.update(deepcopy(data))
        return locale

    @cached_property
    def direction(self) -> Direction:
        """Which way its lines run."""
        return "rtl" if self.code != "en" and self.locale.text_direction == "rtl" else "ltr"

    @property
    def is_english(self) -> bool:
        return self.code == "en"

    @property
    def name(self) -> str:
        """What its speakers call it: "English", "Deutsch"."""
        found = self.locale.language_name or self.code
        return f"{found[:1].upper()}{found[1:]}"

    # ---- words; with values given, %(name)s is filled in

    def gettext(self, text: str, /, **values: object) -> str:
        found = self._words.gettext(text)
        return found % values if values else found

    def pgettext(self, context: str, text: str, /, **values: object) -> str:
        """context: tells apart what English says alike."""
        found = self._words.pgettext(context, text)
        return found % values if values else found

    def ngettext(self, one: str, many: str, number: float, /, **values: object) -> str:
        """One sentence for each grammatical number of the language; only 1 is "one" in English."""
        found = self._words.ngettext(one, many, whole if (whole := int(number)) == number else 2)
        return found % values if values else found

    def counted(self, one: str, many: str, number: int, /) -> str:
        """Like "two sessions" or "14 sessions", with the number as %(count)s."""
        return self.ngettext(one, many, number, count=self.spelled(number))

    def spelled(self, number: int) -> str:
        """A small number as a word."""
        return self.pgettext("how many", _SPELLED[number]) if 0 <= number < len(_SPELLED) else str(number)

    # ---- numbers, dates and lists

    def decimal(self, number: float) -> str:
        """A number without needless zeros: "12", "12.5", "12,5"."""
        return _decimal(self, float(number))

    @cached_property
    def decimal_mark(self) -> str:
        """What stands before the tenths: "." or ","."""
        return self.decimal(0.5)[1]

    def whole(self, number: int) -> str:
        """A count with its thousands apart: "1,234", "1.234"."""
        return _whole(self, number)

    def day(self, day: date, pattern: str) -> str:
        """A day by a pattern of the CLDR, which is a message too: "EEEE d MMMM" gives "Tuesday 24 November"."""
        return _day(self, day, pattern)

    def weekday(self, day: int) -> str:
        """0 is Monday."""
        return self._weekdays[day]

    def weekday_in_short(self, day: int) -> str:
        """As a calendar heads its columns: "Mon", "Mo"."""
        return self._short_weekdays[day]

    def months(self) -> Sequence[str]:
        """January first, as they stand alone."""
        return [self.locale.months["stand-alone"]["wide"][month] for month in range(1, 13)]

    def listed(self, things: Sequence[str]) -> str:
        """Like "Tuesday", "Tuesday and Friday" or "Tuesday, Thursday and Sunday"."""
        return _listed(self, tuple(things), "standard")

    def either(self, things: Sequence[str]) -> str:
        """Like "Tuesday, Thursday or Sunday"."""
        return _listed(self, tuple(things), "or")

    @cached_property
    def _weekdays(self) -> tuple[str, ...]:
        return tuple(self.locale.days["stand-alone"]["wide"][day] for day in range(7))

    @cached_property
    def _short_weekdays(self) -> tuple[str, ...]:
        return tuple(self.locale.days["stand-alone"]["abbreviated"][day] for day in range(7))

    # ---- names of exercises in a sentence

    def within(self, name: str) -> str:
        """An exercise's name after other words: "side plank", "Copenhagen plank, short lever". Only English lowers it."""
        first = name.partition(" ")[0]
        return name if not self.is_english or first in _NAMES_OF_PEOPLE_AND_PLACES else name[:1].lower() + name[1:]

    def several(self, name: str) -> str:
        """An exercise's name in the English plural, within a sentence: "leg presses", "step-ups with knee drive"; as it is elsewhere."""
        if not self.is_english:
            return name
        name = self.within(name)
        cut = min((at for end in _HEAD_ENDS if (at := name.find(end)) > 0), default=len(name))
        head, rest = name[:cut], name[cut:]
        return f"{head}{'es' if head.endswith(('s', 'x', 'ch', 'sh')) else 's'}{rest}"


ENGLISH = Tongue("en", "en_GB", NullTranslations())


# Runners share their days and numbers, and each costs Babel tens of microseconds.


@lru_cache(maxsize=4096)
def _decimal(tongue: Tongue, number: float) -> str:
    if tongue.is_english or number.is_integer():
        return f"{number:g}"
    from babel.numbers import format_decimal

    return format_decimal(number, "0.######", locale=tongue.locale, numbering_system="latn")


@lru_cache(maxsize=4096)
def _whole(tongue: Tongue, number: int) -> str:
    if tongue.is_english or number < 1000:
        return f"{number:,}"
    from babel.numbers import format_decimal

    return format_decimal(number, "#,##0", locale=tongue.locale, numbering_system="latn")


@lru_cache(maxsize=4096)
def _day(tongue: Tongue, day: date, pattern: str) -> str:
    from babel.dates import format_date

    return format_date(day, tongue.gettext(pattern), locale=tongue.locale)


@lru_cache(maxsize=4096)
def _listed(tongue: Tongue, things: tuple[str, ...], style: Literal["standard", "or"]) -> str:
    if len(things) < 2:
        return "".join(things)
    from babel.lists import format_list

    return format_list(things, style=style, locale=tongue.locale)
