"""`make run`: two weeks of the sample runners, from a file to adapted mail, with every part the real one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from app import places, runners_import, shown
from app.wiring import House, clock, next_monday, open_house
from coach.errors import StridewellError
from deployments.sample_answers import answer_of, give
from deployments.stack import Stack, flush_prefect, stack, start_prefect, start_web
from deployments.undelivered import settle_arrived, told, undelivered
from language import reasons
from language.tongue import ENGLISH
from mail.mailbox_letters import KeptLetter, letters
from models import answers, outbox, plans, subscribers
from models.people import Status

if TYPE_CHECKING:
    from coach.week import Week
    from models.people import Subscriber

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Tally:
    """What this run did; a second run does nothing again."""

    runners: int
    planned: int
    sent: int
    answered: int
    failed: int
    """Weeks that could not be planned."""


def main() -> int:
    """Run the main job once. Returns the exit code."""
    # The sample runners' mail never leaves the machine, whatever server the settings name.
    import os

    os.environ["STRIDEWELL_SMTP_URL"] = "embedded"
    try:
        with stack() as here, open_house(here.settings, upgrade=True) as house:
            try:
                first, runners, tally = _two_weeks(here, house)
            finally:
                flush_prefect()
            _show(here, house, first, runners, tally)
            return _close(house, runners, tally)
    except KeyboardInterrupt:
        shown.line("Stopped. Run it again: it goes on where it was, and sends nothing twice.")
        return 130
    except StridewellError as error:
        shown.error(str(error))
    return 1


def _two_weeks(here: Stack, house: House) -> tuple[date, list[Subscriber], Tally]:
    """Both weeks, step by step, behind a progress bar. Returns the first Monday, the runners, and what was done."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description:<46}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=shown.out(),
    ) as bar:
        step = bar.add_task("Reading the sample runners", total=9)

        def say(words: str) -> None:
            bar.update(step, advance=1, description=words)

        runners = _sample(house)
        first = _first_week(house, runners)
        say("Starting Prefect's server (first start: ½ minute)")
        start_prefect(here)
        say("Starting the web app")
        start_web(here)
        # Prefect reads its settings when it is first imported: only now do they name our server.
        from flows.deliver import deliver
        from flows.log_feedback import log_feedback
        from flows.weekly import weekly

        _quiet_prefect()
        say(f"Flow weekly: the week of {first:%-d %B}")
        weeks = weekly(week_of=first)
        say("Flow deliver: posting to the embedded mailbox")
        _settle_arrived(house, runners)
        sent = deliver().sent
        say("Each runner answers through the web app")
        answered = _answer(here, house, runners, first, bar)
        say("Flow log_feedback: learning from the answers")
        log_feedback()
        say(f"Flow weekly: the week of {first + WEEK:%-d %B}")
        weeks += weekly(week_of=first + WEEK)
        say("Flow deliver: posting to the embedded mailbox")
        sent += deliver().sent
        say("Done")
    planned, failed = sum(w.planned for w in weeks), sum(len(w.failures) for w in weeks)
    return first, runners, Tally(len(runners), planned, sent, answered, failed)


def _sample(house: House) -> list[Subscriber]:
    """The sample runners, imported when they are not there yet: a second run must not move their race dates."""
    path = places.sample_file()
    addresses = {line.partition(",")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]}
    with house.sessions() as session:
        others = sum(s.email not in addresses and s.status is Status.ACTIVE for s, _ in subscribers.everyone(session))
    if others:
        raise StridewellError(
            f"The database has {others} active runners besides the samples, and a trial would put their mails in the embedded "
            "mailbox. Try it in another folder: STRIDEWELL_HOME=~/stridewell-trial make run. "
            "To plan and post their week: stridewell week run, stridewell deliver."
        )
    report = runners_import.run(house, path, now=clock(), dry_run=True)
    if report.new:
        report = runners_import.run(house, path, now=clock())
    if report.refused_rows:
        raise StridewellError(
            f"{path.name}: {report.refused_rows} rows were refused. See: stridewell runners import {path.name} --dry-run"
        )
    with house.sessions() as session:
        return [s for s, _ in subscribers.everyone(session) if s.email in addresses]


def _first_week(house: House, runners: list[Subscriber]) -> date:
    """The first week these runners ever had, or the coming one."""
    with house.sessions() as session:
        planned = [w for runner in runners for w in plans.weeks_of(session, runner.id)]
    return min(planned, default=next_monday(clock().date()))


def _answer(here: Stack, house: House, runners: list[Subscriber], week_of: date, bar: Progress) -> int:
    """Each runner who has not answered yet does so through the link in the mail that was delivered. Returns how many.

    Whose mail has not arrived cannot answer it, and is told of at the end.
    """
    kept = _by_runner(house)
    answered = 0
    task = bar.add_task("  answers", total=len(runners))
    for runner in runners:
        with house.sessions() as session:
            told = answers.given(session, runner.id, week_of)
            week = plans.get_week(session, runner.id, week_of)
        # A runner who waits for a clinician's clearance has no sessions to answer for.
        if told.silent and week is not None and week.sessions:
            letter = kept.get((runner.email, outbox.message_id(runner.key, week_of, "weekly")))
            if letter is not None:
                give(letter, answer_of(runner.email), here.web_url)
                answered += 1
        bar.advance(task)
    bar.remove_task(task)
    return answered


def _settle_arrived(house: House, runners: list[Subscriber]) -> None:
    arrived = {number for _, number in _by_runner(house)}
    with house.sessions.begin() as session:
        settle_arrived(session, runners, arrived, now=house.clock())


def _by_runner(house: House) -> dict[tuple[str, str], KeptLetter]:
    """Delivered mails by recipient and the local part of their Message-ID."""
    found = {}
    for letter in letters(house.settings.mailbox_folder):
        for address in letter.envelope_to:
            found[address, letter.message_id.strip("<>").partition("@")[0]] = letter
    return found


def _show(here: Stack, house: House, first: date, runners: list[Subscriber], tally: Tally) -> None:
    """The table: runner, answer, what changed and why, mail; and where to look."""
    kept = _by_runner(house)
    rows = []
    with house.sessions() as session:
        for runner in runners:
            week = plans.get_week(session, runner.id, first + WEEK)
            given = answers.given(session, runner.id, first)
            letter = kept.get((runner.email, outbox.message_id(runner.key, first + WEEK, "weekly")))
            if week is not None:
                rows.append(
                    (
                        runner.name,
                        "–" if given.silent else answer_of(runner.email).said,
                        _changes(house, week, runner.units),
                        f"{letter.name}.eml" if letter else "not delivered",
                    )
                )
    shown.table(
        ("Runner", "Answered", "What changed and why", "Mail"),
        rows,
        title=f"Week of {first + WEEK:%-d %B %Y}, after the answers to the week before",
    )
    shown.line(
        f"{tally.runners} runners: {tally.planned} weeks planned, {tally.sent} mails sent, {tally.answered} answers given in this run. Nothing is ever sent twice."
    )
    shown.facts(
        {
            "Mails": str(house.settings.mailbox_folder),
            "Read one": f"stridewell preview {runners[0].email}",
            "Live": "make up: the dashboard, the mailbox page and the web app",
            "Logs": str(here.logs),
        }
    )


def _close(house: House, runners: list[Subscriber], tally: Tally) -> int:
    """The last word when something is amiss. Returns the exit code."""
    with house.sessions() as session:
        mails = undelivered(session, runners)
    if mails:
        shown.error(told(mails))
    if tally.failed:
        shown.error(
            f"{tally.failed} weeks could not be planned. The table weekly-run on the dashboard names them: make up"
        )
    return 1 if mails or tally.failed else 0


def _changes(house: House, week: Week, units: str) -> str:
    told = [reasons.sentence(n.reason, house.catalogue, units, ENGLISH) for n in week.notices][:1]
    told += [reasons.sentence(c, house.catalogue, units, ENGLISH) for c in week.changes]
    return "\n".join(told[:2]) or reasons.sentence(week.focus, house.catalogue, units, ENGLISH)


def _quiet_prefect() -> None:
    """Prefect's run logs go to the server, where the dashboard shows them; the terminal belongs to the progress bar."""
    import logging

    for name in ("prefect.flow_runs", "prefect.task_runs"):
        # Their own handler is the server's; the terminal's is the root logger's.
        logging.getLogger(name).propagate = False


if __name__ == "__main__":
    sys.exit(main())
