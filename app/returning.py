"""Reading what came back: who is behind each mail, as far as our own signature proves it, and what follows."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mail import postbox, verp
from mail import returns as mails
from models import returns

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

    from app.wiring import House
    from mail.postbox import Postbox
    from mail.returns import Returned
    from models.people import Subscriber

FOREIGN = "no signature of ours proves which mail it is about: forged, not meant for us, or the runner has moved or been erased"

MOST_TOKENS = 20
"""A mail that came back names one of ours, in a few places; one that names more is made to keep us busy."""

log = logging.getLogger("stridewell.returns")


@dataclass(frozen=True, slots=True)
class ReturnCounts:
    """What became of mails that came back. bounced, complained, unsubscribed: nothing more goes to those addresses.

    counted: bounces that may pass. passed: nothing to be done, like automatic answers. kept: for a person to look at.
    """

    read: int = 0
    bounced: int = 0
    counted: int = 0
    complained: int = 0
    unsubscribed: int = 0
    passed: int = 0
    kept: int = 0

    def __add__(self, other: ReturnCounts) -> ReturnCounts:
        return ReturnCounts(
            self.read + other.read,
            self.bounced + other.bounced,
            self.counted + other.counted,
            self.complained + other.complained,
            self.unsubscribed + other.unsubscribed,
            self.passed + other.passed,
            self.kept + other.kept,
        )


def opened(house: House) -> AbstractContextManager[Postbox]:
    """The mailbox of STRIDEWELL_RETURNS_URL. Raises PostboxError."""
    return postbox.opened(house.settings.returns, house.settings.home)


def read_all(house: House, box: Postbox) -> ReturnCounts:
    """Read every mail that waits, each in a transaction of its own. What was read is deleted after that, and only then.

    A mail that cannot be read, or is not proven to be about a mail of ours, changes nothing and stays there for a person.
    """
    total = ReturnCounts()
    for place in box.waiting():
        octets = box.fetch(place)
        if octets is None:
            continue
        counts = read_one(house, octets, place, now=house.clock())
        if counts.kept:
            box.keep(place)
        else:
            box.done(place)
        total += counts
    with house.sessions.begin() as session:
        returns.forget(session, before=house.clock() - returns.REMEMBERED)
    return total


def read_one(house: House, octets: bytes, place: str, *, now: datetime) -> ReturnCounts:
    """Read one mail and do what follows. place: where it lies, for a person who looks for it."""
    said = mails.read(octets)
    fingerprint = hashlib.sha256(octets or place.encode("utf-8", "replace")).hexdigest()
    with house.sessions.begin() as session:
        about = _about(house, session, said)
        if said.kind == "unclear" or about is None:
            note = said.note if said.kind == "unclear" else FOREIGN
            returns.keep(session, fingerprint=fingerprint, note=note, place=place, now=now)
            log.warning("%s is kept: %s", place, note)
            return ReturnCounts(read=1, kept=1)
        runner, letter_id = about
        effect = returns.take(
            session,
            runner,
            letter_id,
            said.kind,
            fingerprint=fingerprint,
            now=now,
            status=said.status,
            note=said.note,
        )
    log.info("mail %s: %s %s, %s", letter_id, said.note, said.status, effect)
    return ReturnCounts(
        read=1,
        bounced=effect == "bounced",
        counted=effect == "counted",
        complained=effect == "complained",
        unsubscribed=effect == "unsubscribed",
        passed=effect in ("nothing", "again"),
    )


def _about(house: House, session: Session, said: Returned) -> tuple[Subscriber, int] | None:
    """The runner and the letter that a signature of ours in the mail proves; None when it proves none, or two runners."""
    if len(said.tokens) > MOST_TOKENS:
        return None
    proven: dict[int, Subscriber] = {}
    for token in said.tokens:
        runner = returns.addressee(session, token.outbox_id)
        if runner is not None and verp.proves(token, runner.email, house.settings.secret_key):
            proven[token.outbox_id] = runner
    if len({runner.id for runner in proven.values()}) != 1:
        return None
    letter_id = max(proven)
    return proven[letter_id], letter_id
