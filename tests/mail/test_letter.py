"""What a runner reads: every word and number of the letter, before it is set in a template."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.profile import Gear
from coach.week import Dose, DoseMode, Notice, NoticeKind, Phase, Quality, Reason
from language.loads import Loads
from language.tongue import ENGLISH, Tongue
from mail import words
from mail.cards import sessions
from mail.letter import Recipient, no_picture
from mail.voice import Voice
from tests.mail.sample import (
    INES,
    JOE,
    MARA,
    MONDAY,
    ROUTINE,
    SPLIT_SQUAT_UP,
    TUESDAY,
    URLS,
    a_band_week,
    a_full_week,
    a_letter,
    a_pain_week,
    a_prescription,
    a_screening_week,
    a_stop_week,
    a_week,
    because,
)
from tests.mail.sample_catalogue import CATALOGUE
from tests.mail.sample_replies import (
    a_reply,
    a_rest,
    a_stop_reply,
)

HEALTH_WORDS = ("pain", "hurt", "knee", "calf", "injur", "clinician", "doctor", "red flag", "pregnan", "swell", "ache")

KILOGRAMS = Loads("kg", ENGLISH)


def test_mara_reads_her_dose_large_and_what_stands_beside_it() -> None:
    squat = a_letter().sessions[0].exercises[1]
    assert (squat.number, squat.name) == (2, "Rear-foot-elevated split squat")
    assert (squat.amount, squat.per) == ("3 × 10", "each side")
    assert (squat.weight, squat.gear) == ("12\u00a0kg", "dumbbells")
    assert squat.effort == "Stop with about 3 left · rest 90 s"
    assert squat.tempo == "2 s down, 1 s still, 1 s up"


def test_joe_reads_his_loads_in_pounds() -> None:
    step_down = a_letter(a_band_week(), JOE).sessions[0].exercises[1]
    assert (step_down.weight, step_down.gear) == ("15\u00a0lb", "backpack")
    assert step_down.by_feel == "Up: 20 lb backpack · down: no weight"


def test_a_load_without_a_number_stands_as_a_word() -> None:
    thrust, _, bug = a_letter(a_band_week(), JOE).sessions[0].exercises
    assert (thrust.weight, thrust.gear) == ("", "medium band")
    assert (bug.weight, bug.gear) == ("", "bodyweight")


def test_a_session_says_its_day_with_the_date_even_across_the_new_year() -> None:
    friday = replace(a_band_week().sessions[0], day=4)
    session = a_letter(a_band_week(sessions=(friday,)), JOE).sessions[0]
    assert (session.day, session.weekday, session.mark) == ("Friday 1 January", "Friday", "A")


def test_the_title_says_what_the_week_is_about_below_its_span() -> None:
    assert (a_letter().over, a_letter().title) == ("23–29\u00a0November", "Strength into running")
    assert a_letter(a_band_week()).over == "28\u00a0December – 3\u00a0January"
    assert a_letter().kicker == "Week 7 · Build"


def test_the_way_out_of_a_dose_stands_with_it_and_the_rule_once_a_session() -> None:
    tuesday = a_letter().sessions[0]
    assert tuesday.rules == (
        ("5 or more left?", "Take the “up” dose from the next set."),
        ("None left, or form gone?", "Stop there, and go on with the “down” dose."),
    )
    squat, hops = tuesday.exercises[1], tuesday.exercises[0]
    assert squat.by_feel == "Up: 14 kg dumbbells · down: 10 kg dumbbells"
    assert hops.by_feel == ""


def test_sets_that_end_by_reserve_say_how_far_they_go_on() -> None:
    kg = Gear.DUMBBELLS
    further = {"up_to": 14, "stop_rir": 1, "easier": Dose(2, 8), "harder": Dose(2, 8, 8.0, kg)}
    longer = {"mode": DoseMode.HOLD, "up_to": 40, "harder": Dose(2, 40)}
    some = tuple(
        replace(a_prescription("dead-bug", Dose(2, 8, 6.0, kg), ""), **changes) for changes in (further, longer)
    )
    card = a_letter(a_week(sessions=(replace(TUESDAY, exercises=some),), question=None)).sessions[0]
    assert [e.by_feel for e in card.exercises] == [
        "You may go on to 14 · up: 8 kg dumbbells · down: no weight",
        "You may go on to 40 s · up: bodyweight, 40 s",
    ]
    assert card.rules == (
        ("More left at the end of a set than it says?", "You may go on, at most to the number given."),
        ("5 or more left even then?", "Take the “up” dose from the next set."),
        ("Only 1 left before a set is full, or form gone?", "Stop there, and go on with the “down” dose."),
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"easier": Dose(2, 5)}, "5 repetitions"),
        ({"easier": Dose(1, 8)}, "one set"),
        ({"dose": Dose(2, 8, 4.0, Gear.DUMBBELLS), "easier": Dose(2, 8)}, "no weight"),
        ({"dose": Dose(2, 6, 4.0, Gear.DUMBBELLS), "easier": Dose(2, 8)}, "bodyweight, 8 repetitions"),
        ({"mode": DoseMode.CONTACTS, "easier": Dose(2, 6)}, "6 landings"),
    ],
)
def test_down_is_told_in_the_fewest_words(changes: dict[str, Any], said: str) -> None:
    prescription = replace(a_prescription("dead-bug", Dose(2, 8), ""), **changes)
    assert words.down(prescription, changes["easier"], KILOGRAMS, ENGLISH) == said


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({}, ()),
        ({"up_to": 16}, ("More than 3 left at 8? Go on, to 16 at most.",)),
        ({"up_to": 16, "harder": Dose(2, 16)}, ("More than 3 left at 8? Go on, to 16 at most.",)),
        (
            {"up_to": 16, "harder": Dose(2, 8, 4.0, Gear.DUMBBELLS)},
            ("More than 3 left at 8? Go on, to 16 at most.", "5 or more left even then? Next set: 4 kg dumbbells."),
        ),
        ({"harder": Dose(2, 12)}, ("5 or more left? Next set: 12 repetitions.",)),
        (
            {"easier": Dose(2, 5), "stop_rir": 1},
            ("Only 1 left before 8, or form gone? Stop. From then on: 5 repetitions.",),
        ),
        ({"easier": Dose(1, 8)}, ("None left, or form gone? Leave it at one set.",)),
        (
            {"harder": Dose(2, 6, 4.0, Gear.DUMBBELLS)},
            ("5 or more left? Next set: 4 kg dumbbells, 6 repetitions.",),
        ),
        (
            {"dose": Dose(2, 6, 4.0, Gear.DUMBBELLS), "easier": Dose(2, 8)},
            ("None left, or form gone? From then on: bodyweight, 8 repetitions.",),
        ),
        ({"mode": DoseMode.HOLD, "up_to": 32}, ("Still steady at 8 s? Go on, to 32 s at most.",)),
        ({"mode": DoseMode.HOLD, "harder": Dose(2, 100)}, ("Far too easy? Next set: 1 min 40 s.",)),
        ({"mode": DoseMode.CONTACTS, "easier": Dose(2, 6)}, ("Form gone? From then on: 6 landings.",)),
    ],
)
def test_the_rule_tells_only_what_differs(changes: dict[str, Any], rule: tuple[str, ...]) -> None:
    item = replace(a_prescription("dead-bug", Dose(2, 8), ""), **changes)
    assert tuple(f"{x.asks} {x.says}" for x in words.by_feel(item, KILOGRAMS, ENGLISH)) == rule


def test_holds_carries_and_jumps_have_their_own_words() -> None:
    hops, *_, plank, carry = a_letter().sessions[0].exercises
    assert (hops.amount, hops.per, hops.effort) == (
        "2 × 15",
        "landings",
        "Land quietly; stop when it gets loud · rest 90 s",
    )
    assert (plank.amount, plank.per, plank.tempo) == ("2 × 30 s", "each side", "")
    assert plank.effort == "Stop before the position slips · rest 45 s"
    assert carry.effort == "Put it down before your posture goes · rest 60 s"
    assert words.beside(DoseMode.CONTACTS, per_side=True, tongue=ENGLISH) == "landings, each side"
    assert words.beside(DoseMode.REPS, per_side=False, tongue=ENGLISH) == ""


@pytest.mark.parametrize(
    ("tempo", "said"),
    [("3-0-1", "3 s down, 1 s up"), ("2-1-2", "2 s down, 1 s still, 2 s up"), ("", ""), ("fast", ""), ("1-x-1", "")],
)
def test_tempo_is_told_in_words_or_not_at_all(tempo: str, said: str) -> None:
    assert words.tempo(tempo, ENGLISH) == said


@pytest.mark.parametrize(("amount", "said"), [(45, "45 s"), (90, "90 s"), (120, "2 min"), (150, "2 min 30 s")])
def test_seconds_read_as_a_clock_shows_them(amount: int, said: str) -> None:
    assert words.seconds(amount, ENGLISH) == said


def test_an_exercise_is_explained_on_its_first_day_only() -> None:
    tuesday, friday = a_letter().sessions
    assert tuesday.exercises[1].how.startswith("Stand a long step")
    again = friday.exercises[1]
    assert (again.as_on, again.how, again.running, again.why, again.stop_if) == ("Tuesday", "", "", "", "")
    assert again.cue, "the cue is there on every day"


def test_a_change_told_at_the_top_is_not_told_again_in_the_session() -> None:
    letter = a_letter()
    assert letter.changes[0].head == "Split squat 10 → 12 kg"
    assert letter.changes[0].rest == "You did 3 × 10 with about 4 left, the aim is 3."
    assert letter.sessions[0].exercises[1].change is None
    told_below = a_letter(a_week(changes=())).sessions[0].exercises[1].change
    assert told_below is not None
    assert told_below.whole == dict(SPLIT_SQUAT_UP.values)["sentence"]


def test_below_its_exercise_a_change_does_not_name_it_again() -> None:
    plank = because("Side plank with leg lift 20 → 30 s: you held it twice in a row.")
    week = a_week(sessions=(replace(TUESDAY, exercises=(replace(TUESDAY.exercises[4], change=plank),)),), question=None)
    change = a_letter(week).sessions[0].exercises[0].change
    assert change is not None
    assert (change.head, change.rest) == ("20 → 30 s", "You held it twice in a row.")


def test_what_makes_an_exercise_right_for_the_runner_is_told_once_in_a_mail() -> None:
    def why(name: str, region: str) -> Reason:
        return Reason("why", (("sentence", name), ("because", "trail"), ("region", region)))

    def telling(reason: Reason) -> str:
        values = dict(reason.values)
        return f"{values['sentence']}{values.get('because', '')}{values.get('region', '')}"

    some = [replace(TUESDAY.exercises[n], why=why(str(n), "knee")) for n in range(2)]
    cards = sessions(
        a_week(sessions=(replace(TUESDAY, exercises=tuple(some)),), question=None),
        Voice(ENGLISH, CATALOGUE, telling, KILOGRAMS), URLS.answer, "", frozenset(), no_picture,
    )  # fmt: skip
    assert [e.why for e in cards[0].exercises] == ["0trailknee", "1"]


def test_every_session_and_the_stretches_can_be_followed_along() -> None:
    letter = a_letter()
    assert [s.follow_url for s in letter.sessions] == [f"{URLS.follow}/0", f"{URLS.follow}/1"]
    assert letter.stretch is not None
    assert letter.stretch.follow_url == f"{URLS.follow}/stretch"


def test_the_first_mail_welcomes_and_the_first_two_say_how_to_read_them() -> None:
    said = {n: (a_letter(a_week(number=n)).welcome, a_letter(a_week(number=n)).guide) for n in (1, 2, 3, 4)}
    assert said == {1: (True, True), 2: (False, True), 3: (False, False), 4: (False, False)}
    assert not a_letter(a_stop_week(number=1)).welcome, "nobody is welcomed to a stop"


def test_one_tap_opens_the_page_with_that_answer_of_that_session() -> None:
    friday = a_letter().sessions[1]
    assert [friday.easy_url, friday.right_url, friday.hard_url, friday.skipped_url] == [
        f"{URLS.answer}?s=1&c={choice}" for choice in "erhn"
    ]
    assert a_letter().hurts_url == f"{URLS.answer}#hurts"


def test_a_session_named_with_a_letter_is_called_a_session() -> None:
    week = a_week(sessions=(replace(TUESDAY, name="A"),))
    assert a_letter(week).sessions[0].name == "Session A"
    assert words.session_name("Light B", ENGLISH) == "Light B"


def test_stretches_tell_hold_rounds_and_sides_and_each_ground_once() -> None:
    stretch = a_letter().stretch
    assert stretch is not None
    assert stretch.minutes == 15, "875 seconds fit into 15 minutes, not into 14"
    assert stretch.days == "Tuesday, Thursday and Sunday"
    assert [(line.dose, line.per) for line in stretch.lines][:2] == [
        ("45 s × 2", "each side"),
        ("30 s × 2", "each side"),
    ]
    assert [(line.dose, line.per) for line in stretch.lines][-2:] == [("30 s", "each side"), ("30 s × 2", "")]
    assert [line.why for line in stretch.lines][:2] == ["You call your calves tight.", ""]
    assert [(line.dose, line.per) for line in a_letter().before] == [
        ("10 times", "each side"),
        ("10 times", "each side"),
        ("8 times", "each side"),
    ]


def test_qualities_stay_between_nothing_and_everything() -> None:
    week = a_week(qualities=((Quality.SINGLE_LEG, 0), (Quality.JOINT_CONTROL, 100), (Quality.CARRY_OVER, 104)))
    assert [(bar.percent, bar.rest) for bar in a_letter(week).qualities] == [(0, 100), (100, 0), (100, 0)]


def test_the_subject_names_the_days() -> None:
    assert a_letter().headline == "Week 7: strength on Tuesday and Friday"
    assert a_letter(a_full_week()).headline == "Week 7: strength on Tuesday, Thursday and Saturday"
    assert a_letter().preheader == "Two sessions of 38 and 35 minutes · 15 minutes of stretching after runs."
    assert a_letter(a_band_week()).preheader == "One session of 25 minutes · 8 minutes of stretching after runs."


def test_a_stop_week_has_the_message_and_nothing_to_do() -> None:
    letter = a_letter(a_stop_week(), INES)
    assert letter.title == "Please stop for now"
    assert (letter.sessions, letter.stretch, letter.before, letter.qualities, letter.kicker) == ((), None, (), (), "")
    (notice,) = letter.notices
    assert notice.said == ("You told us of swelling in one calf, with warmth.",)
    assert "call your emergency number now" in notice.paragraphs[0]


def test_a_race_week_without_sessions_still_says_what_to_do() -> None:
    letter = a_letter(a_week(phase=Phase.RACE, sessions=()))
    assert letter.headline == "Week 7: it is race week"
    assert letter.rest.startswith("There is no strength session this week: your legs")
    assert letter.preheader == "15 minutes of stretching after runs."
    assert letter.qualities == (), "a bar of nothing says nothing"


def test_a_week_of_stretches_and_a_week_of_nothing_read_well() -> None:
    stretches = a_letter(a_week(sessions=()))
    assert stretches.headline == "Week 7: stretching only"
    assert stretches.rest == "There is no strength session this week, only the stretching below."
    nothing = a_letter(a_week(sessions=(), stretch=replace(ROUTINE, items=(), before=())))
    assert (nothing.stretch, nothing.before) == (None, ())
    assert nothing.rest == "There is no strength session this week."
    assert nothing.preheader == "Nothing to lift this week."


def test_no_health_detail_stands_where_an_inbox_shows_it() -> None:
    weeks = (a_stop_week(), a_pain_week())
    shown = [f"{letter.headline} {letter.preheader}" for letter in map(a_letter, weeks)]
    replies = (a_reply(), a_reply(a_rest()), a_stop_reply())
    shown += [f"{reply.headline} {reply.preheader}" for reply in replies]
    assert not [word for word in HEALTH_WORDS if word in " ".join(shown).lower()]


def test_two_painful_places_are_one_notice() -> None:
    week = a_pain_week()
    twice = replace(
        week, notices=(*week.notices, Notice(NoticeKind.CLINICIAN, because("Your calf hurt at 6 of 10 this week.")))
    )
    (notice,) = a_letter(twice).notices
    assert notice.said == ("Your knee hurt at 7 of 10 this week.", "Your calf hurt at 6 of 10 this week.")


def test_pain_without_a_place_is_asked_for_with_a_link() -> None:
    reason = Reason("hurts_where", because("You told us that something hurts.").values)
    (notice,) = a_letter(a_week(notices=(Notice(NoticeKind.CLINICIAN, reason),))).notices
    assert (notice.title, notice.ask_url) == ("Where does it hurt?", f"{URLS.answer}#hurts")


def test_the_yearly_questions_lead_to_the_account() -> None:
    (notice,) = a_letter(a_screening_week()).notices
    assert (notice.ask, notice.ask_url) == ("Open your account", URLS.account)
    assert "What we know of you" in notice.paragraphs[0]


def test_clearance_beside_a_plan_and_in_place_of_one_are_told_apart() -> None:
    notices = (Notice(NoticeKind.CLEARANCE, because("Please ask a clinician to clear strength training.")),)
    beside = a_letter(a_week(notices=notices))
    alone = a_letter(a_stop_week(notices=notices))
    assert "begin to grow" in beside.notices[0].paragraphs[0]
    assert "we will begin" in alone.notices[0].paragraphs[0]
    assert (beside.title, alone.title) == ("Strength into running", "No programme this week")


def test_a_runner_under_18_is_told_kindly() -> None:
    week = a_stop_week(notices=(Notice(NoticeKind.ADULTS_ONLY, because("Stridewell is for adults.")),))
    letter = a_letter(week)
    assert (letter.title, letter.notices[0].title) == ("No programme this week", "We do not plan for runners under 18")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Mara", "Mara"),
        ("  Mara\r\nBcc: everyone@example.org\t", "Mara Bcc: everyone@example.org"),
        ("Zoë\u0000\u0007 O’Neill", "Zoë O’Neill"),
        ("Ann\u202egnp.exe", "Anngnp.exe"),
        ("שרה", "\u2068שרה\u2069"),
        ("👩‍🚀 Kim", "👩‍🚀 Kim"),
        ("\ud800", ""),
        ("\u200b", ""),
        ("x" * 90, "x" * 39 + "…"),
    ],
)
def test_a_name_is_shown_on_one_line_whatever_was_written(written: str, shown: str) -> None:
    assert a_letter(recipient=Recipient(written, "mara@example.org", "kg", "UTC", ENGLISH)).name == shown


@given(st.text(max_size=200))
def test_any_name_is_short_and_printable(written: str) -> None:
    name = words.a_name(written)
    assert len(name) <= words.NAME_LENGTH + 2
    assert len(name.splitlines()) <= 1
    assert name == name.strip()


def test_a_postal_address_of_several_lines_becomes_one() -> None:
    letter = a_letter(postal_address="Stridewell\r\n12 Millrace Lane\r\nBristol")
    assert letter.postal_address == "Stridewell 12 Millrace Lane Bristol"


def test_a_sentence_after_a_colon_loses_its_capital_but_a_name_keeps_it() -> None:
    assert words.running_on("The front knee aches.", ENGLISH) == "the front knee aches."
    assert words.running_on("Achilles pain.", ENGLISH) == "Achilles pain."


def test_every_week_of_a_year_has_a_span() -> None:
    assert words.a_span(date(2026, 11, 30), ENGLISH) == "30\u00a0November – 6\u00a0December"
    assert words.a_day(MONDAY, ENGLISH) == "Monday 23 November"


def test_a_letter_holds_nothing_but_words_and_numbers() -> None:
    """A template must have nothing to work out: every leaf is text, a number, a truth value, or the language it is in."""
    assert {type(leaf) for leaf in leaves(a_letter())} <= {str, int, bool, type(None), Tongue}
    assert a_letter(recipient=MARA) == a_letter(), "the same week gives the same letter"


def leaves(value: object) -> list[object]:
    if is_dataclass(value):
        return [leaf for field in fields(value) for leaf in leaves(getattr(value, field.name))]
    if isinstance(value, tuple):
        return [leaf for item in value for leaf in leaves(item)]
    return [value]
