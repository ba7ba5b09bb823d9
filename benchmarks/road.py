"""The whole road in one process, as an operator's command runs it: plan everyone's second week, post every mail."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from app import delivery, letters, weekly
from app.wiring import transport
from benchmarks import runners
from benchmarks.stores import open_house
from mail.letter import Known
from models import training
from models.bulk import chunks

if TYPE_CHECKING:
    from app.wiring import House


@dataclass(frozen=True, slots=True)
class Trip:
    """What one trip took. wall_s: plan_s + post_s. cpu_s: of this process alone."""

    runners: int
    plan_s: float
    post_s: float
    wall_s: float
    cpu_s: float


def travel(url: str, smtp_port: int) -> Trip:
    """Plan and post a filled database's second week. Catalogue and templates are read first: they cost the same for ten runners."""
    house = open_house(url, smtp_port)
    warm_up(house)
    cpu, began = process_time(), perf_counter()
    planned = 0
    for ids in chunks(weekly.without_plan(house, runners.SECOND_WEEK), house.settings.chunk):
        planned += weekly.plan(house, ids, runners.SECOND_WEEK, now=house.clock()).planned
    halfway = perf_counter()
    with transport(house) as way:
        sent = delivery.deliver_all(house, way, worker=house.worker).sent
    arrived, cpu = perf_counter(), process_time() - cpu
    house.close()
    assert planned == sent, f"{planned} weeks were planned and {sent} mails sent"
    return Trip(sent, halfway - began, arrived - halfway, arrived - began, cpu)


def warm_up(house: House) -> None:
    """Read the catalogue and compile the templates, leaving the database as it is."""
    with house.sessions() as session:
        (runner,) = training.load(session, weekly.without_plan(house, runners.SECOND_WEEK)[:1])
    week = weekly.ahead(runner, house.catalogue, runners.SECOND_WEEK).week
    letters.weekly_mail(house, runner.subscriber, week, on=runners.SECOND_WEEK, known=Known())
