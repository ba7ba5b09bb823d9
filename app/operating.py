"""Telling the operator by mail how a day went, and what cannot wait: only where STRIDEWELL_OPERATOR names an address."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING

from mail import mime
from mail.operator_letter import Alert, operator
from mail.outcomes import Accepted
from mail.smtp_session import Message
from models import days, returns, tallies

if TYPE_CHECKING:
    from app.delivery import Way
    from app.wiring import House
    from mail.operator_letter import OperatorLetter
    from models.days import Day

KIND = "operator"

ENOUGH_TO_JUDGE = 20
"""Mails of a day before a share of failures means anything."""

NAMES = {
    "weekly": "weekly mails",
    "reminder": "reminders",
    "safety": "mails about strong pain",
    "rest": "mails about other pain",
    "safety-stop": "mails about warning signs",
    "away": "mails about a break",
    "back": "mails after a break",
}
"""Kinds of letters in words; the others are mails of the account."""

BACK = {
    "hard": "bounces: nobody there",
    "soft": "bounces that may pass",
    "complaint": "complaints of spam",
    "unsubscribe": "unsubscribed by mail",
    returns.KEPT: "returned mails kept for you",
}
"""What came back, in words; nothing is said of automatic answers."""

MOST_BOUNCES = 0.05
"""Share of a day's mails: beyond it, mail programs begin to doubt the sender."""

MOST_COMPLAINTS = 0.003
"""Share of a day's mails that Gmail and Yahoo never want to see reached."""


def tell(house: House, way: Way, of: date) -> bool:
    """Send the mail about a day (of UTC) that is over; False when nobody is to be told, or the server did not take it.

    Sent twice it is the same mail, with the same Message-ID, about what is known by then.
    """
    if not house.settings.operator:
        return False
    since = datetime.combine(of, time(), UTC)
    with house.sessions() as session:
        counted = days.day(session, since, since + timedelta(days=1))
    letter = operator(of, _alerts(house, counted), _numbers(counted), postal_address=house.settings.postal_address)
    return _post(house, way, letter, f"day.{of}", since + timedelta(days=1))


def alert(house: House, way: Way, title: str, said: str, remedy: str, *, at: datetime) -> bool:
    """Tell at once of something that cannot wait until tomorrow; False too when it was told within this hour. at: when it was found.

    A delivery that was stopped is stopped again five minutes later, and nobody needs twelve mails an hour about it.
    """
    if not house.settings.operator:
        return False
    with house.sessions.begin() as session:
        if not tallies.within(session, f"alert {title}", most=1, per=timedelta(hours=1), now=at):
            return False
        counted = days.day(session, at - timedelta(days=1), at)
    letter = operator(
        at.date(), [Alert(title, said, remedy)], _numbers(counted), postal_address=house.settings.postal_address
    )
    return _post(house, way, letter, f"alert.{at:%Y-%m-%d.%H}", at)


def _post(house: House, way: Way, letter: OperatorLetter, subject: str, at: datetime) -> bool:
    """subject: what tells it from other mails to the operator, like "day.2026-11-22"."""
    name, address = parseaddr(house.settings.operator)
    data = mime.build(
        house.renderer.render(letter),
        mime.Headers(
            letterhead=house.letterhead,
            to_name=name,
            to_address=address,
            message_id=f"{KIND}.{subject}",
            date=at,
            unsubscribe_url=None,
            campaign=f"{KIND}:{at.date()}",
        ),
    )
    (outcome,) = way.send_batch([Message(parseaddr(house.settings.mail_from)[1], address, data)])
    return isinstance(outcome, Accepted)


def _numbers(counted: Day) -> list[tuple[str, int]]:
    named: dict[str, int] = {}
    for kind, number in counted.sent.items():
        name = NAMES.get(kind, "mails of the account")
        named[name] = named.get(name, 0) + number
    return [
        ("runners with a programme", counted.active),
        ("new runners", counted.joined),
        ("runners who left", counted.left),
        ("weeks planned", counted.planned),
        ("answers", counted.answers),
        *((f"{name} sent", number) for name, number in named.items()),
        ("mails that failed", sum(counted.failed.values())),
        *((name, counted.back[kind]) for kind, name in BACK.items() if counted.back.get(kind)),
        *([("addresses given up", counted.gone)] if counted.gone else []),
    ]


def _alerts(house: House, counted: Day) -> list[Alert]:
    found = []
    sent, failed = sum(counted.sent.values()), sum(counted.failed.values())
    if counted.held:
        found.append(
            Alert(
                "Mails are held",
                f"{_mails(counted.held)} may or may not have arrived: the connection broke at the wrong moment.",
                "look at them with `stridewell outbox held`, and release each as settled or to be sent again.",
            )
        )
    if counted.late:
        found.append(
            Alert(
                "Mails wait",
                f"{_mails(counted.late)} waited for more than an hour.",
                "see on the dashboard whether `deliver` runs, and with `stridewell outbox` what the server says.",
            )
        )
    if sent + failed >= ENOUGH_TO_JUDGE and failed / (sent + failed) > house.settings.refusal_limit:
        found.append(
            Alert(
                "Many mails failed",
                f"{failed:,} of {sent + failed:,} mails of this day were not taken.",
                "read the server's answers with `stridewell outbox`; `stridewell doctor` checks sender and server.",
            )
        )
    return found + _returned(counted, sent)


def _returned(counted: Day, sent: int) -> list[Alert]:
    found = []
    bounces, complaints = counted.back.get("hard", 0) + counted.back.get("soft", 0), counted.back.get("complaint", 0)
    if bounces >= ENOUGH_TO_JUDGE and bounces > MOST_BOUNCES * sent:
        found.append(
            Alert(
                "Many mails came back",
                f"{bounces:,} mails came back on a day on which {sent:,} went out.",
                "see on the dashboard, under returns-run, whether nobody is there or servers refuse your mail; check SPF, DKIM and DMARC.",
            )
        )
    if complaints and complaints > MOST_COMPLAINTS * sent:
        found.append(
            Alert(
                "Runners call the mail spam",
                f"{complaints:,} complaints on a day on which {sent:,} mails went out. Those runners get no more.",
                "see where these runners come from: whoever did not sign up themselves should not be on the list.",
            )
        )
    if kept := counted.back.get(returns.KEPT, 0):
        found.append(
            Alert(
                "Returned mails are kept for you",
                f"{_mails(kept)} in the mailbox of returns could not be tied to a mail of ours.",
                "list them with `stridewell returns kept`, look at them there and delete them.",
            )
        )
    return found


def _mails(number: int) -> str:
    return f"{number:,} mail{'' if number == 1 else 's'}"
