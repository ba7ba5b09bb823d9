"""The reminder in the middle of a week: the taps of the sessions that have been, what is still to come, and no reproach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from language.tongue import Tongue
from mail import words

if TYPE_CHECKING:
    from datetime import date

    from coach.week import Week
    from mail.letter import Recipient, Urls


@dataclass(frozen=True, slots=True)
class AskedSession:
    """A session that has been, with its four answers."""

    day: str
    weekday: str
    name: str
    easy_url: str
    right_url: str
    hard_url: str
    skipped_url: str


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """sessions: those before today, in their order; none when the week was planned anew. ahead: of those to come, in a sentence, or empty."""

    template: Literal["reminder"]
    headline: str
    preheader: str
    title: str
    name: str
    sessions: tuple[AskedSession, ...]
    ahead: str
    hurts_url: str
    account_url: str
    unsubscribe_url: str
    postal_address: str
    tongue: Tongue


def reminder(recipient: Recipient, week: Week, *, today: date, urls: Urls, postal_address: str) -> ReminderLetter:
    """today: the runner's own date."""
    tongue = recipient.tongue
    asks = tongue.gettext("How is week %(number)s going?", number=week.number)
    gone = (today - week.week_of).days
    asked = tuple(
        AskedSession(
            day=words.a_day(week.week_of.fromordinal(week.week_of.toordinal() + session.day), tongue),
            weekday=tongue.weekday(session.day),
            name=words.session_name(session.name, tongue),
            easy_url=f"{urls.answer}?s={index}&c=e",
            right_url=f"{urls.answer}?s={index}&c=r",
            hard_url=f"{urls.answer}?s={index}&c=h",
            skipped_url=f"{urls.answer}?s={index}&c=n",
        )
        for index, session in enumerate(week.sessions)
        if session.day < gone
    )
    return ReminderLetter(
        template="reminder",
        headline=asks,
        preheader=tongue.gettext("One tap is enough.") if asked else tongue.gettext("There is nothing to answer yet."),
        title=asks,
        name=words.a_name(recipient.name),
        sessions=asked,
        ahead=_ahead([session.day for session in week.sessions if session.day >= gone], tongue),
        hurts_url=f"{urls.answer}#hurts",
        account_url=urls.account,
        unsubscribe_url=urls.unsubscribe,
        postal_address=words.one_line(postal_address),
        tongue=tongue,
    )


def _ahead(days: list[int], tongue: Tongue) -> str:
    if not days:
        return ""
    return tongue.ngettext(
        "Still to come: the session on %(days)s. When it is done, answer in your weekly mail.",
        "Still to come: the sessions on %(days)s. When they are done, answer in your weekly mail.",
        len(days),
        days=tongue.listed([tongue.weekday(day) for day in dict.fromkeys(days)]),
    )
