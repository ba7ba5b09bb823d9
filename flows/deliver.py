"""Every few minutes: do what was asked for on a page and not done, and post what waits in the outbox."""

from __future__ import annotations

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE

from app import delivery, joining, operating
from app.delivery import DeliveryCounts
from app.wiring import clock, open_house, transport
from coach.errors import StridewellError
from flows import moment, reports


class DeliveryStopped(StridewellError):
    """A delivery was stopped before its time; the message says why and what to do."""


@flow(name="deliver", description=__doc__, flow_run_name=moment.run_name, log_prints=False)
def deliver() -> DeliveryCounts:
    """Post the outbox, chunk by chunk, until nothing waits.

    Raises DeliveryStopped, so that the run shows as failed, when too many mails are refused to go on.
    """
    with open_house() as house:
        joining.work_off_all(house)
    total = DeliveryCounts(more=True)
    while total.more and not total.stopped:
        total += post_chunk()
    with open_house() as house:
        reports.delivered(house, total)
    get_run_logger().info(
        "sent: %d, deferred: %d, failed: %d, unsure: %d", total.sent, total.deferred, total.failed, total.ambiguous
    )
    if total.stopped:
        tell(total.stopped)
        raise DeliveryStopped(total.stopped)
    return total


def tell(stopped: str) -> None:
    """Mail the operator that a delivery was stopped, where an address is set; the server that refuses runners may take this one."""
    with open_house() as house:
        if house.settings.operator:
            said, _, remedy = stopped.partition(" Nothing more")
            with transport(house) as way:
                operating.alert(house, way, "A delivery was stopped", said, f"nothing more{remedy}", at=clock())


@task(name="post a chunk", cache_policy=NO_CACHE)
def post_chunk() -> DeliveryCounts:
    """Claim and post up to one chunk of mails. No retry: what was claimed comes back by itself when its lease runs out."""
    with open_house() as house, transport(house) as way:
        return delivery.deliver_batch(house, way, worker=house.worker, limit=house.settings.chunk, now=clock())
