"""The way so far, told honestly: what was answered, and which doses have grown."""

from __future__ import annotations

from dataclasses import replace

from coach.profile import Gear
from coach.week import Dose, DoseMode
from mail.letter import Known
from tests.mail.sample import EARLIER, TUESDAY, a_letter, a_prescription, a_week


def grown(then: Dose, now: Dose, **changes: DoseMode) -> list[str]:
    """What is said of one exercise's growth."""
    before = replace(a_prescription("dead-bug", then, "Useful."), **changes)
    after = replace(a_prescription("dead-bug", now, "Useful."), **changes)
    letter = a_letter(
        a_week(sessions=(replace(TUESDAY, exercises=(after,)),), question=None),
        known=Known(before=replace(EARLIER, sessions=(replace(TUESDAY, exercises=(before,)),))),
    )
    return [] if letter.looking_back is None else [g.step for g in letter.looking_back.grown]


def test_weeks_answered_in_a_row_are_told_from_two_on() -> None:
    told = {n: a_letter(known=Known(answered=n)).looking_back for n in (0, 1, 2, 17)}
    assert {n: found and found.answered for n, found in told.items()} == {0: None, 1: None, 2: "2", 17: "17"}


def test_what_has_grown_most_comes_first_loads_before_repetitions() -> None:
    found = a_letter().looking_back
    assert found is not None
    assert found.since == "Your plan eight weeks ago, and now:"
    assert [(g.name, g.step) for g in found.grown] == [
        ("Rear-foot-elevated split squat", "6 → 12 kg dumbbells"),
        ("Suitcase carry", "12 → 20 kg kettlebell"),
        ("Side plank with leg lift", "15 → 30 s"),
    ]


def test_only_like_is_compared_with_like() -> None:
    kg = Gear.DUMBBELLS
    assert grown(Dose(2, 8, 6.0, kg), Dose(2, 8, 10.0, kg)) == ["6 → 10 kg dumbbells"]
    assert grown(Dose(2, 8, 6.0, Gear.BAND), Dose(2, 8, 10.0, Gear.BAND)) == ["medium band → strong band"]
    assert grown(Dose(2, 8), Dose(2, 14)) == ["8 → 14 repetitions"]
    assert grown(Dose(2, 8), Dose(2, 14), mode=DoseMode.CONTACTS) == ["8 → 14 landings"]
    assert grown(Dose(2, 8, 6.0, kg), Dose(2, 8, 10.0, Gear.KETTLEBELLS)) == []
    assert grown(Dose(2, 14), Dose(2, 8)) == [], "what has shrunk is no progress"
    assert grown(Dose(2, 14, 6.0, kg), Dose(2, 16, 4.0, kg)) == []
