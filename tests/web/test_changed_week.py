"""A week that pain has changed since its mail: the pages show what is asked for now."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

import coach
from coach.answers import Answers, Pain, RedFlag, Word
from coach.profile import Region
from coach.week import Week
from language.tongue import ENGLISH
from mail import words
from tests.builders import MONDAY, a_profile, a_subscriber
from tests.web.conftest import Website, the_catalogue

CHANGED = "has changed this week since its mail"
RUNNER = a_profile(strength_days=(0, 3))
HIP_7 = Answers(pains=(Pain(Region.HIP, 7),))


def the_plan() -> Week:
    return coach.next_week(RUNNER, coach.start(RUNNER, the_catalogue()), the_catalogue(), week_of=MONDAY)


def asked_for(answers: Answers) -> Week:
    return coach.rest_of_week(RUNNER, None, the_plan(), [Word(-1, answers)], the_catalogue()).week


@pytest.fixture
def website(open_website: Callable[..., Website]) -> Website:
    """On the Sunday evening before the week."""
    opened = open_website(a_subscriber(profile=RUNNER), the_plan())
    opened.hands["now"] = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    return opened


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_the_answer_page_asks_about_the_week_as_it_is_now(website: Website) -> None:
    pain = Answers(pains=(Pain(Region.HIP, 5),))
    website.tell(pain)
    page = website.get(website.answer_path()).text
    assert CHANGED in text_of(page)
    planned, now = the_plan(), asked_for(pain)
    assert now.sessions != planned.sessions
    for session in now.sessions:
        for p in session.exercises:
            assert the_catalogue().by_slug[p.exercise].name in page
            assert f"Planned: {words.amount(p.mode, p.dose.sets, p.dose.amount, ENGLISH)}" in text_of(page)
    fields = set(re.findall(r'name="s0\.([a-z0-9-]+)\.sets"', page))
    assert fields == {p.exercise for p in now.sessions[0].exercises}


def test_without_pain_nothing_is_said_of_a_change(website: Website) -> None:
    assert CHANGED not in text_of(website.get(website.answer_path()).text)


def test_a_session_with_nothing_left_in_it_is_not_asked_about(website: Website) -> None:
    website.tell(Answers(red_flags=frozenset({RedFlag.FAINTING})))
    page = website.get(website.answer_path())
    assert page.status_code == 200
    assert "s0.effort" not in page.text
    assert CHANGED not in text_of(page.text)


def test_what_is_told_of_a_changed_dose_is_taken(website: Website) -> None:
    pain = Answers(pains=(Pain(Region.HIP, 5),))
    website.tell(pain)
    first = asked_for(pain).sessions[0].exercises[0]
    website.post(website.answer_path(), [("s0.effort", "right"), (f"s0.{first.exercise}.sets", "1")])
    (report,) = website.told().sessions
    assert [(e.exercise, e.sets_done) for e in report.exercises] == [(first.exercise, 1)]


def test_the_page_after_saving_says_that_the_rest_of_the_week_changes(website: Website) -> None:
    once = website.post(website.answer_path(), [("pain.hip.level", "5")])
    assert "The rest of this week changes now" in text_of(once.text)
    again = website.post(website.answer_path(), [("pain.hip.level", "5")])
    assert "The rest of this week changes now" not in text_of(again.text)


def test_pain_told_late_is_said_to_change_the_plan_that_is_written_already(website: Website) -> None:
    following = coach.next_week(
        RUNNER, coach.start(RUNNER, the_catalogue()), the_catalogue(), week_of=MONDAY + timedelta(days=7)
    )
    website.plan(following)
    calm = website.post(website.answer_path(), [("s0.effort", "right")])
    assert "is written already and stays as it is" in text_of(calm.text)
    late = website.post(website.answer_path(), [("pain.hip.level", "7")])
    assert "What hurts changes it now" in text_of(late.text)


def test_the_routines_to_follow_are_those_of_now(website: Website) -> None:
    website.tell(HIP_7)
    now = asked_for(HIP_7)
    page = text_of(website.get(website.follow_path("0")).text)
    stay = {p.exercise for p in now.sessions[0].exercises}
    gone = {p.exercise for p in the_plan().sessions[0].exercises} - stay
    assert gone
    assert all(the_catalogue().by_slug[slug].name in page for slug in stay)
    assert not any(the_catalogue().by_slug[slug].name in page for slug in gone)
