"""The questions of the sign-up form in the runner's words, in the order the page asks them."""

from __future__ import annotations

from coach.profile import Experience, Gear, Goal, RunKind, Screen
from language.tongue import marked, marked_as

EXPERIENCE = {
    Experience.NEW: marked("New to it"),
    Experience.SOME: marked("Some, now and then"),
    Experience.SEASONED: marked("Regular, for a year or more"),
}

GOALS = {
    Goal.HEALTH: marked("Run well and feel good"),
    Goal.PERFORMANCE: marked("Run faster"),
    Goal.RETURN: marked("Come back after a break or an injury"),
    Goal.TRAIL: marked("Trails and hills"),
}

RUNS = {
    RunKind.EASY: marked_as("run kind", "Easy"),
    RunKind.QUALITY: marked_as("run kind", "Hard"),
    RunKind.LONG: marked_as("run kind", "Long"),
}

SCREENS = {
    Screen.PREGNANT: marked("I am pregnant"),
    Screen.POSTPARTUM: marked(
        "I gave birth less than 12 weeks ago, or have leaking, heaviness, bleeding or pelvic pain since a birth"
    ),
    Screen.HEART: marked("I have been told of a heart condition, or get chest discomfort with effort"),
    Screen.BLOOD_PRESSURE: marked("My blood pressure is high, or I take medicine for it"),
    Screen.BONE: marked("I have osteoporosis, thin bones, or had a break after a small knock"),
    Screen.DIABETES: marked("I have diabetes"),
    Screen.SURGERY: marked("I had an operation, or an acute injury, in the last 12 weeks"),
}
"""docs/safety.md#screening"""

THINGS = {
    Gear.BENCH: marked("A bench"),
    Gear.BOX: marked("A sturdy box to step or jump on"),
    Gear.BLOCK: marked("A yoga block"),
}
"""What is there or not. What every home has (a chair, a stair, a towel) is not asked."""

WEIGHTS = {
    Gear.DUMBBELLS: marked("Dumbbells"),
    Gear.KETTLEBELLS: marked("Kettlebells"),
    Gear.BARBELL: marked("A barbell"),
    Gear.BACKPACK: marked("A backpack to fill"),
    Gear.MACHINE: marked("A leg press or other machine"),
    Gear.CABLE: marked("A cable tower"),
}
"""What is loaded, with the loads it can make."""

BANDS = {
    "light": marked_as("bands", "light"),
    "medium": marked_as("bands", "medium"),
    "strong": marked_as("bands", "strong"),
    "extra": marked_as("bands", "extra strong"),
}
"""The words of runner_fields.BAND_WORDS, as they stand on a band."""
