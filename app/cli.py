"""The command line: `stridewell`. Commands are thin; what they do lives in the use cases beside this file.

Exit codes: 0 fine, 1 something is wrong or was refused, 2 the command was not understood.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, CycloptsError, Parameter

from app import cli_explain, shown
from app.cli_arguments import Json, Week, Who, monday
from app.cli_catalogue import catalogue
from app.cli_returns import returns
from app.cli_runners import runners
from app.cli_translations import translations
from app.house_door import front_door
from coach.errors import StridewellError

if TYPE_CHECKING:
    from app.weekly import PlanCounts
    from app.wiring import House

FINE, WRONG, USAGE, INTERRUPTED = 0, 1, 2, 130

Html = Annotated[Path | None, Parameter(help="Write the mail's HTML to this file, to be opened in a browser.")]
DryRun = Annotated[bool, Parameter(help="Plan, count and show samples; store nothing.")]

app = App(
    name="stridewell",
    help="""Strength and stretching programmes for runners, by e-mail, every week.

A week by hand: `stridewell runners import examples/subscribers.csv`, `stridewell week run --week 2026-11-23`,
`stridewell deliver`. Everything by the clock: `make up`.""",
    version=lambda: metadata.version("stridewell"),
    default_parameter=Parameter(negative=""),
    result_action="return_value",
    help_format="markdown",
)
week = App(name="week", help="Plan a week for the runners it is due for.")
db = App(name="db", help="The database.")
outbox = App(name="outbox", help="Mails that wait, were sent, failed or are held.")
for group in (runners, week, db, catalogue, translations, outbox, returns):
    app.command(group)
cli_explain.register(app)


@app.command
def preview(runner: Who, /, *, week: Week = None, html: Html = None) -> int:
    """Show the mail a runner has or would get. Nothing is stored or sent.

    Example: `stridewell preview maya.lindqvist@example.org --html /tmp/mail.html`
    """
    from app import letters
    from mail import pictures

    with front_door() as house:
        found, mail = letters.preview(house, letters.find(house, runner), monday(week), today=house.clock().date())
    if html is not None:
        html.write_text(pictures.within(mail.html, house.pngs), encoding="utf-8", newline="")
        shown.plain(f"Week of {found.week_of}: {mail.subject}\nWritten to {html}")
        return FINE
    shown.plain(f"Subject: {mail.subject}\n\n{mail.text}".replace("\r\n", "\n"))
    return FINE


@week.command
def run(*, week: Week = None, dry_run: DryRun = False, json: Json = False) -> int:
    """Plan the week for every runner whose delivery time has come, and put the mails in the outbox.

    Running it again plans nothing twice. Example: `stridewell week run --week 2026-11-23 --dry-run`
    """
    from app import joining, weekly

    with front_door() as house:
        now, forced = house.clock(), monday(week)
        if forced is not None:
            weekly.may_be_asked_for(forced, today=now.date())
        if not dry_run:
            joining.tidy(house, now=now)
        wanted = {forced: weekly.without_plan(house, forced)} if forced else weekly.due(house, now).by_week
        counts = [_plan(house, ids, week_of, dry_run=dry_run) for week_of, ids in sorted(wanted.items())]
    if json:
        shown.as_json({"dry_run": dry_run, "weeks": counts})
    else:
        _show_weeks(counts, dry_run=dry_run)
    return WRONG if any(c.failures for c in counts) else FINE


def _plan(house: House, ids: Sequence[int], week_of: date, *, dry_run: bool) -> PlanCounts:
    from app import weekly

    size = house.settings.chunk
    total = weekly.PlanCounts(week_of)
    for start in range(0, len(ids), size):
        total += weekly.plan(house, ids[start : start + size], week_of, now=house.clock(), dry_run=dry_run)
    return total


def _show_weeks(counts: Sequence[PlanCounts], *, dry_run: bool) -> None:
    if not counts:
        shown.line("Nobody is due now. To plan a week whatever the hour: `stridewell week run --week MONDAY`.")
    for c in counts:
        shown.facts(
            {
                "week of": c.week_of,
                "runners": c.asked,
                "would be planned" if dry_run else "planned": c.planned,
                "had a plan already": c.already,
                "planned further ahead": c.passed_over,
                "without a session": c.resting,
                "failed": len(c.failures),
            }
        )
        rows = [(s.key, s.number, s.phase, s.sessions, s.changes) for s in c.samples]
        if rows:
            shown.table(("runner", "week", "phase", "sessions", "changes"), rows, title="For example")
        if c.failures:
            shown.table(("runner", "error"), [(f.key, f.error) for f in c.failures[:20]], title="Failed")
    if any(c.planned for c in counts) and not dry_run:
        shown.line("The mails are in the outbox. Post them with: stridewell deliver")


@app.command
def deliver(*, json: Json = False) -> int:
    """Post every mail that waits in the outbox; first do what was asked for on a page and not done, as a process ended.

    Safe to run beside other deliveries: a mail is posted by one. Exit code 1 when mails failed or are held.
    """
    from app import delivery, joining, wiring

    with front_door() as house, wiring.transport(house) as way:
        joining.work_off_all(house)
        counts = delivery.deliver_all(house, way, worker=house.worker)
        kept = house.settings.mailbox_folder if house.settings.embedded else None
    if json:
        shown.as_json(counts)
    else:
        names = ("sent", "deferred", "failed", "ambiguous", "suppressed")
        shown.facts({name: getattr(counts, name) for name in names})
        if counts.ambiguous:
            shown.line("Held mails may have arrived. Decide with: stridewell outbox held")
        if kept is not None and counts.sent:
            shown.plain(f"The mails are in {kept}")
    if counts.stopped:
        shown.error(counts.stopped)
    return WRONG if counts.failed or counts.ambiguous or counts.stopped else FINE


@app.command
def answers(*, json: Json = False) -> int:
    """Let the coach learn from the answers that came since the last time.

    Pain that changes the rest of a week, and red flags, put a mail in the outbox at once. Where it is a matter for a clinician,
    the runners' keys are listed.
    """
    from app import feedback

    with front_door() as house:
        counts = feedback.log_all(house, now=house.clock())
    if json:
        shown.as_json(counts)
    else:
        shown.facts(
            {
                "runners": counts.runners,
                "weeks folded": counts.weeks,
                "mails at once": counts.mails,
                "failed": len(counts.failures),
            }
        )
        if counts.alerts:
            shown.table(("runner", "mail"), [(a.key, a.mail) for a in counts.alerts], title="Look after these runners")
    return WRONG if counts.failures else FINE


@app.command
def doctor(*, json: Json = False) -> int:
    """Look at settings, database, catalogue, mail server, web address, disk and versions; say how to mend each.

    Exit code 1 when something is wrong.
    """
    from app import doctor as doctors

    found = doctors.examine()
    wrong = sum(f.state is doctors.State.WRONG for f in found)
    if json:
        shown.as_json({"fine": not wrong, "findings": found})
        return WRONG if wrong else FINE
    for f in found:
        shown.finding(f.state, f.name, f.said, f.remedy)
    shown.line(
        "Everything that must work works."
        if not wrong
        else f"{shown.one_or_many(wrong, 'thing is', 'things are')} wrong."
    )
    return WRONG if wrong else FINE


@app.command
def web(
    *,
    host: Annotated[str, Parameter(help="Address to listen on; behind a proxy leave it as it is.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="Port to listen on; 0 takes any free one.")] = 8000,
) -> int:
    """Serve the pages that the links in mails open. Ctrl-C stops it."""
    import uvicorn

    with front_door() as house:
        processes = house.settings.web_processes
    _listenable(host, port)
    # Access logs would hold the tokens of links.
    uvicorn.run(
        "app.website:app",
        factory=True,
        workers=processes,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
    )
    return FINE


def _listenable(host: str, port: int) -> None:
    """Said before the server starts, which would say it in the middle of its own words and with a code of its own."""
    if not 0 <= port <= 65535:
        raise StridewellError(f"--port {port}: this is no port. Write a number from 0 to 65535.")
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        raise StridewellError(
            f"{host}, port {port}: cannot be listened on ({error.strerror}). "
            "Name another address with --host, another port with --port."
        ) from None


@db.command
def upgrade() -> int:
    """Make the database, or bring it up to date. Harmless when there is nothing to do."""
    from app import wiring
    from models import database

    house = wiring.build()
    try:
        house.upgrade()
        at = database.revision(house.engine)
    finally:
        house.close()
    shown.plain(f"The database is up to date, at revision {at}.")
    return FINE


@outbox.default
def outbox_counts(*, week: Week = None, json: Json = False) -> int:
    """How many mails are in each state; of one week or of all."""
    from models import outbox as letters

    with front_door() as house, house.sessions() as session:
        counts = letters.counts(session, monday(week))
    if json:
        shown.as_json(counts)
    else:
        shown.facts(counts)
    return FINE


@outbox.command
def held(*, json: Json = False) -> int:
    """List the mails that may or may not have arrived, for you to decide on."""
    from models import outbox as letters

    with front_door() as house, house.sessions() as session:
        found = letters.held(session)
    if json:
        shown.as_json(found)
        return FINE
    if not found:
        shown.line("No mail is held.")
        return FINE
    shown.table(
        ("mail", "runner", "week of", "kind", "since", "message id"),
        [(h.id, h.subscriber_id, h.week_of, h.kind, f"{h.since:%Y-%m-%d %H:%M}", h.message_id) for h in found],
    )
    shown.line(
        "Look for the message id in your mail server's log. It went out: `stridewell outbox release ID settled`; "
        "it did not: `stridewell outbox release ID resend`."
    )
    return FINE


@outbox.command
def release(
    mail: Annotated[int, Parameter(help="Its number in `stridewell outbox held`.")],
    action: Annotated[
        Literal["resend", "settled"],
        Parameter(help="resend when it did not go out (a double would be recognised as one); settled when it did."),
    ],
    /,
) -> int:
    """Decide on a held mail: send it again, or count it as sent."""
    from models import outbox as letters

    with front_door() as house, house.sessions.begin() as session:
        done = letters.release(session, mail, action, now=house.clock())
    if not done:
        raise StridewellError(f"{mail}: this mail is not held. See which are: stridewell outbox held")
    shown.plain(f"Mail {mail} {'goes out with the next delivery' if action == 'resend' else 'counts as sent'}.")
    return FINE


def main(tokens: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code. Errors are said in a few lines, never as a traceback."""
    with _quiet():
        try:
            return int(app(tokens, exit_on_error=False) or FINE)
        except CycloptsError:
            return USAGE  # cyclopts has said what was not understood
        except StridewellError as error:
            shown.error(str(error))
        except KeyboardInterrupt:
            return INTERRUPTED
        except BrokenPipeError:
            # The reader of a pipe has gone (`… | head`): not an error, and nothing more to say to it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return FINE
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            shown.error(f"{where}{error.strerror or error}. Check the path and your right to it.")
        except Exception as error:  # the last resort: a person reads this
            if os.environ.get("STRIDEWELL_TRACEBACK"):
                raise
            shown.error(_unexpected(error))
    return WRONG


def _unexpected(error: Exception) -> str:
    from sqlalchemy.exc import DBAPIError

    if isinstance(error, DBAPIError):
        reason = str(error.orig).strip().split("\n")[0]
        return f"the database said: {reason}. Check it with: stridewell doctor"
    return (
        f"something unforeseen happened ({type(error).__name__}). "
        "Run it again with STRIDEWELL_TRACEBACK=1 to see where, and report that; it may show runners' data."
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Warnings of our own go to standard error in one line each; libraries stay silent."""
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s: %(message)s")
    yield


if __name__ == "__main__":
    sys.exit(main())
