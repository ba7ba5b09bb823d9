"""`python -m benchmarks.mail_weight`: what the weekly mails of simulated runners weigh, in every language, and what the bytes are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from statistics import fmean, median
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number
from rich.console import Console
from rich.table import Table

from app import drawing, languages, letters, places
from app.wiring import load_catalogue
from benchmarks.simulate.history import ENGINE, lives
from benchmarks.simulate.laws import WORLDS
from benchmarks.simulate.people import SESSIONS_MOST, person
from language import reasons
from mail import letter, pictures
from mail.letter import Known, Recipient, Urls, WeeklyLetter
from mail.links import Links
from mail.render import HEAVIEST, Renderer, weight

if TYPE_CHECKING:
    from benchmarks.simulate.history import WeekLived
    from benchmarks.simulate.people import Person
    from coach.catalogue import Catalogue
    from language.tongue import Tongue
    from mail.pictures import Draw

SEED = 1
PUBLIC_URL = "https://training.example.org"
POSTAL_ADDRESS = "Stridewell, 1 Mill Lane, Leeds LS1 4DY, United Kingdom"

KINDS: Mapping[str, re.Pattern[str]] = {
    "head": re.compile(r"^.*<body", re.DOTALL),
    "links": re.compile(r' href="[^"]*"'),
    "pictures": re.compile(r"<img[^>]*>"),
    "styles": re.compile(r' style="[^"]*"'),
    "tags": re.compile(r"<[^>]*>|\r\n"),
    "words": re.compile(r".+", re.DOTALL),
}
"""What bytes are for; each takes what those before it have left."""

Least = Annotated[int, Parameter(validator=Number(gte=1))]

app = App(name="python -m benchmarks.mail_weight", help=__doc__)


@dataclass(frozen=True, slots=True)
class Mail:
    """One weekly mail. octets: of its HTML; full: of the same mail had it told everything; kinds, parts: octets of the full mail."""

    language: str
    sessions: int
    octets: int
    full: int
    kinds: Mapping[str, int]
    parts: Mapping[str, int]


@app.default
def main(*, runners: Least = 100, weeks: Least = 13) -> None:
    """Weigh the weekly mails of simulated runners.

    Parameters
    ----------
    runners: how many simulated runners.
    weeks: how many weeks each trains.
    """
    mails = list(weigh(runners, weeks))
    console = Console()
    console.print(_weights(mails))
    console.print(_bytes("what the bytes are, mean of a mail that tells everything", mails, [m.kinds for m in mails]))
    console.print(_bytes("where they go", mails, [m.parts for m in mails]))
    if any(mail.octets > HEAVIEST for mail in mails):
        raise SystemExit(f"A mail weighs more than {HEAVIEST:,} bytes.")


def weigh(runners: int, weeks: int) -> Iterator[Mail]:
    """The mails of so many runners and weeks, in every language."""
    catalogue = load_catalogue(places.catalogue_folder())
    pngs = {slug: pictures.png(octets) for slug, octets in drawing.pngs(places.catalogue_folder()).items()}
    draw = pictures.hosted(pngs, PUBLIC_URL)
    renderer = Renderer(places.templates_folder() / "email")
    world = WORLDS["base"]
    for number in range(runners):
        who = person(SEED, number, world, weeks)
        lived = lives(who, catalogue, world, weeks, ())[ENGINE].weeks
        for code in languages.library().codes:
            tongue = languages.library().tongue(code)
            for written in _letters(who, lived, catalogue, tongue, draw):
                yield _weighed(written, renderer)


def _letters(
    who: Person, lived: Sequence[WeekLived], catalogue: Catalogue, tongue: Tongue, draw: Draw
) -> Iterator[WeeklyLetter]:
    """A runner's mails as app.letters writes them, for every week in which there was something to plan."""
    links = Links(PUBLIC_URL, ["a signing key of the benchmark"])
    key = f"{who.number:022}"
    answered = 0
    for number, each in enumerate(lived):
        week = each.week
        until = week.week_of + timedelta(days=28)
        back = min(letters.FARTHEST_BACK, number) if number and number % letters.LOOKS_BACK == 0 else 0
        yield letter.weekly(
            Recipient("Maya Lindqvist", "maya@example.org", "kg", "Europe/Stockholm", tongue),
            week,
            catalogue,
            urls=Urls(
                answer=links.answer(key, week.week_of, expires=until),
                unsubscribe=links.unsubscribe(key, expires=until),
                follow=links.follow(key, week.week_of, expires=until),
                week=links.week(key, week.week_of, expires=until),
                progress=links.progress(key, expires=until),
                calendar=links.calendar(key),
                account=f"{PUBLIC_URL}/account",
            ),
            postal_address=POSTAL_ADDRESS,
            say=partial(reasons.sentence, catalogue=catalogue, units="kg", tongue=tongue),
            known=Known(who.profile.runs, who.profile.race, answered, lived[number - back].week if back else None),
            draw=draw,
        )
        answered = 0 if each.answers.silent else answered + 1


def _weighed(written: WeeklyLetter, renderer: Renderer) -> Mail:
    full = _ascii(renderer.in_full(written))
    without = {
        "sessions": replace(written, sessions=()),
        "around runs": replace(written, stretch=None, before=()),
        "at a glance": replace(written, glance=None),
        "changes, notices": replace(written, changes=(), notices=(), looking_back=None),
        "guides": replace(written, welcome=False, guide=False, race_week=False),
    }
    parts = {part: len(full) - len(_ascii(renderer.in_full(less))) for part, less in without.items()}
    return Mail(
        language=written.tongue.code,
        sessions=len(written.sessions),
        octets=weight(renderer.weekly(written).html),
        full=len(full),
        kinds=_kinds(full),
        parts=parts | {"frame and the rest": len(full) - sum(parts.values())},
    )


def _ascii(html: str) -> str:
    """As mail carries it."""
    return html.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _kinds(html: str) -> dict[str, int]:
    found = {}
    for kind, pattern in KINDS.items():
        left = pattern.sub("", html)
        found[kind] = len(html) - len(left)
        html = left
    return found


def _weights(mails: Sequence[Mail]) -> Table:
    table = Table(title=f"HTML of the weekly mails, bytes; {HEAVIEST:,} is the most", title_justify="left")
    for column in ("language", "sessions", "mails", "median", "95th", "largest", "shortened", "largest in full"):
        table.add_column(column, justify="right")
    for code in languages.library().codes:
        for sessions in (*range(SESSIONS_MOST + 1), None):
            some = [m for m in mails if m.language == code and sessions in (None, m.sessions)]
            if not some:
                continue
            sizes = sorted(m.octets for m in some)
            table.add_row(
                code,
                "all" if sessions is None else f"{sessions}",
                f"{len(some)}",
                f"{median(sizes):,.0f}",
                f"{sizes[len(sizes) * 95 // 100]:,}",
                f"{sizes[-1]:,}",
                f"{100 * fmean(m.octets < m.full for m in some):.0f} %",
                f"{max(m.full for m in some):,}",
            )
    return table


def _bytes(title: str, mails: Sequence[Mail], counted: Sequence[Mapping[str, int]]) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("language", "sessions", *counted[0]):
        table.add_column(column, justify="right")
    for code in languages.library().codes:
        for sessions in range(SESSIONS_MOST + 1):
            some = [c for m, c in zip(mails, counted, strict=True) if (m.language, m.sessions) == (code, sessions)]
            if some:
                means = [f"{fmean(c[name] for c in some):,.0f}" for name in counted[0]]
                table.add_row(code, f"{sessions}", *means)
    return table


if __name__ == "__main__":
    app()
