"""The training engine: pure, standard library only.

    progress = coach.start(profile, catalogue)
    week     = coach.next_week(profile, progress, catalogue, week_of=monday)
    progress = coach.fold(profile, progress, week, answers, catalogue)

Same inputs and version, same week, byte for byte.
"""

from coach.learning import fold, start
from coach.planning import ENGINE, next_week

__all__ = ["ENGINE", "fold", "next_week", "start"]
