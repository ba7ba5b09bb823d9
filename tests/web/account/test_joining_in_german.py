"""Signing up with a browser that asks for German, and with one that asks for English in between."""

from __future__ import annotations

from collections.abc import Callable

from tests.builders import a_subscriber
from tests.web.conftest import FORM, Website

GERMAN = {"accept-language": "de-AT,de;q=0.9,en;q=0.5"}


def test_the_form_speaks_the_visitors_language_whoever_was_there_before(website: Website) -> None:
    for _ in range(2):
        german, english = website.get("/join", **GERMAN).text, website.get("/join").text
        assert '<html lang="de">' in german
        assert '<option value="de" selected>' in german
        for said in ("Wie sollen wir dich nennen?", "Trifft etwas davon auf dich zu?", "Ich bin schwanger", "Montag"):
            assert said in german
            assert said not in english
        for said in ("What shall we call you?", "Is any of this true for you?", "I am pregnant", "Monday", "Your yes"):
            assert said in english
            assert said not in german


def test_what_is_missing_is_said_in_the_visitors_language(website: Website) -> None:
    page = website.ask("POST", "/join", content=b"birth_year=986&minutes=5", headers=GERMAN | {"content-type": FORM})
    assert page.status_code == 422
    for said in ("Sag uns, wie wir dich nennen sollen.", "Dieses Jahr kann nicht stimmen.", "Ohne dein Ja"):
        assert said in page.text
    for english in ("Tell us", "Choose", "Write"):
        assert english not in page.text


def test_pages_around_signing_in_speak_the_visitors_language(website: Website) -> None:
    assert "Schick mir einen Link" in website.get("/sign-in", **GERMAN).text
    assert "Sieh in dein Postfach" in website.get("/sent", **GERMAN).text
    assert "Look in your inbox" in website.get("/sent").text


def test_a_known_runner_is_let_in_in_the_runners_language(open_website: Callable[..., Website]) -> None:
    german = open_website(a_subscriber(language="de"))
    ticket = german.deps.tickets.issue("sign-in", german.runner.key, "x", until=german.deps.clock())
    assert "Mein Konto öffnen" in german.get(f"/sign-in/{ticket}").text
