"""What the pages need from the rest of the house, handed in by app/website.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sqlalchemy import orm

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from coach.week import Reason, Week
    from language.tongue import Tongue
    from mail.letter import WeeklyLetter
    from mail.links import Links
    from mail.pictures import Png
    from mail.tickets import Tickets
    from models.people import Subscriber
    from models.training import Training
    from pictures.pose import Figure


@dataclass(frozen=True, slots=True)
class Deps:
    """sessionmaker: makes database sessions. links: signs and reads the tokens of letters. catalogue: names of exercises.

    templates: the folder that holds `web/`. clock: the moment now, aware, in UTC. public_url: where runners reach the
    pages; its path is put before every address. say: a reason in one sentence. plan: the week the coach gives a runner for a
    Monday, from all that was told so far; nothing is stored. mailbox: the folder of the embedded
    mailbox, or None where real mail is sent.

    tickets: signs and reads what the account needs. default_slot: weekday and minute of the usual delivery. first_week: plans
    the first week of a runner who has just confirmed; whether there is one now. replan: plans a Monday of a runner that has no plan; whether it has one now. work_off: does what a request asks for, by its number; the number of the
    runner for whom a mail waits then, if one does. post: posts what waits for a runner, by number.
    letter: the weekly mail of a week, as it was written. figures: reads what there is to draw, by slug; pngs: as the mails have it.
    """

    sessionmaker: orm.sessionmaker[orm.Session]
    links: Links
    catalogue: Catalogue
    templates: Path
    clock: Callable[[], datetime]
    public_url: str
    say: Callable[[Reason, Catalogue, str, Tongue], str]
    plan: Callable[[Training, date], Week]
    tickets: Tickets
    default_slot: tuple[int, int]
    first_week: Callable[[Subscriber], bool]
    replan: Callable[[Subscriber, date], bool]
    work_off: Callable[[int], int | None]
    post: Callable[[int], None]
    letter: Callable[[Subscriber, Week], WeeklyLetter]
    figures: Callable[[], Mapping[str, Figure]]
    pngs: Callable[[], Mapping[str, Png]]
    mailbox: Path | None = None

    @property
    def base(self) -> str:
        """The path before every address, without a closing slash; mostly empty."""
        return urlsplit(self.public_url).path.rstrip("/")

    @property
    def secure(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    def today(self) -> date:
        return self.clock().date()
