"""Every few minutes: fold the runners' answers into what is known of them, and answer at once what cannot wait."""

from __future__ import annotations

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from app import feedback
from app.feedback import FeedbackCounts
from app.wiring import clock, open_house
from flows import moment, reports
from flows.deliver import post_chunk


@flow(name="log_feedback", description=__doc__, flow_run_name=moment.run_name, log_prints=False)
def log_feedback() -> FeedbackCounts:
    """Fold new answers, chunk by chunk; when one of them is answered by mail at once, post it in this same run."""
    total = FeedbackCounts(more=True)
    while total.more:
        total += fold_chunk(list(total.failed))
    if total.mails:
        post_chunk()
    reports.learnt(total)
    log = get_run_logger()
    log.info("answered: %d, alerts: %d, mails at once: %d", total.runners, len(total.alerts), total.mails)
    if total.failures:
        log.warning("failed: %d; the table of this run names them", len(total.failures))
    return total


@task(name="fold a chunk", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=10)
def fold_chunk(skip: list[int]) -> FeedbackCounts:
    """Fold one chunk of answers. skip: runners whose answers have failed in this run."""
    with open_house() as house:
        return feedback.log_answers(house, now=clock(), skip=skip)
