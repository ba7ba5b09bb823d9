"""The mails of a runner's account, as view models: confirm, sign in, change the address, good-bye.

Short, about one thing each, and without a word of health. Where anybody may have typed the address, the mail carries no
word of theirs either, not even a name: else a stranger could have us send what he likes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from language.tongue import Tongue
from mail import words
from mail.letter import Recipient

Template = Literal["confirm", "sign-in", "address-change", "goodbye"]


@dataclass(frozen=True, slots=True)
class AccountLetter:
    """One mail of the account. template: its folder. url: what its button opens, or empty. until: how long that works, in words.

    address: the new one, of a change; at_new: the mail goes there. erased: what is gone, in words; when, reference: of the receipt.
    unsubscribe_url: empty where there is nothing to unsubscribe from.
    """

    template: Template
    headline: str
    preheader: str
    title: str
    name: str
    postal_address: str
    tongue: Tongue
    unsubscribe_url: str = ""
    url: str = ""
    until: str = ""
    address: str = ""
    at_new: bool = False
    erased: tuple[str, ...] = ()
    when: str = ""
    reference: str = ""


def confirm(
    recipient: Recipient, *, url: str, until: datetime, unsubscribe_url: str, postal_address: str
) -> AccountLetter:
    tongue = recipient.tongue
    return AccountLetter(
        template="confirm",
        headline=tongue.gettext("Please confirm your address"),
        preheader=tongue.gettext("One press, and your first week is on its way."),
        title=tongue.gettext("One press, and we begin"),
        name="",
        postal_address=words.one_line(postal_address),
        tongue=tongue,
        unsubscribe_url=unsubscribe_url,
        url=url,
        until=_day(until, recipient),
    )


def sign_in(
    recipient: Recipient, *, url: str, until: datetime, unsubscribe_url: str, postal_address: str
) -> AccountLetter:
    tongue = recipient.tongue
    return AccountLetter(
        template="sign-in",
        headline=tongue.gettext("Your link to sign in"),
        preheader=tongue.gettext("It works once, and for half an hour."),
        title=tongue.gettext("Here is your way in"),
        name=words.a_name(recipient.name),
        postal_address=words.one_line(postal_address),
        tongue=tongue,
        unsubscribe_url=unsubscribe_url,
        url=url,
        until=_time(until, recipient),
    )


def address_change(
    recipient: Recipient,
    *,
    address: str,
    at_new: bool,
    url: str,
    until: datetime,
    unsubscribe_url: str,
    postal_address: str,
) -> AccountLetter:
    """address: the new one. at_new: the mail goes to it, and not to the old one."""
    tongue = recipient.tongue
    return AccountLetter(
        template="address-change",
        headline=tongue.gettext("Your mails here from now on?")
        if at_new
        else tongue.gettext("Your mails to another address?"),
        preheader=tongue.gettext("Nothing changes until both addresses have agreed."),
        title=tongue.gettext("Shall your mails come here?") if at_new else tongue.gettext("Shall your mails move?"),
        name="" if at_new else words.a_name(recipient.name),
        postal_address=words.one_line(postal_address),
        tongue=tongue,
        unsubscribe_url=unsubscribe_url,
        url=url,
        until=_day(until, recipient),
        address=words.one_line(address),
        at_new=at_new,
    )


def goodbye(*, erased: Sequence[str], when: str, reference: str, postal_address: str, tongue: Tongue) -> AccountLetter:
    """The last mail. erased, when: what is gone and since when, in words."""
    return AccountLetter(
        template="goodbye",
        headline=tongue.gettext("Everything of yours is erased"),
        preheader=tongue.gettext("This is the last mail you get from us."),
        title=tongue.gettext("Good-bye, and good running"),
        name="",
        postal_address=words.one_line(postal_address),
        tongue=tongue,
        erased=tuple(erased),
        when=when,
        reference=reference,
    )


def _day(until: datetime, recipient: Recipient) -> str:
    """Like "Sunday 29 November"."""
    return words.a_day(until.astimezone(ZoneInfo(recipient.time_zone)).date(), recipient.tongue)


def _time(until: datetime, recipient: Recipient) -> str:
    """Like "18:32 (London time)"."""
    place = recipient.time_zone.rpartition("/")[2].replace("_", " ")
    clock = f"{until.astimezone(ZoneInfo(recipient.time_zone)):%H:%M}"
    return recipient.tongue.gettext("%(time)s (%(place)s time)", time=clock, place=place)
