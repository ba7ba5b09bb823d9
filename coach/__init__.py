"""The training engine: pure, standard library only.

    progress = coach.start(profile, catalogue)
    week     = coach.next_week(profile, progress, catalogue, week_of=monday)
    rest     = coach.rest_of_week(profile, progress, week, said, catalogue)
    progress = coach.fold(profile, progress, rest.week, answers, catalogue)

`said` are the answers one by one, `answers` the same merged. Same inputs and version, same week, byte for byte.
"""

from coach.amending import rest_of_week
from coach.learning import fold, start
from coach.planning import ENGINE, next_week

__all__ = ["ENGINE", "fold", "next_week", "rest_of_week", "start"]
