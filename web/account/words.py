"""The questions of the sign-up form in the runner's words, in the order the page asks them."""

from __future__ import annotations

from coach.profile import Experience, Gear, Goal, RunKind, Screen

EXPERIENCE = {
    Experience.NEW: "New to it",
    Experience.SOME: "Some, now and then",
    Experience.SEASONED: "Regular, for a year or more",
}

GOALS = {
    Goal.HEALTH: "Run well and feel good",
    Goal.PERFORMANCE: "Run faster",
    Goal.RETURN: "Come back after a break or an injury",
    Goal.TRAIL: "Trails and hills",
}

RUNS = {
    RunKind.EASY: "Easy",
    RunKind.QUALITY: "Hard",
    RunKind.LONG: "Long",
}

SCREENS = {
    Screen.PREGNANT: "I am pregnant",
    Screen.POSTPARTUM: "I gave birth less than 12 weeks ago, or have leaking, heaviness, bleeding or pelvic pain since a birth",
    Screen.HEART: "I have been told of a heart condition, or get chest discomfort with effort",
    Screen.BLOOD_PRESSURE: "My blood pressure is high, or I take medicine for it",
    Screen.BONE: "I have osteoporosis, thin bones, or had a break after a small knock",
    Screen.DIABETES: "I have diabetes",
    Screen.SURGERY: "I had an operation, or an acute injury, in the last 12 weeks",
}
"""docs/safety.md#screening"""

THINGS = {
    Gear.BENCH: "A bench",
    Gear.BOX: "A sturdy box to step or jump on",
    Gear.BLOCK: "A yoga block",
}
"""What is there or not. What every home has (a chair, a stair, a towel) is not asked."""

WEIGHTS = {
    Gear.DUMBBELLS: "Dumbbells",
    Gear.KETTLEBELLS: "Kettlebells",
    Gear.BARBELL: "A barbell",
    Gear.BACKPACK: "A backpack to fill",
    Gear.MACHINE: "A leg press or other machine",
    Gear.CABLE: "A cable tower",
}
"""What is loaded, with the loads it can make."""

BANDS = {"light": "light", "medium": "medium", "strong": "strong", "extra": "extra strong"}
"""The words of runner_fields.BAND_WORDS, as they stand on a band."""
