"""What the outbox holds: letters entered to be sent, each exactly once, and what became of them.

    pending → claimed (lease) → sending → sent | deferred (retry_at) | failed | ambiguous

`models.claims` takes a letter along this way; an ambiguous one waits here for a person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import func, select, update

from models import choices
from models.bulk import changed, chunks, insert_missing
from models.choices import Choice
from models.database import take_write_lock
from models.people import Subscriber
from models.standing import keys_of
from models.tables import WEEKLY, OutboxRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


CONFIRM = "confirm"
SIGN_IN = "sign-in"
MOVE_FROM = "move-from"
MOVE_TO = "move-to"
GOODBYE = "goodbye"

ON_REQUEST = frozenset({CONFIRM, SIGN_IN, MOVE_FROM, MOVE_TO, GOODBYE})
"""Kinds that go out because somebody asks for them now: also to one who has unsubscribed, and whose data it is."""


Entry = tuple[int, date, str] | tuple[int, date, str, str]
"""Runner, Monday, kind; and the occasion, where there may be several of a kind in a week: 16 characters at most."""


class State(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    AMBIGUOUS = "ambiguous"


TO_GO = (State.PENDING, State.CLAIMED, State.SENDING, State.DEFERRED)
"""Neither gone out, nor given up, nor held: what a worker has in hand too, since one that dies keeps it until its lease is over."""


@dataclass(frozen=True, slots=True)
class Held:
    """An ambiguous letter: it may have arrived. since: when that became known."""

    id: int
    subscriber_id: int
    week_of: date
    kind: str
    message_id: str
    attempts: int
    response: str
    since: datetime


def message_id(key: str, week_of: date, kind: str, occasion: str = "") -> str:
    """The local part of a letter's Message-ID: always the same for one runner, week, kind and occasion; it does not show the runner."""
    shade = sha256(f"{key} {week_of.isoformat()} {kind} {occasion}".rstrip().encode()).hexdigest()[:24]
    return f"{kind}.{week_of.isoformat()}.{shade}"


def queue(session: Session, entries: Sequence[Entry], *, now: datetime) -> int:
    """Enter letters to be sent; how many are new. One that is there already stays as it is."""
    take_write_lock(session)
    return sum(enter(session, some, keys_of(session, [i for i, *_ in some]), now=now) for some in chunks(entries))


def enter(session: Session, entries: Sequence[Entry], keys: Mapping[int, str], *, now: datetime) -> int:
    """As `queue`, for runners whose keys are at hand and who are held in place; others are left out."""
    weekly = [i for i, _, kind, *_ in entries if kind == WEEKLY]
    wanting = choices.who_wants(session, weekly, Choice.CALENDAR) if weekly else frozenset()
    rows = [
        _row(i, keys[i], week_of, kind, "".join(occasion), now) | {"calendar": kind == WEEKLY and i in wanting}
        for i, week_of, kind, *occasion in entries
        if i in keys
    ]
    return len(insert_missing(session, OutboxRow, rows, [OutboxRow.id]))


def enter_one(
    session: Session, runner: Subscriber, kind: str, *, now: datetime, occasion: str, address: str | None = None
) -> None:
    """Enter a letter that may be asked for more than once a week. occasion: tells it apart, 16 characters at most.

    address: where it goes when not to the runner's own address; kept until the letter is done.
    """
    week_of = now.date() - timedelta(days=now.weekday())
    row = _row(runner.id, runner.key, week_of, kind, occasion, now) | {"address": address}
    insert_missing(session, OutboxRow, [row], [OutboxRow.id])


def _row(subscriber_id: int, key: str, week_of: date, kind: str, occasion: str, now: datetime) -> dict[str, Any]:
    """A letter that nobody has touched."""
    return {
        "subscriber_id": subscriber_id,
        "week_of": week_of,
        "kind": kind,
        "occasion": occasion,
        "message_id": message_id(key, week_of, kind, occasion),
        "state": State.PENDING.value,
        "attempts": 0,
        "response": "",
        "created_at": now,
        "changed_at": now,
    }


def counts(session: Session, week_of: date | None = None) -> dict[str, int]:
    """How many letters are in each state, zeros too; of the week of one Monday, or of all."""
    asked = select(OutboxRow.state, func.count()).group_by(OutboxRow.state)
    if week_of is not None:
        asked = asked.where(OutboxRow.week_of == week_of)
    return {state.value: 0 for state in State} | dict(session.execute(asked).tuples().all())


def to_go(counts: Mapping[str, int]) -> int:
    """How many letters are still to go, of those counted by state."""
    return sum(counts[state] for state in TO_GO)


def held(session: Session) -> list[Held]:
    """The letters that may have arrived or not, oldest first, for a person to decide on."""
    rows = session.execute(
        select(
            OutboxRow.id,
            OutboxRow.subscriber_id,
            OutboxRow.week_of,
            OutboxRow.kind,
            OutboxRow.message_id,
            OutboxRow.attempts,
            OutboxRow.response,
            OutboxRow.changed_at,
        )
        .where(OutboxRow.state == State.AMBIGUOUS)
        .order_by(OutboxRow.id)
    )
    return [Held(*row) for row in rows]


def release(
    session: Session, letter_id: int, action: Literal["resend", "settled"], *, now: datetime | None = None
) -> bool:
    """A person's decision on an ambiguous letter: send it again (the same letter), or count it as sent.

    False when the letter is not ambiguous, or not any more.
    """
    state = {"resend": State.PENDING, "settled": State.SENT}[action]
    values: dict[str, Any] = {"state": state.value, "worker": None}
    if now is not None:
        values["changed_at"] = now
    there = OutboxRow.id == letter_id, OutboxRow.state == State.AMBIGUOUS
    return bool(changed(session.execute(update(OutboxRow).where(*there).values(values))))
