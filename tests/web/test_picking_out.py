"""Beside a session's tap: the exercise that was too much, and the one that was far too easy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from coach.answers import Answers, Effort, ExerciseReport, SessionReport
from coach.week import Dose, DoseMode, Question
from tests.builders import a_prescription, a_session, a_week
from tests.web.conftest import Website
from tests.web.reading import form_of

THREE = a_session(
    exercises=(
        a_prescription(),
        a_prescription(exercise="side-plank", mode=DoseMode.HOLD, dose=Dose(2, 20)),
        a_prescription(exercise="pogo-hops", mode=DoseMode.CONTACTS, dose=Dose(2, 10)),
    )
)


@pytest.fixture
def website(open_website: Callable[..., Website]) -> Website:
    return open_website(week=a_week(sessions=(THREE,)))


def save(website: Website, **changes: str) -> str:
    form = form_of(website.get(website.answer_path(query="?s=0&c=r")).text)
    return website.post(form.action, form.saved_with(**changes)).text


def reports(website: Website) -> dict[str, int | None]:
    (session,) = website.told().sessions
    return {e.exercise: e.reps_left for e in session.exercises}


def test_nothing_is_picked_out_unless_the_runner_does(website: Website) -> None:
    form = form_of(website.get(website.answer_path(query="?s=0&c=r")).text)
    assert (form.value("s0.none"), form.value("s0.plenty")) == ("", "")
    save(website)
    assert website.told() == Answers(sessions=(SessionReport(0, Effort.RIGHT),))


def test_one_was_too_much_and_another_far_too_easy(website: Website) -> None:
    save(website, s0__none="split-squat", s0__plenty="side-plank")
    assert reports(website) == {"split-squat": 0, "side-plank": 5}


def test_one_alone_may_be_picked_out(website: Website) -> None:
    save(website, s0__plenty="split-squat")
    assert reports(website) == {"split-squat": 5}


def test_the_same_one_cannot_be_both(website: Website) -> None:
    page = save(website, s0__none="split-squat", s0__plenty="split-squat")
    assert "Split squat: it cannot have left nothing and a lot." in page
    assert website.told() == Answers(sessions=(SessionReport(0, Effort.RIGHT),))


def test_what_is_told_in_detail_outranks_it(website: Website) -> None:
    save(website, s0__split_squat__left="2", s0__none="split-squat")
    assert reports(website) == {"split-squat": 2}


@pytest.mark.parametrize("wrong", ["pogo-hops", "levitation", "<b>"])
def test_what_was_not_offered_is_named_and_left_out(website: Website, wrong: str) -> None:
    form = form_of(website.get(website.answer_path(query="?s=0&c=r")).text)
    page = website.post(form.action, form.saved_with(s0__none=wrong)).text
    assert "is not one of the answers" in page
    assert website.told() == Answers(sessions=(SessionReport(0, Effort.RIGHT),))


def test_jumps_what_is_asked_about_and_what_was_told_are_not_offered(open_website: Callable[..., Website]) -> None:
    asking = open_website(week=a_week(sessions=(THREE,), question=Question(0, "split-squat", DoseMode.REPS)))
    page = asking.get(asking.answer_path()).text
    (offered,) = re.findall(r'<select id="s0.none".*?</select>', page, re.DOTALL)
    assert re.findall(r'value="([^"]*)"', offered) == ["", "side-plank"]
    asking.tell(Answers(sessions=(SessionReport(0, Effort.RIGHT, exercises=(ExerciseReport("side-plank", 2),)),)))
    assert "s0.none" not in asking.get(asking.answer_path()).text


def test_a_session_left_out_has_nothing_to_pick_out(website: Website) -> None:
    page = save(website, s0__effort="skipped", s0__none="split-squat")
    assert "you did not do it, so its details were left out" in page
    assert website.told() == Answers(sessions=(SessionReport(0, Effort.SKIPPED),))
