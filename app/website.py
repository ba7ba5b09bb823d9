"""The web app, put together: `uvicorn --factory app.website:app`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import drawing, joining, letters, places, weekly, wiring
from language import reasons
from web.deps import Deps
from web.logs import mask_access_log
from web.site import create_app

if TYPE_CHECKING:
    from fastapi import FastAPI

    from app.wiring import House


def create(house: House) -> FastAPI:
    """The pages over the parts of a house."""
    return create_app(parts(house))


def parts(house: House) -> Deps:
    """What the pages need of a house."""
    return Deps(
        sessionmaker=house.sessions,
        links=house.links,
        catalogue=house.catalogue,
        templates=places.templates_folder(),
        clock=house.clock,
        public_url=house.settings.public_url,
        say=reasons.sentence,
        plan=lambda runner, monday: weekly.ahead(runner, house.catalogue, monday).week,
        tickets=house.tickets,
        default_slot=house.settings.default_slot,
        first_week=lambda runner: joining.first_week(house, runner, now=house.clock()),
        replan=lambda runner, monday: weekly.plan(house, [runner.id], monday, now=house.clock()).planned == 1,
        work_off=lambda number: joining.work_off(house, number),
        post=lambda number: joining.post(house, number),
        # As on the day its week began: a link to answer it is as old as the week.
        letter=lambda runner, week: letters.weekly_letter(house, runner, week, on=week.week_of),
        figures=lambda: drawing.figures(places.catalogue_folder()),
        pngs=lambda: house.pngs,
        mailbox=house.settings.mailbox_folder if house.settings.embedded else None,
    )


def app() -> FastAPI:
    """A web app of its own process: settings read, database brought up to date by whoever starts it."""
    # Whoever starts it may have an access log.
    mask_access_log()
    house = wiring.build()
    house.ready()
    return create(house)
