"""The progress page, the card and the calendar of a runner who reads German."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from icalendar import Calendar
from PIL import Image
from playwright.sync_api import sync_playwright

from coach.profile import Race
from language import gathering
from language.tongue import Tongue
from tests.builders import MONDAY, a_profile, a_session, a_subscriber, a_week
from tests.conftest import ROOT
from tests.language.reading import met
from tests.language.test_translations import CATALOGUE
from tests.mail.sample_abroad import GERMAN, MIRRORED
from tests.web.chromium import OUT_OF_ITS_CHART, chromium, served
from tests.web.conftest import Website
from tests.web.seasons import a_season
from tests.web.test_calendar_feed import events_of, feed_of
from tests.web.test_in_german import WIDTHS
from tests.web.test_progress import path_of
from web import year_card
from web.looking_back import Record, WeekDone

_PLACE = re.compile(r"%\\?\(\w+\\?\)s")


@pytest.fixture
def german(open_website: Callable[..., Website]) -> Website:
    website = open_website(a_subscriber(language="de", profile=a_profile(race=Race(MONDAY + timedelta(days=6), 42.2))))
    a_season(website, 14)
    return website


def sentences() -> dict[str, re.Pattern[str]]:
    """All English that German says otherwise, as patterns of a whole line: every text gathered for translators that has words of its own."""
    found = {}
    for messages in gathering.gathered(ROOT, CATALOGUE).values():
        for message in messages:
            for text in [message.id] if isinstance(message.id, str) else message.id:
                plain = text.replace("%%", "%")
                if GERMAN.gettext(text) != text and re.search(r"[A-Za-z]{3,}", _PLACE.sub("", plain)):
                    found[text] = re.compile(_PLACE.sub(".+", re.escape(plain)), re.DOTALL)
    return found


def test_no_english_is_left_on_a_germans_progress_page(german: Website, open_website: Callable[..., Website]) -> None:
    """What an English reader's page says is looked for on the same page in German."""
    english = open_website()
    a_season(english, 14)
    on_english, on_german = (met(site.get(path_of(site)).text).split("\n") for site in (english, german))
    said = {text: pattern for text, pattern in sentences().items() if any(map(pattern.fullmatch, on_english))}
    assert len(said) > 60
    assert {e.name for e in CATALOGUE.exercises} & set(said)
    assert {"Your progress", "Sessions done, by week", "Pain you told us of", "Save the picture"} < set(said)
    assert [text for text, pattern in said.items() if any(map(pattern.fullmatch, on_german))] == []


def test_dates_decimals_and_loads_are_german(german: Website) -> None:
    page = german.get(path_of(german)).text
    words = met(page)
    assert '<html lang="de">' in page
    assert "August 2026 – November 2026" in words
    assert re.search(r"^17\. Aug\. 2026$", words, re.MULTILINE)
    assert re.search(r"^\d+,\d$", words, re.MULTILINE)
    assert not re.search(r"\d\.\d\b(?!\d*\.)", re.sub(r"\d+\. ", "", words))
    assert re.search(r"kg Kurzhanteln", words)
    assert "Zuletzt: " in words


def test_a_german_who_counts_in_pounds_reads_pounds(open_website: Callable[..., Website]) -> None:
    website = open_website(a_subscriber(language="de", units="lb"))
    a_season(website, 6)
    words = met(website.get(path_of(website)).text)
    assert re.search(r"\d,5 lb Kurzhanteln", words)
    assert " kg" not in words


def test_what_has_expired_is_told_in_the_language_of_the_browser(german: Website) -> None:
    path = path_of(german)
    german.hands["now"] += timedelta(days=60)
    assert "Dieser Link ist aus einer alten Mail" in german.get(path, **{"accept-language": "de"}).text


def test_the_card_is_german_and_so_is_what_is_read_out(german: Website) -> None:
    card = ET.fromstring(german.get(f"{path_of(german)}/year.svg").text)  # noqa: S314 our own answer
    told = card.findtext("{http://www.w3.org/2000/svg}title")
    assert told is not None
    assert told.startswith("Meine Kraft fürs Laufen, August 2026 – November 2026: ")
    assert "Einheiten geschafft" in told
    assert f'alt="{told}"' in german.get(path_of(german)).text


def a_record(weeks: int) -> Record:
    week = WeekDone(MONDAY, 30, 30, answered=True, sets=110, load=None, qualities=())
    return Record((week,) * weeks, (), ())


@pytest.mark.browser
def test_the_picture_to_share_is_made_in_the_browser_and_without_scripts_it_is_the_drawing(
    open_website: Callable[..., Website],
) -> None:
    website = open_website(a_subscriber(language="de"), public_url="http://127.0.0.1")
    a_season(website, 6)
    with sync_playwright() as playwright, served(website.app) as address:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        complaints: list[str] = []
        for scripts, name in ((True, "stridewell-year.png"), (False, "stridewell-year.svg")):
            page = browser.new_page(java_script_enabled=scripts)
            page.on("console", lambda message: complaints.append(message.text))
            page.goto(address + path_of(website))
            if scripts:
                page.locator("a#card[href^='blob:']").wait_for()
            with page.expect_download() as saved:
                page.get_by_role("link", name="Bild speichern").click()
            assert saved.value.suggested_filename == name
            if scripts:
                with Image.open(saved.value.path()) as picture:
                    assert (picture.format, picture.size) == ("PNG", (1080, 1080))
                    assert len(picture.convert("RGB").getcolors(1_000_000) or ()) > 10
        browser.close()
    assert complaints == []


@pytest.mark.browser
def test_long_german_words_stay_on_the_page_and_in_their_chart(open_website: Callable[..., Website]) -> None:
    website = open_website(a_subscriber(language="de"), public_url="http://127.0.0.1")
    a_season(website, 14)
    with sync_playwright() as playwright, served(website.app) as address:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(address + path_of(website))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, "nobody scrolls sideways"
        assert page.evaluate(OUT_OF_ITS_CHART) == []
        browser.close()


@pytest.mark.parametrize("tongue", [GERMAN, MIRRORED])
def test_every_line_of_the_card_stays_on_it(tongue: Tongue) -> None:
    """Letters at half their size are wide; the browser's own are narrower."""
    drawn = year_card.card(a_record(52), tongue)
    for words in drawn.words:
        assert words.x + len(words.text) * words.size * 0.5 <= year_card.SIDE
    thousands = {GERMAN: "5.720", MIRRORED: "5,720"}
    assert thousands[tongue] in {words.text for words in drawn.words}


def test_the_card_begins_at_the_right_where_lines_do() -> None:
    left, right = (year_card.svg(year_card.card(a_record(3), tongue)) for tongue in (GERMAN, MIRRORED))
    assert '<text x="96"' in left
    assert "direction" not in left
    assert '<text x="984" y="240" direction="rtl"' in right
    assert 'xml:lang="ar"' in right


def test_the_calendar_is_german_and_says_so(german: Website) -> None:
    answer = feed_of(german)
    calendar = Calendar.from_ical(answer.content)
    assert not list(calendar.errors)
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert b"SUMMARY;LANGUAGE=de:Krafttraining " in answer.content
    race = next(e for e in calendar.walk("VEVENT") if "Wettkampf" in str(e["summary"]))
    assert str(race["summary"]) == "Wettkampf, 42,2 km"
    first = next(e for e in calendar.walk("VEVENT") if e["dtstart"].dt.date() == MONDAY + timedelta(days=1))
    told = str(first["description"])
    assert re.search(r"Woche 5\n1\. \S.*: \d × \d+.*, pro Seite · ", told)
    assert told.endswith("Der ganze Plan steht in deiner Mail.")
    assert "Der ganze Plan steht in deiner Mail." in str(first["description"])
    assert first["description"].params["LANGUAGE"] == "de"


def test_a_light_session_is_light_in_german(open_website: Callable[..., Website]) -> None:
    website = open_website(a_subscriber(language="de"), a_week(sessions=(a_session(light=True, minutes=20),)))
    assert str(events_of(website)[0]["summary"]) == "Leichtes Krafttraining 20 min"
