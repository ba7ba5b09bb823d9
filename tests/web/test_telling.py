"""Whatever arrives, what is told to the coach is within bounds and nothing breaks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.answers import SILENCE, Answers, RedFlag, merge
from coach.profile import Gear, Region
from coach.week import Dose, DoseMode, Question
from language.tongue import ENGLISH
from tests.builders import a_prescription, a_session, a_week, some_answers
from tests.web.conftest import the_catalogue
from web import fields as f
from web.telling import tell

WEEK = a_week(
    sessions=(
        a_session(),
        a_session(exercises=(a_prescription(exercise="hops", mode=DoseMode.CONTACTS, dose=Dose(3, 10)),)),
        a_session(exercises=(a_prescription(dose=Dose(2, 10, 6.0, Gear.BAND)),)),
    ),
    question=Question(0, "split-squat", DoseMode.REPS),
)

NAMES = [
    *(f.of_session(i, what) for i in range(4) for what in ("effort", "none", "plenty", "rpe", "minutes")),
    *(
        f.of_exercise(i, slug, what)
        for i in range(3)
        for slug in ("split-squat", "side-plank", "hops", "")
        for what in ("sets", "amount", "left", "load", "switch")
    ),
    *(f.of_pain(r.value, what) for r in Region for what in ("level", "settled")),
    *("hurts", "red", "tight", "note", "soreness", "sleep", "mood", "nonsense"),
]
VALUES = st.one_of(
    st.integers(-2, 12).map(str),
    st.sampled_from(
        [
            "easy",
            "right",
            "hard",
            "harder",
            "easier",
            "skipped",
            "yes",
            "no",
            "none",
            "calf",
            "knee",
            "split-squat",
            "hops",
            "chest-pain",
            "1e5",
            "nan",
        ]
    ),
    st.floats().map(str),
    st.text(max_size=30),
)
FIELDS = st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, max_size=3).map(tuple), max_size=25)
BEFORE = st.sampled_from([SILENCE, some_answers()])
UNITS = st.sampled_from(["kg", "lb"])


def a_form(before: Answers, units: str) -> f.Form:
    return f.Form(WEEK, before, units, the_catalogue(), ENGLISH)


@settings(deadline=None)
@given(FIELDS, BEFORE, UNITS)
def test_whatever_arrives_stays_within_bounds(fields: dict[str, tuple[str, ...]], before: Answers, units: str) -> None:
    told = tell(fields, a_form(before, units)).answers
    for report in told.sessions:
        assert 0 <= report.session < len(WEEK.sessions)
        assert report.rpe is None or 0 <= report.rpe <= 10
        assert report.minutes is None or 1 <= report.minutes <= 240
        known = {p.exercise for p in WEEK.sessions[report.session].exercises}
        for exercise in report.exercises:
            assert exercise.exercise in known
            assert exercise.sets_done is None or 0 <= exercise.sets_done <= 10
            assert exercise.reps is None or 0 <= exercise.reps <= 900
            assert exercise.reps_left is None or 0 <= exercise.reps_left <= 5
            assert exercise.load_kg is None or 0 <= exercise.load_kg <= 400
    assert all(0 <= p.level <= 10 for p in told.pains)
    assert told.soreness is None or 0 <= told.soreness <= 10
    assert all(x is None or 1 <= x <= 5 for x in (told.sleep, told.mood))
    assert len(told.note) <= 2000
    assert told.red_flags <= set(RedFlag)


@settings(deadline=None)
@given(FIELDS, BEFORE, UNITS)
def test_telling_the_same_twice_says_the_same(fields: dict[str, tuple[str, ...]], before: Answers, units: str) -> None:
    told = tell(fields, a_form(before, units)).answers
    assert tell(fields, a_form(before, units)).answers == told
    assert merge([told, told]) == merge([told])


@settings(deadline=None)
@given(FIELDS, BEFORE, UNITS)
def test_a_red_flag_is_never_lost_to_what_stands_beside_it(
    fields: dict[str, tuple[str, ...]], before: Answers, units: str
) -> None:
    told = tell({**fields, "red": (*fields.get("red", ()), "fainting")}, a_form(before, units))
    assert RedFlag.FAINTING in told.answers.red_flags


@settings(deadline=None)
@given(st.sampled_from(["kg", "lb"]), st.floats(0, 400))
def test_a_load_left_as_the_mail_wrote_it_is_the_load_prescribed(units: str, prescribed_kg: float) -> None:
    squat = a_prescription(dose=Dose(3, 10, prescribed_kg, Gear.DUMBBELLS))
    form = f.Form(a_week(sessions=(a_session(exercises=(squat,)),)), SILENCE, units, the_catalogue(), ENGLISH)
    shown = f.prescribed_load(prescribed_kg, units)
    told = tell({"s0.split-squat.load": (shown,), "s0.split-squat.left": ("2",)}, form)
    assert told.left_out == ()
    (report,) = told.answers.sessions[0].exercises
    assert report.load_kg is None
