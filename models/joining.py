"""Signing up: a runner waits, unconfirmed, until whoever reads the mail at that address says yes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from models import requests, subscribers, suppressions
from models.addresses import fingerprint
from models.bulk import changed
from models.database import take_write_lock
from models.people import NewSubscriber, Status, Subscriber
from models.tables import SubscriberRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Joined:
    """Whose address was given. runner: None when it may not be written to. fresh: not confirmed yet; else a runner of ours."""

    runner: Subscriber | None
    fresh: bool


def join(session: Session, new: NewSubscriber, *, now: datetime) -> Joined:
    """Keep somebody who signs up, unconfirmed. Signing up again before confirming replaces what was said.

    Nothing changes for an address that is a runner's already: whoever typed it may be anybody.
    """
    take_write_lock(session)
    known = subscribers.find(session, new.email)
    if known is not None and known.status != Status.PENDING:
        return Joined(known, fresh=False)
    subscribers.add(session, [new], now=now, status=Status.PENDING, despite=suppressions.MAY_SIGN_UP)
    runner = subscribers.find(session, new.email)
    if runner is not None and runner.status == Status.PENDING:
        # The letter goes to the address as it is written now, and a week of waiting begins anew.
        _touch(session, runner.id, now)
    return Joined(runner, fresh=runner is not None and runner.status == Status.PENDING)


def confirm(session: Session, runner: Subscriber, *, now: datetime) -> Subscriber | None:
    """The owner of the address has said yes: the runner as he is now, active; None when there was nothing to confirm."""
    there = SubscriberRow.id == runner.id, SubscriberRow.status == Status.PENDING
    active = update(SubscriberRow).where(*there).values(status=Status.ACTIVE.value, status_at=now)
    if not changed(session.execute(active)):
        return None
    suppressions.lift(session, runner.email)
    return replace(runner, status=Status.ACTIVE)


def refuse(session: Session, runner: Subscriber, *, now: datetime, reason: str) -> None:
    """The owner of an address never signed up, and wants no more mail there: nothing is left but that."""
    suppressions.suppress(session, runner.email, reason, now=now)
    there = SubscriberRow.id == runner.id, SubscriberRow.status == Status.PENDING
    session.execute(delete(SubscriberRow).where(*there))
    requests.drop(session, fingerprint(runner.email))
    suppressions.forget_address(session, runner.email)


def leave(session: Session, runner: Subscriber, *, now: datetime, reason: str) -> None:
    """No more mail to this runner, from here on: who never confirmed is forgotten, and so is what was signed up with."""
    if runner.status == Status.PENDING:
        refuse(session, runner, now=now, reason=reason)
    else:
        subscribers.unsubscribe(session, runner.id, now=now, reason=reason)


def drop_unconfirmed(session: Session, *, before: datetime) -> int:
    """Forget everybody who signed up before a moment and has not confirmed; how many. Nothing of them is left."""
    stale = SubscriberRow.status == Status.PENDING, SubscriberRow.status_at < before
    # Row by row: what hangs on each goes with it.
    ids = session.scalars(select(SubscriberRow.id).where(*stale).with_for_update(skip_locked=True)).all()
    return changed(session.execute(delete(SubscriberRow).where(SubscriberRow.id.in_(ids), *stale)))


def _touch(session: Session, subscriber_id: int, now: datetime) -> None:
    session.execute(update(SubscriberRow).where(SubscriberRow.id == subscriber_id).values(status_at=now))
