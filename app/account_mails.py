"""The mails of a runner's account: each from its row of the outbox alone, so that a second try is the same mail."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app import letters
from coach.errors import StridewellError
from language.tongue import Tongue, marked
from mail import account_letters
from models import erasing, moves, outbox

if TYPE_CHECKING:
    from app.wiring import House
    from mail.account_letters import AccountLetter
    from mail.render import Rendered
    from mail.tickets import Errand
    from models.claims import Claimed
    from models.erasing import Receipt

CONFIRM_WITHIN = timedelta(days=7)
"""After that a sign-up is forgotten."""

SIGN_IN_WITHIN = timedelta(minutes=30)

MOVE_WITHIN = timedelta(days=3)


def mail(house: House, row: Claimed) -> Rendered:
    """The words of an account mail. Raises StridewellError for one whose cause is gone."""
    return house.renderer.render(_letter(house, row))


def unsubscribe_url(house: House, row: Claimed) -> str | None:
    """The way out that the mail offers; None where its receiver is no runner of ours."""
    if row.kind in (outbox.MOVE_TO, outbox.GOODBYE):
        return None
    return letters.unsubscribe_url(house, row.subscriber, on=row.created_at.date())


def _letter(house: House, row: Claimed) -> AccountLetter:
    runner, postal_address = letters.recipient(house, row.subscriber), house.settings.postal_address
    leave = unsubscribe_url(house, row) or ""
    match row.kind:
        case outbox.CONFIRM:
            url, until = _way(house, row, "confirm", CONFIRM_WITHIN)
            return account_letters.confirm(
                runner, url=url, until=until, unsubscribe_url=leave, postal_address=postal_address
            )
        case outbox.SIGN_IN:
            url, until = _way(house, row, "sign-in", SIGN_IN_WITHIN)
            return account_letters.sign_in(
                runner, url=url, until=until, unsubscribe_url=leave, postal_address=postal_address
            )
        case outbox.MOVE_FROM | outbox.MOVE_TO:
            at_new = row.kind == outbox.MOVE_TO
            url, until = _way(house, row, "move-to" if at_new else "move-from", MOVE_WITHIN)
            with house.sessions() as session:
                move = moves.of(session, row.subscriber.id)
            if move is None or move.occasion != row.occasion:
                raise StridewellError(f"outbox {row.id}: the change of address it asks about waits no longer.")
            return account_letters.address_change(
                runner,
                address=move.address,
                at_new=at_new,
                url=url,
                until=until,
                unsubscribe_url=leave,
                postal_address=postal_address,
            )
        case outbox.GOODBYE:
            with house.sessions() as session:
                receipt = erasing.find(session, row.occasion)
            if receipt is None or row.address is None:
                raise StridewellError(f"outbox {row.id}: the address this good-bye was for is forgotten.")
            when, *erased = gone(receipt, runner.tongue)
            return account_letters.goodbye(
                erased=erased,
                when=when,
                reference=receipt.reference,
                postal_address=postal_address,
                tongue=runner.tongue,
            )
    raise StridewellError(f"outbox {row.id}: {row.kind} is no mail of the account. This version does not know it.")


def _way(house: House, row: Claimed, errand: Errand, within: timedelta) -> tuple[str, datetime]:
    until = row.created_at + within
    return house.tickets.link(errand, row.subscriber.key, row.occasion, until=until), until


def gone(receipt: Receipt, tongue: Tongue) -> tuple[str, ...]:
    """When it was, and what a receipt counts, a line each."""
    at = receipt.erased_at
    day = tongue.day(at.date(), marked("EEEE d MMMM y"))
    return (
        tongue.gettext("%(date)s, %(time)s UTC", date=day, time=f"{at:%H:%M}"),
        tongue.gettext("your name, your address, and when and where your mails came"),
        tongue.gettext(
            "%(versions)s of what you told about yourself, health answers included",
            versions=tongue.counted("one version", "%(count)s versions", receipt.profiles),
        ),
        tongue.gettext(
            "%(weeks)s and %(notes)s of your progress",
            weeks=tongue.counted("one planned week", "%(count)s planned weeks", receipt.plans),
            notes=tongue.counted("one note", "%(count)s notes", receipt.snapshots),
        ),
        tongue.counted("one answer you gave", "%(count)s answers you gave", receipt.answers),
        tongue.gettext(
            "the record of %(mails)s to you and of %(consents)s",
            mails=tongue.counted("one mail", "%(count)s mails", receipt.letters),
            consents=tongue.counted("one consent", "%(count)s consents", receipt.consents),
        ),
    )
