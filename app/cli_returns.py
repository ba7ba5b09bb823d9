"""`stridewell returns`: bounces, complaints and wishes to leave that come back by mail."""

from __future__ import annotations

from cyclopts import App

from app import shown
from app.cli_arguments import Json
from app.house_door import front_door
from coach.errors import StridewellError

returns = App(name="returns", help="Bounces, complaints and wishes to leave that come back by mail.")


class NowhereToRead(StridewellError):
    """No mailbox is named."""

    def __init__(self) -> None:
        super().__init__(
            "STRIDEWELL_RETURNS_URL: no mailbox is named, so what comes back is not read. "
            "Write imaps://user:password@host/INBOX or maildir:/a/folder."
        )


@returns.command
def read(*, json: Json = False) -> int:
    """Read the mailbox of STRIDEWELL_RETURNS_URL now. What was read is deleted there; what is for a person stays, flagged."""
    from app import returning

    with front_door() as house:
        if not house.settings.returns:
            raise NowhereToRead
        with returning.opened(house) as box:
            counts = returning.read_all(house, box)
    if json:
        shown.as_json(counts)
        return 0
    shown.facts(
        {
            "read": counts.read,
            "addresses given up": counts.bounced,
            "bounces counted": counts.counted,
            "complaints": counts.complained,
            "unsubscribed": counts.unsubscribed,
            "nothing to be done": counts.passed,
            "kept for you": counts.kept,
        }
    )
    if counts.kept:
        shown.line("What is kept, and why: stridewell returns kept")
    return 0


@returns.command
def kept(*, json: Json = False) -> int:
    """List the mails that were kept for you to look at. They lie in the mailbox, flagged; delete them there."""
    from models import returns as mails

    with front_door() as house, house.sessions() as session:
        found = mails.kept(session)
    if json:
        shown.as_json(found)
    elif not found:
        shown.line("No mail is kept.")
    else:
        shown.table(("read", "where it lies", "why"), [(f"{k.read_at:%Y-%m-%d %H:%M}", k.place, k.note) for k in found])
    return 0
