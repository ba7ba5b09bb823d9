"""Posting the outbox: claim, write, post, settle. What the server says decides what becomes of each mail."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from app import account_mails, breaks, crew, letters, reminding
from coach.errors import StridewellError
from mail import mime, pictures, verp
from mail.letter import Known
from mail.outcomes import Accepted, Outcome, Refused, TryLater, Unknown
from mail.smtp_session import Message
from models import claims, outbox, pauses, suppressions
from models.bulk import chunks, collector_at_rest
from models.claims import Claimed, Settled
from models.tables import REMINDER, WEEKLY

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.wiring import House

FIRST_RETRY = timedelta(minutes=5)

LONGEST_RETRY = timedelta(days=1)

GIVE_UP_AFTER = timedelta(days=2)
"""From when the mail was queued: a week's plan is of little use later, and two days ride out what most servers call later."""

AT_ONCE = 100
"""Mails marked as being sent together: as many as could be in doubt after a crash."""

ENOUGH_TO_JUDGE = 20
"""Mails posted before a share of refusals means anything."""

LONGEST_RESPONSE = 300

log = logging.getLogger("stridewell.delivery")


class Way(Protocol):
    """What posts mails: an outcome for each message, in the same order."""

    def send_batch(self, messages: Sequence[Message]) -> Sequence[Outcome]: ...


@dataclass(frozen=True, slots=True)
class DeliveryCounts:
    """What became of claimed mails. suppressed: of the refused, addresses that will not be written to again.

    stopped: why the delivery stopped before its time, or "". more: a full batch was claimed, there may be more.
    """

    claimed: int = 0
    sent: int = 0
    deferred: int = 0
    failed: int = 0
    ambiguous: int = 0
    suppressed: int = 0
    stopped: str = ""
    more: bool = False

    def __add__(self, other: DeliveryCounts) -> DeliveryCounts:
        return DeliveryCounts(
            claimed=self.claimed + other.claimed,
            sent=self.sent + other.sent,
            deferred=self.deferred + other.deferred,
            failed=self.failed + other.failed,
            ambiguous=self.ambiguous + other.ambiguous,
            suppressed=self.suppressed + other.suppressed,
            stopped=other.stopped or self.stopped,
            more=other.more,
        )


def deliver_batch(
    house: House, way: Way, *, worker: str, limit: int, now: datetime, of: int | None = None
) -> DeliveryCounts:
    """Post up to `limit` waiting mails. Safe beside other workers: a mail is claimed by one. of: one runner's alone.

    Never posts a mail twice by itself: one whose fate is unknown is held, unless STRIDEWELL_AMBIGUOUS says resend.
    """
    settings = house.settings
    wanted = max(1, min(limit, _within_lease(settings.send_rate, settings.lease_s, embedded=settings.embedded)))
    with house.sessions.begin() as session:
        taken = claims.take(session, worker=worker, limit=wanted, lease_s=settings.lease_s, now=now, of=of)
    counts = DeliveryCounts(claimed=len(taken))
    refused = posted = 0
    began = house.clock()
    parts = [_Part(some) for some in chunks(taken, AT_ONCE)]
    for written in crew.share(house, parts, runners=len(taken)):
        if counts.stopped or house.clock() - began > timedelta(seconds=settings.lease_s / 2):
            # Not posted and not lost: their claim runs out and the next delivery takes them.
            break
        done, outcomes = _post(house, way, written, worker)
        counts += done
        posted += len(outcomes)
        refused += sum(isinstance(outcome, Refused) for outcome in outcomes)
        if posted >= ENOUGH_TO_JUDGE and refused / posted > settings.refusal_limit:
            counts = replace(counts, stopped=_too_many(refused, posted))
            log.error(counts.stopped)
    return replace(counts, claimed=len(taken), more=len(taken) == wanted)


def deliver_all(house: House, way: Way, *, worker: str) -> DeliveryCounts:
    """Post batch after batch until nothing is waiting, or until too many are refused. Each looks at the clock anew."""
    total = DeliveryCounts(more=True)
    while total.more and not total.stopped:
        total += deliver_batch(house, way, worker=worker, limit=house.settings.chunk, now=house.clock())
    return total


def _within_lease(rate: float, lease_s: int, *, embedded: bool) -> int:
    """How many mails can be posted in half a lease, so that no claim runs out while its mail waits its turn."""
    return 1_000_000 if embedded or rate == 0 else math.ceil(rate * lease_s / 2)


def _post(house: House, way: Way, written: _Written, worker: str) -> tuple[DeliveryCounts, Sequence[Outcome]]:
    with house.sessions.begin() as session:
        claims.settle(session, written.failed, now=house.clock(), worker=worker)
        ours = set(claims.mark_sending(session, [row.id for row, _ in written.mails], now=house.clock(), worker=worker))
    # Left out: whose runner has unsubscribed since, and what another worker has taken over.
    going = [(row, mail) for row, mail in written.mails if row.id in ours]
    outcomes = way.send_batch([mail for _, mail in going])
    now = house.clock()
    resend = house.settings.ambiguous == "resend"
    results = [settled(row, outcome, resend=resend, now=now) for (row, _), outcome in zip(going, outcomes, strict=True)]
    gone = [
        row
        for (row, _), outcome in zip(going, outcomes, strict=True)
        if isinstance(outcome, Refused) and outcome.mailbox_gone
    ]
    with house.sessions.begin() as session:
        claims.settle(session, results, now=now, worker=worker)
        suppressed = _suppress(session, gone, now)
    states = [result.state for result in (*results, *written.failed)]
    counts = DeliveryCounts(
        sent=states.count("sent"),
        deferred=states.count("deferred"),
        failed=states.count("failed"),
        ambiguous=states.count("ambiguous"),
        suppressed=suppressed,
    )
    return counts, outcomes


def settled(row: Claimed, outcome: Outcome, *, resend: bool, now: datetime) -> Settled:
    """What the ledger says after an outcome. resend: post again what may have arrived."""
    match outcome:
        case Accepted():
            return Settled(row.id, "sent", outcome.reply[:LONGEST_RESPONSE], None)
        case Refused():
            return Settled(row.id, "failed", _response(outcome), None)
        case TryLater():
            return _again(row, _response(outcome), now)
        case Unknown() if resend:
            return _again(row, outcome.text[:LONGEST_RESPONSE], now)
        case Unknown():
            return Settled(row.id, "ambiguous", outcome.text[:LONGEST_RESPONSE], None)


def _again(row: Claimed, response: str, now: datetime) -> Settled:
    # The first claim counts as one attempt: 5, 10, 20 … minutes.
    wait = min(FIRST_RETRY * 2 ** min(max(row.attempts - 1, 0), 12), LONGEST_RETRY)
    if now + wait - row.created_at > GIVE_UP_AFTER:
        return Settled(row.id, "failed", f"given up after two days: {response}"[:LONGEST_RESPONSE], None)
    return Settled(row.id, "deferred", response, now + wait)


def _response(outcome: Refused | TryLater) -> str:
    return f"{outcome.code} {outcome.text}"[:LONGEST_RESPONSE]


@dataclass(frozen=True, slots=True)
class _Written:
    """Mails to be posted, and what is settled of those that could not be written."""

    mails: list[tuple[Claimed, Message]]
    failed: list[Settled]


@dataclass(frozen=True, slots=True)
class _Part:
    """Claimed mails, by number, to be written together, in this process or in the helper."""

    ids: Sequence[int]

    def do(self, house: House) -> _Written:
        with house.sessions() as session:
            return _written(house, session, claims.read(session, self.ids))


@collector_at_rest()
def _written(house: House, session: Session, rows: Sequence[Claimed]) -> _Written:
    """Every mail that can be written: a runner's trouble stays the runner's."""
    written = _Written([], [])
    known = known_beside(session, rows)
    for row in rows:
        try:
            # Once it is written, nobody needs its week.
            written.mails.append((replace(row, week=None), _message(house, row, known.get(row.id, Known()))))
        except Exception as error:  # noqa: BLE001 the batch goes on; the row tells the kind of error
            log.error("no mail %d for runner %s: %s", row.id, row.subscriber.key, type(error).__name__)  # noqa: TRY400 a traceback would show health data
            written.failed.append(Settled(row.id, "failed", f"could not be written: {type(error).__name__}", None))
    return written


def known_beside(session: Session, rows: Sequence[Claimed]) -> dict[int, Known]:
    """By number of the row, what weekly mails tell besides the week; asked together for those that were queued together."""
    together: dict[tuple[date, datetime], list[Claimed]] = {}
    for row in rows:
        if row.kind == WEEKLY:
            together.setdefault((row.week_of, row.created_at), []).append(row)
    found: dict[int, Known] = {}
    for (week_of, by), some in together.items():
        numbers = {row.subscriber.id: row.week.number for row in some if row.week}
        told = letters.known(session, numbers, week_of, by=by)
        found |= {row.id: told[row.subscriber.id] for row in some if row.subscriber.id in told}
    return found


def message(house: House, row: Claimed) -> Message:
    """The whole mail of an outbox row, the same at every try."""
    with house.sessions() as session:
        known = known_beside(session, [row])
    return _message(house, row, known.get(row.id, Known()))


def _message(house: House, row: Claimed, known: Known) -> Message:
    runner, on = row.subscriber, row.created_at.date()
    to_name, to_address = runner.name, runner.email
    unsubscribe: str | None = letters.unsubscribe_url(house, runner, on=on)
    if row.kind in outbox.ON_REQUEST:
        words = account_mails.mail(house, row)
        unsubscribe = account_mails.unsubscribe_url(house, row)
        # A name may be a stranger's words, and these addresses may be anybody's.
        to_name = runner.name if row.kind in (outbox.SIGN_IN, outbox.MOVE_FROM) else ""
        to_address = row.address or runner.email
    elif row.kind in letters.AT_ONCE:
        words = letters.safety_mail(house, runner, row.week_of, row.occasion, on=on)
    elif row.kind == REMINDER and row.week is not None:
        words = reminding.mail(house, runner, row.week, at=row.created_at)
    elif row.kind in pauses.KINDS:
        words = breaks.mail(house, row)
    elif row.week is not None:
        words = letters.weekly_mail(house, runner, row.week, on=on, known=known)
    else:
        raise StridewellError(
            f"outbox {row.id}: there is no plan for {row.kind} of {row.week_of}. Plan the week again."
        )
    head = house.letterhead
    about = row.id, to_address, head.domain, house.settings.secret_key[0]
    data = mime.build(
        words,
        mime.Headers(
            letterhead=head,
            to_name=to_name,
            to_address=to_address,
            message_id=row.message_id,
            date=row.created_at,
            unsubscribe_url=unsubscribe,
            campaign=f"{row.kind}:{row.week_of}",
            unsubscribe_address=verp.unsubscribe_address(*about) if house.settings.returns else "",
        ),
        {slug: house.pngs[slug].octets for slug in pictures.named(words.html)},
        letters.calendar_file(house, row) if row.kind == WEEKLY and row.calendar else None,
    )
    return Message(verp.return_path(*about), to_address, data)


def _suppress(session: Session, gone: Iterable[Claimed], now: datetime) -> int:
    return sum(
        suppressions.suppress(session, row.address or row.subscriber.email, suppressions.BOUNCED, now=now)
        for row in gone
    )


def _too_many(refused: int, posted: int) -> str:
    return (
        f"{refused} of {posted} mails were refused, more than STRIDEWELL_REFUSAL_LIMIT allows. Nothing more is posted now: "
        "look at the answers with `stridewell outbox`, mend the cause, then run `stridewell deliver`."
    )
