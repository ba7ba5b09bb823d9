"""A week as a letter: a view model with every word and number ready, so that templates hold only order and headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coach.week import Notice, NoticeKind, Phase, Quality, Week
from language.catalogue import spoken
from language.loads import Loads
from language.tongue import Tongue, marked
from mail import cards, words
from mail.cards import Change, SessionCard, StretchCard, StretchLine
from mail.glance import Glance, glance
from mail.looking_back import LookingBack, looking_back
from mail.notices import asks_where, words_of
from mail.voice import Say, Voice

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from coach.profile import Race, Run
    from mail.pictures import Draw

PHASES = {
    Phase.ANATOMICAL: marked("Foundation"),
    Phase.BASE: marked("Base"),
    Phase.BUILD: marked("Build"),
    Phase.PEAK: marked("Peak"),
    Phase.TAPER: marked("Taper"),
    Phase.RACE: marked("Race week"),
    Phase.DELOAD: marked("Lighter week"),
    Phase.RETURN: marked("Return"),
}
TITLES = {
    Phase.ANATOMICAL: marked("Laying the foundation"),
    Phase.BASE: marked("Building strength"),
    Phase.BUILD: marked("Strength into running"),
    Phase.PEAK: marked("Holding what you have built"),
    Phase.TAPER: marked("Arriving fresh"),
    Phase.RACE: marked("Race week"),
    Phase.DELOAD: marked("An easier week"),
    Phase.RETURN: marked("Easing back in"),
}
QUALITIES = {
    Quality.SINGLE_LEG: marked("Single-leg control"),
    Quality.JOINT_CONTROL: marked("Joint control"),
    Quality.LOAD_TOLERANCE: marked("Load tolerance"),
    Quality.CARRY_OVER: marked("Carry-over to running"),
}
GUIDED_WEEKS = 2
"""Weeks whose mails explain how to read them."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom the mail goes to, and in which language. name: as the runner wrote it; it is made safe here."""

    name: str
    address: str
    units: Literal["kg", "lb"]
    time_zone: str
    tongue: Tongue


@dataclass(frozen=True, slots=True)
class Urls:
    """Signed links, ready to use. answer: the page that takes this week's answers; unsubscribe: the page with the button.

    follow: the week's routines, to follow along; week: this mail as a page; progress, calendar, account: the runner's pages. Each of these
    may be empty, and is then not linked to.
    """

    answer: str
    unsubscribe: str
    follow: str = ""
    week: str = ""
    progress: str = ""
    calendar: str = ""
    account: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What else is known of a runner, for the weekly mail to tell. runs: of the usual week; race: the next one.

    answered: weeks answered in a row, up to this one. before: an earlier plan, in the weeks in which the mail looks back.
    """

    runs: tuple[Run, ...] = ()
    race: Race | None = None
    answered: int = 0
    before: Week | None = None


@dataclass(frozen=True, slots=True)
class NoticeCard:
    """One notice. said: the runner's own case, a sentence a cause. ask_url: the page that takes the answer it asks for, or empty;
    ask: what its button says.
    """

    title: str
    said: tuple[str, ...]
    paragraphs: tuple[str, ...]
    ask_url: str
    ask: str


@dataclass(frozen=True, slots=True)
class QualityBar:
    """percent: share of the week's work; rest: 100 − percent."""

    name: str
    percent: int
    rest: int


@dataclass(frozen=True, slots=True)
class WeeklyLetter:
    """The weekly mail, ready for its templates. Empty text, empty tuples and None stand for what this week does not have.

    headline: what the subject says; over, title: the first heading, with a line above it; kicker: week and phase; rest: told in place of sessions.
    welcome: the very first mail, which says what this is; guide: one of the first, which says how to read it; race_week: how to spend it.
    """

    headline: str
    preheader: str
    over: str
    title: str
    kicker: str
    name: str
    focus: str
    rest: str
    welcome: bool
    race_week: bool
    notices: tuple[NoticeCard, ...]
    glance: Glance | None
    changes: tuple[Change, ...]
    looking_back: LookingBack | None
    sessions: tuple[SessionCard, ...]
    stretch: StretchCard | None
    before: tuple[StretchLine, ...]
    qualities: tuple[QualityBar, ...]
    guide: bool
    answer_url: str
    hurts_url: str
    follow_url: str
    week_url: str
    progress_url: str
    calendar_url: str
    account_url: str
    unsubscribe_url: str
    postal_address: str
    tongue: Tongue


def no_picture(_slug: str) -> None:
    """Draws nothing, for mails that go without pictures."""


def weekly(
    recipient: Recipient,
    week: Week,
    catalogue: Catalogue,
    *,
    urls: Urls,
    postal_address: str,
    say: Say,
    known: Known,
    draw: Draw = no_picture,
) -> WeeklyLetter:
    """The weekly mail of one runner.

    catalogue: in any language; say: reasons in the runner's units and language; draw: pictures of exercises. Every exercise and stretch of
    the week must be in the catalogue.
    Headline and preheader tell days and minutes only: mail programs show them to whoever looks on.
    """
    told, tongue = frozenset(week.changes), recipient.tongue
    voice = Voice(tongue, spoken(catalogue, tongue), say, Loads(recipient.units, tongue))
    sessions = cards.sessions(week, voice, urls.answer, urls.follow, told, draw)
    refused = bool(week.notices) and not week.sessions and not week.stretch
    stretch = None if week.stretch is None else cards.stretch(week.stretch, voice, urls.follow, told)
    days = [session.day for session in week.sessions]
    return WeeklyLetter(
        headline=_headline(week, tongue, refused=refused),
        preheader=_preheader(week, tongue, refused=refused),
        over="" if refused else words.a_span(week.week_of, tongue),
        title=_title(week, tongue, refused=refused),
        kicker="" if refused else _kicker(week, tongue),
        name=words.a_name(recipient.name),
        focus="" if refused else say(week.focus),
        rest="" if sessions else _rest(week, tongue, refused=refused),
        welcome=week.number == 1 and bool(sessions),
        race_week=week.phase is Phase.RACE and not refused,
        notices=notice_cards(week, urls, say, tongue),
        glance=glance(week.week_of, list(zip(days, sessions, strict=True)), stretch, known.runs, known.race, tongue),
        changes=tuple(cards.a_change(say(change)) for change in week.changes),
        looking_back=looking_back(known.answered, known.before, week, voice) if sessions else None,
        sessions=sessions,
        stretch=stretch,
        before=() if week.stretch is None else tuple(cards.line(i, voice, "") for i in week.stretch.before),
        qualities=tuple(_bar(quality, percent, tongue) for quality, percent in week.qualities) if sessions else (),
        guide=bool(sessions) and week.number <= GUIDED_WEEKS,
        answer_url=urls.answer,
        hurts_url=f"{urls.answer}#hurts",
        follow_url=urls.follow,
        week_url=urls.week,
        progress_url=urls.progress,
        calendar_url=urls.calendar,
        account_url=urls.account,
        unsubscribe_url=urls.unsubscribe,
        postal_address=words.one_line(postal_address),
        tongue=tongue,
    )


def _kicker(week: Week, tongue: Tongue) -> str:
    return tongue.gettext("Week %(number)s · %(phase)s", number=week.number, phase=tongue.gettext(PHASES[week.phase]))


def _headline(week: Week, tongue: Tongue, *, refused: bool) -> str:
    if refused:
        return tongue.gettext("Please read this before you train")
    if week.sessions:
        days = tongue.listed(list(dict.fromkeys(tongue.weekday(s.day) for s in week.sessions)))
        return tongue.gettext("Week %(number)s: strength on %(days)s", number=week.number, days=days)
    if week.phase is Phase.RACE:
        return tongue.gettext("Week %(number)s: it is race week", number=week.number)
    if week.stretch:
        return tongue.gettext("Week %(number)s: stretching only", number=week.number)
    return tongue.gettext("Week %(number)s: no sessions", number=week.number)


def _preheader(week: Week, tongue: Tongue, *, refused: bool) -> str:
    if refused:
        return tongue.gettext("There is no programme this week. The mail says why, and what to do.")
    parts = []
    if week.sessions:
        parts.append(_sessions(week, tongue))
    if week.stretch and week.stretch.items:
        minutes = cards.minutes(week.stretch.seconds)
        parts.append(
            tongue.ngettext(
                "%(minutes)s minute of stretching after runs",
                "%(minutes)s minutes of stretching after runs",
                minutes,
                minutes=minutes,
            )
        )
    text = " · ".join(parts) or tongue.gettext("Nothing to lift this week")
    return f"{text[0].upper()}{text[1:]}."


def _sessions(week: Week, tongue: Tongue) -> str:
    number = len(week.sessions)
    return tongue.ngettext(
        "one session of %(minutes)s minutes",
        "%(count)s sessions of %(minutes)s minutes",
        number,
        count=tongue.spelled(number),
        minutes=tongue.listed([str(s.minutes) for s in week.sessions]),
    )


def _title(week: Week, tongue: Tongue, *, refused: bool) -> str:
    if not refused:
        return tongue.gettext(TITLES[week.phase])
    if week.notices[0].kind is NoticeKind.STOP:
        return tongue.gettext("Please stop for now")
    return tongue.gettext("No programme this week")


def _rest(week: Week, tongue: Tongue, *, refused: bool) -> str:
    if refused:
        return tongue.gettext("There is no programme for you this week. Here is why, and what to do.")
    if week.phase is Phase.RACE:
        return tongue.gettext("There is no strength session this week: your legs have a race to run.")
    if week.stretch and week.stretch.items:
        return tongue.gettext("There is no strength session this week, only the stretching below.")
    return tongue.gettext("There is no strength session this week.")


def _bar(quality: Quality, percent: int, tongue: Tongue) -> QualityBar:
    shown = max(0, min(100, percent))
    return QualityBar(name=tongue.gettext(QUALITIES[quality]), percent=shown, rest=100 - shown)


def notice_cards(week: Week, urls: Urls, say: Say, tongue: Tongue) -> tuple[NoticeCard, ...]:
    """The week's notices in their order; those with the same words (two painful regions) become one."""
    planned = bool(week.sessions or week.stretch)
    cards: dict[str, NoticeCard] = {}
    for notice in week.notices:
        title, paragraphs = words_of(notice, tongue, planned=planned)
        before = cards[title].said if title in cards else ()
        ask_url, ask = _asks(notice, urls, tongue)
        cards[title] = NoticeCard(title, (*before, say(notice.reason)), paragraphs, ask_url, ask)
    return tuple(cards.values())


def _asks(notice: Notice, urls: Urls, tongue: Tongue) -> tuple[str, str]:
    """Where the answer is given that a notice asks for, and the words of the button; empty when it asks for none."""
    if asks_where(notice):
        return f"{urls.answer}#hurts", tongue.gettext("Tell us where")
    return (urls.account, tongue.gettext("Open your account")) if notice.kind is NoticeKind.SCREENING else ("", "")
