"""Every morning: mail the operator how the day before went, where an address is set."""

from __future__ import annotations

from datetime import timedelta

from prefect import flow, get_run_logger

from app import operating
from app.wiring import open_house, transport
from flows import moment


@flow(name="tell_operator", description=__doc__, flow_run_name=moment.run_name, log_prints=False)
def tell_operator() -> bool:
    """Send the mail about the day before the one this run was scheduled for; whether it was taken."""
    day = (moment.scheduled() - timedelta(days=1)).date()
    with open_house() as house:
        if not house.settings.operator:
            get_run_logger().info("STRIDEWELL_OPERATOR names nobody: no mail")
            return False
        with transport(house) as way:
            told = operating.tell(house, way, day)
    get_run_logger().info("%s: %s", day, "told" if told else "not taken")
    return told
