"""The week's one question, as the mail asks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coach.week import Dose, DoseMode, Question
from language.tongue import ENGLISH
from mail import one_question
from tests.mail.sample import TUESDAY, URLS, a_full_week, a_letter, a_pain_week, a_prescription, a_week


def test_the_question_asks_for_one_number_in_the_session_it_is_about() -> None:
    tuesday, friday = a_letter().sessions
    assert friday.question is None
    question = tuesday.question
    assert question is not None
    assert question.asks == "In the last set, how many more than 8 single-leg Romanian deadlifts could you have done?"
    assert [(tap.label, tap.url) for tap in question.taps] == [
        (label, f"{URLS.answer}?s=0&l={left}") for left, label in enumerate(("0", "1", "2", "3", "4", "5+"))
    ]
    assert question.taps[5].spoken == "5+ left"


def test_holds_and_carries_are_asked_for_in_seconds() -> None:
    hold = a_letter(a_pain_week()).sessions[0].question
    carry = a_letter(a_full_week()).sessions[2].question
    assert hold is not None
    assert carry is not None
    assert hold.asks == "In the last set, how much longer than 30 s could you have held the side plank with leg lift?"
    assert carry.asks == "In the last set, how much longer than 40 s could you have gone on with the suitcase carry?"
    seconds = ["0 s", "3 s", "6 s", "9 s", "12 s", "15 s+"]
    assert [tap.label.replace("\u00a0", " ") for tap in hold.taps] == seconds
    assert carry.taps[2].url == f"{URLS.answer}?s=2&l=2"


def test_only_a_runner_who_could_switch_is_told_to_answer_for_the_last_set() -> None:
    up_only, fixed = (
        a_week(sessions=(replace(TUESDAY, exercises=(item,)),), question=Question(0, "dead-bug", DoseMode.REPS))
        for item in (
            a_prescription("dead-bug", Dose(2, 8), "", harder=Dose(2, 12)),
            a_prescription("dead-bug", Dose(2, 8), ""),
        )
    )
    asked = [a_letter(week).sessions[0].question for week in (up_only, fixed)]
    assert [question.switchable for question in asked if question] == [True, False]


@pytest.mark.parametrize(
    "question", [None, Question(7, "dead-bug", DoseMode.REPS), Question(0, "dead-bug", DoseMode.REPS)]
)
def test_a_question_that_does_not_fit_the_week_is_not_asked(question: Question | None) -> None:
    assert [session.question for session in a_letter(a_week(question=question)).sessions] == [None, None]


@pytest.mark.parametrize(
    ("name", "plural"),
    [
        ("Pallof press", "Pallof presses"),
        ("Standing hip hitch", "standing hip hitches"),
        ("Step-up with knee drive", "step-ups with knee drive"),
        ("Single-leg calf raise off a step", "single-leg calf raises off a step"),
        ("Copenhagen raise, long lever", "Copenhagen raises, long lever"),
        ("Chair sit-to-stand", "chair sit-to-stands"),
        ("Nordic lower", "Nordic lowers"),
    ],
)
def test_several_of_an_exercise_read_as_english(name: str, plural: str) -> None:
    assert ENGLISH.several(name) == plural


def test_a_hold_that_is_called_a_hold_is_kept_up() -> None:
    item = replace(a_prescription("dead-bug", Dose(2, 30), ""), mode=DoseMode.HOLD)
    asks = one_question.asks(item, "Soleus wall hold", ENGLISH)
    assert asks == "In the last set, how much longer than 30 s could you have kept up the soleus wall hold?"


@pytest.mark.parametrize(
    ("mode", "words_said"),
    [
        (DoseMode.REPS, ["none left", "3 left", "5 or more left"]),
        (DoseMode.CARRY, ["not a second more", "about 9 s more", "15 s more or longer"]),
    ],
)
def test_the_number_told_is_said_in_words(mode: DoseMode, words_said: list[str]) -> None:
    assert [one_question.said(mode, left, ENGLISH) for left in (0, 3, 5)] == words_said
