"""From the empty form to the first mail: what somebody sees who signs up, and what nobody else learns by it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app import consent
from coach.profile import Equipment, Gear, Injury, Race, Region, Run, RunKind, Screen
from models import consents, joining, outbox, subscribers, suppressions
from models.due import due_at
from models.people import Status, Subscriber
from models.slots import Slot
from tests.web.account.people import TICKED, Phone, text_of

SENT = "Look in your inbox"


def ada(phone: Phone, email: str = "ada@example.org") -> Subscriber | None:
    with phone.website.deps.sessionmaker() as session:
        return subscribers.find(session, email)


def test_the_front_page_leads_to_the_form(phone: Phone) -> None:
    assert 'href="/join"' in phone.open("/").text


def test_somebody_signs_up_confirms_and_has_the_first_week_in_the_inbox(phone: Phone) -> None:
    assert SENT in phone.sign_up().text
    runner = ada(phone)
    assert runner is not None
    assert runner.status is Status.PENDING
    assert [m["Subject"] for m in phone.mails()] == ["Please confirm your address"]
    assert "One press, and we begin" in phone.open(phone.link("/confirm/")).text
    assert ada(phone) == runner
    assert "Welcome" in phone.press().text
    found = ada(phone)
    assert found is not None
    assert found.status is Status.ACTIVE
    assert [m["Subject"].partition(":")[0] for m in phone.mails()] == ["Please confirm your address", "Week 1"]


def test_the_first_week_can_be_read_at_once(phone: Phone) -> None:
    phone.sign_up()
    phone.open(phone.link("/confirm/"))
    assert re.search(r'href="/account/weeks">See your first week<', phone.press().text)
    assert "Week 1" in phone.open("/account/weeks").text


def test_mails_come_in_the_language_of_the_browser_unless_another_is_chosen(phone: Phone) -> None:
    form = phone.website.get("/join", **{"accept-language": "de-AT,de;q=0.9,en;q=0.5"}).text
    assert re.search(r'<option value="de" selected>Deutsch', form)
    phone.sign_up(language="de")
    runner = ada(phone)
    assert runner is not None
    assert runner.language == "de"
    assert [m["Subject"] for m in phone.mails()] == ["Bitte bestätige deine Adresse"]


def test_a_language_there_is_not_is_said_beside_the_field(phone: Phone) -> None:
    page = phone.sign_up(language="xx")
    assert page.status_code == 422
    assert "Write one of: en (English), de (Deutsch)." in page.text


def test_what_was_told_is_what_is_kept(phone: Phone) -> None:
    phone.join(
        units="lb",
        body_mass="137",
        race_date="2027-04-25",
        race_km="21,1",
        trail="yes",
        delivery_day="5",
        delivery_time="08:15",
        injury__knee="3",
        injury__calf="past",
        load__dumbbells="10-30/10",
    )
    runner = ada(phone)
    assert runner is not None
    assert (runner.name, runner.time_zone, runner.slot, runner.units) == ("Ada", "Europe/Oslo", Slot(5, 495), "lb")
    with phone.website.deps.sessionmaker() as session:
        profile = subscribers.profile_of(session, runner.id)
        (agreed,) = consents.of(session, runner.id)
    assert profile is not None
    assert profile.birth_year == 1988
    assert round(profile.body_mass_kg, 1) == 62.1
    assert profile.runs == (Run(1, RunKind.QUALITY), Run(6, RunKind.LONG))
    assert profile.strength_days == (0, 3)
    assert profile.race is not None
    assert profile.race == Race(profile.race.day, 21.1)
    assert profile.injuries == (Injury(Region.CALF, current=False), Injury(Region.KNEE, current=True, pain=3))
    assert profile.trail
    assert profile.equipment == Equipment(), "loads without the tick beside them are not there"
    assert (agreed.text, agreed.version, agreed.given_at) == (
        consent.TEXT,
        consent.VERSION,
        phone.website.deps.clock(),
    )


def test_weights_bands_and_yeses_are_kept_as_ticked(phone: Phone) -> None:
    ticks = [
        *(("day", "2"), ("screen", "blood-pressure"), ("cleared", "yes"), ("gear", "dumbbells"), ("gear", "bench")),
        *(("band", "light"), ("band", "strong"), ("tight", "calf")),
    ]
    phone.sign_up(also=ticks, load__dumbbells="4, 8 12")
    runner = ada(phone)
    assert runner is not None
    with phone.website.deps.sessionmaker() as session:
        profile = subscribers.profile_of(session, runner.id)
    assert profile is not None
    assert profile.screens == {Screen.BLOOD_PRESSURE}
    assert profile.cleared
    assert profile.equipment.gear == {Gear.DUMBBELLS, Gear.BENCH, Gear.BAND}
    assert profile.equipment.grid_kg(Gear.DUMBBELLS) == (4, 8, 12)
    assert profile.equipment.grid_kg(Gear.BAND) == (3, 10)
    assert profile.tight == {Region.CALF}


@pytest.mark.parametrize(
    ("changes", "beside"),
    [
        ({"name": ""}, "Tell us what to call you."),
        ({"name": "=cmd()"}, "spreadsheet"),
        ({"email": "ada"}, "@-sign"),
        ({"birth_year": "88"}, "88 is not a birth year"),
        ({"birth_year": ""}, "Tell us the year you were born"),
        ({"body_mass": "seventy"}, "“seventy” is not a number"),
        ({"body_mass": "20"}, "20 kg is outside 30–250 kg"),
        ({"weekly_km": "1e9"}, "“1e9” is not a number"),
        ({"minutes": "5"}, "5 is outside 10–120 minutes"),
        ({"time_zone": ""}, "Choose where you live"),
        ({"time_zone": "Mars/Base"}, "is not a time zone"),
        ({"delivery_time": "25:00"}, "is not a weekday and a time"),
        ({"race_date": "2027-04-25"}, "a race needs its day and its distance"),
        ({"race_date": "2020-04-25", "race_km": "10"}, "2020-04-25 is over"),
        ({"run__2": "sprint"}, "“sprint” is not"),
        ({"injury__knee": "11"}, "pain 11 is not 0–10"),
        ({"consent": ""}, "Without your yes we may keep nothing"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    phone: Phone, changes: dict[str, str], beside: str
) -> None:
    page = phone.sign_up(**changes)
    assert page.status_code == 422
    said = re.findall(r'<span class="wrong" id="wrong-[^"]+">(.+?)</span>', page.text)
    assert len(said) == 1
    assert beside.lower() in said[0].lower()
    assert "aria-describedby" in page.text
    assert "Almost there" in page.text
    for name, typed in {"name": "Ada", "weekly_km": "35"}.items():
        if name not in changes:
            assert f'name="{name}" type="text" value="{typed}"' in page.text
    assert '<option value="quality" selected>' in page.text
    assert ada(phone) is None
    assert phone.mails() == []


@pytest.mark.parametrize(
    ("ticked", "beside"),
    [
        ([("day", "0")], "Tick what is true, or “none of these”"),
        ([("screen", "none")], "Choose at least one day"),
        ([*TICKED, ("gear", "barbell")], "Loads are missing"),
        ([*TICKED, ("day", "9")], "is not a weekday"),
        ([*TICKED, ("screen", "gout")], "“gout” is not"),
    ],
)
def test_what_is_not_ticked_is_asked_for(phone: Phone, ticked: list[tuple[str, str]], beside: str) -> None:
    page = phone.sign_up(also=ticked)
    assert page.status_code == 422
    assert beside in page.text
    assert ada(phone) is None


@pytest.mark.parametrize("year", ["2008", "2010", "2026"])
def test_one_who_may_be_under_18_is_refused_kindly_and_not_kept(phone: Phone, year: str) -> None:
    page = phone.sign_up(birth_year=year)
    assert page.status_code == 422
    assert "Good that you want to get strong" in page.text
    assert f"in {int(year) + 19}" in page.text
    assert ada(phone) is None


def test_the_same_page_whoever_the_address_belongs_to(phone: Phone) -> None:
    phone.join()
    with phone.website.deps.sessionmaker.begin() as session:
        suppressions.suppress(session, "barred@example.org", "bounced", now=phone.website.deps.clock())
    before = phone.website.everything()
    pages = {phone.sign_up(email=address).text for address in ("ada@example.org", "barred@example.org", "new@x.org")}
    pages |= {
        phone.send("/sign-in", [("email", address)]).text
        for address in ("ada@example.org", "barred@example.org", "nobody@example.org")
    }
    assert len(pages) == 1
    assert phone.website.everything()["profiles"][: len(before["profiles"])] == before["profiles"]
    assert [m["Subject"] for m in phone.mails()[2:]] == ["Your link to sign in"] * 2
    assert phone.mails("barred@example.org") == phone.mails("nobody@example.org") == []


def test_one_who_complained_comes_back_by_signing_in_once_a_day_at_most(phone: Phone) -> None:
    phone.join()
    with phone.website.deps.sessionmaker.begin() as session:
        ada = subscribers.find(session, "ada@example.org")
        assert ada is not None
        joining.leave(session, ada, now=phone.website.deps.clock(), reason=suppressions.COMPLAINED)
    phone.website.jar.clear()
    before = len(phone.mails())
    for _ in range(3):
        phone.send("/sign-in", [("email", "ada@example.org")])
    assert [m["Subject"] for m in phone.mails()[before:]] == ["Your link to sign in"]
    phone.open(phone.link("/sign-in/"))
    assert "You have stopped your mails" in phone.press().text
    assert "Your week comes every" in phone.press().text
    with phone.website.deps.sessionmaker() as session:
        assert not suppressions.is_suppressed(session, "ada@example.org")


def test_a_stranger_who_signs_up_with_a_runners_address_changes_nothing(phone: Phone) -> None:
    phone.join()
    before = phone.website.everything()
    phone.sign_up(name="Mallory", body_mass="99")
    after = phone.website.everything()
    for table in ("subscribers", "profiles", "consents"):
        assert after[table] == before[table]


def test_signing_up_again_before_confirming_replaces_what_was_said(phone: Phone) -> None:
    phone.sign_up()
    phone.sign_up(name="Ada B")
    phone.open(phone.link("/confirm/"))
    assert "Ada B" in phone.press().text


def test_a_confirmation_carries_no_word_of_whoever_typed_the_address(phone: Phone) -> None:
    phone.sign_up(name="Buy cheap shoes")
    (mail,) = phone.mails()
    assert "shoes" not in mail.as_string()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_one_who_never_signed_up_can_bar_the_address_and_nothing_is_kept(phone: Phone) -> None:
    phone.sign_up()
    phone.send(phone.link("/u/"), [("List-Unsubscribe", "One-Click")])
    assert ada(phone) is None
    phone.sign_up()
    assert len(phone.mails()) == 1
    ((_, address, *_),) = phone.website.everything()["suppressions"]
    assert address is None


def test_a_confirmation_works_once_and_for_a_week(phone: Phone) -> None:
    phone.sign_up()
    link = phone.link("/confirm/")
    phone.website.hands["now"] += timedelta(days=7, minutes=1)
    assert phone.send(link).status_code == 410
    phone.website.hands["now"] -= timedelta(minutes=2)
    assert "Welcome" in phone.send(link).text
    phone.website.jar.clear()
    assert "confirmed already" in phone.send(link).text
    assert "stridewell" not in phone.website.jar


def test_no_week_is_planned_twice_however_often_the_button_is_pressed(phone: Phone) -> None:
    phone.sign_up()
    link = phone.link("/confirm/")
    for _ in range(3):
        phone.send(link)
    runner = ada(phone)
    assert runner is not None
    with phone.website.deps.sessionmaker() as session:
        assert outbox.counts(session)["sent"] == 2
        due = due_at(session, phone.website.deps.clock() + timedelta(days=1, hours=8))
    assert all(runner.id not in ids for ids in due.by_week.values())


def test_a_positive_screening_makes_the_plan_wait(phone: Phone) -> None:
    phone.sign_up(also=[("day", "0"), ("screen", "surgery")])
    phone.open(phone.link("/confirm/"))
    phone.press()
    first = phone.mails()[-1]
    assert first["Subject"] == "Please read this before you train"
    assert "clinician" in text_of(first)


def test_another_site_cannot_post_the_form(phone: Phone) -> None:
    answer = phone.website.ask("POST", "/join", headers={"sec-fetch-site": "cross-site"}, content=b"")
    assert answer.status_code == 403
    assert "could not be sure" in answer.text


def test_an_address_gets_only_so_many_mails_an_hour_and_the_page_says_nothing_of_it(phone: Phone) -> None:
    pages = {phone.sign_up().text for _ in range(6)}
    assert len(pages) == 1
    assert len(phone.mails()) == 4
    phone.website.hands["now"] += timedelta(hours=1)
    phone.sign_up()
    assert len(phone.mails()) == 5


def test_a_network_that_asks_too_much_is_asked_to_wait(phone: Phone) -> None:
    answers = [phone.send("/sign-in", [("email", f"a{n}@example.org")]) for n in range(41)]
    assert {a.status_code for a in answers[:40]} == {200}
    assert answers[40].status_code == 429
    assert answers[40].headers["retry-after"] == "3600"
    assert "a little often" in answers[40].text


def test_what_is_typed_never_becomes_markup(phone: Phone) -> None:
    page = phone.sign_up(name='"><script>alert(1)</script>', weekly_km="<b>", email="<i>@x")
    assert "<script>alert" not in page.text
    assert "<b>" not in page.text
    assert "&lt;script&gt;" in page.text
