"""The words of the notices: the same for every runner, so that a clinician can read and sign them.

Each stands below the sentence of its reason (language/reasons.py), which tells the runner's own case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach.week import Notice, NoticeKind
from language.tongue import marked

if TYPE_CHECKING:
    from language.tongue import Tongue

STOP = (
    marked("See a clinician first"),
    (
        marked(
            "Chest pain, fainting, severe breathlessness or new weakness: call your emergency number now (112, 999 or 911), even if it has passed."
        ),
        marked(
            "Anything else you marked: see a doctor or an urgent-care clinic today. Until then do not run or train, do not stretch, massage or test the spot, and put no weight on a leg that will not take it."
        ),
        marked(
            "When a clinician has told you that you may train again, reply to this mail and a person will start your programme again with you."
        ),
    ),
)
CLINICIAN = (
    marked("Please have this looked at"),
    (
        marked("A physiotherapist or a doctor is the right person. Book a visit this week, and take this mail along."),
        marked(
            "Your plan is changed around it. If anything in it makes the pain worse, leave it out: nothing here is worth pushing through."
        ),
    ),
)
WHERE = (
    marked("Where does it hurt?"),
    (
        marked("Until we know, nothing in your programme goes up."),
        marked(
            "If it is strong, or came suddenly, do not wait for us: stop, and have a doctor or a physiotherapist look at it."
        ),
    ),
)
CLEARANCE = (
    marked("Ask your clinician first"),
    (marked("Once they agree, reply to this mail, and your programme can begin to grow."),),
)
CLEARANCE_FIRST = (
    marked("Ask your clinician first"),
    (
        marked(
            "Once they agree, reply to this mail and we will begin. You will hear nothing of weights or sets from us before."
        ),
    ),
)
ADULTS_ONLY = (
    marked("We do not plan for runners under 18"),
    (
        marked(
            "A growing body needs a coach or a physiotherapist who can see it move. Your club or your school is a good place to ask."
        ),
        marked("If the year of birth is wrong, reply to this mail and we will put it right."),
    ),
)
SCREENING = (
    marked("The health questions, once a year"),
    (
        marked(
            "Sign in to your account and open “What we know of you”. If nothing has changed, one tap says so; if something has, change it and save."
        ),
    ),
)

_BY_KIND = {
    NoticeKind.STOP: STOP,
    NoticeKind.CLINICIAN: CLINICIAN,
    NoticeKind.CLEARANCE: CLEARANCE,
    NoticeKind.ADULTS_ONLY: ADULTS_ONLY,
    NoticeKind.SCREENING: SCREENING,
}


def words_of(notice: Notice, tongue: Tongue, *, planned: bool) -> tuple[str, tuple[str, ...]]:
    """Title and paragraphs of a notice. planned: the week has something to do, so the notice stands beside a plan."""
    title, paragraphs = _words(notice, planned=planned)
    return tongue.gettext(title), tuple(tongue.gettext(paragraph) for paragraph in paragraphs)


def _words(notice: Notice, *, planned: bool) -> tuple[str, tuple[str, ...]]:
    if asks_where(notice):
        return WHERE
    if notice.kind is NoticeKind.CLEARANCE and not planned:
        return CLEARANCE_FIRST
    return _BY_KIND[notice.kind]


def asks_where(notice: Notice) -> bool:
    """Whether the notice asks for an answer: something hurts, and the runner has not said where."""
    return notice.reason.code == "hurts_where"
