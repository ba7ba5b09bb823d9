"""The tables. Health data (profiles, plans, answers, progress, requests) stands in blobs; everything else is plain columns.

A runner's rows hang on `subscribers` and go with it. Row classes stay in this folder; the functions beside them speak
in the coach's values.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, MetaData, String, Text, UniqueConstraint, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from models.columns import Identity, UtcDateTime

WEEKLY = "weekly"
"""The kind of the weekly plan and of its letter."""


ENGLISH = "en"
"""The language of a runner who has named none."""

REMINDER = "reminder"
"""The kind of the letter that asks once more for an answer."""


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, bytes: LargeBinary, str: Text}  # noqa: RUF012 - read by SQLAlchemy


def _of_subscriber(*, primary_key: bool = False) -> Mapped[int]:
    return mapped_column(
        Identity, ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=primary_key, autoincrement=False
    )


class SubscriberRow(Base):
    """email, address_hash: None once erased. status_at: since when the status holds.

    paused_until: when a pause ends by itself; None for one that does not, and when there is none.
    signed_out_at: what was signed in before holds no longer. language: a folder of translations/, or "en"; also of the good-bye, so it outlives the rest.
    """

    __tablename__ = "subscribers"
    __table_args__ = (
        CheckConstraint("status IN ('pending', 'active', 'paused', 'unsubscribed', 'erased')", name="status"),
        CheckConstraint("units IN ('kg', 'lb')", name="units"),
        CheckConstraint("slot_weekday BETWEEN 0 AND 6", name="slot_weekday"),
        CheckConstraint("slot_minute BETWEEN 0 AND 1439", name="slot_minute"),
        CheckConstraint("(email IS NULL) = (status = 'erased')", name="erased_has_no_address"),
        Index(None, "status", "time_zone", "slot_weekday", "slot_minute"),
        # A number is never given twice, so that work under way for an erased runner cannot reach another.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    email: Mapped[str | None]
    address_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    name: Mapped[str]
    time_zone: Mapped[str]
    slot_weekday: Mapped[int]
    slot_minute: Mapped[int]
    units: Mapped[str] = mapped_column(String(2))
    status: Mapped[str] = mapped_column(String(12))
    status_at: Mapped[datetime]
    created_at: Mapped[datetime]
    paused_until: Mapped[datetime | None]
    signed_out_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(server_default=ENGLISH)


class ProfileRow(Base):
    """One version of a profile, counted from 1; the highest holds."""

    __tablename__ = "profiles"

    subscriber_id: Mapped[int] = _of_subscriber(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    format: Mapped[int]
    profile: Mapped[bytes]
    created_at: Mapped[datetime]


class PlanRow(Base):
    """One runner's Week; there is only ever one for a Monday and a kind."""

    __tablename__ = "plans"

    subscriber_id: Mapped[int] = _of_subscriber(primary_key=True)
    week_of: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    engine: Mapped[str]
    format: Mapped[int]
    week: Mapped[bytes]
    created_at: Mapped[datetime]


class AnswerRow(Base):
    """One answer as it was given: only ever added. Within a runner, a later answer has the higher id."""

    __tablename__ = "answers"
    __table_args__ = (Index(None, "subscriber_id", "week_of", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    subscriber_id: Mapped[int] = _of_subscriber()
    week_of: Mapped[date]
    source: Mapped[str] = mapped_column(String(32))
    format: Mapped[int]
    answers: Mapped[bytes]
    given_at: Mapped[datetime]


class SnapshotRow(Base):
    """Progress after folding a week. answers_through: the highest answer id that is folded in, of this week or any before."""

    __tablename__ = "progress"

    subscriber_id: Mapped[int] = _of_subscriber(primary_key=True)
    week_of: Mapped[date] = mapped_column(primary_key=True)
    answers_through: Mapped[int] = mapped_column(Identity)
    format: Mapped[int]
    progress: Mapped[bytes]
    folded_at: Mapped[datetime]


class OutboxRow(Base):
    """A letter to be sent, once. The row is its own ledger: what became of it stays.

    worker, lease_until: who holds it, until when (claimed, sending). attempts: how often it was claimed.
    occasion: tells apart letters of a kind that may come more than once a week; empty for all others.
    address: where it goes when not to the runner's own address; forgotten when the letter is done.
    calendar: the week's sessions go along as a calendar file; settled when it is entered, so that a second try is the same mail.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("subscriber_id", "week_of", "kind", "occasion"),
        CheckConstraint(
            "state IN ('pending', 'claimed', 'sending', 'sent', 'deferred', 'failed', 'ambiguous')", name="state"
        ),
        Index(None, "state", "id"),
        Index(None, "week_of", "state"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    subscriber_id: Mapped[int] = _of_subscriber()
    week_of: Mapped[date]
    kind: Mapped[str] = mapped_column(String(16))
    message_id: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int]
    worker: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    retry_at: Mapped[datetime | None]
    response: Mapped[str]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    occasion: Mapped[str] = mapped_column(String(16), server_default="")
    address: Mapped[str | None]
    calendar: Mapped[bool] = mapped_column(server_default=false())


class ChoiceRow(Base):
    """Something beyond the weekly mail that a runner has asked for, since when. kind: see `models.choices`."""

    __tablename__ = "choices"

    subscriber_id: Mapped[int] = _of_subscriber(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    since: Mapped[datetime]


class SuppressionRow(Base):
    """An address never to be written to. address: None once its owner is erased; the hash still guards."""

    __tablename__ = "suppressions"

    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    address: Mapped[str | None]
    reason: Mapped[str]
    created_at: Mapped[datetime]


class ReturnRow(Base):
    """A mail that came back and was read. fingerprint: of its octets, so that none counts twice. letter_id: the letter it is
    about; None when it is about none, the runner has been erased, or what came back from that address counts no more.

    kind: what it is (`mail.returns.Kind`), or "kept" for one that waits for a person: note says why, place where it lies.
    """

    __tablename__ = "returns"
    __table_args__ = (Index(None, "letter_id"), Index(None, "read_at"))

    fingerprint: Mapped[str] = mapped_column(String(64), primary_key=True)
    letter_id: Mapped[int | None] = mapped_column(Identity, ForeignKey("outbox.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(String(12))
    status: Mapped[str] = mapped_column(String(12))
    note: Mapped[str]
    place: Mapped[str]
    read_at: Mapped[datetime]


class ConsentRow(Base):
    """What a runner agreed to, in the words that were shown. version: of these words; empty where they have none."""

    __tablename__ = "consents"
    __table_args__ = (Index(None, "subscriber_id"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    subscriber_id: Mapped[int] = _of_subscriber()
    text: Mapped[str]
    given_at: Mapped[datetime]
    version: Mapped[str] = mapped_column(String(32), server_default="")


class MoveRow(Base):
    """A change of address that a runner asked for; it takes place when both ends have agreed. There is only ever one."""

    __tablename__ = "moves"

    subscriber_id: Mapped[int] = _of_subscriber(primary_key=True)
    occasion: Mapped[str] = mapped_column(String(16))
    address: Mapped[str]
    asked_at: Mapped[datetime]
    old_agreed_at: Mapped[datetime | None]
    new_agreed_at: Mapped[datetime | None]


class RequestRow(Base):
    """What somebody asked for on a page: to sign up, with what was said (request), or to sign in. It is gone once that is done."""

    __tablename__ = "requests"
    # A number is never given twice, so that work under way for one that is done cannot reach another.
    __table_args__ = (Index(None, "address_hash"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    address_hash: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    format: Mapped[int]
    request: Mapped[bytes]


class TallyRow(Base):
    """How often something was done in a window of time. what: a fingerprint that shows neither address nor ticket."""

    __tablename__ = "tallies"

    what: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]


class ErasureRow(Base):
    """A receipt: that somebody was erased, and how much went; nothing that tells who it was."""

    __tablename__ = "erasures"

    reference: Mapped[str] = mapped_column(String(16), primary_key=True)
    erased_at: Mapped[datetime]
    profiles: Mapped[int]
    plans: Mapped[int]
    answers: Mapped[int]
    snapshots: Mapped[int]
    letters: Mapped[int]
    consents: Mapped[int]
