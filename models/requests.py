"""What somebody asked for on a page and waits for: written down before the page is answered, gone with the transaction that does it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from models import codec
from models.addresses import fingerprint
from models.bulk import changed
from models.database import take_write_lock
from models.people import NewSubscriber
from models.tables import RequestRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Request:
    """A link to sign in for an address; or, with what the form said, to sign up."""

    email: str
    new: NewSubscriber | None = None


def enter(session: Session, asked: Request, *, now: datetime) -> int:
    """Write a request down; its number. The same statement for every address: nothing is looked up."""
    take_write_lock(session)
    row = {
        "address_hash": fingerprint(asked.email),
        "asked_at": now,
        "format": codec.FORMAT,
        "request": codec.encode(asked),
    }
    return int(session.execute(insert(RequestRow).values(row).returning(RequestRow.id)).scalar_one())


def waiting(session: Session) -> list[int]:
    """The numbers of all that wait, oldest first."""
    return list(session.scalars(select(RequestRow.id).order_by(RequestRow.id)))


def take(session: Session, number: int) -> list[Request]:
    """A request and those before it for the same address, oldest first, so that what was said last holds; none when it is done.

    They are gone once the session commits, and wait on when it does not: do what they ask for in the same transaction.
    """
    take_write_lock(session)
    of_address = select(RequestRow.address_hash).where(RequestRow.id == number).scalar_subquery()
    taken = session.execute(
        delete(RequestRow)
        .where(RequestRow.address_hash == of_address, RequestRow.id <= number)
        .returning(RequestRow.id, RequestRow.format, RequestRow.request)
    ).all()
    return [codec.decode(Request, blob, written_as) for _, written_as, blob in sorted(map(tuple, taken))]


def drop(session: Session, address_hash: str) -> None:
    """Forget what waits for an address whose owner wants nothing kept."""
    session.execute(delete(RequestRow).where(RequestRow.address_hash == address_hash))


def forget(session: Session, *, before: datetime) -> int:
    """Drop what has waited since before a moment and could not be done; how many."""
    return changed(session.execute(delete(RequestRow).where(RequestRow.asked_at < before)))
