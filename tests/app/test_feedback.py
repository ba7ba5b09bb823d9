"""Learning from answers as they come, and answering at once what cannot wait."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta

import pytest

from app import delivery, feedback, wiring
from app.feedback import urgency
from app.wiring import House
from coach.answers import Answers, Effort, Pain, RedFlag, SessionReport
from coach.profile import Region
from coach.progress import Progress, RegionState
from models import outbox, training
from tests.app.conftest import Clock
from tests.app.people import add, plan, tell
from tests.builders import MONDAY

NEXT = MONDAY + timedelta(days=7)


def log_all(house: House) -> feedback.FeedbackCounts:
    return feedback.log_all(house, now=house.clock())


def test_an_answer_is_folded_in_once(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    tell(house, ana, Answers(sessions=(SessionReport(0, Effort.RIGHT),)))
    assert log_all(house).runners == 1
    assert log_all(house).runners == 0
    with house.sessions() as session:
        (loaded,) = training.load(session, [ana.id])
    assert loaded.progress is not None
    assert loaded.progress.completed == 1


def test_an_answer_after_the_next_week_was_planned_is_still_learnt_from(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    plan(house, ana, week_of=NEXT)
    tell(house, ana, Answers(sessions=(SessionReport(0, Effort.RIGHT),)))
    assert log_all(house).weeks == 1
    with house.sessions() as session:
        (loaded,) = training.load(session, [ana.id])
    assert loaded.progress is not None
    assert loaded.progress.missed == 0


@pytest.mark.parametrize(
    ("answers", "kinds"),
    [
        (Answers(pains=(Pain(Region.KNEE, 6),)), ("safety",)),
        (Answers(pains=(Pain(Region.KNEE, 5),)), ()),
        (Answers(pains=(Pain(Region.KNEE, 4), Pain(Region.CALF, 4))), ("safety",)),
        (Answers(pains=(Pain(Region.KNEE, 99),)), ()),
        (Answers(red_flags=frozenset({RedFlag.CHEST_PAIN})), ("safety-stop",)),
        (Answers(red_flags=frozenset({RedFlag.FAINTING}), pains=(Pain(Region.KNEE, 9),)), ("safety-stop",)),
        (Answers(hurts=True), ()),
        (Answers(), ()),
    ],
)
def test_what_is_answered_at_once(answers: Answers, kinds: tuple[str, ...]) -> None:
    lasting = Progress(regions=(RegionState(Region.CALF, pain=4, high_weeks=2),))
    assert urgency(answers, lasting) == kinds


def test_strong_pain_gets_one_mail_now_that_names_no_health_in_its_subject(house: House) -> None:
    ana, ben = add(house, "ana", "ben")
    plan(house, ana, ben)
    with wiring.transport(house) as way:
        delivery.deliver_all(house, way, worker="w")
    tell(house, ana, Answers(pains=(Pain(Region.KNEE, 7),)))
    counts = log_all(house)
    assert counts.mails == 1
    assert [(a.key, a.kind) for a in counts.alerts] == [(ana.key, "safety")]
    with wiring.transport(house) as way:
        assert delivery.deliver_all(house, way, worker="w").sent == 1
    (file,) = house.settings.mailbox_folder.glob("safety.*.eml")
    mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.SMTP)
    assert "knee" not in mail["Subject"].lower()
    assert "knee" in mail.get_body(("plain",)).get_content().lower()
    tell(house, ana, Answers(pains=(Pain(Region.KNEE, 8),)))
    assert log_all(house).mails == 0


def test_a_red_flag_after_answered_pain_still_gets_its_own_mail(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    tell(house, ana, Answers(pains=(Pain(Region.KNEE, 7),)))
    log_all(house)
    tell(house, ana, Answers(red_flags=frozenset({RedFlag.CHEST_PAIN})))
    assert log_all(house).mails == 1
    with wiring.transport(house) as way:
        assert delivery.deliver_all(house, way, worker="w").sent == 3
    (file,) = house.settings.mailbox_folder.glob("safety-stop.*.eml")
    assert b"stop" in file.read_bytes().lower()


def test_a_red_flag_stops_the_programme_until_a_person_lets_it_go_on(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    tell(house, ana, Answers(red_flags=frozenset({RedFlag.CHEST_PAIN})))
    log_all(house)
    assert plan(house, ana, week_of=NEXT).resting == 1
    assert feedback.resume(house, ana, now=clock())
    assert not feedback.resume(house, ana, now=clock())
    # A later word about the same week folds it anew: that must not bring the stop back.
    tell(house, ana, Answers(sleep=3))
    log_all(house)
    assert plan(house, ana, week_of=NEXT + timedelta(days=7)).resting == 0


def test_many_runners_are_learnt_from_in_rounds(house: House) -> None:
    runners = add(house, *(f"r{i}" for i in range(7)))
    plan(house, *runners)
    for runner in runners:
        tell(house, runner, Answers(sessions=(SessionReport(0, Effort.RIGHT),)))
    first = feedback.log_answers(house, now=house.clock(), limit=3)
    assert (first.runners, first.more) == (3, True)
    assert log_all(house).runners == 4


def test_a_runner_whose_answers_cannot_be_folded_does_not_stop_the_others(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, ben = add(house, "ana", "ben")
    plan(house, ana, ben)
    for runner in (ana, ben):
        tell(house, runner, Answers(sessions=(SessionReport(0, Effort.RIGHT),)))
    fold = feedback.coach.fold

    def breaks_for_ana(profile: object, *rest: object) -> object:
        if getattr(profile, "key", "") == ana.key:
            raise ArithmeticError
        return fold(profile, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(feedback.coach, "fold", breaks_for_ana)
    counts = feedback.log_answers(house, now=house.clock(), limit=1)
    total = log_all(house)
    assert [f.key for f in counts.failures] == [ana.key]
    assert (total.runners, [f.error for f in total.failures]) == (1, ["ArithmeticError"])
    with house.sessions() as session:
        assert outbox.counts(session)["pending"] == 2
