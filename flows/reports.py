"""What an operator reads on the dashboard: tables of a run, a mail to look at, alerts. Never a name or a health answer.

The dashboard makes a table's columns of its first row, shows the first words of a description on a card, and keeps every
table of a key: so all rows have the same columns, the outcome comes first, and the keys stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from app import letters
from flows import specimen
from models import outbox

if TYPE_CHECKING:
    from app.delivery import DeliveryCounts
    from app.feedback import FeedbackCounts
    from app.returning import ReturnCounts
    from app.weekly import Failure, PlanCounts
    from app.wiring import House

WEEKLY_RUN = "weekly-run"
DELIVERY_RUN = "delivery-run"
FEEDBACK_RUN = "feedback-run"
PAIN_ALERTS = "pain-alerts"
RETURNS_RUN = "returns-run"
MAIL_PREVIEW = "mail-preview"

MAILS = {
    "sent": "sent",
    "pending": "waiting",
    "claimed": "taken by a worker",
    "sending": "being posted",
    "deferred": "to be tried again",
    "failed": "failed",
    "ambiguous": "unsure: held for you",
}
"""What the states of the outbox are called here."""

RETURNED = {
    "bounced": "nobody there, or too often not taken: not written to again",
    "counted": "not taken this time: counted",
    "complained": "complained of spam: not written to again",
    "unsubscribed": "unsubscribed by mail",
    "passed": "nothing to be done",
    "kept": "kept for you",
}
"""What became of mails that came back, in words."""

ANSWERED_WITH = {letters.STOP: "a stop", letters.SAFETY: "less load, and a word on seeing a clinician"}


def planned(house: House, totals: Sequence[PlanCounts], *, too_late: int, moment: datetime, dry_run: bool) -> None:
    """The table of a weekly run, a row for each thing that became of the runners; and a mail as it is this week."""
    with house.sessions() as session:
        mails = {t.week_of: outbox.counts(session, t.week_of) for t in totals}
    rows = []
    for total in totals:
        week = f"{total.week_of:%-d %B %Y}"
        rows += [_row(week, "due", total.asked), _row(week, "planned", total.planned)]
        rows += _some(
            week,
            {
                "of them without a session": total.resting,
                "skipped: planned meanwhile": total.already,
                "skipped: a later week is planned": total.passed_over,
                "failed": len(total.failures),
            },
        )
        rows += _failed(week, total.failures)
        rows += _some(week, {f"mails {MAILS[state]}": n for state, n in mails[total.week_of].items()})
    rows += _some("", {"too late: the slot was more than two days ago": too_late})
    done = ", ".join(f"{t.planned} of {t.asked} planned for {t.week_of:%-d %B}" for t in totals) or "Nobody was due"
    create_table_artifact(
        key=WEEKLY_RUN,
        table=_table(rows or [_row("", "due", 0)]),
        description=f"{done}{' in a rehearsal: nothing is saved' if dry_run else ''}. Scheduled for {moment:%Y-%m-%d %H:%M} UTC.",
    )
    if any(t.planned for t in totals) and not dry_run:
        mail = specimen.mail(house, max(t.week_of for t in totals))
        create_markdown_artifact(
            key=MAIL_PREVIEW,
            markdown=f"### {mail.subject}\n\n```text\n{mail.text}\n```\n",
            description="A mail as it is this week, for a runner who does not exist.",
        )


def delivered(house: House, total: DeliveryCounts) -> None:
    """The table of a delivery: a row a state, in this run and in the whole outbox after it."""
    with house.sessions() as session:
        counts = outbox.counts(session)
    here = {"sent": total.sent, "deferred": total.deferred, "failed": total.failed, "ambiguous": total.ambiguous}
    rows: list[dict[str, object]] = [
        {"mails": words, "this run": here.get(state, ""), "whole outbox": counts[state]}
        for state, words in MAILS.items()
        if state in here or counts[state]
    ]
    if total.suppressed:
        rows.append({"mails": "addresses that are gone", "this run": total.suppressed, "whole outbox": ""})
    told = total.stopped or f"{total.sent} sent, {outbox.to_go(counts)} still to go."
    held = " What is held: `stridewell outbox held`." if counts["ambiguous"] else ""
    create_table_artifact(key=DELIVERY_RUN, table=rows, description=told + held)


def learnt(total: FeedbackCounts) -> None:
    """The table of a feedback run; and, when there are any, the runners who were answered at once."""
    rows = [_row("", "runners whose answers were folded in", total.runners)]
    rows += _some(
        "", {"weeks reckoned anew": total.weeks, "mails written at once": total.mails, "failed": len(total.failures)}
    )
    rows += _failed("", total.failures)
    create_table_artifact(
        key=FEEDBACK_RUN,
        table=_table(rows),
        description=f"Runners who answered: {total.runners}, written to at once: {total.mails}.",
    )
    if total.alerts:
        create_table_artifact(
            key=PAIN_ALERTS,
            table=[{"runner": a.key, "answered with": ANSWERED_WITH[a.mail]} for a in total.alerts],
            description="Strong pain or a red flag. Each has been written to; look them up with `stridewell runners show KEY`.",
        )


def returned(total: ReturnCounts) -> None:
    """The table of what came back: a row for each thing that became of it."""
    rows: list[dict[str, object]] = [
        {"what": words, "mails": count} for name, words in RETURNED.items() if (count := getattr(total, name))
    ]
    kept = " What is kept: `stridewell returns kept`." if total.kept else ""
    create_table_artifact(key=RETURNS_RUN, table=rows, description=f"{total.read} came back and were read.{kept}")


def _table(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows without the columns that say nothing in any of them."""
    said = [column for column in rows[0] if any(row[column] != "" for row in rows)]
    return [{column: row[column] for column in said} for row in rows]


def _row(week: str, what: str, count: int, runner: str = "") -> dict[str, object]:
    return {"week of": week, "what": what, "how many": count, "runner": runner}


def _some(week: str, counts: dict[str, int]) -> list[dict[str, object]]:
    """Rows for what there was any of."""
    return [_row(week, what, count) for what, count in counts.items() if count]


def _failed(week: str, failures: Iterable[Failure]) -> list[dict[str, object]]:
    return [_row(week, f"failed: {f.error}", 1, f.key) for f in failures]
