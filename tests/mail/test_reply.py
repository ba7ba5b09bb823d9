"""The mail at once after pain or a red flag: what is left of the week, or the stop."""

from __future__ import annotations

from dataclasses import replace

from coach.profile import Region
from tests.mail.sample import ROUTINE, a_week
from tests.mail.sample_replies import (
    a_reply,
    a_rest,
    a_rest_as_planned,
    a_rest_with_nothing_left,
    a_severe_rest,
    a_stop_reply,
)


def test_the_reply_to_strong_pain_has_the_rest_of_the_week_in_short() -> None:
    reply = a_reply()
    assert (reply.headline, reply.stop, reply.clinician) == ("About your last answer", False, True)
    (friday,) = reply.sessions
    assert (friday.day, friday.minutes) == ("Friday 27 November", 24)
    assert [e.name for e in friday.exercises][:2] == ["Dead bug", "Single leg calf raise"]


def test_what_the_weekly_mail_has_told_is_not_told_again() -> None:
    (friday,) = a_reply().sessions
    new, known = friday.exercises[:2]
    assert all((new.how, new.cue, new.stop_if))
    assert new.change is not None
    assert (known.how, known.cue, known.stop_if, known.change) == ("", "", "", None)


def test_the_reply_to_some_pain_tells_what_is_less_and_takes_back_the_steps_up() -> None:
    reply = a_reply(a_rest())
    assert (reply.headline, reply.title) == ("The rest of your week has changed", "The rest of your week")
    assert (reply.clinician, reply.notices, reply.left_out) == (False, (), "half-kneeling hip flexor")
    ((down, squat, calf, *_),) = (s.exercises for s in reply.sessions)
    assert (down.amount, down.effort) == ("2 × 8", "Stop with about 3 left · rest 60 s · no step up")
    assert down.change is None, "it is told above already"
    assert squat.change is not None
    assert squat.rule == ("None left, or form gone? From then on: 6 kg dumbbells.",)
    assert (calf.effort, calf.rule) == ("Stop with about 3 left · rest 60 s", ())


def test_a_session_of_an_earlier_day_is_to_be_done_without_what_hurts() -> None:
    rest = a_severe_rest()
    week = replace(rest.week, paused_regions=(Region.KNEE, Region.LATERAL_HIP))
    assert a_reply(replace(rest, week=week)).spare == "knee and outer hip"
    assert a_reply(a_rest()).spare == ""


def test_a_week_that_pain_leaves_nothing_of_says_so_and_one_it_does_not_change_too() -> None:
    nothing, planned = a_reply(a_rest_with_nothing_left()), a_reply(a_rest_as_planned())
    assert (nothing.all_out, nothing.as_planned, nothing.sessions) == (True, False, ())
    assert (planned.all_out, planned.as_planned, planned.sessions, planned.changes) == (False, True, (), ())
    assert planned.clinician


def test_when_nothing_is_left_to_do_the_reply_is_the_advice_alone() -> None:
    reply = a_reply(replace(a_rest_as_planned(), open=()))
    assert reply.clinician
    assert not any((reply.sessions, reply.all_out, reply.as_planned, reply.left_out, reply.changes))


def test_a_stretch_that_has_left_the_catalogue_is_still_named() -> None:
    planned = a_week(stretch=replace(ROUTINE, items=(replace(ROUTINE.items[0], stretch="gone-since"),)))
    assert a_reply(replace(a_rest(), week=a_week(stretch=replace(ROUTINE, items=()))), planned).left_out == "gone since"


def test_the_reply_to_a_red_flag_has_the_stop_message_alone() -> None:
    reply = a_stop_reply()
    assert (reply.stop, reply.clinician, reply.spare, reply.changes, reply.sessions) == (True, False, "", (), ())
    assert not any((reply.all_out, reply.as_planned, reply.left_out))
    assert reply.notices[0].title == "See a clinician first"
