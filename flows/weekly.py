"""Every hour: plan the week of the runners whose delivery slot has come, and put their mails in the outbox; end pauses that are over."""

from __future__ import annotations

from datetime import date, datetime

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from app import joining
from app import weekly as planning
from app.weekly import PlanCounts
from app.wiring import House, clock, open_house
from flows import moment, reports


@flow(name="weekly", description=__doc__, flow_run_name=moment.run_name, log_prints=False)
def weekly(week_of: date | None = None, dry_run: bool = False) -> list[PlanCounts]:
    """Plan the week for everyone who is due.

    week_of: a Monday, to plan that week for every active runner whatever the hour; empty: by each runner's delivery slot at
    the moment this run was scheduled for. dry_run: plan, report, and save nothing.
    """
    if week_of is not None:
        planning.may_be_asked_for(week_of, today=clock().date())
    scheduled = moment.scheduled()
    with open_house() as house:
        if not dry_run:
            joining.tidy(house, now=clock())
        if week_of is None:
            by_week, too_late = due_still(house, scheduled, clock())
        else:
            by_week, too_late = {week_of: planning.without_plan(house, week_of)}, 0
        totals = []
        for monday, ids in sorted(by_week.items()):
            total = PlanCounts(week_of=monday)
            for start in range(0, len(ids), house.settings.chunk):
                total += plan_chunk(ids[start : start + house.settings.chunk], monday, dry_run)
            totals.append(total)
        reports.planned(house, totals, too_late=too_late, moment=scheduled, dry_run=dry_run)
    log = get_run_logger()
    asked, planned = sum(t.asked for t in totals), sum(t.planned for t in totals)
    log.info("due: %d, planned: %d, too late: %d", asked, planned, too_late)
    if failed := sum(len(t.failures) for t in totals):
        log.warning("failed: %d; the table of this run names them", failed)
    return totals


def due_still(house: House, scheduled: datetime, now: datetime) -> tuple[dict[date, list[int]], int]:
    """Who is due at the scheduled moment and is not too late by now; and how many are too late.

    After a long downtime the runs that were missed come one after another: what their hour asked for may be stale.
    """
    due = planning.due(house, scheduled)
    in_time = planning.due(house, now).by_week
    by_week = {monday: sorted({*ids} & {*in_time.get(monday, ())}) for monday, ids in due.by_week.items()}
    stale = sum(len(ids) - len(by_week[monday]) for monday, ids in due.by_week.items())
    return {monday: ids for monday, ids in by_week.items() if ids}, due.too_late + stale


@task(name="plan a chunk", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=10)
def plan_chunk(ids: list[int], week_of: date, dry_run: bool) -> PlanCounts:
    """Plan one chunk of runners. Doing it twice plans nothing twice: the database holds the guard."""
    with open_house() as house:
        return planning.plan(house, ids, week_of, now=clock(), dry_run=dry_run)
