"""The account open on two devices: saving the page that was opened first takes nothing back that was changed on the other since."""

from __future__ import annotations

import pytest

from coach.profile import Gear, Injury, Region, Screen
from tests.web.account.people import TICKED, Phone
from tests.web.reading import PageForm, form_of


@pytest.fixture
def ada(phone: Phone) -> Phone:
    phone.join(also=[*TICKED, ("gear", "dumbbells")], load__dumbbells="4-20/2")
    return phone


def opened(phone: Phone) -> PageForm:
    return form_of("<form" + phone.open("/account/profile").text.split("<form")[1])


def saved(form: PageForm, without: tuple[str, ...] = (), **changes: str) -> list[tuple[str, str]]:
    """The fields with some set; `__` stands for a dot."""
    named = {name.replace("__", "."): value for name, value in changes.items()}
    assert set(named) <= form.names
    return [*((n, v) for n, v in form.fields if n not in {*named, *without}), *named.items()]


def test_an_older_page_keeps_what_hurts_and_what_is_gone_since(ada: Phone) -> None:
    older, newer = opened(ada), opened(ada)
    since = {"injury__knee": "6", "race_date": "2027-04-25", "race_km": "10", "screen": "diabetes"}
    ada.send(newer.action, saved(newer, without=("gear",), **since))
    ada.send(older.action, saved(older, minutes="45"))
    now = ada.profile()
    assert now.minutes == 45
    assert now.injuries == (Injury(Region.KNEE, current=True, pain=6),)
    assert now.screens == {Screen.DIABETES}
    assert now.race is not None
    assert now.equipment.loads_kg == ()


def test_what_is_changed_on_the_older_page_is_the_later_word(ada: Phone) -> None:
    older, newer = opened(ada), opened(ada)
    ada.send(newer.action, saved(newer, injury__knee="6"))
    ada.send(older.action, saved(older, injury__knee="2"))
    assert ada.profile().injuries == (Injury(Region.KNEE, current=True, pain=2),)


def test_an_older_page_in_other_units_brings_no_weight_of_the_wrong_kind(ada: Phone) -> None:
    older, newer = opened(ada), opened(ada)
    ada.send(newer.action, saved(newer, units="lb", body_mass="143.3", load__dumbbells="10-50/5"))
    before = ada.profile()
    ada.send(older.action, saved(older, minutes="45"))
    now = ada.profile()
    assert now.minutes == 45
    assert now.body_mass_kg == pytest.approx(before.body_mass_kg, abs=0.05)
    assert dict(now.equipment.loads_kg)[Gear.DUMBBELLS] == pytest.approx(
        dict(before.equipment.loads_kg)[Gear.DUMBBELLS], abs=0.05
    )


@pytest.mark.parametrize("version", ["", "0", "-1", "99999", "x"])
def test_a_page_that_does_not_say_what_it_showed_is_taken_at_its_word(ada: Phone, version: str) -> None:
    older, newer = opened(ada), opened(ada)
    ada.send(newer.action, saved(newer, injury__knee="6"))
    ada.send(older.action, saved(older, version=version))
    assert ada.profile().injuries == ()
