from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, RedFlag, SessionReport
from coach.profile import Gear, Region
from coach.week import Dose
from models import subscribers
from models.people import Status
from tests.builders import MONDAY, a_prescription, a_session, a_subscriber, a_week, some_answers
from tests.web.conftest import FORM, Website
from tests.web.reading import form_of


def test_one_tap_and_save_stores_that_answer_and_nothing_else(website: Website) -> None:
    form = form_of(website.get(website.answer_path(query="?s=0&c=r")).text)
    page = website.post(form.action, form.fields)
    assert page.status_code == 200
    assert website.told() == Answers(sessions=(SessionReport(0, Effort.RIGHT),))
    assert website.answers_stored() == 1
    assert "Thank you, saved" in page.text
    assert "Strength A <strong>About right</strong>" in page.text


def test_the_thank_you_page_says_when_the_next_mail_comes(website: Website) -> None:
    page = website.post(website.answer_path(), [("s0.effort", "easy")])
    assert "<strong>Sunday at 17:00</strong> (London time)" in page.text


@pytest.mark.parametrize(
    ("status", "words"),
    [(Status.PAUSED, "Your mails are paused"), (Status.UNSUBSCRIBED, "You get no mails from us at the moment")],
)
def test_no_mail_is_promised_to_a_runner_who_gets_none(website: Website, status: Status, words: str) -> None:
    website.mailed()
    with website.deps.sessionmaker.begin() as session:
        subscribers.set_status(session, website.runner.id, status, now=website.deps.clock())
    page = website.post(website.answer_path(), [("s0.effort", "easy")])
    assert words in page.text
    assert "17:00" not in page.text
    assert website.answers_stored() == 1


def test_answering_again_replaces(website: Website) -> None:
    website.post(website.answer_path(), [("s0.effort", "hard"), ("pain.knee.level", "4"), ("soreness", "7")])
    form = form_of(website.get(website.answer_path()).text)
    changed = form.saved_with(s0__effort="easy", pain__knee__level="0", soreness="0")
    website.post(form.action, changed)
    told = website.told()
    assert told.sessions == (SessionReport(0, Effort.EASY),)
    assert told.pains == (Pain(Region.KNEE, 0),)
    assert told.soreness == 0


def test_saving_the_same_page_twice_says_the_same(website: Website) -> None:
    website.tell(some_answers())
    form = form_of(website.get(website.answer_path()).text)
    for _ in range(2):
        assert website.post(form.action, form.fields).status_code == 200
    assert website.told() == replace(
        some_answers(),
        # The load told was the one prescribed, and that is what "no other load" means.
        sessions=(
            SessionReport(0, Effort.RIGHT, 6, 35, (ExerciseReport("split-squat", 3, 10, 3),)),
            SessionReport(1, Effort.RIGHT),
        ),
    )


def test_choosing_what_was_left_reports_the_exercise_as_it_stands(website: Website) -> None:
    form = form_of(website.get(website.answer_path()).text)
    website.post(form.action, form.saved_with(s0__split_squat__left="0"))
    assert website.told().sessions == (SessionReport(0, exercises=(ExerciseReport("split-squat", 3, 10, 0),)),)


def test_a_changed_number_is_told_without_the_ones_left_as_they_were(website: Website) -> None:
    form = form_of(website.get(website.answer_path()).text)
    website.post(form.action, form.saved_with(s0__split_squat__sets="2", s1__split_squat__load="10"))
    assert website.told().sessions == (
        SessionReport(0, exercises=(ExerciseReport("split-squat", sets_done=2),)),
        SessionReport(1, exercises=(ExerciseReport("split-squat", load_kg=10.0),)),
    )


def test_zero_sets_zero_left_and_zero_effort_are_answers(website: Website) -> None:
    zeros = {"s0__split_squat__sets": "0", "s0__split_squat__left": "0", "s0__rpe": "0"}
    form = form_of(website.get(website.answer_path()).text)
    website.post(form.action, form.saved_with(**zeros))
    assert website.told().sessions == (SessionReport(0, rpe=0, exercises=(ExerciseReport("split-squat", 0, 10, 0),)),)


def test_a_set_changed_back_to_the_plan_replaces_what_was_told(website: Website) -> None:
    website.post(website.answer_path(), [("s0.split-squat.sets", "1")])
    form = form_of(website.get(website.answer_path()).text)
    assert form.value("s0.split-squat.sets") == "1"
    website.post(form.action, form.saved_with(s0__split_squat__sets="3"))
    (report,) = website.told().sessions[0].exercises
    assert report.sets_done == 3


def test_pounds_are_kept_as_kilograms_and_come_back_as_pounds(open_website: Callable[..., Website]) -> None:
    squat = a_prescription(dose=Dose(3, 10, 11.34, Gear.DUMBBELLS))
    website = open_website(a_subscriber(units="lb"), a_week(sessions=(a_session(exercises=(squat,)),)))
    form = form_of(website.get(website.answer_path()).text)
    website.post(form.action, form.saved_with(s0__split_squat__load="27,5"))
    (report,) = website.told().sessions[0].exercises
    assert report.load_kg == 12.47
    form = form_of(website.get(website.answer_path()).text)
    assert form.value("s0.split-squat.load") == "27.5"


def test_a_session_that_was_not_done_has_no_detail(website: Website) -> None:
    page = website.post(
        website.answer_path(), [("s0.effort", "skipped"), ("s0.rpe", "7"), ("s0.split-squat.left", "2")]
    )
    assert website.told().sessions == (SessionReport(0, Effort.SKIPPED),)
    assert "you did not do it, so its details were left out" in page.text


def test_a_red_flag_shows_at_once_what_to_do(website: Website) -> None:
    page = website.post(
        website.answer_path(), [("s0.effort", "right"), ("red", "chest-pain"), ("red", "calf-swelling")]
    )
    assert page.status_code == 200
    assert website.told().red_flags == {RedFlag.CHEST_PAIN, RedFlag.CALF_SWELLING}
    assert "Call your emergency number now (112, 999 or 911), even if it has passed" in page.text
    assert "Do not stretch or massage that calf" in page.text
    assert "Your programme is stopped" in page.text
    assert "What happens next" not in page.text
    assert page.text.index("emergency number") < page.text.index("Your answer is saved")


@pytest.mark.parametrize("flag", list(RedFlag))
def test_every_red_flag_has_its_advice(website: Website, flag: RedFlag) -> None:
    page = website.post(website.answer_path(), [("red", flag.value)])
    assert "No training until a clinician has seen you" in page.text
    assert any(w in page.text for w in ("emergency number now", "department today", "appointment within days"))


def test_pain_on_a_bone_is_never_tested_by_hopping(website: Website) -> None:
    page = website.post(website.answer_path(), [("red", "bone-pain")])
    assert "Never hop to test it" in page.text


def test_pain_of_six_shows_at_once_what_to_do_and_five_does_not(website: Website) -> None:
    page = website.post(website.answer_path(), [("pain.knee.level", "6"), ("pain.knee.settled", "no")])
    assert "Stop the exercises and runs that bring it on" in page.text
    assert "Knee (6 of 10)" in page.text
    assert website.told().pains == (Pain(Region.KNEE, 6, settled=False),)
    page = website.post(website.answer_path(), [("pain.knee.level", "5"), ("pain.knee.settled", "yes")])
    assert "bring it on" not in page.text
    assert website.told().pains == (Pain(Region.KNEE, 5, settled=True),)


def test_something_hurts_without_a_place_is_stored_and_asked_about(website: Website) -> None:
    page = website.post(website.answer_path(), [("hurts", "yes")])
    assert website.told() == Answers(hurts=True)
    assert "Nothing gets heavier until we know where" in page.text
    assert "#hurts" in page.text


def test_something_hurts_with_a_place_is_the_place(website: Website) -> None:
    website.post(website.answer_path(), [("hurts", "yes"), ("pain.foot.level", "3")])
    assert website.told() == Answers(pains=(Pain(Region.FOOT, 3),))


def test_a_place_at_nought_is_no_place_for_what_hurts(website: Website) -> None:
    page = website.post(website.answer_path(), [("hurts", "yes"), ("pain.knee.level", "0")])
    assert website.told() == Answers(hurts=True, pains=(Pain(Region.KNEE, 0),))
    assert "Nothing gets heavier until we know where" in page.text


def test_an_untouched_page_stores_nothing_and_says_so(website: Website) -> None:
    form = form_of(website.get(website.answer_path()).text)
    page = website.post(form.action, form.fields)
    assert page.status_code == 422
    assert "Nothing to save yet" in page.text
    assert website.answers_stored() == 0


def test_an_absurd_number_is_left_out_with_a_word_and_the_rest_is_stored(website: Website) -> None:
    page = website.post(
        website.answer_path(),
        [
            ("s0.effort", "right"),
            ("s0.split-squat.amount", "9999"),
            ("s0.split-squat.left", "2"),
            ("sleep", "0"),
            ("red", "fainting"),
        ],
    )
    assert page.status_code == 200
    assert website.told() == Answers(
        sessions=(SessionReport(0, Effort.RIGHT),), red_flags=frozenset({RedFlag.FAINTING})
    )
    assert "“9999” is not a whole number from 0 to 100" in page.text
    assert "Sleep: “0” is not a whole number from 1 to 5" in page.text


@pytest.mark.parametrize("load", ["401", "-1", "nan", "inf", "1e9", "12kg", "٤٠", "0x10", "9" * 400])
def test_a_load_that_cannot_be_read_never_passes_for_the_load_prescribed(website: Website, load: str) -> None:
    page = website.post(website.answer_path(), [("s0.split-squat.left", "2"), ("s0.split-squat.load", load)])
    assert page.status_code == 422
    assert "not a load from 0 to 400 kg" in page.text
    assert website.answers_stored() == 0


@pytest.mark.parametrize("level", ["11", "-3", "much", "²"])
def test_pain_that_cannot_be_read_counts_as_something_hurts(website: Website, level: str) -> None:
    page = website.post(website.answer_path(), [("pain.shin.level", level)])
    assert website.told() == Answers(hurts=True)
    assert "please choose 0 to 10" in page.text


def test_pain_said_twice_differently_counts_as_something_hurts(website: Website) -> None:
    page = website.post(website.answer_path(), [("pain.shin.level", "2"), ("pain.shin.level", "8")])
    assert website.told() == Answers(hurts=True)
    assert "more than one answer" in page.text


def test_a_place_marked_without_a_number_counts_as_something_hurts(website: Website) -> None:
    page = website.post(website.answer_path(), [("at", "shin")])
    assert website.told() == Answers(hurts=True)
    assert "Shin: we do not know how much it hurts" in page.text


def test_a_marked_place_with_a_number_is_pain_there_and_a_number_counts_without_the_mark(website: Website) -> None:
    page = website.post(website.answer_path(), [("at", "shin"), ("pain.shin.level", "2"), ("pain.knee.level", "3")])
    assert website.told() == Answers(pains=(Pain(Region.KNEE, 3), Pain(Region.SHIN, 2)))
    assert "Not everything could be used" not in page.text


def test_a_mark_on_no_known_place_counts_as_something_hurts(website: Website) -> None:
    page = website.post(website.answer_path(), [("at", "<elbow>")])
    assert website.told() == Answers(hurts=True)
    assert "not on our list" in page.text
    assert "elbow" not in page.text


def test_a_step_up_within_the_session_can_be_told_for_every_exercise(website: Website) -> None:
    form = form_of(website.get(website.answer_path()).text)
    website.post(form.action, form.saved_with(s0__split_squat__switch="harder", s0__split_squat__left="2"))
    assert website.told().sessions == (SessionReport(0, exercises=(ExerciseReport("split-squat", 3, 10, 2, 16.0),)),)
    form = form_of(website.get(website.answer_path()).text)
    assert form.value("s0.split-squat.switch") == "harder"


def test_not_gone_by_the_morning_without_a_number_counts_as_something_hurts(website: Website) -> None:
    website.post(website.answer_path(), [("pain.shin.settled", "no")])
    assert website.told() == Answers(hurts=True)


def test_a_warning_sign_not_on_the_list_counts_as_something_hurts(website: Website) -> None:
    page = website.post(website.answer_path(), [("red", "<script>alert(1)</script>")])
    assert website.told() == Answers(hurts=True)
    assert "<script>" not in page.text


def test_a_session_answered_twice_differently_is_left_out_with_a_word(website: Website) -> None:
    page = website.post(website.answer_path(), [("s0.effort", "easy"), ("s0.effort", "hard"), ("s1.effort", "right")])
    assert website.told().sessions == (SessionReport(1, Effort.RIGHT),)
    assert "Strength A: it came with more than one answer." in page.text


def test_fields_the_form_does_not_have_are_left_out_with_a_word(website: Website) -> None:
    page = website.post(website.answer_path(), [("s0.effort", "right"), ("s9.effort", "easy"), ("is_admin", "1")])
    assert website.told() == Answers(sessions=(SessionReport(0, Effort.RIGHT),))
    assert "does not belong to this form" in page.text
    assert "is_admin" not in page.text


def test_tight_areas_replace_one_another_and_nothing_is_an_answer_too(website: Website) -> None:
    assert website.told().tight is None
    website.post(website.answer_path(), [("tight", "calf"), ("tight", "hip"), ("tight", "elbow")])
    assert website.told().tight == frozenset({Region.CALF, Region.HIP})
    website.post(website.answer_path(), [("tight", "none"), ("s0.effort", "right")])
    assert website.told().tight == frozenset()


def test_unticking_every_tight_area_says_that_nothing_is_tight(website: Website) -> None:
    website.post(website.answer_path(), [("tight", "calf")])
    form = form_of(website.get(website.answer_path()).text)
    website.post(form.action, [(n, v) for n, v in form.fields if n != "tight"])
    assert website.told().tight == frozenset()


def test_a_note_is_kept_as_written_and_cut_at_2000_characters(website: Website) -> None:
    website.post(website.answer_path(), [("note", "First\r\nsecond \x00\u202eline\t✓  ")])
    assert website.told().note == "First\nsecond line\t✓"
    page = website.post(website.answer_path(), [("note", "é" * 2500)])
    assert website.told().note == "é" * 2000
    assert "only its first 2000 characters were kept" in page.text


def test_a_note_taken_back_is_no_longer_shown(website: Website) -> None:
    website.post(website.answer_path(), [("note", "My shin.")])
    form = form_of(website.get(website.answer_path()).text)
    website.post(form.action, form.saved_with(note=""))
    assert "My shin" not in website.told().note
    assert form_of(website.get(website.answer_path()).text).value("note") == ""


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"s0.effort=right&note=" + b"x" * 70_000, FORM, 413),
        (b"s0.effort=right&note=%FF%FE", FORM, 400),
        (b"s0.effort=right&note=\xff", FORM, 400),
        (b"&".join(b"x%d=1" % i for i in range(2000)) + b"&s0.effort=right", FORM, 400),
        (b'{"s0.effort": "right"}', "application/json", 415),
        (b"s0.effort=right", "text/plain", 415),
        (b"s0.effort=right", FORM + "; charset=utf-16", 415),
        (b"--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 415),
        (b"", "", 415),
        (b"", FORM, 422),
        (b"&&&===&%%%", FORM, 422),
    ],
)
def test_what_cannot_be_a_form_gets_a_page_that_helps_and_stores_nothing(
    website: Website, body: bytes, kind: str, status: int
) -> None:
    page = website.post(website.answer_path(), body, kind)
    assert page.status_code == status
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "nothing was stored" in page.text.lower()
    assert website.answers_stored() == 0


def test_a_body_that_hides_its_size_is_cut_off(website: Website) -> None:
    async def endless() -> object:
        for _ in range(200):
            yield b"x=" + b"y" * 1000 + b"&"

    page = website.ask("POST", website.answer_path(), content=endless(), headers={"content-type": FORM})
    assert page.status_code == 413
    assert website.answers_stored() == 0


def test_an_old_link_stores_nothing(website: Website) -> None:
    website.hands["now"] += timedelta(days=60)
    page = website.post(website.answer_path(), [("s0.effort", "right")])
    assert page.status_code == 410
    assert website.answers_stored() == 0


def test_a_week_that_was_never_planned_takes_no_answer(website: Website) -> None:
    page = website.post(website.answer_path(MONDAY + timedelta(days=7)), [("s0.effort", "right")])
    assert page.status_code == 404
    assert website.told(MONDAY + timedelta(days=7)) == SILENCE


def test_an_answer_names_the_moment_and_where_it_came_from(website: Website) -> None:
    website.post(website.answer_path(), [("s0.effort", "right")])
    (row,) = website.everything()["answers"]
    assert "web" in row
