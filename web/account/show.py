"""What the form about a runner offers to choose from, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from app import languages, runner_fields
from coach.profile import Gear
from mail.words import WEEKDAYS
from web.account.words import BANDS, EXPERIENCE, GOALS, RUNS, SCREENS, THINGS, WEIGHTS
from web.headers import SCRIPTED
from web.words import REGIONS

if TYPE_CHECKING:
    from starlette.responses import Response

    from web.account.runner_form import Said
    from web.pages import Pages

_AREAS = ("Europe", "America", "Africa", "Asia", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica", "Arctic")


Labels: TypeAlias = Mapping[Any, str]
"""Words by the value they stand for."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Values and labels of every question, in the order of the page. zones: places by area; other: zones that are no places."""

    experience: Labels
    goals: Labels
    runs: Labels
    screens: Labels
    things: Labels
    weights: Labels
    bands: Labels
    regions: Labels
    weekdays: tuple[str, ...]
    languages: Labels
    pain: range
    zones: Mapping[str, tuple[tuple[str, str], ...]]
    band: str = Gear.BAND.value


@cache
def choices() -> Choices:
    return Choices(
        experience=EXPERIENCE,
        goals=GOALS,
        runs=RUNS,
        screens=SCREENS,
        things=THINGS,
        weights=WEIGHTS,
        bands=BANDS,
        regions=REGIONS,
        weekdays=WEEKDAYS,
        languages=languages.names(),
        pain=range(11),
        zones={
            area: tuple(
                (zone, zone.partition("/")[2].replace("_", " ").replace("/", ", "))
                for zone in sorted(runner_fields.zones())
                if zone.startswith(f"{area}/")
            )
            for area in _AREAS
        }
        | {"Other": tuple((zone, zone) for zone in sorted(runner_fields.zones()) if "/" not in zone)},
    )


def runner_page(
    pages: Pages, template: str, said: Said, wrong: Mapping[str, str], status: int = 200, **more: Any
) -> Response:
    """A page with the form about a runner. wrong: sentences by the field they stand beside."""
    # The script guesses where somebody new lives.
    headers = SCRIPTED if template == "account/join" else None
    return pages.show(template, status, headers, said=said, wrong=wrong, ask=choices(), **more)
