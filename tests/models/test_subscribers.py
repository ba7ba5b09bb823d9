"""Runners come, change, leave and are forgotten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, insert, inspect, select, text
from sqlalchemy.exc import StatementError

from coach.errors import ProfileError, StridewellError
from coach.profile import Race
from models import consents, erasing, subscribers, suppressions
from models.people import Status, UnknownSubscriber
from models.slots import Slot
from models.subscribers import Added
from models.tables import Base, ConsentRow, ProfileRow, SubscriberRow, SuppressionRow
from tests.builders import MONDAY, SUNDAY_EVENING, a_profile, a_subscriber
from tests.models.seeds import LONG_AGO, many_signed_up, signed_up

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NOW = SUNDAY_EVENING


def test_a_new_runner_is_found_by_key_and_by_address(session: Session) -> None:
    ana = signed_up(session)
    assert subscribers.get(session, ana.key) == ana
    assert (ana.name, ana.time_zone, ana.slot, ana.units, ana.status) == (
        "Ana",
        "Europe/London",
        Slot(6, 1020),
        "kg",
        Status.ACTIVE,
    )
    assert len(ana.key) == 22


def test_a_key_is_never_taken_for_an_option_on_a_command_line(session: Session) -> None:
    many_signed_up(session, 60)
    keys = [runner.key for runner, _ in subscribers.everyone(session)]
    assert all(key.isalnum() for key in keys)
    assert len(set(keys)) == 60


def test_the_profile_carries_the_runners_own_key(session: Session) -> None:
    ana = signed_up(session)
    assert subscribers.profile_of(session, ana.id) == a_profile(key=ana.key)


def test_a_file_read_again_does_not_make_the_screening_older_than_it_is(session: Session) -> None:
    day = MONDAY - timedelta(days=300)
    in_file = a_subscriber(profile=a_profile(screened_on=day))
    subscribers.add(session, [in_file], now=NOW)
    ana = subscribers.find(session, in_file.email)
    assert ana is not None
    subscribers.screened(session, ana, MONDAY, now=NOW)
    assert subscribers.add(session, [in_file], now=NOW) == Added(0, 0, 1)
    assert subscribers.profile_of(session, ana.id) == a_profile(key=ana.key, screened_on=MONDAY)


@pytest.mark.parametrize(("days_ago", "kept"), [(3, True), (14, True), (15, False)])
def test_a_file_that_names_no_race_leaves_one_that_legs_still_recover_from(
    session: Session, days_ago: int, kept: bool
) -> None:
    race = Race(NOW.date() - timedelta(days=days_ago), 42.2)
    subscribers.add(session, [a_subscriber(profile=a_profile(race=race))], now=NOW)
    subscribers.add(session, [a_subscriber(profile=a_profile(race=None, minutes=20))], now=NOW)
    ((_, profile),) = subscribers.everyone(session)
    assert profile.minutes == 20
    assert profile.race == (race if kept else None)


def test_the_screening_answered_twice_on_a_day_is_one_version(session: Session) -> None:
    ana = signed_up(session)
    for _ in range(2):
        subscribers.screened(session, ana, MONDAY, now=NOW)
    versions = session.scalar(select(func.count()).where(ProfileRow.subscriber_id == ana.id))
    assert versions == 2
    erasing.erase(session, ana, now=NOW)
    with pytest.raises(UnknownSubscriber):
        subscribers.screened(session, ana, MONDAY, now=NOW)


def test_nobody_is_found_where_nobody_is(session: Session) -> None:
    assert subscribers.get(session, "no-such-key") is None
    assert subscribers.find(session, "nobody@example.org") is None
    assert subscribers.profile_of(session, 4711) is None
    assert list(subscribers.everyone(session)) == []
    assert subscribers.add(session, [], now=NOW) == Added(0, 0, 0)


def test_an_address_is_one_runner_however_it_is_spelt(session: Session) -> None:
    ana = signed_up(session, "Ana.B@Example.ORG")
    assert ana.email == "Ana.B@example.org"
    assert subscribers.find(session, " ana.b@EXAMPLE.org ") == ana
    assert subscribers.add(session, [a_subscriber(email="ANA.B@example.org")], now=NOW) == Added(0, 0, 1)


def test_adding_the_same_runner_again_changes_nothing(session: Session) -> None:
    ana = signed_up(session)
    assert subscribers.add(session, [a_subscriber()], now=NOW) == Added(0, 0, 1)
    assert subscribers.get(session, ana.key) == ana
    assert session.scalar(select(func.count()).select_from(ProfileRow)) == 1
    assert len(consents.of(session, ana.id)) == 1


def test_a_changed_profile_becomes_a_new_version_and_the_old_one_stays(session: Session) -> None:
    ana = signed_up(session)
    heavier = a_subscriber(profile=a_profile(body_mass_kg=72.5))
    assert subscribers.add(session, [heavier], now=NOW) == Added(0, 1, 0)
    assert subscribers.profile_of(session, ana.id) == a_profile(key=ana.key, body_mass_kg=72.5)
    versions = session.scalars(select(ProfileRow.version).order_by(ProfileRow.version)).all()
    assert versions == [1, 2]


@pytest.mark.parametrize(
    "change",
    [{"name": "Ana B"}, {"time_zone": "Europe/Madrid"}, {"slot": Slot(0, 360)}, {"units": "lb"}, {"language": "de"}],
)
def test_a_changed_name_zone_slot_or_unit_is_taken_over(session: Session, change: dict[str, Any]) -> None:
    ana = signed_up(session)
    assert subscribers.add(session, [a_subscriber(**change)], now=NOW) == Added(0, 1, 0)
    changed = subscribers.get(session, ana.key)
    assert changed is not None
    assert {name: getattr(changed, name) for name in change} == change
    assert session.scalar(select(func.count()).select_from(ProfileRow)) == 1


def test_a_file_that_names_no_language_leaves_the_one_a_runner_has(session: Session) -> None:
    ana = signed_up(session)
    assert ana.language == "en"
    subscribers.add(session, [a_subscriber(language="de")], now=NOW)
    assert subscribers.add(session, [a_subscriber()], now=NOW) == Added(0, 0, 1)
    changed = subscribers.get(session, ana.key)
    assert changed is not None
    assert changed.language == "de"


def test_of_two_entries_with_one_address_the_later_counts(session: Session) -> None:
    entries = [a_subscriber(name="First"), a_subscriber(email="ANA@example.org", name="Second")]
    assert subscribers.add(session, entries, now=NOW).added == 1
    assert [s.name for s, _ in subscribers.everyone(session)] == ["Second"]


def test_new_changed_and_known_runners_are_told_apart_in_one_call(session: Session) -> None:
    many_signed_up(session, 3)
    entries = [
        a_subscriber(email="runner-0@example.org", name="Runner 0"),
        a_subscriber(email="runner-1@example.org", name="Somebody else"),
        a_subscriber(email="new@example.org"),
    ]
    assert subscribers.add(session, entries, now=NOW) == Added(added=1, updated=1, unchanged=1)


def test_somebody_who_signs_up_can_wait_for_the_confirmation(session: Session) -> None:
    subscribers.add(session, [a_subscriber()], now=NOW, status=Status.PENDING)
    ana = subscribers.find(session, "ana@example.org")
    assert ana is not None
    assert ana.status is Status.PENDING
    assert subscribers.set_status(session, ana.id, Status.ACTIVE, now=NOW)
    assert not subscribers.set_status(session, ana.id, Status.ACTIVE, now=NOW)


def test_an_import_never_brings_an_unsubscribed_runner_back(session: Session) -> None:
    ana = signed_up(session)
    assert subscribers.unsubscribe(session, ana.id, now=NOW, reason="link in the letter")
    assert subscribers.add(session, [a_subscriber(name="Ana B")], now=NOW) == Added(0, 1, 0)
    back = subscribers.get(session, ana.key)
    assert back is not None
    assert back.status is Status.UNSUBSCRIBED


def test_a_suppressed_address_that_is_no_runners_is_not_stored(session: Session) -> None:
    suppressions.suppress(session, "ana@example.org", "complaint", now=NOW)
    assert subscribers.add(session, [a_subscriber(email="Ana@example.org")], now=NOW) == Added(0, 0, 0, suppressed=1)
    assert subscribers.find(session, "ana@example.org") is None


def test_unsubscribing_twice_is_unsubscribing_once(session: Session) -> None:
    ana = signed_up(session)
    assert subscribers.unsubscribe(session, ana.id, now=NOW, reason="link in the letter")
    assert not subscribers.unsubscribe(session, ana.id, now=NOW + timedelta(days=1), reason="again")
    assert [(s.address, s.reason, s.created_at) for s in session.scalars(select(SuppressionRow))] == [
        ("ana@example.org", "link in the letter", NOW)
    ]


def test_setting_unsubscribed_by_hand_suppresses_too(session: Session) -> None:
    ana = signed_up(session)
    assert subscribers.set_status(session, ana.id, Status.UNSUBSCRIBED, now=NOW)
    assert suppressions.is_suppressed(session, "ANA@example.org")


def test_a_runner_who_is_not_there_cannot_be_moved(session: Session) -> None:
    with pytest.raises(UnknownSubscriber, match="runner 4711"):
        subscribers.set_status(session, 4711, Status.PAUSED, now=NOW)
    with pytest.raises(UnknownSubscriber):
        subscribers.unsubscribe(session, 4711, now=NOW, reason="")
    with pytest.raises(StridewellError, match="erasing"):
        subscribers.set_status(session, 4711, Status.ERASED, now=NOW)


def test_everyone_is_read_in_order_over_many_pages(session: Session) -> None:
    ids = many_signed_up(session, 1203)
    assert len(ids) == 1203
    assert ids == sorted(ids)


def test_agreeing_to_new_words_is_kept_beside_the_old(session: Session) -> None:
    ana = signed_up(session)
    later = NOW - timedelta(hours=1)
    subscribers.add(session, [a_subscriber(consent_text="New words.", consent_at=later)], now=NOW)
    kept = consents.of(session, ana.id)
    assert [(c.text, c.given_at) for c in kept][1:] == [("New words.", later)]


def test_a_suppression_lifted_by_its_owner_is_gone(session: Session) -> None:
    assert suppressions.suppress(session, "ana@example.org", "unsubscribed", now=NOW)
    assert not suppressions.suppress(session, "ana@EXAMPLE.org", "no-time", now=NOW)
    assert suppressions.lift(session, "Ana@example.org")
    assert not suppressions.lift(session, "ana@example.org")
    assert not suppressions.is_suppressed(session, "ana@example.org")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "no address"),
        ("email", "two words@example.org"),
        ("email", "@example.org"),
        ("name", "Ana\r\nBcc: x@example.org"),
        ("time_zone", "Europe/Atlantis"),
        ("time_zone", "../etc/passwd"),
        ("units", "stone"),
        ("consent_at", datetime(2026, 11, 1)),
    ],
)
def test_an_entry_the_store_cannot_keep_names_field_rule_and_remedy(field: str, value: Any) -> None:
    with pytest.raises(ProfileError, match="Write") as told:
        a_subscriber(**{field: value})
    assert told.value.field == field


def test_moments_come_back_aware_and_in_utc(session: Session) -> None:
    signed_up(session)
    created_at = session.scalar(select(SubscriberRow.created_at))
    assert created_at == LONG_AGO
    assert created_at is not None
    assert created_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="no time zone"):
        subscribers.add(session, [a_subscriber()], now=datetime(2026, 11, 22))


def test_an_error_of_the_database_shows_no_address(session: Session) -> None:
    with pytest.raises(StatementError) as told:
        session.execute(text("INSERT INTO nowhere VALUES (:email)"), {"email": "ana@example.org"})
    assert "ana@example.org" not in str(told.value)


def test_foreign_keys_hold(session: Session) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError):
        session.execute(insert(ConsentRow).values(subscriber_id=4711, text="I agree.", given_at=NOW))


def test_a_runners_rows_all_hang_on_the_runner(session: Session) -> None:
    inspector = inspect(session.get_bind())
    for table in Base.metadata.sorted_tables:
        if "subscriber_id" in table.columns:
            assert [k["referred_table"] for k in inspector.get_foreign_keys(table.name)] == ["subscribers"]
