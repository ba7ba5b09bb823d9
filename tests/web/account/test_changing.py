"""A runner changes what we know of them: from when on it counts, and that nothing of it happens twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app import profile_changes
from app.profile_changes import Effect
from coach.answers import Answers, Pain
from coach.profile import Equipment, Injury, Profile, Race, Region
from coach.week import Week
from models import outbox, plans, subscribers
from models.people import Subscriber
from tests.builders import MONDAY, a_profile, take_letters
from tests.web.account.people import TICKED, Phone
from tests.web.reading import form_of

SAVED = {
    Effect.ANEW: "is planned anew",
    Effect.REST: "still to come of your week has changed",
    Effect.NEXT: "from your next plan on",
}


@pytest.fixture
def ada(phone: Phone) -> Phone:
    """A runner with dumbbells, who has had the first week in the mail."""
    phone.join(also=[*TICKED, ("gear", "dumbbells")], load__dumbbells="4-20/2")
    return phone


def me(phone: Phone) -> Subscriber:
    with phone.website.deps.sessionmaker() as session:
        runner = subscribers.find(session, "ada@example.org")
    assert runner is not None
    return runner


def the_plan(phone: Phone) -> Week:
    with phone.website.deps.sessionmaker() as session:
        found = plans.latest_week(session, me(phone).id)
    assert found is not None
    return found


def log_of(phone: Phone) -> list[Any]:
    return phone.website.everything()["answers"]


def change(phone: Phone, *said: tuple[str, str], **changes: str) -> str:
    """Saved with changes; `__` stands for a dot."""
    phone.open("/account/profile")
    return phone.press(*said, **{name.replace("__", "."): value for name, value in changes.items()}).text


def test_a_new_running_day_counts_from_the_next_plan_and_leaves_the_mailed_week(ada: Phone) -> None:
    before = the_plan(ada)
    assert SAVED[Effect.NEXT] in change(ada, run__3="easy")
    assert the_plan(ada) == before
    assert log_of(ada) == []


def test_a_knee_that_hurts_now_changes_what_is_still_to_come(ada: Phone) -> None:
    before = the_plan(ada)
    assert SAVED[Effect.REST] in change(ada, injury__knee="6")
    assert the_plan(ada) == before, "what was mailed stays on record"
    page = ada.open(f"/account/weeks/{before.week_of}").text
    assert "This week has changed since its mail" in page
    assert "Knee pain 6/10" in page


def test_saving_the_same_again_tells_nothing_twice(ada: Phone) -> None:
    change(ada, injury__knee="6")
    assert len(log_of(ada)) == 1
    assert SAVED[Effect.REST] not in change(ada)
    assert len(log_of(ada)) == 1


def test_a_knee_that_hurts_less_counts_from_the_next_plan(ada: Phone) -> None:
    change(ada, injury__knee="6")
    assert SAVED[Effect.NEXT] in change(ada, injury__knee="4")
    assert len(log_of(ada)) == 2


def test_weights_that_are_gone_are_asked_for_no_more(ada: Phone) -> None:
    week = the_plan(ada)
    assert any(p.dose.gear is not None for s in week.sessions for p in s.exercises)
    ada.open("/account/profile")
    form = form_of("<form" + ada.shown.text.split("<form")[1])
    text = ada.send(form.action, [(n, v) for n, v in form.fields if n != "gear"]).text
    assert SAVED[Effect.REST] in text
    page = ada.open(f"/account/weeks/{week.week_of}").text
    assert "your equipment has changed" in page
    assert "dumbbells</p>" not in page


def test_an_operation_takes_out_what_is_still_to_come(ada: Phone) -> None:
    week = the_plan(ada)
    ada.open("/account/profile")
    text = ada.press(("screen", "surgery"), screen="surgery").text
    assert SAVED[Effect.REST] in text
    page = ada.open(f"/account/weeks/{week.week_of}").text
    assert "clear" in page
    assert "<h2>Session" not in page


def test_a_pregnancy_told_in_the_middle_of_a_week_holds_what_is_still_to_come(ada: Phone) -> None:
    week = the_plan(ada)
    ada.open("/account/profile")
    text = ada.press(("screen", "pregnant"), ("cleared", "yes"), screen="pregnant").text
    assert SAVED[Effect.REST] in text
    page = ada.open(f"/account/weeks/{week.week_of}").text
    assert "Your answers to the health questions count from now on" in page
    assert "until your baby is born the plan stays gentle" in page


def test_a_week_that_was_not_posted_yet_is_planned_anew_with_one_letter(phone: Phone) -> None:
    website = phone.website
    website.sign_in()
    before = plans_of(website)
    phone.open("/account/profile")
    assert SAVED[Effect.ANEW] in phone.press(minutes="20").text
    after = plans_of(website)
    assert list(after) == list(before)
    assert after != before
    assert all(s.minutes <= 20 for week in after.values() for s in week.sessions)
    with website.deps.sessionmaker() as session:
        assert {k: n for k, n in outbox.counts(session, MONDAY).items() if n} == {"pending": 1}


def plans_of(website: Any) -> dict[Any, Week]:
    with website.deps.sessionmaker() as session:
        mondays = plans.weeks_of(session, website.runner.id)
        found = {day: plans.get_week(session, website.runner.id, day) for day in mondays}
    return {day: week for day, week in found.items() if week is not None}


def test_a_delivery_that_has_the_letter_already_keeps_it(phone: Phone) -> None:
    website = phone.website
    website.sign_in()
    before = plans_of(website)
    with website.deps.sessionmaker.begin() as session:
        assert take_letters(session, worker="one", limit=9, lease_s=300, now=website.deps.clock())
    phone.open("/account/profile")
    assert SAVED[Effect.ANEW] not in phone.press(minutes="20").text
    assert plans_of(website) == before
    with website.deps.sessionmaker() as session:
        assert {k: n for k, n in outbox.counts(session, MONDAY).items() if n} == {"claimed": 1}


def test_a_week_already_answered_is_not_planned_anew(phone: Phone) -> None:
    website = phone.website
    website.sign_in()
    website.tell(Answers(sleep=3))
    before = plans_of(website)
    phone.open("/account/profile")
    assert SAVED[Effect.NEXT] in phone.press(minutes="20").text
    assert plans_of(website) == before


def with_race(phone: Phone, days: int) -> Race:
    """Ada's race, so many days from today, kept as she once wrote it."""
    race = Race(phone.website.deps.clock().date() + timedelta(days=days), 42.2)
    with phone.website.deps.sessionmaker.begin() as session:
        subscribers.amend(session, me(phone), lambda kept: replace(kept, race=race), now=phone.website.deps.clock())
    return race


def race_of(phone: Phone) -> Race | None:
    with phone.website.deps.sessionmaker() as session:
        kept = subscribers.profile_of(session, me(phone).id)
    assert kept is not None
    return kept.race


def test_saving_another_field_after_a_marathon_does_not_end_the_recovery(ada: Phone) -> None:
    race = with_race(ada, days=-1)
    change(ada, minutes="45")
    assert race_of(ada) == race


def test_a_next_race_takes_the_place_of_one_just_over(ada: Phone) -> None:
    day = with_race(ada, days=-1).day + timedelta(days=60)
    change(ada, race_date=str(day), race_km="10")
    assert race_of(ada) == Race(day, 10.0)


def test_a_race_called_off_is_gone_and_so_is_one_long_over(ada: Phone) -> None:
    with_race(ada, days=30)
    change(ada, race_date="", race_km="")
    assert race_of(ada) is None
    with_race(ada, days=-15)
    change(ada, minutes="45")
    assert race_of(ada) is None


def test_a_marathon_run_yesterday_and_told_today_frees_the_week_after_it(ada: Phone) -> None:
    week = the_plan(ada)
    ada.website.hands["now"] += week.week_of - ada.website.deps.clock().date()
    sunday = week.week_of - timedelta(days=1)
    assert SAVED[Effect.REST] in change(ada, race_date=str(sunday), race_km="42.2")
    page = ada.open(f"/account/weeks/{week.week_of}").text
    assert "A race is just over" in page


def test_other_equipment_is_told_only_when_it_has_changed() -> None:
    old = a_profile()
    assert profile_changes.said_by(old, replace(old, minutes=20)) == Answers()
    bare = replace(old, equipment=Equipment())
    assert profile_changes.said_by(old, bare) == Answers(equipment=Equipment())


def test_pain_is_told_where_it_is_another_than_before() -> None:
    def hurting(*injuries: Injury) -> Profile:
        return a_profile(injuries=injuries)

    knee, worse = Injury(Region.KNEE, current=True, pain=4), Injury(Region.KNEE, current=True, pain=6)
    past = Injury(Region.KNEE, current=False)
    unsaid = Injury(Region.HIP, current=True)
    assert profile_changes.said_by(hurting(past), hurting(knee)) == Answers(pains=(Pain(Region.KNEE, 4),))
    assert profile_changes.said_by(hurting(knee), hurting(worse)) == Answers(pains=(Pain(Region.KNEE, 6),))
    assert profile_changes.said_by(hurting(worse), hurting(knee)) == Answers(pains=(Pain(Region.KNEE, 4),))
    for gone in (hurting(past), hurting()):
        assert profile_changes.said_by(hurting(knee), gone) == Answers(pains=(Pain(Region.KNEE, 0),))
    assert profile_changes.said_by(hurting(past), hurting()) == Answers()
    assert profile_changes.said_by(hurting(), hurting(unsaid)) == Answers(pains=(Pain(Region.HIP, 3),))
