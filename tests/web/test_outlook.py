"""What the page says of the next week is what the coach then plans, and saying it changes nothing."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

import coach
from coach.answers import Answers, Effort, Pain, RedFlag, SessionReport
from coach.profile import Region
from coach.week import Week
from language import reasons
from language.tongue import ENGLISH
from models import plans, subscribers, training
from models.people import Status
from tests.builders import MONDAY, a_profile, a_subscriber, a_week, some_answers
from tests.web.conftest import Website, the_catalogue

NEXT = MONDAY + timedelta(days=7)
HEADING = "Your next week, as it looks now"


@pytest.fixture
def website(open_website: Callable[..., Website]) -> Website:
    """A runner with two sessions a week, as the coach planned the first of them."""
    runner = a_subscriber(profile=a_profile(strength_days=(0, 3)))
    first = coach.next_week(
        runner.profile, coach.start(runner.profile, the_catalogue()), the_catalogue(), week_of=MONDAY
    )
    assert len(first.sessions) == 2
    return open_website(runner, first)


def planned_next(website: Website) -> Week:
    """The week the coach really plans for the next Monday."""
    with website.deps.sessionmaker() as session:
        (runner,) = training.load(session, [website.runner.id])
    return website.deps.plan(runner, NEXT)


def sentences(website: Website) -> list[str]:
    return [reasons.sentence(c, the_catalogue(), "kg", ENGLISH) for c in planned_next(website).changes]


def words_of(page: str) -> str:
    """The page's text with its tags taken out."""
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_the_page_says_what_the_coach_will_change(website: Website) -> None:
    page = website.post(website.answer_path(), [("s0.effort", "easy"), ("s1.effort", "easy")])
    assert HEADING in page.text
    assert "30\u00a0November – 6\u00a0December. Two sessions, on Monday and Thursday." in words_of(page.text)
    told = sentences(website)
    assert told
    for sentence in told[:3]:
        assert sentence in words_of(page.text)


def test_pain_lowers_what_loads_it_and_the_rest_goes_on(website: Website) -> None:
    page = website.post(
        website.answer_path(), [("s0.effort", "right"), ("pain.knee.level", "5"), ("pain.knee.settled", "yes")]
    )
    said = words_of(page.text)
    assert "Knee pain 5/10: everything that loads it is cut to 80 % of the dose" in said
    assert "go on as they are." in said


def test_it_says_what_would_follow_if_the_other_session_felt_the_same(website: Website) -> None:
    page = website.post(website.answer_path(), [("s0.effort", "easy")])
    first, _, hoped = words_of(page.text).partition("If Session B feels easy too:")
    assert hoped
    once = sentences(website)
    website.tell(Answers(sessions=(SessionReport(1, Effort.EASY),)))
    both = [s for s in sentences(website) if s not in once]
    assert both
    assert both[0] in hoped
    assert both[0] not in first


def test_pain_told_before_the_first_session_is_not_called_a_missed_week(website: Website) -> None:
    page = website.post(website.answer_path(), [("pain.knee.level", "5")])
    assert "Knee pain 5/10" in words_of(page.text)
    assert "No session done" not in page.text
    page = website.post(website.answer_path(), [("s0.effort", "skipped"), ("s1.effort", "skipped")])
    assert "No session done in 1 week" in words_of(page.text)


@pytest.mark.parametrize("more", [[("s1.effort", "easy")], [("hurts", "yes")], [("pain.calf.level", "3")]])
def test_nobody_is_told_to_hope_for_more_when_all_is_said_or_something_hurts(
    website: Website, more: list[tuple[str, str]]
) -> None:
    page = website.post(website.answer_path(), [("s0.effort", "easy"), *more])
    assert HEADING in page.text
    assert "feels easy too" not in page.text


def test_looking_ahead_stores_nothing_but_the_answer(website: Website) -> None:
    before = website.everything()
    website.post(website.answer_path(), [("s0.effort", "right"), ("pain.knee.level", "5")])
    after = website.everything()
    assert len(after.pop("answers")) == len(before.pop("answers")) + 1
    assert after == before


def test_what_is_answered_later_changes_the_outlook(website: Website) -> None:
    website.tell(some_answers(sessions=(SessionReport(0, Effort.EASY), SessionReport(1, Effort.EASY))))
    page = website.post(website.answer_path(), [("s0.effort", "hard"), ("pain.calf.level", "7")])
    assert "Calf pain 7/10" in words_of(page.text)
    assert page.text.index("bring it on") < page.text.index(HEADING)


def test_a_warning_sign_shows_its_advice_and_no_outlook(website: Website) -> None:
    page = website.post(website.answer_path(), [("s0.effort", "right"), ("red", RedFlag.FAINTING.value)])
    assert "Call your emergency number" in page.text
    assert HEADING not in page.text


def test_a_runner_without_mails_is_promised_no_week(website: Website) -> None:
    website.mailed()
    with website.deps.sessionmaker.begin() as session:
        subscribers.set_status(session, website.runner.id, Status.PAUSED, now=website.deps.clock())
    page = website.post(website.answer_path(), [("s0.effort", "right")])
    assert HEADING not in page.text
    assert website.answers_stored() == 1


def test_an_answer_after_the_next_plan_says_when_it_counts(website: Website) -> None:
    website.plan(planned_next(website))
    page = website.post(website.answer_path(), [("s0.effort", "hard")])
    assert HEADING not in page.text
    assert "Your plan for 30\u00a0November – 6\u00a0December is written already and stays as it is" in words_of(
        page.text
    )


def test_an_old_week_put_right_looks_beyond_the_answered_one(website: Website) -> None:
    website.plan(planned_next(website))
    website.post(website.answer_path(NEXT), [("s0.effort", "right")])
    page = website.post(website.answer_path(), [("pain.knee.level", "6")])
    assert "7–13\u00a0December. " in words_of(page.text)


def test_after_a_pause_the_week_that_comes_next_is_looked_at(website: Website) -> None:
    website.hands["now"] += timedelta(days=14)
    page = website.post(website.answer_path(), [("s0.effort", "right")])
    assert "14–20\u00a0December. " in words_of(page.text)


def test_a_coach_who_cannot_plan_does_not_cost_the_answer(
    website: Website, open_website: Callable[..., Website], caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> Week:
        raise ValueError("knee pain 5")

    website = open_website(a_subscriber(), a_week(), plan=fails)
    page = website.post(website.answer_path(), [("s0.effort", "right"), ("pain.knee.level", "5")])
    assert page.status_code == 200
    assert "Thank you, saved" in page.text
    assert HEADING not in page.text
    assert website.answers_stored() == 1
    assert "ValueError" in caplog.text
    assert "knee" not in caplog.text


def test_a_runner_with_nothing_known_but_the_plan_gets_an_outlook_in_pounds(
    open_website: Callable[..., Website],
) -> None:
    website = open_website(a_subscriber(units="lb"))
    page = website.post(website.answer_path(), [("s0.effort", "easy"), ("s1.effort", "easy")])
    assert HEADING in page.text
    assert " kg" not in words_of(page.text)


def test_folding_before_the_page_makes_no_difference(website: Website) -> None:
    website.post(website.answer_path(), [("s0.effort", "right")])
    with website.deps.sessionmaker.begin() as session:
        (runner,) = training.load(session, [website.runner.id])
        (week, told) = runner.unfolded[0]
        progress = coach.start(runner.profile, the_catalogue())
        folded = coach.fold(runner.profile, progress, week, told, the_catalogue())
        plans.save_progress(
            session,
            [(website.runner.id, MONDAY, folded, runner.answers_through)],
            now=website.deps.clock(),
        )
    page = website.post(website.answer_path(), [("s1.effort", "hard"), ("pain.hip.level", "4")])
    expected = planned_next(website)
    assert reasons.sentence(expected.changes[0], the_catalogue(), "kg", ENGLISH) in words_of(page.text)
    assert Pain(Region.HIP, 4) in website.told().pains
