"""Subscribers and their profiles: who gets a letter, and what the coach may know of them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import bindparam, exists, func, insert, select, true, update

from coach import racing
from coach.errors import StridewellError
from coach.profile import Profile
from models import codec, plans, suppressions
from models.addresses import fingerprint, written
from models.bulk import changed, chunks, insert_missing
from models.database import take_write_lock
from models.people import (
    COLUMNS,
    NewSubscriber,
    Status,
    Subscriber,
    UnknownSubscriber,
    latest_profile,
    subscriber_of,
)
from models.tables import (
    ENGLISH,
    ConsentRow,
    ProfileRow,
    SubscriberRow,
    SuppressionRow,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Added:
    """How many were new, changed, the same as before; suppressed: not stored, as the address asked never to be written to."""

    added: int
    updated: int
    unchanged: int
    suppressed: int = 0


def add(
    session: Session,
    new: Sequence[NewSubscriber],
    *,
    now: datetime,
    status: Status = Status.ACTIVE,
    despite: Collection[str] = (),
    on_change: Callable[[Subscriber, Profile, Profile], None] | None = None,
) -> Added:
    """Store runners; one whose address is known gets what has changed, and a new version of a profile that differs.

    on_change: is called with each such runner, the profile as it was and as it is now.

    status: of those that are new; a known runner keeps his, so an unsubscribed one stays so. Of two entries with one
    address the later counts. A suppressed address that is not (or no longer) a runner's is not stored; despite: reasons
    of suppression that do not stand in the way.
    """
    take_write_lock(session)
    by_hash = {fingerprint(n.email): n for n in new}
    counts = [
        _add_chunk(
            session, {h: by_hash[h] for h in hashes}, now=now, status=status, despite=despite, on_change=on_change
        )
        for hashes in chunks(by_hash)
    ]
    return Added(
        sum(c.added for c in counts),
        sum(c.updated for c in counts),
        sum(c.unchanged for c in counts),
        sum(c.suppressed for c in counts),
    )


def _add_chunk(
    session: Session,
    new: Mapping[str, NewSubscriber],
    *,
    now: datetime,
    status: Status,
    despite: Collection[str],
    on_change: Callable[[Subscriber, Profile, Profile], None] | None,
) -> Added:
    known = _known(session, new)
    in_the_way = SuppressionRow.address_hash.in_(list(new)), SuppressionRow.reason.not_in(list(despite))
    barred = set(session.scalars(select(SuppressionRow.address_hash).where(*in_the_way))) - set(known)
    fresh = [h for h in new if h not in known and h not in barred]
    # Hexadecimal: a key is also a word on a command line, where one that begins with a dash is an option.
    keys = {h: secrets.token_hex(11) for h in fresh}
    inserted = insert_missing(
        session,
        SubscriberRow,
        [
            {
                "key": keys[h],
                "email": written(new[h].email),
                "address_hash": h,
                **_plain(new[h], ENGLISH),
                "status": status.value,
                "status_at": now,
                "created_at": now,
            }
            for h in fresh
        ],
        [SubscriberRow.address_hash, SubscriberRow.id],
    )
    ids = {str(h): int(number) for h, number in inserted}
    # Another process may have stored some of them since we looked: those are known now.
    known |= _known(session, [h for h in fresh if h not in ids])

    profiles = [_profile_row(number, 1, replace(new[h].profile, key=keys[h]), now) for h, number in ids.items()]
    agreed = [(number, new[h]) for h, number in ids.items()]
    moved, touched = [], set()
    for h, (subscriber, profile, version) in known.items():
        if (wanted := _merged(new[h].profile, profile, now.date())) != profile:
            profiles.append(_profile_row(subscriber.id, version + 1, wanted, now))
            touched.add(h)
            if on_change is not None:
                on_change(subscriber, profile, wanted)
        if (said := _plain(new[h], subscriber.language)) != _plain(subscriber, ENGLISH):
            moved.append({"row_id": subscriber.id, **said})
            touched.add(h)
    if moved:
        session.connection().execute(update(SubscriberRow).where(SubscriberRow.id == bindparam("row_id")), moved)
    if profiles:
        session.execute(insert(ProfileRow), profiles)
    agreed += _newly_agreed(session, {s.id: new[h] for h, (s, _, _) in known.items()})
    if agreed:
        session.execute(
            insert(ConsentRow),
            [
                {"subscriber_id": i, "text": n.consent_text, "given_at": n.consent_at, "version": n.consent_version}
                for i, n in agreed
            ],
        )
    return Added(len(ids), len(touched), len(known) - len(touched), len(barred))


def _known(session: Session, hashes: Collection[str]) -> dict[str, tuple[Subscriber, Profile, int]]:
    """Those stored already, by address hash, with their latest profile and its version; locked until the transaction ends."""
    if not hashes:
        return {}
    rows = session.execute(
        select(*COLUMNS, SubscriberRow.address_hash, ProfileRow.version, ProfileRow.format, ProfileRow.profile)
        .join(ProfileRow, latest_profile())
        .where(SubscriberRow.address_hash.in_(list(hashes)))
        .order_by(SubscriberRow.id)
        .with_for_update(of=SubscriberRow)
    )
    return {r[-4]: (subscriber_of(r), codec.decode(Profile, r[-1], r[-2]), r[-3]) for r in rows}


def _newly_agreed(session: Session, known: Mapping[int, NewSubscriber]) -> list[tuple[int, NewSubscriber]]:
    """Runners who have not agreed to this text yet."""
    if not known:
        return []
    whose = ConsentRow.subscriber_id.in_(list(known))
    agreed = set(session.execute(select(ConsentRow.subscriber_id, ConsentRow.text).where(whose)).tuples())
    return [(number, new) for number, new in known.items() if (number, new.consent_text) not in agreed]


def _merged(new: Profile, kept: Profile, today: date) -> Profile:
    """What a file or form says now. The screening may have been answered since, in the account: the later day holds.

    A race just over stays where no other is given: legs still recover from it.
    """
    days = [day for day in (new.screened_on, kept.screened_on) if day is not None]
    race = racing.known(new.race, kept.race, today)
    return replace(new, key=kept.key, race=race, screened_on=max(days, default=None))


def _plain(of: NewSubscriber | Subscriber, language: str) -> dict[str, Any]:
    """The columns that a file or form fills. language: for one who names none."""
    return {
        "name": of.name,
        "time_zone": of.time_zone,
        "slot_weekday": of.slot.weekday,
        "slot_minute": of.slot.minute,
        "units": of.units,
        "language": of.language or language,
    }


def _profile_row(subscriber_id: int, version: int, profile: Profile, now: datetime) -> dict[str, Any]:
    return {
        "subscriber_id": subscriber_id,
        "version": version,
        "format": codec.FORMAT,
        "profile": codec.encode(profile),
        "created_at": now,
    }


def change(session: Session, runner: Subscriber, new: NewSubscriber, *, now: datetime) -> None:
    """Keep what a runner has changed of themselves, all but the address: a new version of a profile that differs.

    Raises UnknownSubscriber for one who is erased.
    """
    if new.email != runner.email:
        raise StridewellError("email: an address is changed when both ends agree. Call models.moves.")
    take_write_lock(session)
    known = _known(session, [fingerprint(runner.email)])
    for subscriber, profile, version in known.values():
        if (wanted := replace(new.profile, key=subscriber.key)) != profile:
            session.execute(insert(ProfileRow), [_profile_row(subscriber.id, version + 1, wanted, now)])
        session.execute(
            update(SubscriberRow).where(SubscriberRow.id == subscriber.id).values(_plain(new, subscriber.language))
        )
    if not known:
        raise UnknownSubscriber(runner.id)


def screened(session: Session, runner: Subscriber, on: date, *, now: datetime) -> None:
    """The runner has looked at the screening questions again, and nothing has changed. on: the day; it alone is kept anew.

    Raises UnknownSubscriber for one who is erased.
    """
    amend(session, runner, lambda profile: replace(profile, screened_on=on), now=now)


def amend(session: Session, runner: Subscriber, change: Callable[[Profile], Profile], *, now: datetime) -> None:
    """A new version of a runner's profile, where the change makes another of it. Raises UnknownSubscriber for one who is erased."""
    take_write_lock(session)
    known = _known(session, [fingerprint(runner.email)])
    for subscriber, profile, version in known.values():
        if (wanted := change(profile)) != profile:
            session.execute(insert(ProfileRow), [_profile_row(subscriber.id, version + 1, wanted, now)])
    if not known:
        raise UnknownSubscriber(runner.id)


_ONE = select(*COLUMNS).where(SubscriberRow.status != Status.ERASED)
# Built once: every link in a mail begins with the one or the other.
_OF_KEY = _ONE.where(SubscriberRow.key == bindparam("key"))
_OF_ADDRESS = _ONE.where(SubscriberRow.address_hash == bindparam("address_hash"))


def get(session: Session, key: str) -> Subscriber | None:
    """The runner of a key; None for one that is unknown or erased."""
    row = session.execute(_OF_KEY, {"key": key}).one_or_none()
    return None if row is None else subscriber_of(row)


def find(session: Session, email: str) -> Subscriber | None:
    """The runner of an address, however it is spelt."""
    row = session.execute(_OF_ADDRESS, {"address_hash": fingerprint(email)}).one_or_none()
    return None if row is None else subscriber_of(row)


def profile_of(session: Session, subscriber_id: int, version: int | None = None) -> Profile | None:
    """The profile of a runner, the latest or a version of it; None when he is unknown or erased, or has no such version."""
    row = session.execute(
        select(ProfileRow.profile, ProfileRow.format)
        .where(ProfileRow.subscriber_id == subscriber_id)
        .where(true() if version is None else ProfileRow.version == version)
        .order_by(ProfileRow.version.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else codec.decode(Profile, row.profile, row.format)


def version_of(session: Session, subscriber_id: int) -> int:
    """The number of a runner's latest profile; 0 when he is unknown or erased."""
    return session.scalar(select(func.max(ProfileRow.version)).where(ProfileRow.subscriber_id == subscriber_id)) or 0


def everyone(session: Session) -> Iterator[tuple[Subscriber, Profile]]:
    """All runners but the erased, by number, read some hundred at a time."""
    last = 0
    while rows := session.execute(
        select(*COLUMNS, ProfileRow.format, ProfileRow.profile)
        .join(ProfileRow, latest_profile())
        .where(SubscriberRow.id > last)
        .order_by(SubscriberRow.id)
        .limit(500)
    ).all():
        for row in rows:
            yield subscriber_of(row), codec.decode(Profile, row.profile, row.format)
        last = rows[-1].id


def set_status(session: Session, subscriber_id: int, status: Status, *, now: datetime) -> bool:
    """Give a runner a status; True when it is another than before. UNSUBSCRIBED also suppresses the address.

    Who gets no weekly letter any more has a week that is planned and not posted yet taken back.

    Making one ACTIVE does not lift a suppression: that takes suppressions.lift. Raises UnknownSubscriber.
    """
    match status:
        case Status.ERASED:
            raise StridewellError("status: erasing takes the runner's data away with it. Call models.erasing.")
        case Status.UNSUBSCRIBED:
            return unsubscribe(session, subscriber_id, now=now, reason="set by hand")
    return _move(session, subscriber_id, status, now)


def unsubscribe(session: Session, subscriber_id: int, *, now: datetime, reason: str) -> bool:
    """Never write to this runner again; True when that is new. Letters waiting for him are not sent any more.

    Raises UnknownSubscriber.
    """
    moved = _move(session, subscriber_id, Status.UNSUBSCRIBED, now)
    email = session.scalar(select(SubscriberRow.email).where(SubscriberRow.id == subscriber_id))
    # `_move` has made sure that there is an address.
    return suppressions.suppress(session, cast("str", email), reason, now=now) or moved


def _move(session: Session, subscriber_id: int, status: Status, now: datetime) -> bool:
    there = SubscriberRow.id == subscriber_id
    moved = session.execute(
        update(SubscriberRow)
        .where(there, SubscriberRow.status.not_in([status, Status.ERASED]))
        .values(status=status.value, status_at=now, paused_until=None)
    )
    if changed(moved):
        if status is not Status.ACTIVE:
            plans.take_back_unposted(session, subscriber_id)
        return True
    if session.scalar(select(exists().where(there, SubscriberRow.status != Status.ERASED))):
        return False
    raise UnknownSubscriber(subscriber_id)
