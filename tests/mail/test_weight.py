"""What a weekly mail weighs: no week of any runner makes one too heavy, in whatever language."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from gettext import NullTranslations
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.catalogue import Exercise
from coach.week import Prescription, Question, Week
from language import reasons
from language.catalogue import spoken
from language.tongue import ENGLISH, Tongue
from mail import lighter
from mail.letter import Known, WeeklyLetter, weekly
from mail.lines import fit
from mail.pictures import Picture
from mail.render import HEAVIEST, weight
from tests.coach.strategies import histories
from tests.mail.letters import RENDERER
from tests.mail.sample import FAR_ALONG, MARA, POSTAL_ADDRESS, URLS, a_full_week, a_week
from tests.mail.sample_abroad import BRACKETED, CATALOGUE, GERMAN, a_letter_in, abroad

if TYPE_CHECKING:
    from coach.profile import Profile
    from coach.progress import Progress


class _Wordy(NullTranslations):
    """Every sentence longer by a quarter, in letters that weigh six octets each: wordier than any language of ours."""

    def gettext(self, message: str) -> str:
        return f"{message} {'ö' * (len(message) // 24)}"

    def pgettext(self, context: str, message: str) -> str:
        del context
        return self.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


WORDY = Tongue("fi", "fi", _Wordy())
TONGUES = (ENGLISH, GERMAN, BRACKETED, WORDY)
MOST_EXERCISES, MOST_STRETCHES = 6, 12
"""Exercises of a session, and stretches after a run; no simulated runner had as many exercises three times, or more stretches."""


def a_letter_of(week: Week, tongue: Tongue, known: Known) -> WeeklyLetter:
    return weekly(
        replace(MARA, tongue=tongue, name="Maximiliane Öhrström-Weißenhöfer"),
        week,
        CATALOGUE,
        urls=URLS,
        postal_address=POSTAL_ADDRESS,
        say=partial(reasons.sentence, catalogue=CATALOGUE, units="kg", tongue=tongue),
        known=known,
        draw=lambda slug: Picture(f"https://stridewell.example/p/{slug}.png?5eedcafe", 272, 104),
    )


def the_heaviest(tongue: Tongue) -> WeeklyLetter:
    """A first mail of three sessions, each with six exercises that no other has: those with the most to say."""
    told = spoken(CATALOGUE, tongue)

    def words(e: Exercise) -> int:
        return weight(e.name + e.purpose + e.how + e.cue + e.carry_over + e.stop_if)

    longest = sorted(told.exercises, key=words, reverse=True)
    week = abroad(a_full_week())
    models = [p for s in week.sessions for p in s.exercises]
    sessions = []
    for n, session in enumerate(week.sessions):
        exercises = tuple(_as(models[k % len(models)], longest[MOST_EXERCISES * n + k]) for k in range(MOST_EXERCISES))
        sessions.append(replace(session, exercises=exercises))
    stretches = sorted(told.stretches, key=lambda s: weight(s.name + s.cue), reverse=True)[:MOST_STRETCHES]
    assert week.stretch is not None
    routine = replace(week.stretch, items=tuple(replace(week.stretch.items[0], stretch=s.slug) for s in stretches))
    return a_letter_of(
        replace(
            week,
            number=1,
            sessions=tuple(sessions),
            stretch=routine,
            question=Question(2, longest[2 * MOST_EXERCISES].slug, longest[2 * MOST_EXERCISES].mode),
        ),
        tongue,
        FAR_ALONG,
    )


def _as(p: Prescription, exercise: Exercise) -> Prescription:
    why = tuple((name, exercise.slug if name == "exercise" else value) for name, value in p.why.values)
    return replace(p, exercise=exercise.slug, why=replace(p.why, values=why), change=None)


def is_light(html: str) -> bool:
    return weight(html) <= HEAVIEST and fit(html.encode("ascii", "xmlcharrefreplace"))


@given(histories(), st.sampled_from(TONGUES))
def test_no_week_of_any_runner_makes_a_mail_too_heavy(
    history: tuple[Profile, Progress, Week, Progress], tongue: Tongue
) -> None:
    profile, _, week, _ = history
    known = Known(profile.runs, profile.race, answered=week.number - 1)
    assert is_light(RENDERER.weekly(a_letter_of(week, tongue, known)).html)


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.code)
def test_the_wordiest_exercises_of_the_catalogue_together_are_not_too_much(tongue: Tongue) -> None:
    letter = the_heaviest(tongue)
    assert weight(RENDERER.in_full(letter)) > HEAVIEST, "else this shows nothing"
    mail = RENDERER.weekly(letter)
    assert is_light(mail.html)
    said = unescape(" ".join(mail.html.split()))
    for exercise in (e for session in letter.sessions for e in session.exercises):
        assert all(words in said for words in (exercise.name, exercise.amount, exercise.cue, exercise.stop_if))
    text = " ".join(mail.text.replace(" >", "").split())
    assert all(e.how in text and e.why in text for session in letter.sessions for e in session.exercises)


def test_a_heavy_mail_gives_up_no_more_than_it_must_and_the_last_session_first() -> None:
    letter = the_heaviest(GERMAN)
    versions = list(lighter.versions(letter))
    assert versions[0] == letter
    weights = [weight(RENDERER.in_full(version)) for version in versions]
    assert weights == sorted(weights, reverse=True)
    chosen = weights.index(weight(RENDERER.weekly(letter).html))
    assert weights[chosen] <= HEAVIEST < weights[chosen - 1]
    first, _, last = versions[1].sessions
    assert first == letter.sessions[0]
    assert {e.how for e in last.exercises} == {""}


def test_a_session_that_leaves_out_how_it_is_done_says_where_that_stands() -> None:
    letter = the_heaviest(ENGLISH)
    light = replace(letter, sessions=letter.sessions[:1])
    assert RENDERER.weekly(light).html.count("It also shows how each exercise is done.") == 0
    assert RENDERER.weekly(letter).html.count("It also shows how each exercise is done.") == len(letter.sessions)


def test_rules_that_are_the_same_on_another_day_are_told_once() -> None:
    letter = a_letter_in(GERMAN, _every_day_alike(abroad(a_full_week())))
    first, *others = letter.sessions
    assert first.rules
    assert [(s.rules, s.rules_as_on) for s in others] == [((), first.weekday)] * len(others)
    mail = RENDERER.weekly(letter)
    for part in (mail.html, " ".join(mail.text.split())):
        assert part.count(first.rules[0][1].partition(",")[0]) == 1
        assert part.count(f"Dann wie am {first.weekday}.") == len(others)


def test_rules_that_differ_are_told_each_in_its_session() -> None:
    week = abroad(a_week())
    first, other = week.sessions
    never_up = replace(other, exercises=tuple(replace(p, harder=None, up_to=None) for p in other.exercises))
    one, two = a_letter_in(GERMAN, replace(week, sessions=(first, never_up))).sessions
    assert one.rules
    assert two.rules
    assert one.rules != two.rules
    assert two.rules_as_on == ""


def _every_day_alike(week: Week) -> Week:
    return replace(week, sessions=tuple(replace(s, exercises=week.sessions[0].exercises) for s in week.sessions))
