"""How several answers to one week become one."""

from __future__ import annotations

from itertools import permutations

from coach.answers import SILENCE, Answers, Effort, ExerciseReport, Pain, RedFlag, SessionReport, merge
from coach.profile import Region
from tests.builders import some_answers


def session(n: int, effort: Effort | None = None, *detail: ExerciseReport, rpe: int | None = None) -> Answers:
    return Answers(sessions=(SessionReport(n, effort, rpe=rpe, exercises=detail),))


def test_no_answer_at_all_is_silence() -> None:
    assert merge([]) == SILENCE
    assert merge([]).silent
    assert merge([SILENCE, SILENCE]).silent


def test_one_answer_is_itself() -> None:
    assert merge([some_answers()]) == some_answers()
    assert not some_answers().silent


def test_answering_twice_is_answering_once() -> None:
    given = some_answers(hurts=True, red_flags=frozenset({RedFlag.FAINTING}), note="tired")
    assert merge([given, given]) == given


def test_a_second_tap_replaces_the_first_and_leaves_other_sessions() -> None:
    merged = merge([session(0, Effort.EASY), session(1, Effort.HARD), session(0, Effort.RIGHT)])
    assert [(s.session, s.effort) for s in merged.sessions] == [(0, Effort.RIGHT), (1, Effort.HARD)]


def test_sessions_are_kept_in_the_order_of_the_week() -> None:
    assert [s.session for s in merge([session(2), session(0), session(1)]).sessions] == [0, 1, 2]


def test_what_was_not_answered_again_stays() -> None:
    told = ExerciseReport("split-squat", reps_left=2)
    merged = merge([session(0, Effort.EASY, told, rpe=6), session(0, None, ExerciseReport("side-plank", 2))])
    (report,) = merged.sessions
    assert (report.effort, report.rpe) == (Effort.EASY, 6)
    assert [e.exercise for e in report.exercises] == ["side-plank", "split-squat"]


def test_an_exercise_told_again_is_replaced_as_a_whole() -> None:
    first, second = ExerciseReport("split-squat", 3, 10, 2), ExerciseReport("split-squat", 2)
    (report,) = merge([session(0, None, first), session(0, None, second)]).sessions
    assert report.exercises == (second,)


def test_minutes_and_effort_are_replaced_one_by_one() -> None:
    first = Answers(sessions=(SessionReport(0, minutes=30, rpe=4),))
    second = Answers(sessions=(SessionReport(0, minutes=45),))
    assert merge([first, second]).sessions == (SessionReport(0, minutes=45, rpe=4),)


def test_single_questions_are_replaced_when_answered_again_and_zero_is_an_answer() -> None:
    first = Answers(soreness=6, sleep=2, mood=2, tight=frozenset({Region.CALF}), note="first")
    second = Answers(soreness=0, sleep=5, tight=frozenset())
    merged = merge([first, second])
    assert (merged.soreness, merged.sleep, merged.mood) == (0, 5, 2)
    assert (merged.tight, merged.note) == (frozenset(), "first")


def test_a_pain_told_again_is_replaced_and_other_regions_stay() -> None:
    first = Answers(pains=(Pain(Region.KNEE, 6), Pain(Region.BACK, 2)))
    merged = merge([first, Answers(pains=(Pain(Region.KNEE, 1, settled=True),))])
    assert merged.pains == (Pain(Region.BACK, 2), Pain(Region.KNEE, 1, settled=True))


def test_of_one_region_told_twice_in_one_answer_the_worse_counts() -> None:
    told = (Pain(Region.KNEE, 2), Pain(Region.KNEE, 5), Pain(Region.KNEE, 5, settled=False), Pain(Region.KNEE, 3))
    for order in permutations(told):
        assert merge([Answers(pains=order)]).pains == (Pain(Region.KNEE, 5, settled=False),)


def test_signs_for_a_clinician_add_up_and_are_not_taken_back_by_a_later_answer() -> None:
    merged = merge(
        [
            Answers(red_flags=frozenset({RedFlag.FAINTING}), hurts=True),
            Answers(red_flags=frozenset({RedFlag.BONE_PAIN})),
            session(0, Effort.EASY),
        ]
    )
    assert merged.red_flags == {RedFlag.FAINTING, RedFlag.BONE_PAIN}
    assert merged.hurts


def test_a_person_who_clears_lifts_the_signs_told_before_and_not_those_after() -> None:
    sign = Answers(red_flags=frozenset({RedFlag.FAINTING}))
    cleared = Answers(cleared=True)
    assert merge([sign, cleared]).red_flags == frozenset()
    assert merge([sign, cleared]).cleared
    assert merge([sign, cleared, sign]).red_flags == {RedFlag.FAINTING}


def test_an_order_of_answers_about_different_things_does_not_matter() -> None:
    parts = [
        session(0, Effort.EASY),
        session(1, Effort.HARD),
        Answers(soreness=3),
        Answers(pains=(Pain(Region.HIP, 4),)),
    ]
    assert len({repr(merge(order)) for order in permutations(parts)}) == 1
