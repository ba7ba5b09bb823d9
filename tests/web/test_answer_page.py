from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from coach.answers import Answers, Effort, ExerciseReport, Pain, RedFlag, SessionReport
from coach.profile import Gear, Region
from coach.week import Dose, DoseMode, Notice, NoticeKind, Reason
from tests.builders import MONDAY, a_prescription, a_session, a_subscriber, a_week, some_answers
from tests.web.conftest import Website
from tests.web.reading import form_of


def test_a_tap_opens_the_page_with_the_choice_already_made(website: Website) -> None:
    page = website.get(website.answer_path(query="?s=1&c=h"))
    assert page.status_code == 200
    form = form_of(page.text)
    assert form.value("s1.effort") == "hard"
    assert form.value("s0.effort") is None
    assert "Strength B: <strong>Hard</strong>. Press <strong>Save</strong>" in page.text


@pytest.mark.parametrize(("letter", "effort"), [("e", "easy"), ("r", "right"), ("h", "hard"), ("n", "skipped")])
def test_each_of_the_four_links_of_a_mail_makes_its_choice(website: Website, letter: str, effort: str) -> None:
    page = website.get(website.answer_path(query=f"?s=0&c={letter}"))
    assert form_of(page.text).value("s0.effort") == effort


@pytest.mark.parametrize("query", ["?s=7&c=r", "?s=-1&c=r", "?s=0&c=x", "?s=&c=", "?s=%F0%9F%8F%83&c=r", "?s=٠&c=r"])
def test_a_choice_that_does_not_fit_the_week_is_no_choice(website: Website, query: str) -> None:
    page = website.get(website.answer_path(query=query))
    assert page.status_code == 200
    assert form_of(page.text).value("s0.effort") is None
    assert 'class="tapped"' not in page.text


def test_earlier_answers_stand_on_the_page(website: Website) -> None:
    website.tell(replace(some_answers(), note="New shoes & <old> knees"))
    page = website.get(website.answer_path())
    form = form_of(page.text)
    assert form.value("s0.effort") == form.value("s1.effort") == "right"
    assert (form.value("s0.rpe"), form.value("s0.minutes")) == ("6", "35")
    assert form.value("s0.split-squat.left") == "3"
    assert (form.value("pain.calf.level"), form.value("pain.calf.settled")) == ("2", "yes")
    assert (form.value("soreness"), form.value("sleep"), form.value("mood")) == ("3", "4", "4")
    assert ("tight", "calf") in form.fields
    assert form.value("note") == "New shoes & <old> knees"
    assert "<old>" not in page.text


def test_a_tap_goes_before_an_earlier_answer(website: Website) -> None:
    website.tell(some_answers())
    form = form_of(website.get(website.answer_path(query="?s=0&c=e")).text)
    assert form.value("s0.effort") == "easy"
    assert form.value("s1.effort") == "right"


def test_the_prescription_stands_ready_in_the_detail(website: Website) -> None:
    page = website.get(website.answer_path())
    form = form_of(page.text)
    assert form.value("s0.split-squat.sets") == "3"
    assert form.value("s0.split-squat.amount") == "10"
    assert form.value("s0.split-squat.load") == "12"
    assert form.value("s0.split-squat.left") == ""
    assert form.value("s0.side-plank.amount") == "30"
    assert "Planned: 3 × 10, each side · 12 kg dumbbells" in page.text
    assert "Seconds a set" in page.text


def test_a_runner_who_counts_in_pounds_reads_pounds(open_website: Callable[..., Website]) -> None:
    squat = a_prescription(dose=Dose(3, 10, 11.34, Gear.DUMBBELLS))
    website = open_website(a_subscriber(units="lb"), a_week(sessions=(a_session(exercises=(squat,)),)))
    page = website.get(website.answer_path())
    assert form_of(page.text).value("s0.split-squat.load") == "25"
    assert "Load used, lb" in page.text
    assert "25 lb dumbbells" in page.text


def test_a_band_is_not_asked_for_in_kilograms(open_website: Callable[..., Website]) -> None:
    banded = a_prescription(dose=Dose(3, 10, 6.0, Gear.BAND))
    website = open_website(week=a_week(sessions=(a_session(exercises=(banded,)),)))
    assert "s0.split-squat.load" not in form_of(website.get(website.answer_path()).text).names


def test_jumps_are_not_asked_how_many_were_left(open_website: Callable[..., Website]) -> None:
    hops = a_prescription(exercise="pogo-hops", mode=DoseMode.CONTACTS, dose=Dose(3, 10), per_side=False)
    website = open_website(week=a_week(sessions=(a_session(exercises=(hops,)),)))
    form = form_of(website.get(website.answer_path()).text)
    assert "s0.pogo-hops.amount" in form.names
    assert "s0.pogo-hops.left" not in form.names


def test_an_exercise_that_left_the_catalogue_still_has_a_name(open_website: Callable[..., Website]) -> None:
    gone = a_prescription(exercise="wobbly-board-dance", dose=Dose(2, 8))
    website = open_website(week=a_week(sessions=(a_session(exercises=(gone,)),)))
    assert "Wobbly board dance" in website.get(website.answer_path()).text


def test_every_red_flag_and_every_region_has_a_box_in_plain_words(website: Website) -> None:
    page = website.get(website.answer_path()).text
    for flag in RedFlag:
        assert f'name="red" value="{flag}"' in page
    for region in Region:
        assert f'name="pain.{region}.level"' in page
        assert f'name="at" value="{region}" id="at-{region}"' in page
        assert f'<label class="of-{region}" for="at-{region}"><svg class="place"' in page
        assert f'name="tight" value="{region}"' in page


def test_a_warning_sign_told_before_is_said_again_and_cannot_be_unticked(website: Website) -> None:
    website.tell(Answers(red_flags=frozenset({RedFlag.FAINTING})))
    page = website.get(website.answer_path()).text
    assert "No training until a clinician has seen you" in page
    assert "It stands until a clinician has cleared you" in page
    assert 'value="fainting"' not in page
    assert 'value="chest-pain"' in page


def test_pain_of_six_told_before_is_answered_on_opening_the_page(website: Website) -> None:
    website.tell(Answers(pains=(Pain(Region.KNEE, 6),)))
    assert "See a physiotherapist or a doctor this week" in website.get(website.answer_path()).text


def test_where_it_hurts_is_asked_again_after_it_was_left_open(website: Website) -> None:
    website.tell(Answers(hurts=True))
    page = website.get(website.answer_path()).text
    assert "You told us that something hurts. Please say where." in page
    assert 'class="where open"' in page
    assert "hurts" not in form_of(page).names


def test_a_week_without_sessions_says_why_and_still_listens(open_website: Callable[..., Website]) -> None:
    stop = Notice(NoticeKind.STOP, Reason("stop", (("flags", "chest-pain"),)))
    website = open_website(week=a_week(sessions=(), stretch=None, changes=(), notices=(stop,)))
    page = website.get(website.answer_path()).text
    assert "There was no session to do this week" in page
    assert 'class="notice"' in page
    assert "pain.knee.level" in form_of(page).names


def test_an_old_link_says_to_take_the_newest_mail(website: Website) -> None:
    website.hands["now"] += timedelta(days=60)
    page = website.get(website.answer_path())
    assert page.status_code == 410
    assert "This link is from an old mail" in page.text
    assert "newest mail" in page.text


def test_a_changed_or_foreign_link_tells_nothing(website: Website) -> None:
    path = website.answer_path()
    foreign = [
        path[:-1] + ("A" if path[-1] != "A" else "B"),
        path[:-8],
        path.replace("/a/", "/a/x"),
        "/a/" + website.unsubscribe_path().removeprefix("/u/"),
        "/a/" + "x" * 5000,
        "/a/%00",
        "/a/%FF%FE",
    ]
    for other in foreign:
        page = website.get(other)
        assert page.status_code == 404, other
        assert website.runner.name not in page.text
        assert "Strength A" not in page.text


def test_a_runner_who_was_erased_is_gone(website: Website) -> None:
    from models import erasing

    path = website.answer_path()
    with website.deps.sessionmaker.begin() as session:
        erasing.erase(session, website.runner, now=website.deps.clock())
    page = website.get(path)
    assert page.status_code == 410
    assert "nothing is kept" in page.text


def test_a_week_that_was_never_planned_leads_to_the_newest_mail(website: Website) -> None:
    page = website.get(website.answer_path(MONDAY + timedelta(days=7)))
    assert page.status_code == 404
    assert "We have no plan for that week" in page.text


def test_only_told_detail_is_unfolded(website: Website) -> None:
    assert '<details class="card" open>' not in website.get(website.answer_path()).text
    told = SessionReport(0, Effort.RIGHT, exercises=(ExerciseReport("split-squat", 3, 10, 2),))
    website.tell(Answers(sessions=(told,)))
    assert website.get(website.answer_path()).text.count('<details class="card" open>') == 1
