"""What the form about a runner offers to choose from, and how it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from app import languages, runner_fields
from coach.profile import Gear
from language.tongue import marked
from web.account.words import BANDS, EXPERIENCE, GOALS, RUNS, SCREENS, THINGS, WEIGHTS
from web.headers import SCRIPTED
from web.words import REGIONS

if TYPE_CHECKING:
    from starlette.responses import Response

    from language.tongue import Tongue
    from web.account.runner_form import Said
    from web.pages import Pages

_AREAS = (
    marked("Europe"),
    marked("America"),
    marked("Africa"),
    marked("Asia"),
    marked("Australia"),
    marked("Pacific"),
    marked("Atlantic"),
    marked("Indian"),
    marked("Antarctica"),
    marked("Arctic"),
)
"""Of the time zones' names."""


Labels: TypeAlias = Mapping[Any, str]
"""Words by the value they stand for."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Values and labels of every question, in the order of the page. zones: places by area, at last zones that are no places.
    half_marathon: its kilometres, as an example of a decimal.
    """

    experience: Labels
    goals: Labels
    runs: Labels
    screens: Labels
    things: Labels
    weights: Labels
    bands: Labels
    regions: Labels
    weekdays: tuple[str, ...]
    short_days: tuple[str, ...]
    languages: Labels
    pain: range
    half_marathon: str
    zones: Mapping[str, tuple[tuple[str, str], ...]]
    band: str = Gear.BAND.value

    @property
    def numbered_days(self) -> tuple[tuple[str, str], ...]:
        """Each day as a form names it, "0" for Monday."""
        return tuple((str(number), day) for number, day in enumerate(self.weekdays))


@lru_cache(maxsize=32)
def choices(tongue: Tongue) -> Choices:
    def said(labels: Labels) -> Labels:
        return {value: tongue.gettext(text) for value, text in labels.items()}

    return Choices(
        experience=said(EXPERIENCE),
        goals=said(GOALS),
        runs={value: tongue.pgettext("run kind", text) for value, text in RUNS.items()},
        screens=said(SCREENS),
        things=said(THINGS),
        weights=said(WEIGHTS),
        bands={value: tongue.pgettext("bands", text) for value, text in BANDS.items()},
        regions=said(REGIONS),
        weekdays=tuple(tongue.weekday(day) for day in range(7)),
        short_days=tuple(tongue.weekday_in_short(day) for day in range(7)),
        languages=languages.names(),
        pain=range(11),
        half_marathon=tongue.decimal(21.1),
        zones={
            tongue.gettext(area): tuple(
                (zone, zone.partition("/")[2].replace("_", " ").replace("/", ", "))
                for zone in sorted(runner_fields.zones())
                if zone.startswith(f"{area}/")
            )
            for area in _AREAS
        }
        | {tongue.gettext("Other"): tuple((zone, zone) for zone in sorted(runner_fields.zones()) if "/" not in zone)},
    )


def runner_page(
    pages: Pages,
    template: str,
    said: Said,
    wrong: Mapping[str, str],
    tongue: Tongue,
    status: int = 200,
    **more: Any,
) -> Response:
    """A page with the form about a runner. wrong: sentences by the field they stand beside."""
    # The script guesses where somebody new lives.
    headers = SCRIPTED if template == "account/join" else None
    return pages.show(template, status, headers, tongue=tongue, said=said, wrong=wrong, ask=choices(tongue), **more)
