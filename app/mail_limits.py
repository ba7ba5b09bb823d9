"""How many mails of the account one address gets: anybody may type it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from models import tallies
from models.addresses import fingerprint

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MAILS_AN_HOUR = 4
"""To one address, asked for by anybody; beyond that no more go out, and the page says nothing of it."""

HOUR = timedelta(hours=1)

DAY = timedelta(days=1)


def fine(session: Session, email: str, *, now: datetime) -> bool:
    """Count one more mail to an address; False when it was too many."""
    return tallies.within(session, f"mail {fingerprint(email)}", most=MAILS_AN_HOUR, per=HOUR, now=now)


def fine_after_complaint(session: Session, email: str, *, now: datetime) -> bool:
    """Count one more mail to an address that complained; False when there was one today."""
    return tallies.within(session, f"back {fingerprint(email)}", most=1, per=DAY, now=now)
