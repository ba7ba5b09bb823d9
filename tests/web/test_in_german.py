"""The answer page of a runner who reads German."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import sync_playwright

from coach.answers import Pain
from coach.profile import Region
from tests.builders import a_subscriber
from tests.web.chromium import chromium
from tests.web.conftest import Website

WIDTHS = (320, 375, 1280)


@pytest.fixture
def german(open_website: Callable[..., Website]) -> Website:
    return open_website(a_subscriber(language="de"))


def test_the_answer_page_speaks_the_runners_language(german: Website) -> None:
    page = german.get(german.answer_path(query="?s=0&c=r")).text
    assert '<html lang="de">' in page
    assert "Woche vom 23.–29.\u00a0November" in page
    assert "<strong>Genau richtig</strong>" in page
    assert "Split-Kniebeuge" in page
    assert "3 × 10, pro Seite · 12 kg Kurzhanteln" in page
    for english in ("How did it go", "About right", "Split squat", "each side", "Save<", "Calf", "Something hurts"):
        assert english not in page


def test_what_is_saved_is_confirmed_in_the_same_language(german: Website) -> None:
    page = german.post(german.answer_path(), [("s0.effort", "right")]).text
    assert "Danke, gespeichert" in page
    assert "Genau richtig" in page
    assert german.told().sessions[0].effort is not None
    assert "Thank you" not in page


def test_pain_is_answered_in_the_same_language(german: Website) -> None:
    page = german.post(german.answer_path(), [("at", "knee"), ("pain.knee.level", "7")]).text
    assert german.told().pains == (Pain(Region.KNEE, 7),)
    assert "Hör mit dem auf, was wehtut" in page
    assert "Knie (7 von 10)" in page


def test_an_english_reader_beside_one_sees_no_german(german: Website, open_website: Callable[..., Website]) -> None:
    german.get(german.answer_path())
    english = open_website()
    page = english.get(english.answer_path()).text
    assert '<html lang="en-GB">' in page
    assert "How did it go?" in page
    assert "Wie lief es?" not in page


def test_runners_of_two_languages_in_turn_get_each_their_own(
    german: Website, open_website: Callable[..., Website]
) -> None:
    """Parts of pages are kept once written, so each is asked for after the other language had it, both ways round."""
    english = open_website()
    for _ in range(2):
        for site, own, other in ((german, "Zum Mitmachen", "Follow along"), (english, "Follow along", "Zum Mitmachen")):
            for path in (site.follow_path(), site.follow_path("0"), site.follow_path("stretch")):
                page = site.get(path).text
                assert own in page
                assert other not in page
        for site, own, other in ((german, "Schmerz", "Split squat"), (english, "Split squat", "Schmerz")):
            page = site.get(site.answer_path()).text
            assert own in page
            assert other not in page


def test_what_the_player_says_comes_in_the_runners_language(german: Website) -> None:
    page = german.get(german.follow_path("0")).text
    data = json.loads(page.partition('id="page-data">')[2].partition("</script>")[0])
    assert data["says"]["get_ready"] == "Mach dich bereit"
    assert data["says"]["counted"]["reps"] == "%(amount)s Wiederholungen"
    move = data["routine"]["moves"][1]
    assert move["name"] == "Split-Kniebeuge"
    assert "10 links, 10 rechts" in move["round"]


def test_what_could_not_be_used_is_told_in_the_runners_language(german: Website) -> None:
    page = german.post(german.answer_path(), [("s0.effort", "right"), ("sleep", "9")]).text
    assert "Schlaf: „9“ ist keine ganze Zahl von 1 bis 5." in page


def test_what_went_wrong_is_said_in_the_language_of_the_browser(website: Website) -> None:
    for path in ("/nowhere", "/a/forged", "/f/forged", "/sign-in/forged"):
        told = website.get(path, **{"accept-language": "de"})
        assert told.status_code == 404
        assert '<html lang="de">' in told.text
        assert "ruf zuerst den Notruf an" in told.text
        assert '<html lang="en-GB">' in website.get(path).text


@pytest.mark.browser
def test_long_german_words_stay_on_the_page(german: Website) -> None:
    html = german.get(german.answer_path()).text
    style = german.get("/static/site.css").text
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(html)
        page.add_style_tag(content=style)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        page.evaluate("document.getElementById('hurts-box').checked = true")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, "nobody scrolls sideways"
        browser.close()
