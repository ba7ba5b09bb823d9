"""The mails around a break: that it has begun, and that it is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from language.tongue import Tongue
from mail import words

if TYPE_CHECKING:
    from datetime import date

    from mail.letter import Recipient


@dataclass(frozen=True, slots=True)
class BreakLetter:
    """template: "away" when a break has begun, "back" when it is over. until, next_mail: days in words."""

    template: Literal["away", "back"]
    headline: str
    preheader: str
    title: str
    name: str
    until: str
    next_mail: str
    account_url: str
    unsubscribe_url: str
    postal_address: str
    tongue: Tongue


def away(
    recipient: Recipient, *, until: date, account_url: str, unsubscribe_url: str, postal_address: str
) -> BreakLetter:
    """until: the first day on which mails come again."""
    tongue = recipient.tongue
    day = words.a_day(until, tongue)
    return BreakLetter(
        template="away",
        headline=tongue.gettext("Your break until %(day)s", day=day),
        preheader=tongue.gettext("No mails until then, and nothing is lost."),
        title=tongue.gettext("Enjoy your break"),
        name=words.a_name(recipient.name),
        until=day,
        next_mail="",
        account_url=account_url,
        unsubscribe_url=unsubscribe_url,
        postal_address=words.one_line(postal_address),
        tongue=tongue,
    )


def back(
    recipient: Recipient, *, next_mail: date, account_url: str, unsubscribe_url: str, postal_address: str
) -> BreakLetter:
    """next_mail: the day of the next weekly mail."""
    tongue = recipient.tongue
    day = words.a_day(next_mail, tongue)
    return BreakLetter(
        template="back",
        headline=tongue.gettext("Your break is over"),
        preheader=tongue.gettext("Your next week comes on %(day)s.", day=day),
        title=tongue.gettext("Good to have you back"),
        name=words.a_name(recipient.name),
        until="",
        next_mail=day,
        account_url=account_url,
        unsubscribe_url=unsubscribe_url,
        postal_address=words.one_line(postal_address),
        tongue=tongue,
    )
