"""Learning from answers as they come, and answering at once what cannot wait."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import select

import coach
from app import delivery, feedback, letters, wiring
from app.wiring import House
from coach.answers import Answers, Effort, Pain, RedFlag, SessionReport
from coach.profile import Region
from coach.week import Week
from language.tongue import ENGLISH
from mail import words as reading
from models import outbox, plans, training
from models.people import Subscriber
from models.tables import OutboxRow
from tests.app.conftest import Clock
from tests.app.people import add, plan, tell
from tests.builders import MONDAY, take_letters

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


def mails(house: House) -> list[str]:
    """The kinds of mail beside the weekly one, in the order they were queued."""
    with house.sessions() as session:
        return list(session.scalars(select(OutboxRow.kind).where(OutboxRow.kind != "weekly").order_by(OutboxRow.id)))


def letters_of(house: House, kind: str) -> list[EmailMessage]:
    """The delivered mails of a kind."""
    with wiring.transport(house) as way:
        delivery.deliver_all(house, way, worker="w")
    files = sorted(house.settings.mailbox_folder.glob(f"{kind}.*.eml"))
    return [email.message_from_bytes(f.read_bytes(), policy=email.policy.SMTP) for f in files]


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def knee(level: int) -> Answers:
    return Answers(pains=(Pain(Region.KNEE, level),))


DONE = tuple(SessionReport(n, Effort.RIGHT) for n in range(3))


@pytest.mark.parametrize(
    ("answers", "kinds"),
    [
        (knee(6), ["safety"]),
        (knee(4), ["rest"]),
        (knee(2), []),
        (knee(99), []),
        (replace(knee(5), sessions=DONE), []),
        (replace(knee(6), sessions=DONE), ["safety"]),
        (Answers(red_flags=frozenset({RedFlag.CHEST_PAIN})), ["safety-stop"]),
        (Answers(red_flags=frozenset({RedFlag.FAINTING}), pains=(Pain(Region.KNEE, 9),)), ["safety-stop"]),
        (Answers(hurts=True), ["rest"]),
        (Answers(sessions=DONE), []),
    ],
)
def test_what_is_answered_at_once(house: House, answers: Answers, kinds: list[str]) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    tell(house, ana, answers)
    counts = log_all(house)
    assert (mails(house), counts.mails) == (kinds, len(kinds))
    assert [a.mail for a in counts.alerts] == [kind for kind in kinds if kind != "rest"]


def test_some_pain_gets_the_rest_of_the_week_as_it_is_now(house: House) -> None:
    (ana,) = add(house, "ana", strength_days=(0, 3))
    plan(house, ana)
    tell(house, ana, replace(knee(4), sessions=DONE[:1]))
    log_all(house)
    (mail,) = letters_of(house, "rest")
    assert mail["Subject"] == "The rest of your week has changed"
    now = asked(house, ana)
    words = text_of(mail)
    assert "Knee pain 4/10" in words
    assert now.sessions[1] != planned(house, ana).sessions[1]
    for index, session in enumerate(now.sessions):
        assert (reading.session_name(session.name, ENGLISH) in words) == (index > 0)
    for p in now.sessions[1].exercises:
        assert house.catalogue.by_slug[p.exercise].name in words
        assert reading.amount(p.mode, p.dose.sets, p.dose.amount, ENGLISH) in words
    html = mail.get_body(("html",))
    assert html is not None
    assert f"{now.sessions[1].minutes} minutes" in html.get_content()


def test_more_pain_told_later_is_answered_again_and_the_same_is_not(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    told = []
    for level in (4, 4, 5, 3, 7, 7, 8, 1):
        tell(house, ana, knee(level))
        told.append(log_all(house).mails)
    assert told == [1, 0, 0, 0, 1, 0, 0, 0]
    assert mails(house) == ["rest", "safety"]
    tell(house, ana, Answers(pains=(Pain(Region.CALF, 5),)))
    assert log_all(house).mails == 1
    assert mails(house) == ["rest", "safety", "rest"]


def test_two_answers_between_two_runs_are_one_mail(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    for level in (4, 7):
        tell(house, ana, knee(level))
    assert log_all(house).mails == 1
    assert mails(house) == ["safety"]


def test_pain_of_four_for_a_second_week_goes_to_a_clinician_and_leaves_the_week_planned_around_it(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    tell(house, ana, knee(4))
    log_all(house)
    plan(house, ana, week_of=NEXT)
    tell(house, ana, knee(4), week_of=NEXT)
    assert [a.mail for a in log_all(house).alerts] == ["safety"]
    (mail,) = letters_of(house, "safety")
    assert "Your sessions stay as they are" in text_of(mail)


def test_after_the_week_is_over_some_pain_waits_for_the_next_plan_and_strong_pain_does_not(
    house: House, clock: Clock
) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    clock.forward(days=9)
    tell(house, ana, knee(5))
    assert log_all(house).mails == 0
    tell(house, ana, knee(7))
    assert log_all(house).mails == 1
    (mail,) = letters_of(house, "safety")
    assert "MINUTES" not in text_of(mail)


def test_pain_told_late_of_the_week_before_changes_the_week_that_is_planned_already(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    clock.forward(days=7, hours=2)
    plan(house, ana, week_of=NEXT)
    tell(house, ana, knee(7))
    assert log_all(house).mails == 1
    (mail,) = letters_of(house, "safety")
    assert f"safety.{NEXT}" in mail["Message-ID"]
    assert "Knee pain 7/10" in text_of(mail)
    assert any(
        s != p for s, p in zip(asked(house, ana, NEXT).sessions, planned(house, ana, NEXT).sessions, strict=True)
    )
    tell(house, ana, knee(7))
    assert log_all(house).mails == 0


def test_strong_pain_of_a_week_long_past_still_goes_to_a_clinician(house: House, clock: Clock) -> None:
    """By the week that runs it may have faded; it is answered by its own week then."""
    (ana,) = add(house, "ana")
    for n in range(4):
        plan(house, ana, week_of=MONDAY + timedelta(weeks=n))
        tell(house, ana, Answers(sessions=DONE), week_of=MONDAY + timedelta(weeks=n))
        log_all(house)
        clock.forward(days=7)
    tell(house, ana, knee(7))
    assert [a.mail for a in log_all(house).alerts] == ["safety"]


def test_what_was_done_with_less_is_learnt_from_as_such(house: House) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    tell(house, ana, Answers(pains=tuple(Pain(r, 4) for r in (Region.HIP, Region.CALF, Region.HAMSTRING))))
    log_all(house)
    now = asked(house, ana)
    tell(house, ana, Answers(sessions=(SessionReport(0, Effort.RIGHT),)))
    log_all(house)
    with house.sessions() as session:
        (loaded,) = training.load(session, [ana.id])
    assert loaded.progress is not None
    last = {e.exercise: e.last for e in loaded.progress.exercises}
    less = [p for p in now.sessions[0].exercises if p.cut < 1.0]
    assert less
    assert all(last[p.exercise] == p.dose for p in less)


def test_a_mail_tried_again_is_the_same_mail_whatever_was_told_since(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    tell(house, ana, knee(4))
    log_all(house)
    with house.sessions.begin() as session:
        claimed = take_letters(session, worker="w", limit=10, lease_s=60, now=clock())
    row = next(row for row in claimed if row.kind == "rest")
    once = delivery.message(house, row)
    tell(house, ana, knee(8))
    log_all(house)
    assert delivery.message(house, row).data == once.data


def test_a_mail_queued_before_mails_had_occasions_is_still_written(house: House, clock: Clock) -> None:
    (ana,) = add(house, "ana")
    plan(house, ana)
    tell(house, ana, knee(7))
    with house.sessions.begin() as session:
        outbox.queue(session, [(ana.id, MONDAY, "safety")], now=clock())
        claimed = take_letters(session, worker="w", limit=10, lease_s=60, now=clock())
    row = next(row for row in claimed if row.kind == "safety")
    assert b"Knee pain 7/10" in delivery.message(house, row).data


def test_a_mail_about_a_week_that_was_never_planned_fails_with_its_reason(house: House) -> None:
    (ana,) = add(house, "ana")
    with pytest.raises(letters.NobodyThere, match="no week was planned"):
        letters.safety_mail(house, ana, MONDAY, "1", on=MONDAY)


def planned(house: House, runner: Subscriber, week_of: date = MONDAY) -> Week:
    with house.sessions() as session:
        week = plans.get_week(session, runner.id, week_of)
    assert week is not None
    return week


def asked(house: House, runner: Subscriber, week_of: date = MONDAY) -> Week:
    """The week as it is asked for by now."""
    with house.sessions() as session:
        told = training.told(session, runner, week_of)
    assert told is not None
    return coach.rest_of_week(told.profile, told.progress, told.week, told.said, house.catalogue).week


def test_strong_pain_gets_one_mail_now_that_names_no_health_in_its_subject(house: House) -> None:
    ana, ben = add(house, "ana", "ben")
    plan(house, ana, ben)
    with wiring.transport(house) as way:
        delivery.deliver_all(house, way, worker="w")
    tell(house, ana, Answers(pains=(Pain(Region.KNEE, 7),)))
    counts = log_all(house)
    assert counts.mails == 1
    assert [(a.key, a.mail) for a in counts.alerts] == [(ana.key, "safety")]
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
