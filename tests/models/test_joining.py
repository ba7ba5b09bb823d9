"""Signing up, confirming, and what becomes of those who never do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from models import claims, consents, joining, outbox, subscribers, suppressions
from models.due import due_at
from models.people import Status
from models.tables import Base, SuppressionRow
from tests.builders import SUNDAY_EVENING as NOW
from tests.builders import a_profile, a_subscriber, take_letters
from tests.models.seeds import signed_up

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LATER = NOW + timedelta(hours=1)


def rows(session: Session) -> dict[str, int]:
    counts = {t.name: session.scalar(select(func.count()).select_from(t)) or 0 for t in Base.metadata.sorted_tables}
    return {name: count for name, count in counts.items() if count}


def test_somebody_new_waits_to_be_confirmed_and_is_not_due(session: Session) -> None:
    joined = joining.join(session, a_subscriber(), now=NOW)
    assert joined.fresh
    assert joined.runner is not None
    assert joined.runner.status is Status.PENDING
    assert due_at(session, NOW).by_week == {}


def test_confirming_makes_active_once(session: Session) -> None:
    runner = joining.join(session, a_subscriber(), now=NOW).runner
    assert runner is not None
    confirmed = joining.confirm(session, runner, now=LATER)
    assert confirmed is not None
    assert confirmed.status is Status.ACTIVE
    assert joining.confirm(session, runner, now=LATER) is None
    assert subscribers.find(session, "ana@example.org") == confirmed


def test_signing_up_again_before_confirming_replaces_what_was_said(session: Session) -> None:
    first = joining.join(session, a_subscriber(), now=NOW).runner
    again = joining.join(session, a_subscriber(name="Ana B", profile=a_profile(minutes=25)), now=LATER).runner
    assert first is not None
    assert again is not None
    assert (again.id, again.name) == (first.id, "Ana B")
    profile = subscribers.profile_of(session, first.id)
    assert profile is not None
    assert profile.minutes == 25
    assert len(consents.of(session, first.id)) == 1


def test_the_address_of_a_runner_is_told_from_a_new_one_and_nothing_changes(session: Session) -> None:
    ana = signed_up(session)
    joined = joining.join(session, a_subscriber(email="ANA@example.org", name="Mallory"), now=NOW)
    assert (joined.runner, joined.fresh) == (ana, False)
    assert subscribers.find(session, "ana@example.org") == ana


def test_a_barred_address_is_not_kept_unless_its_owner_erased_it(session: Session) -> None:
    suppressions.suppress(session, "ana@example.org", "bounced", now=NOW)
    assert joining.join(session, a_subscriber(), now=NOW).runner is None
    suppressions.suppress(session, "ben@example.org", suppressions.ERASED, now=NOW)
    ben = joining.join(session, a_subscriber(email="ben@example.org"), now=NOW).runner
    assert ben is not None
    assert suppressions.is_suppressed(session, ben.email)
    joining.confirm(session, ben, now=LATER)
    assert not suppressions.is_suppressed(session, ben.email)


def test_one_who_never_confirms_is_forgotten_with_everything(session: Session) -> None:
    runner = joining.join(session, a_subscriber(), now=NOW).runner
    assert runner is not None
    outbox.enter_one(session, runner, outbox.CONFIRM, now=NOW, occasion="one")
    other = signed_up(session, "ben@example.org")
    assert joining.drop_unconfirmed(session, before=NOW) == 0
    assert joining.drop_unconfirmed(session, before=LATER) == 1
    assert rows(session) == {"subscribers": 1, "profiles": 1, "consents": 1}
    assert subscribers.find(session, "ben@example.org") == other


def test_signing_up_again_begins_the_wait_anew(session: Session) -> None:
    joining.join(session, a_subscriber(), now=NOW)
    joining.join(session, a_subscriber(), now=LATER)
    assert joining.drop_unconfirmed(session, before=LATER) == 0


def test_an_owner_who_refuses_leaves_only_a_fingerprint(session: Session) -> None:
    runner = joining.join(session, a_subscriber(), now=NOW).runner
    assert runner is not None
    joining.refuse(session, runner, now=NOW, reason="one-click")
    assert rows(session) == {"suppressions": 1}
    assert session.scalars(select(SuppressionRow.address)).one() is None
    assert joining.join(session, a_subscriber(), now=LATER).runner is None


def test_a_letter_asked_for_may_be_asked_for_again_and_each_goes_once(session: Session) -> None:
    runner = joining.join(session, a_subscriber(), now=NOW).runner
    assert runner is not None
    for occasion in ("one", "two", "two"):
        outbox.enter_one(session, runner, outbox.CONFIRM, now=NOW, occasion=occasion)
    claimed = take_letters(session, worker="w", limit=9, lease_s=60, now=NOW)
    assert [c.occasion for c in claimed] == ["one", "two"]
    assert len({c.message_id for c in claimed}) == 2


def test_a_letter_asked_for_goes_to_the_unsubscribed_but_not_where_nobody_is(session: Session) -> None:
    ana, ben = signed_up(session), signed_up(session, "ben@example.org")
    subscribers.unsubscribe(session, ana.id, now=NOW, reason="page")
    suppressions.suppress(session, ben.email, "bounced", now=NOW)
    for runner in (ana, ben):
        outbox.enter_one(session, runner, outbox.SIGN_IN, now=NOW, occasion="one")
    (claimed,) = take_letters(session, worker="w", limit=9, lease_s=60, now=NOW)
    assert claimed.subscriber.id == ana.id
    assert claims.mark_sending(session, [claimed.id], now=NOW, worker="w") == [claimed.id]


def test_letters_of_one_runner_can_be_taken_alone(session: Session) -> None:
    ana, ben = signed_up(session), signed_up(session, "ben@example.org")
    for runner in (ana, ben):
        outbox.enter_one(session, runner, outbox.SIGN_IN, now=NOW, occasion="one")
    (taken,) = claims.take(session, worker="w", limit=9, lease_s=60, now=NOW, of=ben.id)
    assert claims.read(session, [taken])[0].subscriber.id == ben.id
    assert len(claims.take(session, worker="w", limit=9, lease_s=60, now=NOW)) == 1
