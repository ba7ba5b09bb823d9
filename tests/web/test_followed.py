"""What was followed along fills the answer page in: nothing is stored by that, and what does not fit is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import coach
from coach.answers import Answers, Effort, ExerciseReport, Pain, SessionReport, Swap
from coach.instead import instead
from coach.profile import Region
from coach.week import Dose, Question, Week
from tests.builders import MONDAY, a_prescription, a_profile, a_session, a_week
from tests.web.conftest import Website, the_catalogue
from tests.web.reading import form_of

FIRST = "step-up-with-knee-drive"


def a_planned_week() -> Week:
    catalogue, profile = the_catalogue(), a_profile()
    return coach.next_week(profile, coach.start(profile, catalogue), catalogue, week_of=MONDAY)


def the_offer() -> tuple[str, Dose]:
    """What is offered in place of the first exercise."""
    catalogue, profile, week = the_catalogue(), a_profile(), a_planned_week()
    assert week.sessions[0].exercises[0].exercise == FIRST
    other = instead(profile, coach.start(profile, catalogue), catalogue, week).sessions[0][0][0]
    return other.exercise, other.dose


@pytest.fixture
def site(open_website: Callable[..., Website]) -> Website:
    return open_website(week=a_planned_week())


def filled_in(site: Website, query: str = "", **fields: str) -> str:
    """The page with these fields of the first exercise filled in."""
    names = [(f"s0.{FIRST}.{what}", value) for what, value in fields.items()]
    page = site.post(f"{site.answer_path()}/followed{query}", names)
    assert page.status_code == 200
    return page.text


def test_what_was_done_stands_on_the_page_and_nothing_is_stored(site: Website) -> None:
    before = site.everything()
    text = filled_in(site, "?s=0&c=r", swap="", sets="1", amount="14", left="2")
    form = form_of(text)
    assert [form.value(f"s0.{FIRST}.{what}") for what in ("sets", "amount", "left")] == ["1", "14", "2"]
    assert form.value("s0.effort") == "right"
    assert "Step-up with knee drive: 1 × 14, 2 left" in text
    assert site.everything() == before


def test_a_swap_stands_there_with_the_numbers_of_what_was_done_and_one_tap_saves_it(site: Website) -> None:
    slug, dose = the_offer()
    text = filled_in(site, "?s=0&c=r", swap=slug, sets="1", amount="7")
    name = the_catalogue().by_slug[slug].name
    assert f"{name} in place of step-up with knee drive: 1 × 7" in text
    assert f"<legend>{name}</legend>" in text
    saved = site.post(site.answer_path(), form_of(text).fields)
    assert saved.status_code == 200
    assert "Not everything could be used" not in saved.text
    (session,) = site.told().sessions
    assert session.effort is Effort.RIGHT
    assert session.exercises == (ExerciseReport(FIRST, 1, 7, swap=Swap(slug, dose)),)


def test_an_answer_with_a_swap_comes_back_as_it_was_told(site: Website) -> None:
    slug, dose = the_offer()
    told = Answers(sessions=(SessionReport(0, exercises=(ExerciseReport(FIRST, 1, 7, 3, swap=Swap(slug, dose)),)),))
    site.tell(told)
    form = form_of(site.get(site.answer_path()).text)
    assert form.value(f"s0.{FIRST}.swap") == slug
    site.post(site.answer_path(), form.fields)
    assert site.told() == told


def test_one_can_say_that_it_was_done_as_planned_after_all(site: Website) -> None:
    slug, dose = the_offer()
    site.tell(Answers(sessions=(SessionReport(0, exercises=(ExerciseReport(FIRST, 1, 7, swap=Swap(slug, dose)),)),)))
    fields = form_of(site.get(site.answer_path()).text).fields
    fields = [(n, v) for n, v in fields if n != f"s0.{FIRST}.swap"] + [(f"s0.{FIRST}.swap", "")]
    site.post(site.answer_path(), fields)
    (report,) = site.told().sessions[0].exercises
    assert report == ExerciseReport(FIRST, 1, 7)


@pytest.mark.parametrize("wanted", ["old-friend", "pogo-hops", "single-leg-calf-raise", "<b>", "x" * 500])
def test_a_swap_that_was_never_offered_counts_as_left_out_and_is_said(site: Website, wanted: str) -> None:
    text = filled_in(site, swap=wanted, sets="3", amount="80", left="5", load="90")
    assert "does not take its place in this week" in text
    assert "Step-up with knee drive: left out" in text
    assert "<b>" not in text
    assert form_of(text).value(f"s0.{FIRST}.sets") == "0"


def test_a_value_out_of_range_is_said_and_raises_nothing(site: Website) -> None:
    text = filled_in(site, swap="", sets="3", amount="4000")
    assert "“4000” is not a whole number from 0 to 100" in text
    assert form_of(text).value(f"s0.{FIRST}.amount") == "12"
    slug, _ = the_offer()
    text = filled_in(site, swap=slug, sets="3", amount="4000")
    assert "Step-up with knee drive: left out" in text


def test_a_session_kept_from_another_plan_is_said_and_left_out(site: Website) -> None:
    page = site.post(f"{site.answer_path()}/followed", [("s0.split-squat.sets", "3"), ("s7.split-squat.amount", "10")])
    assert "does not belong to this form" in page.text
    assert "All of it as planned" not in page.text


def test_all_as_planned_is_said_and_leaves_it_to_the_tap(site: Website) -> None:
    text = filled_in(site, "?s=0&c=e", swap="", sets="2", amount="12")
    assert "All of it as planned." in text
    site.post(site.answer_path(), form_of(text).fields)
    (session,) = site.told().sessions
    assert (session.effort, session.exercises) == (Effort.EASY, ())


def test_no_pain_and_no_word_can_be_filled_in(site: Website) -> None:
    fields = [("hurts", "yes"), ("pain.knee.level", "8"), ("red", "chest-pain"), ("note", "hello"), ("s0.rpe", "9")]
    page = site.post(f"{site.answer_path()}/followed", fields)
    plain = form_of(site.get(site.answer_path()).text)
    assert sorted(form_of(page.text).fields) == sorted(plain.fields)
    assert "hello" not in page.text


def test_an_effort_kept_in_a_cellar_is_chosen(site: Website) -> None:
    page = site.post(f"{site.answer_path()}/followed", [("s0.effort", "hard"), (f"s0.{FIRST}.sets", "1")])
    assert form_of(page.text).value("s0.effort") == "hard"


def test_a_link_that_leads_nowhere_fills_nothing_in(site: Website) -> None:
    assert site.post("/a/forged/followed", [(f"s0.{FIRST}.sets", "1")]).status_code == 404
    assert site.get(f"{site.answer_path()}/followed").status_code == 405
    assert site.post(f"{site.answer_path()}/followed", b"{}", "application/json").status_code == 415


def test_pain_told_meanwhile_keeps_a_swap_from_counting_for_more(site: Website) -> None:
    slug, dose = the_offer()
    told = Answers(
        sessions=(SessionReport(0, exercises=(ExerciseReport(FIRST, 1, 7, swap=Swap(slug, dose)),)),),
        pains=(Pain(Region.KNEE, 7),),
    )
    site.tell(told)
    page = site.get(site.answer_path())
    assert page.status_code == 200
    assert site.post(site.answer_path(), form_of(page.text).fields).status_code == 200


def test_the_weeks_question_is_not_asked_of_what_was_not_done(open_website: Callable[..., Website]) -> None:
    week = a_planned_week()
    p = week.sessions[0].exercises[0]
    site = open_website(week=replace(week, question=Question(0, p.exercise, p.mode)))
    slug, _ = the_offer()
    assert 'id="one-question"' in site.get(site.answer_path()).text
    text = filled_in(site, swap=slug, sets="1", amount="7", left="3")
    assert 'id="one-question"' not in text
    assert form_of(text).value(f"s0.{FIRST}.left") == "3"
    site.post(site.answer_path(), form_of(text).fields)
    assert site.told().sessions[0].exercises[0].reps_left == 3


def test_the_two_pages_share_a_name_for_the_week_and_no_one_elses(site: Website) -> None:
    page = site.get(site.answer_path()).text
    key = page.partition('"followed": "')[2].partition('"')[0]
    assert len(key) == 18
    assert f'"key": "{key}"' in site.get(site.follow_path("0")).text
    assert site.runner.key not in page


SHOWN = a_week(sessions=(a_session(exercises=(a_prescription(easier=None, harder=None),)),))
WHAT = ("sets", "amount", "left", "load", "switch", "swap", "effort", "nonsense")


def test_whatever_a_device_has_kept_gets_a_page(open_website: Callable[..., Website]) -> None:
    site = open_website(week=SHOWN)
    names = st.builds(
        "s{}.{}.{}".format, st.integers(-1, 3), st.sampled_from(["split-squat", "", "x"]), st.sampled_from(WHAT)
    )
    values = st.text(max_size=12) | st.integers(-9, 2000).map(str) | st.sampled_from(["reverse-lunge", "harder"])

    @settings(max_examples=40)
    @given(st.lists(st.tuples(names, values), max_size=12))
    def post(fields: list[tuple[str, str]]) -> None:
        page = site.post(
            f"{site.answer_path()}/followed", [(n, v.encode("utf-8", "replace").decode()) for n, v in fields]
        )
        assert page.status_code == 200
        assert "Save" in page.text

    post()
