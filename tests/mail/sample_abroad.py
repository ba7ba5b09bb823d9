"""Mara's week in other languages: the same sessions, with the coach's own reasons and the whole catalogue."""

from __future__ import annotations

import re
from dataclasses import replace
from gettext import NullTranslations

from app import places
from app.languages import library
from app.wiring import load_catalogue
from coach.week import Notice, NoticeKind, Prescription, Reason, Session, StretchItem, Week
from language import reasons
from language.tongue import Tongue
from mail.letter import WeeklyLetter, weekly
from mail.pictures import Picture
from mail.reply import SafetyLetter, safety
from tests.mail.sample import FAR_ALONG, MARA, POSTAL_ADDRESS, URLS, a_week
from tests.mail.sample_replies import a_severe_rest

CATALOGUE = load_catalogue(places.catalogue_folder())
GERMAN = library().tongue("de")


class _Bracketed(NullTranslations):
    """Every sentence as it stands in the source, in brackets: what has none in a mail was never given to translators."""

    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def pgettext(self, context: str, message: str) -> str:
        del context
        return self.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


MIRRORED = Tongue("ar", "ar", NullTranslations())
"""A language that is written from right to left. Only its days are Arabic; its sentences are as long as ours."""
BRACKETED = Tongue("he", "he", _Bracketed())

_NAMES = {
    "step-down": "low-step-down",
    "gastrocnemius-wall-stretch": "straight-knee-wall-calf-stretch",
    "soleus-wall-stretch": "bent-knee-wall-calf-stretch",
    "half-kneeling-hip-flexor": "half-kneeling-hip-flexor-stretch",
    "supine-strap-hamstring": "strap-hamstring-stretch",
    "figure-four": "lying-figure-four",
    "ankle-rocks": "knee-to-wall-ankle-rock",
    "walking-lunge-reach": "90-90-hip-switch",
}
"""What the small catalogue of the other samples calls otherwise."""
_KINDS: dict[str, tuple[str, dict[str, float | int | str]]] = {
    "focus": ("focus_build", {"quality": "single_leg", "because": "performance", "target": 3, "completed": 6}),
    "placed": ("placed_easy", {"days": 2}),
    "stretch": ("stretch_loaded", {"region": "calf"}),
}
_STEP: dict[str, float | int | str] = {"mode": "reps", "source": "sets", "did_sets": 3, "did_amount": 10}
_STEP |= {"left": 4.2, "at_least": 0, "failed": 0, "target": 3, "limit": 10, "body_kg": 49.0}


def _because(kind: str) -> Reason:
    code, values = _KINDS[kind]
    return Reason(code, tuple(values.items()))


def _change(p: Prescription) -> Reason:
    """Half a kilogram more than last week, and two repetitions less."""
    was, now = p.easier or p.dose, p.dose
    sides = {"from": was, "to": now}
    doses = {f"{side}_{name}": value for side, dose in sides.items() for name, value in (
        ("sets", dose.sets), ("amount", dose.amount), ("kg", dose.load_kg), ("gear", dose.gear or ""))}  # fmt: skip
    return Reason("dose_answers", tuple((_STEP | doses | {"exercise": p.exercise}).items()))


def _exercise(p: Prescription) -> Prescription:
    slug = _NAMES.get(p.exercise, p.exercise)
    dose = replace(p.dose, load_kg=p.dose.load_kg + 0.5 if p.dose.load_kg > 6 else p.dose.load_kg)
    found = replace(p, exercise=slug, dose=dose)
    why = {"exercise": slug, "quality": "single_leg", "because": "trail", "region": "", "possible": 14, "amount": 10}
    return replace(
        found, why=Reason("why", tuple(why.items())), change=_change(found) if p.change and p.easier else None
    )


def _session(session: Session) -> Session:
    return replace(session, exercises=tuple(map(_exercise, session.exercises)), placed=_because("placed"))


def _stretch(item: StretchItem) -> StretchItem:
    return replace(item, stretch=_NAMES.get(item.stretch, item.stretch), why=_because("stretch"))


def abroad(week: Week) -> Week:
    """A week of the sample with the coach's codes in place of English sentences."""
    sessions = tuple(map(_session, week.sessions))
    routine = week.stretch
    if routine is not None:
        items, before = tuple(map(_stretch, routine.items)), tuple(map(_stretch, routine.before))
        routine = replace(routine, items=items, before=before, change=None)
    told = [p.change for session in sessions for p in session.exercises if p.change][:1]
    pain = Reason("pain_hold", (("region", "calf"), ("pain", 3)))
    return replace(week, sessions=sessions, stretch=routine, focus=_because("focus"), changes=(*told, pain), notices=())


def a_letter_in(tongue: Tongue, week: Week | None = None) -> WeeklyLetter:
    return weekly(
        replace(MARA, tongue=tongue),
        abroad(a_week()) if week is None else week,
        CATALOGUE,
        urls=URLS,
        postal_address=POSTAL_ADDRESS,
        say=lambda reason: reasons.sentence(reason, CATALOGUE, "kg", tongue),
        known=FAR_ALONG,
        draw=lambda slug: Picture(f"https://stridewell.example/p/{slug}.png?5eed", 272, 104),
    )


def a_reply_in(tongue: Tongue) -> SafetyLetter:
    """The reply to a knee at 7 of 10."""
    rest = a_severe_rest()
    seen = {"region": "knee", "pain": 7, "weeks": 1}
    notice = Notice(NoticeKind.CLINICIAN, Reason("clinician", tuple(seen.items())))
    severe = Reason("rest_severe", (("region", "knee"), ("pain", 7)))
    week = replace(abroad(rest.week), changes=(severe,), notices=(notice,))
    return safety(
        replace(MARA, tongue=tongue),
        replace(rest, week=week),
        abroad(a_week()),
        CATALOGUE,
        urls=URLS,
        postal_address=POSTAL_ADDRESS,
        say=lambda reason: reasons.sentence(reason, CATALOGUE, "kg", tongue),
    )


def untranslated(text: str) -> set[str]:
    """Words of a text in BRACKETED that no translator would have seen."""
    left = text
    while (inner := re.sub(r"\[[^][]*\]", " ", left)) != left:
        left = inner
    return set(re.findall(r"[A-Za-z]{2,}", re.sub(r"https?://\S+", " ", left)))
