"""What an operator reads on the dashboard: tables of a run, one mail to look at, alerts. Never a name or a health answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from app import letters
from models import outbox, plans

if TYPE_CHECKING:
    from app.delivery import DeliveryCounts
    from app.feedback import FeedbackCounts
    from app.weekly import PlanCounts
    from app.wiring import House

WEEKLY_RUN = "weekly-run"
DELIVERY_RUN = "delivery-run"
FEEDBACK_RUN = "feedback-run"
PAIN_ALERTS = "pain-alerts"
MAIL_PREVIEW = "mail-preview"


def planned(house: House, totals: Sequence[PlanCounts], *, too_late: int, moment: datetime, dry_run: bool) -> None:
    """The table of a weekly run, a row a week, and a preview of one of its mails."""
    with house.sessions() as session:
        waiting = {t.week_of: outbox.counts(session, t.week_of) for t in totals}
    rows = [
        {
            "week of": str(t.week_of),
            "due": t.asked,
            "planned": t.planned,
            "of them without a session": t.resting,
            "skipped: planned meanwhile": t.already,
            "skipped: a later week is planned": t.passed_over,
            "failed": len(t.failures),
            **{f"mails {state}": n for state, n in sorted(waiting[t.week_of].items())},
        }
        for t in totals
    ]
    rows += [{"runner": f.key, "failed with": f.error} for t in totals for f in t.failures]
    create_table_artifact(
        key=WEEKLY_RUN,
        table=rows or [{"due": 0, "planned": 0}],
        description=f"Weekly run for {moment:%Y-%m-%d %H:%M} UTC{' (dry run: nothing saved)' if dry_run else ''}. Skipped, slot more than two days ago: {too_late}.",
    )
    if not dry_run and (mail := _specimen(house, totals)):
        create_markdown_artifact(
            key=MAIL_PREVIEW,
            markdown=mail,
            description="The text part of one mail of this run; name and links are not the runner's.",
        )


def delivered(house: House, total: DeliveryCounts) -> None:
    """The table of a delivery, and the state of the whole outbox after it."""
    with house.sessions() as session:
        counts = outbox.counts(session)
    create_table_artifact(
        key=DELIVERY_RUN,
        table=[
            {
                "": "this run",
                "sent": total.sent,
                "deferred": total.deferred,
                "failed": total.failed,
                "unsure": total.ambiguous,
                "suppressed": total.suppressed,
            },
            {
                "": "outbox in all",
                "sent": counts.get("sent", 0),
                "deferred": counts.get("deferred", 0),
                "failed": counts.get("failed", 0),
                "unsure": counts.get("ambiguous", 0),
                "waiting": counts.get("pending", 0),
            },
        ],
        description=total.stopped
        or "Unsure: the connection was lost after the mail was given over; see `stridewell outbox held`.",
    )


def learnt(total: FeedbackCounts) -> None:
    """The table of a feedback run; and, when there are any, the runners who were answered at once."""
    rows: list[dict[str, object]] = [
        {
            "runners": total.runners,
            "weeks folded": total.weeks,
            "safety mails": total.mails,
            "failed": len(total.failures),
        }
    ]
    rows += [{"runner": f.key, "failed with": f.error} for f in total.failures]
    create_table_artifact(key=FEEDBACK_RUN, table=rows, description="Answers folded into what is known of the runners.")
    if total.alerts:
        create_table_artifact(
            key=PAIN_ALERTS,
            table=[
                {
                    "runner": a.key,
                    "answered with": "a stop"
                    if a.kind == letters.STOP
                    else "less load and a word on seeing a clinician",
                }
                for a in total.alerts
            ],
            description="Strong pain or a red flag. Each has been written to at once; look them up with `stridewell runners show KEY`.",
        )


def _specimen(house: House, totals: Sequence[PlanCounts]) -> str:
    """The text of one planned mail, made out to nobody; weeks with pain or notices are left alone."""
    for total in totals:
        for sample in total.samples:
            runner = letters.find(house, sample.key)
            with house.sessions() as session:
                week = plans.get_week(session, runner.id, total.week_of)
            if week is None or week.notices or week.paused_regions:
                continue
            nobody = replace(runner, name="A Runner", email="runner@example.org", key="specimen")
            mail = letters.weekly_mail(house, nobody, week, on=week.week_of)
            return f"### {mail.subject}\n\n```text\n{mail.text}\n```\n"
    return ""
