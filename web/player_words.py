"""What the player says of its own, in one language: on the screen, aloud, and to a screen reader. web/static/player/words.js puts it together.

Exercises, doses and rules come in words with their routine.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from language.tongue import marked, marked_as
from web.routines import COUNTED

if TYPE_CHECKING:
    from language.tongue import Tongue

_SAYS = {
    "left": marked("left side"),
    "right": marked("right side"),
    "spoken_seconds": marked("%(number)s seconds"),
    "spoken_minutes": marked("%(number)s minutes"),
    "minutes_left": marked("%(number)s min left"),
    "seconds_left": marked("%(number)s s left"),
    "of_sets": marked("%(set)s %(number)s of %(sets)s"),
    "set_done": marked("%(set)s done"),
    "first": marked("First"),
    "get_ready": marked("Get ready"),
    "well_done": marked("Well done"),
    "still_good": marked("Still good?"),
    "paused": marked("Paused"),
    "rest": marked("Rest"),
    "come_down": marked("Come down"),
    "walk_about": marked("Walk about until your breath is quiet."),
    "go_on_to": marked("Go on, to %(amount)s at most"),
    "then": marked("Then %(step)s: %(dose)s"),
    "last_step": marked("This is the last step"),
    "next_rest": marked("Next: rest, %(seconds)s s"),
    "next": marked("Next: %(step)s"),
    "next_switch": marked("Next: switch to the %(side)s"),
    "next_more": marked("Next: on to %(amount)s, if you can"),
    "on_to": marked("You may go on to %(number)s"),
    "say_warm_up": marked("Warm up, %(time)s."),
    "say_ready": marked("Next, %(exercise)s. %(side)s"),
    "say_switch": marked("Switch. %(side)s."),
    "say_rest": marked("Rest, %(time)s."),
    "say_then": marked("Then %(exercise)s."),
    "say_next_set": marked("Then the next set."),
    "last_rest": marked("Last rest. Walk about until your breath is quiet."),
    "the_most": marked("%(amount)s. That is the most: stop."),
    "how_many_left": marked("How many more could you have done?"),
    "how_much_longer": marked("How much longer could you have gone on?"),
    "left_hint": marked("It goes into your answer."),
    "as_planned": marked("As planned."),
    "with_planned": marked("%(dose)s, as planned"),
    "swap_title": marked("Not possible today? Do this instead:"),
    "done": marked("Done. %(routine)s is behind you."),
    "took_one": marked("%(routine)s, %(number)s minute from start to end."),
    "took": marked("%(routine)s, %(number)s minutes from start to end."),
    "swapped": marked("You did %(done)s in place of %(planned)s."),
    "handed_on": marked("What you did stands in your answer already: look it over, and one tap saves it."),
    "not_handed_on": marked("This browser keeps nothing: in your answer, under “set by set”, say what you did."),
    "go_on": marked("Go on"),
    "start": marked("Start"),
    "done_button": marked("Done"),
    "pause": marked("Pause"),
    "on_the_run": marked("On the run: %(cue)s"),
    "voice_on": marked("Voice on"),
    "bodyweight": marked("bodyweight"),
}
_BEATS = {
    "down": marked_as("tempo", "down"),
    "still": marked_as("tempo", "still"),
    "up": marked_as("tempo", "up"),
    "ready": marked_as("tempo", "ready"),
}
_UNITS = {
    "reps": marked("reps"),
    "landings": marked("landings"),
    "times": marked("times"),
    "seconds": marked("seconds"),
}


@lru_cache(maxsize=16)
def says(tongue: Tongue) -> dict[str, str | dict[str, str]]:
    """By name, each with the places that the script fills in as %(name)s. counted, units: by the unit of a move."""
    return {
        **{key: tongue.gettext(text) for key, text in _SAYS.items()},
        "beats": {key: tongue.pgettext("tempo", text) for key, text in _BEATS.items()},
        "units": {key: tongue.gettext(text) for key, text in _UNITS.items()},
        "counted": {key: tongue.gettext(text) for key, text in COUNTED.items()},
    }
