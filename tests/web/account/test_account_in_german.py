"""The account of a runner who reads German, with an English reader's in between."""

from __future__ import annotations

from collections.abc import Callable

from tests.builders import a_subscriber
from tests.web.conftest import Website

SAID = {
    "/account": ("Deine Mails", "Your mails"),
    "/account/profile": ("Was wir von dir wissen", "What we know of you"),
    "/account/weeks": ("Alle deine Wochen", "All your weeks"),
    "/account/address": ("Neue Adresse", "New address"),
    "/account/erase": ("Alles löschen?", "Erase everything?"),
    "/account/tests": ("Wadenheben", "Calf raises"),
}


def test_each_reads_the_account_in_their_own_language_whoever_came_before(open_website: Callable[..., Website]) -> None:
    german, english = open_website(a_subscriber(language="de")), open_website()
    for site in (german, english):
        site.sign_in()
    for _ in range(2):
        for path, (de, en) in SAID.items():
            told = german.get(path).text
            assert '<html lang="de">' in told
            assert de in told
            assert en not in told
            told = english.get(path).text
            assert '<html lang="en-GB">' in told
            assert en in told
            assert de not in told


def test_what_stands_at_home_follows_the_browser(website: Website) -> None:
    assert "Kraft und Dehnen fürs Laufen" in website.get("/", **{"accept-language": "de"}).text
    assert "Strength and stretching for runners" in website.get("/", **{"accept-language": "fr, en;q=0.5"}).text
