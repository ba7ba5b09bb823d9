"""Tests at home: told how, not offered to everybody, and what came of them counts for the next plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import coach
from coach.profile import SelfTests, Sides
from tests.web.account.lives import SECOND, SUNDAY, Life
from tests.web.account.people import TICKED, Phone
from tests.web.conftest import the_catalogue
from tests.web.reading import form_of

PAGE = "/account/tests"


@pytest.fixture
def ada(phone: Phone) -> Phone:
    phone.join()
    return phone


def save(phone: Phone, **results: str) -> str:
    """What stands on the page after saving; `__` stands for a dot."""
    phone.open(PAGE)
    return phone.press(**{name.replace("__", "."): value for name, value in results.items()}).text


def test_they_are_offered_after_signing_up_and_in_the_account(phone: Phone) -> None:
    phone.sign_up()
    phone.open(phone.link("/confirm/"))
    assert f'href="{PAGE}"' in phone.press().text
    assert f'href="{PAGE}"' in phone.open("/account").text
    page = phone.open(PAGE).text
    for name in ("Calf raises", "Balance, eyes open", "Balance, eyes closed", "Side plank", "Sit to stand"):
        assert f"<legend>{name}</legend>" in page


def test_what_came_of_them_is_kept_with_its_day(ada: Phone) -> None:
    assert "next plan" in save(ada, calf_raises__left="14", calf_raises__right="22", sit_to_stands="19")
    today: date = ada.website.deps.today()
    assert ada.profile().self_tests == SelfTests(on=today, calf_raises=Sides(14, 22), sit_to_stands=19)


def test_the_next_plan_names_the_weaker_side(ada: Phone) -> None:
    save(ada, calf_raises__left="9", calf_raises__right="22")
    profile, catalogue = ada.profile(), the_catalogue()
    week = coach.next_week(profile, coach.start(profile, catalogue), catalogue, week_of=date(2026, 11, 30))
    told = [p.why for s in week.sessions for p in s.exercises] + list(week.changes)
    assert any(dict(reason.values).get("side") == "left" or "calf" in reason.code for reason in told)


def test_saved_as_they_are_they_do_not_become_younger(ada: Phone) -> None:
    save(ada, side_plank_s__left="40")
    before = ada.profile()
    ada.website.hands["now"] += timedelta(days=9)
    save(ada)
    assert ada.profile() == before


def test_every_field_emptied_takes_them_back(ada: Phone) -> None:
    save(ada, balance_open_s__left="40")
    save(ada, balance_open_s__left="")
    assert ada.profile().self_tests is None


@pytest.mark.parametrize("typed", ["-1", "101", "many", "3.5"])
def test_a_number_that_cannot_be_is_said_beside_its_field_and_kept_there(ada: Phone, typed: str) -> None:
    page = save(ada, calf_raises__left=typed, sit_to_stands="20")
    assert "from 0 to 100" in page
    assert f'value="{typed}"' in page
    assert 'value="20"' in page
    assert ada.profile().self_tests is None


def test_zero_is_a_result(ada: Phone) -> None:
    save(ada, calf_raises__right="0")
    tests = ada.profile().self_tests
    assert tests is not None
    assert tests.calf_raises == Sides(None, 0)


def test_whoever_needs_a_clinicians_word_first_is_not_asked_to_try(phone: Phone) -> None:
    phone.sign_up(also=[*TICKED[:2], ("screen", "heart")])
    phone.open(phone.link("/confirm/"))
    assert PAGE not in phone.press().text
    page = phone.open(PAGE).text
    assert "Not now" in page
    assert "<fieldset" not in page
    word = phone.open("/account/address").text.partition('name="form" value="')[2].partition('"')[0]
    assert phone.send(PAGE, [("form", word), ("sit_to_stands", "20")]).status_code == 422
    assert phone.profile().self_tests is None


def test_a_test_that_loads_what_hurts_is_better_left_out(ada: Phone) -> None:
    ada.open("/account/profile")
    ada.press(**{"injury.knee": "4"})
    parts = {part.partition("</legend>")[0]: part for part in ada.open(PAGE).text.split("<legend>")[1:]}
    assert "Better not" in parts["Sit to stand"]
    assert "Better not" not in parts["Calf raises"]


def test_nobody_else_sees_them(phone: Phone) -> None:
    assert phone.website.get(PAGE).headers["location"] == "/sign-in"
    assert phone.website.post(PAGE, [("sit_to_stands", "9")]).headers["location"] == "/sign-in"


def test_done_on_a_sunday_after_the_mail_they_count_for_the_week_after(life: Life) -> None:
    life.on(SUNDAY, 16.5)
    life.hourly()
    life.deliver()
    life.on(SUNDAY, 19)
    assert "counts from your next plan on" in save(life.phone, calf_raises__left="9", calf_raises__right="22")
    life.on(SUNDAY + timedelta(days=7), 16.5)
    life.hourly()
    week = life.week(SECOND + timedelta(days=7))
    assert week is not None
    sides = {dict(p.why.values).get("side") for s in week.sessions for p in s.exercises}
    assert "left" in sides


def test_an_older_page_takes_nothing_back_that_was_told_on_another(ada: Phone) -> None:
    older = form_of("<form" + ada.open(PAGE).text.split("<form")[1])
    save(ada, calf_raises__left="14", sit_to_stands="19")
    ada.send(PAGE, [(n, v) for n, v in older.fields if n != "sit_to_stands"] + [("sit_to_stands", "21")])
    tests = ada.profile().self_tests
    assert tests is not None
    assert (tests.calf_raises, tests.sit_to_stands) == (Sides(14, None), 21)
