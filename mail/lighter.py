"""The same weekly letter with less and less in it, for weeks whose mail would be too heavy.

What is left out stands in the text part, on the page of the week and, for the most part, in the routine to follow. Doses, cues and when
to stop stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from mail.letter import WeeklyLetter

_LEFT_OUT: Final[tuple[dict[str, Any], ...]] = ({"how": ""}, {"why": ""}, {"running": ""}, {"picture": None})
"""Of the exercises of a session, one after the other."""


def versions(letter: WeeklyLetter) -> Iterator[WeeklyLetter]:
    """The letter itself, then each time a little less of it: the last session, which is the farthest off, gives up first."""
    yield letter
    for left_out in _LEFT_OUT:
        for n in reversed(range(len(letter.sessions))):
            session = letter.sessions[n]
            exercises = tuple(replace(e, **left_out) for e in session.exercises)
            if exercises == session.exercises:
                continue
            brief = replace(session, exercises=exercises, brief=session.brief or "how" in left_out)
            letter = replace(letter, sessions=(*letter.sessions[:n], brief, *letter.sessions[n + 1 :]))
            yield letter
    if letter.stretch is not None:
        lines = tuple(replace(line, why="", cue="") for line in letter.stretch.lines)
        yield replace(letter, stretch=replace(letter.stretch, lines=lines))
