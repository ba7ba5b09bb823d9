"""The week's one question, from the link in the mail to what the coach makes of the number."""

from __future__ import annotations

from collections.abc import Callable

import orjson
import pytest
import zstandard

import coach
from coach.answers import Answers, Effort, ExerciseReport, SessionReport
from coach.profile import Gear
from coach.progress import Progress
from coach.week import Dose, DoseMode, Question, Week
from language import reasons
from language.tongue import ENGLISH
from mail.letter import Known, Recipient, Urls, weekly
from models.codec import decode, encode
from tests.builders import MONDAY, a_prescription, a_profile, a_session, a_subscriber, a_week
from tests.web.conftest import Website, the_catalogue
from tests.web.reading import form_of

SQUATS_LEFT = Question(0, "split-squat", DoseMode.REPS)
LEFT = "s0.split-squat.left"
SWITCH = "s0.split-squat.switch"


@pytest.fixture
def website(open_website: Callable[..., Website]) -> Website:
    return open_website(week=a_week(question=SQUATS_LEFT))


def asking_about(open_website: Callable[..., Website], units: str = "kg", **changes: object) -> Website:
    """A website whose week asks about the split squat, with that prescription changed."""
    squat = a_prescription(**changes)
    return open_website(
        a_subscriber(units=units),
        a_week(sessions=(a_session(exercises=(squat,)),), question=Question(0, "split-squat", squat.mode)),
    )


def save(website: Website, query: str = "", **changes: str) -> None:
    form = form_of(website.get(website.answer_path(query=query)).text)
    website.post(form.action, form.saved_with(**changes))


def reported(website: Website) -> ExerciseReport:
    (session,) = website.told().sessions
    (report,) = session.exercises
    return report


@pytest.mark.parametrize("left", range(6))
def test_each_of_the_six_links_opens_the_page_with_its_number(website: Website, left: int) -> None:
    page = website.get(website.answer_path(query=f"?s=0&l={left}"))
    assert form_of(page.text).value(LEFT) == str(left)
    assert website.answers_stored() == 0


def test_the_tapped_number_is_said_and_the_session_is_asked_about(website: Website) -> None:
    page = website.get(website.answer_path(query="?s=0&l=3")).text
    assert "Split squat: <strong>3 left</strong>. Press <strong>Save</strong>" in page
    assert "How did Strength A feel as a whole?" in page
    assert form_of(page).value("s0.effort") is None
    website.tell(Answers(sessions=(SessionReport(0, Effort.HARD),)))
    page = website.get(website.answer_path(query="?s=0&l=3")).text
    assert "feel as a whole" not in page, "it is answered already"


def test_a_link_may_carry_both_answers(website: Website) -> None:
    form = form_of(website.get(website.answer_path(query="?s=0&c=e&l=5")).text)
    assert (form.value("s0.effort"), form.value(LEFT)) == ("easy", "5")


@pytest.mark.parametrize(
    "query", ["?s=0&l=6", "?s=0&l=-1", "?s=1&l=3", "?s=0&l=", "?s=9&l=3", "?l=3", "?s=0&l=03", "?s=0&l=%D9%A3"]
)
def test_a_number_that_does_not_fit_the_question_is_no_number(website: Website, query: str) -> None:
    page = website.get(website.answer_path(query=query))
    assert page.status_code == 200
    assert form_of(page.text).value(LEFT) is None
    assert 'class="tapped"' not in page.text


def test_a_number_changed_on_the_way_to_us_is_left_out_with_a_word(website: Website) -> None:
    page = website.post(website.answer_path(), [(LEFT, "7"), ("s0.effort", "right")])
    assert "“7” is not a whole number from 0 to 5" in page.text
    assert website.told() == Answers(sessions=(SessionReport(0, Effort.RIGHT),))


def test_the_number_is_asked_once_and_only_in_the_session_it_is_about(website: Website) -> None:
    page = website.get(website.answer_path()).text
    assert "In the last set, how many more than 10 split squats could you have done?" in page
    assert "Strength A, Tuesday: 3 × 10, each side · 12 kg dumbbells" in page
    assert page.count(f'name="{LEFT}"') == 6, "six radio buttons and no list in the detail"
    assert page.count("asked above") == 1
    assert '<select id="s1.split-squat.left"' in page, "the other session's detail asks as ever"


def test_the_question_stands_right_below_the_sessions(website: Website) -> None:
    page = website.get(website.answer_path()).text
    places = [page.index(text) for text in ('value="skipped"', 'id="one-question"', 'id="hurts"', ", set by set")]
    assert places == sorted(places)


def test_seconds_are_asked_for_where_seconds_are_held(open_website: Callable[..., Website]) -> None:
    website = open_website(week=a_week(question=Question(1, "side-plank", DoseMode.HOLD)))
    page = website.get(website.answer_path(query="?s=1&l=4")).text
    assert "s could you have held the side plank" in page
    assert "15\u00a0s+" in page
    assert "Side plank: <strong>about 12 s more</strong>" in page
    assert form_of(page).value("s1.side-plank.left") == "4"
    assert "s1.side-plank.switch" not in form_of(page).names, "there is no other dose to have switched to"


def test_a_week_without_a_question_asks_none(open_website: Callable[..., Website]) -> None:
    website = open_website()
    page = website.get(website.answer_path(query="?s=0&l=3"))
    assert "question more" not in page.text
    assert form_of(page.text).value(LEFT) == ""


def test_a_week_stored_before_there_were_questions_still_opens(open_website: Callable[..., Website]) -> None:
    old = orjson.loads(zstandard.decompress(encode(a_week())))
    del old["question"]
    week = decode(Week, zstandard.compress(orjson.dumps(old)))
    website = open_website(week=week)
    save(website, "?s=0&c=r")
    assert website.told() == Answers(sessions=(SessionReport(0, Effort.RIGHT),))


def test_saving_the_tapped_number_stores_it_with_the_sets_as_planned(website: Website) -> None:
    form = form_of(website.get(website.answer_path(query="?s=0&l=2")).text)
    page = website.post(form.action, form.fields)
    assert website.told() == Answers(
        sessions=(SessionReport(0, None, exercises=(ExerciseReport("split-squat", 3, 10, 2),)),)
    )
    assert "Split squat <strong>2 left</strong>" in page.text
    assert "How did" not in page.text


def test_the_number_can_be_told_together_with_the_tap(website: Website) -> None:
    save(website, "?s=0&l=0", s0__effort="hard")
    assert website.told().sessions == (
        SessionReport(0, Effort.HARD, exercises=(ExerciseReport("split-squat", 3, 10, 0),)),
    )


def test_the_number_told_stands_on_the_page_and_a_new_tap_goes_before_it(website: Website) -> None:
    save(website, "?s=0&l=2")
    page = website.get(website.answer_path()).text
    assert form_of(page).value(LEFT) == "2"
    assert '<details class="card" open>' not in page, "the number is seen above, the detail may stay folded"
    save(website, "?s=0&l=4")
    assert reported(website) == ExerciseReport("split-squat", 3, 10, 4)


def test_a_runner_who_did_not_do_the_session_has_nothing_left_to_count(website: Website) -> None:
    save(website, "?s=0&l=2", s0__effort="skipped")
    assert website.told().sessions == (SessionReport(0, Effort.SKIPPED),)


@pytest.mark.parametrize(("switch", "load_kg"), [("harder", 16.0), ("easier", 10.0), ("", None)])
def test_a_load_switched_within_the_session_is_stored(website: Website, switch: str, load_kg: float | None) -> None:
    save(website, "?s=0&l=1", s0__split_squat__switch=switch)
    assert reported(website) == ExerciseReport("split-squat", 3, 10, 1, load_kg)
    assert form_of(website.get(website.answer_path()).text).value(SWITCH) == switch


def test_the_choice_of_loads_is_told_in_the_runners_units(open_website: Callable[..., Website]) -> None:
    website = asking_about(
        open_website,
        "lb",
        dose=Dose(3, 10, 11.34, Gear.DUMBBELLS),
        harder=Dose(3, 10, 13.61, Gear.DUMBBELLS),
        easier=Dose(3, 10, 0.0),
    )
    page = website.get(website.answer_path()).text
    assert "Did you change the load?" in page
    assert "up: 30 lb dumbbells" in page
    assert "down: bodyweight" in page
    save(website, "?s=0&l=1", s0__split_squat__switch="harder")
    assert reported(website).load_kg == 13.61
    save(website)
    assert reported(website).load_kg == 13.61, "saving again changes nothing"
    save(website, s0__split_squat__switch="easier")
    assert reported(website).load_kg == 0.0


def test_where_only_the_repetitions_change_they_are_stored(open_website: Callable[..., Website]) -> None:
    website = asking_about(open_website, dose=Dose(3, 10), harder=Dose(3, 12), easier=Dose(3, 8))
    page = website.get(website.answer_path()).text
    assert "Did you change the reps?" in page
    assert "up: 12 repetitions" in page
    save(website, "?s=0&l=3", s0__split_squat__switch="harder")
    assert reported(website) == ExerciseReport("split-squat", 3, 12, 3)
    save(website, s0__split_squat__switch="")
    assert reported(website) == ExerciseReport("split-squat", 3, 10, 3), "and taken back"


def test_a_heavier_band_is_stored_by_its_strength_and_stays(open_website: Callable[..., Website]) -> None:
    website = asking_about(
        open_website, dose=Dose(3, 10, 5.0, Gear.BAND), harder=Dose(3, 10, 10.0, Gear.BAND), easier=None
    )
    save(website, "?s=0&l=3", s0__split_squat__switch="harder")
    assert reported(website).load_kg == 10.0
    save(website, s0__effort="easy")
    assert reported(website).load_kg == 10.0


def test_a_load_typed_in_the_detail_is_the_more_exact_word(website: Website) -> None:
    save(website, "?s=0&l=3", s0__split_squat__switch="harder", s0__split_squat__load="14")
    assert reported(website).load_kg == 14.0
    assert form_of(website.get(website.answer_path()).text).value(SWITCH) == "", "it is neither of the two"
    save(website)
    assert reported(website).load_kg == 14.0


def test_a_load_told_can_be_switched_and_switched_back(website: Website) -> None:
    save(website, "?s=0&l=3", s0__split_squat__load="16")
    assert form_of(website.get(website.answer_path()).text).value(SWITCH) == "harder"
    save(website, s0__split_squat__switch="easier")
    assert reported(website).load_kg == 10.0
    save(website, s0__split_squat__switch="")
    assert reported(website).load_kg is None


def test_a_change_that_is_not_on_offer_is_left_out_with_a_word(website: Website) -> None:
    page = website.post(website.answer_path(), [(LEFT, "2"), (SWITCH, "much-harder"), ("s0.effort", "right")])
    assert "that change is not one of the answers" in page.text
    assert website.told() == Answers(sessions=(SessionReport(0, Effort.RIGHT),))


def a_planned_week() -> tuple[Progress, Week]:
    """The first week the coach plans for a_profile; it asks about an exercise."""
    start = coach.start(a_profile(), the_catalogue())
    return start, coach.next_week(a_profile(), start, the_catalogue(), week_of=MONDAY)


def links_of(website: Website, week: Week) -> list[str]:
    """The question's links as the mail carries them, without the site."""
    letter = weekly(
        Recipient("Ana", "ana@example.org", "kg", "Europe/London", ENGLISH),
        week,
        the_catalogue(),
        urls=Urls(website.answer_path(), website.unsubscribe_path()),
        postal_address="1 Test Street",
        say=lambda reason: reasons.sentence(reason, the_catalogue(), "kg", ENGLISH),
        known=Known(),
    )
    return [tap.url for session in letter.sessions if session.question for tap in session.question.taps]


def test_the_coach_sees_the_number(open_website: Callable[..., Website]) -> None:
    start, week = a_planned_week()
    assert week.question is not None
    estimates = {}
    for left in (0, 2, 5):
        website = open_website(week=week)
        form = form_of(website.get(links_of(website, week)[left]).text)
        website.post(form.action, form.fields)
        learnt = coach.fold(a_profile(), start, week, website.told(), the_catalogue())
        estimates[left] = next(state for state in learnt.exercises if state.exercise == week.question.exercise)
    silent = coach.fold(a_profile(), start, week, Answers(), the_catalogue())
    unasked = next(state for state in silent.exercises if state.exercise == week.question.exercise)
    assert estimates[0].mu < estimates[2].mu < estimates[5].mu
    assert estimates[2].var < unasked.var, "and is surer than without it"
