"""Days, numbers and lists as a language has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from gettext import NullTranslations
from pathlib import Path

import pytest

from app import languages
from coach.errors import StridewellError
from coach.profile import Gear
from coach.week import Dose
from language.catalogue import spoken
from language.library import Library, UnknownLanguage
from language.loads import grown, load_parts, load_text, weight
from language.templates import mirrored, translated
from language.tongue import ENGLISH, Tongue
from mail import words
from tests.language.test_translations import CATALOGUE
from tests.mail.letters import RENDERER
from tests.mail.sample_abroad import GERMAN, MIRRORED, a_letter_in

MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("tongue", "day", "span", "listed", "number"),
    [
        (ENGLISH, "Monday 30 November", "30\u00a0November – 6\u00a0December", "a, b and c", "12.5"),
        (GERMAN, "Montag, 30. November", "30.\u00a0November – 6.\u00a0Dezember", "a, b und c", "12,5"),
    ],
)
def test_days_lists_and_decimal_marks_follow_the_language(
    tongue: Tongue, day: str, span: str, listed: str, number: str
) -> None:
    assert words.a_day(MONDAY, tongue) == day
    assert words.a_span(MONDAY, tongue) == span
    assert tongue.listed(["a", "b", "c"]) == listed
    assert tongue.decimal(12.5) == number
    assert tongue.decimal(12.0) == "12"


def test_no_language_has_the_months_of_the_one_that_was_read_before() -> None:
    read = {"he": "אוגוסט", "nl": "augustus", "it": "agosto", "sv": "augusti"}
    found = {code: Tongue(code, code, NullTranslations()) for code in read}
    assert {code: tongue.day(date(2026, 8, 1), "LLLL") for code, tongue in found.items()} == read
    assert [tongue.months()[7] for tongue in found.values()] == list(read.values())


def test_loads_keep_their_unit_and_take_the_words_of_the_language() -> None:
    dose = Dose(3, 10, 12.5, Gear.DUMBBELLS)
    assert load_text(dose, "kg", GERMAN) == "12,5 kg Kurzhanteln"
    assert load_parts(dose, "kg", GERMAN) == ("12,5\u00a0kg", "Kurzhanteln")
    assert weight(2.0, "lb", GERMAN) == "4,5 lb"
    assert load_text(Dose(3, 10, 6.0, Gear.BAND), "kg", GERMAN) == "mittleres Band"
    assert grown(replace(dose, load_kg=10.0), dose, "kg", GERMAN) == "10 → 12,5 kg Kurzhanteln"


def test_small_numbers_are_words_and_one_is_told_as_one() -> None:
    assert GERMAN.counted("one set", "%(count)s sets", 1) == "ein Satz"
    assert GERMAN.counted("one set", "%(count)s sets", 3) == "drei Sätze"
    assert GERMAN.counted("one set", "%(count)s sets", 12) == "12 Sätze"


def test_only_english_lowers_and_counts_names_within_a_sentence() -> None:
    assert (ENGLISH.several("Leg press"), GERMAN.several("Beinpresse")) == ("leg presses", "Beinpresse")
    assert (ENGLISH.within("Side plank"), GERMAN.within("Seitstütz")) == ("side plank", "Seitstütz")
    assert words.running_on("An der Ferse sticht es.", GERMAN) == "An der Ferse sticht es."


def test_a_language_has_the_name_its_speakers_give_it() -> None:
    assert (ENGLISH.name, GERMAN.name) == ("English", "Deutsch")
    assert (ENGLISH.direction, GERMAN.direction, MIRRORED.direction) == ("ltr", "ltr", "rtl")


def test_a_language_nobody_has_translated_is_named_with_those_there_are() -> None:
    assert languages.library().codes[:2] == ("en", "de")
    with pytest.raises(UnknownLanguage, match="'xx' is none of en, de"):
        languages.library().tongue("xx")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "mail.po").write_text("not a file of translations\n", encoding="utf-8")
    with pytest.raises(UnknownLanguage, match=r"fr/mail\.po"):
        Library(tmp_path).tongue("fr")


def test_the_catalogue_in_another_language_differs_in_words_only() -> None:
    german = spoken(CATALOGUE, GERMAN)
    assert spoken(CATALOGUE, ENGLISH) is CATALOGUE
    assert spoken(CATALOGUE, GERMAN) is german
    assert spoken(german, GERMAN) is german
    assert german.by_slug["split-squat"].name == "Split-Kniebeuge"
    prose = {"name", "purpose", "how", "feel", "cue", "carry_over", "stop_if"}
    for ours, theirs in zip(CATALOGUE.exercises, german.exercises, strict=True):
        assert replace(theirs, **{name: getattr(ours, name) for name in prose}) == ours


# ---- templates


def test_words_are_put_into_a_template_when_it_is_read() -> None:
    source = '<html lang="en"><p>{% trans weekday=session.weekday %}How was {{ weekday }}?{% endtrans %}</p>{{ _("Easy") | upper }}'
    assert translated(source, GERMAN) == (
        '<html lang="de"><p>Wie war es am {{ session.weekday }}?</p>{{ "Leicht" | upper }}'
    )
    assert translated(source, ENGLISH) == ('<html lang="en"><p>How was {{ session.weekday }}?</p>{{ "Easy" | upper }}')
    assert translated('{{ _("Hello %(name)s,", name=letter.name) }}', GERMAN) == '{{ ("Hallo " ~ letter.name ~ ",") }}'
    assert translated('<html lang="en">', MIRRORED) == '<html lang="ar" dir="rtl">'


def test_a_translation_that_asks_for_what_is_not_given_is_named() -> None:
    with pytest.raises(StridewellError, match=r"names %\(weekday\)s, which is not given. Take one of day"):
        translated('{{ _("How was %(weekday)s?", day=session.day) }}', GERMAN)


def test_left_and_right_change_places_for_a_language_that_begins_at_the_right() -> None:
    turned = mirrored('<td align="right" style="padding:1px 2px 3px 4px;text-align:left">left</td>')
    assert turned == '<td align="left" style="padding:1px 4px 3px 2px;text-align:right">left</td>'
    assert mirrored("<style>.a { border-left: 3px; margin: 0 0 8px 16px }</style>") == (
        "<style>.a { border-right: 3px; margin: 0 16px 8px 0 }</style>"
    )


def test_a_mail_says_which_way_its_lines_run() -> None:
    html = RENDERER.weekly(a_letter_in(MIRRORED)).html
    assert '<html lang="ar" dir="rtl">' in html
    assert "text-align:right" in html
    assert "border-right: 3px" in html or "border-right:3px" in html


def test_the_weekly_mail_in_german_has_german_days_and_decimals() -> None:
    mail = RENDERER.weekly(a_letter_in(GERMAN))
    assert mail.subject == "Woche 7: Kraft am Dienstag und Freitag"
    assert "21,1 km in sieben Wochen, am Sonntag, 17. Januar" in mail.text.replace("\u00a0", " ")
    assert "12,5 kg Kurzhanteln" in mail.text
    assert "12.5" not in mail.text + mail.html


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", "de"),
        ("fr,de;q=0.4,en;q=0.3", "de"),
        ("en-GB,de;q=0.9", "en"),
        ("fr", "en"),
        ("de;q=0", "en"),
        ("de;q=x,,;;=", "en"),
        ("", "en"),
    ],
)
def test_the_browsers_language_is_taken_where_there_is_one(accepted: str, language: str) -> None:
    assert languages.wanted(accepted) == language
