"""Mails of the sample runners that are not known to have arrived, and what to do about each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from models import claims
from models.claims import Settled
from models.outbox import State
from models.tables import OutboxRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from models.people import Subscriber

SAID = {
    State.PENDING: "waits for the next delivery",
    State.CLAIMED: "was taken up by a run that was stopped",
    State.SENDING: "was being posted when a run was stopped",
    State.DEFERRED: "is tried again later",
    State.FAILED: "failed",
    State.AMBIGUOUS: "may have arrived or not, so it is held for you",
}


@dataclass(frozen=True, slots=True)
class Undelivered:
    """name: the runner's. until (aware): when something can happen to it again by itself, if it can. response: the server's."""

    number: int
    name: str
    week_of: date
    message_id: str
    state: State
    until: datetime | None
    response: str


def undelivered(session: Session, runners: Sequence[Subscriber]) -> list[Undelivered]:
    """Every mail to these runners that has not been sent, by number."""
    names = {runner.id: runner.name for runner in runners}
    rows = session.scalars(
        select(OutboxRow)
        .where(OutboxRow.subscriber_id.in_(names), OutboxRow.state != State.SENT)
        .order_by(OutboxRow.id)
    )
    return [
        Undelivered(
            row.id,
            names[row.subscriber_id],
            row.week_of,
            row.message_id,
            State(row.state),
            row.lease_until or row.retry_at,
            row.response,
        )
        for row in rows
    ]


def settle_arrived(session: Session, runners: Sequence[Subscriber], arrived: Collection[str], *, now: datetime) -> int:
    """Count as sent what a run that was stopped had posted: it is in the mailbox. arrived: Message-IDs before the @."""
    there = [mail for mail in undelivered(session, runners) if mail.message_id in arrived]
    return claims.settle(session, [Settled(m.number, "sent", "found in the mailbox") for m in there], now=now)


def told(mails: Sequence[Undelivered]) -> str:
    """The mails, a line each, and what to do; times on this machine's clock."""
    lines = ["Not in the mailbox:"]
    lines += [
        f"  {mail.name}, week of {mail.week_of:%-d %B}: {SAID[mail.state]}"
        f"{f' ({mail.response})' if mail.response else ''}. {mail.message_id}"
        for mail in mails
    ]
    later = [mail.until for mail in mails if mail.until is not None]
    if later:
        lines.append(
            f"Run it again after {max(later).astimezone():%H:%M}: what nobody had begun to post goes out then, "
            "and what may have arrived is held. Nothing is sent twice."
        )
    lines.append("See what is held with `stridewell outbox held`, and decide on each with `stridewell outbox release`.")
    return "\n".join(lines)
