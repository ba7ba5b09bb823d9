"""The account of a runner who reads German, with an English reader's in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from httpx import Response

from coach.profile import Equipment, Gear, Profile, Race
from models import subscribers
from tests.builders import MONDAY, a_profile, a_subscriber
from tests.web.conftest import Website
from tests.web.reading import form_of

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


AT_HOME = a_profile(
    body_mass_kg=62.5,
    weekly_km=32.5,
    race=Race(MONDAY + timedelta(weeks=12), 21.1),
    equipment=Equipment(frozenset({Gear.DUMBBELLS, Gear.KETTLEBELLS}), ((Gear.DUMBBELLS, (7.5, 10.0, 15.0)), (Gear.KETTLEBELLS, (2.5, 5.0, 7.5, 10.0)))),
)  # fmt: skip


def saved_form(site: Website, **changes: str) -> Response:
    """The form of what we know of the runner, saved with changes; `__` stands for a dot."""
    form = form_of(site.get("/account/profile").text)
    given = {name.replace("__", "."): value for name, value in changes.items()}
    return site.post("/account/profile", [*((n, v) for n, v in form.fields if n not in given), *given.items()])


def kept(site: Website) -> Profile:
    with site.deps.sessionmaker() as session:
        found = subscribers.profile_of(session, site.runner.id)
    assert found is not None
    return found


def test_numbers_stand_in_a_form_as_the_runner_writes_them_and_saving_changes_none(
    open_website: Callable[..., Website],
) -> None:
    german, english = (open_website(a_subscriber(language=code, profile=AT_HOME)) for code in ("de", "en"))
    told = {}
    for site in (german, english):
        site.sign_in()
        told[site.runner.language] = dict(form_of(site.get("/account/profile").text).fields)
        before = kept(site)
        assert saved_form(site).status_code == 303
        assert replace(kept(site), screened_on=None) == before
    names = ("body_mass", "weekly_km", "race_km", "load.dumbbells", "load.kettlebells")
    assert [told["de"][name] for name in names] == ["62,5", "32,5", "21,1", "7,5; 10; 15", "2,5-10/2,5"]
    assert [told["en"][name] for name in names] == ["62.5", "32.5", "21.1", "7.5,10,15", "2.5-10/2.5"]


@pytest.mark.parametrize(
    ("loads", "kg"),
    [("7,5", (7.5,)), ("7.5", (7.5,)), ("8, 12, 16", (8, 12, 16)), ("8; 12,5", (8, 12.5)), ("2,5-10/2,5", (2.5, 5, 7.5, 10))],
)  # fmt: skip
def test_a_comma_in_a_load_is_a_decimal_mark_to_a_german(
    open_website: Callable[..., Website], loads: str, kg: tuple[float, ...]
) -> None:
    german = open_website(a_subscriber(language="de", profile=AT_HOME))
    german.sign_in()
    assert saved_form(german, load__kettlebells=loads, body_mass="63,4").status_code == 303
    assert kept(german).equipment.grid_kg(Gear.KETTLEBELLS) == kg
    assert kept(german).body_mass_kg == 63.4


def test_loads_that_may_be_read_two_ways_are_asked_for_again(open_website: Callable[..., Website]) -> None:
    german = open_website(a_subscriber(language="de", profile=AT_HOME))
    german.sign_in()
    before = kept(german)
    page = saved_form(german, load__kettlebells="8,12,16")
    assert page.status_code == 422
    assert "Schreib sie in kg, wie 4-24/2 oder 8; 12,5; 16." in page.text
    assert kept(german) == before
