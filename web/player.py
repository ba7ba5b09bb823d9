"""What the pages to follow and the answer page share: the scripts, and how what was done passes from the one to the other.

The device keeps it (web/static/player/record.js) under a name that only these two pages know, and the answer page's script
posts it to be filled in. docs/adr/0014-routines-kept-on-the-phone.md
"""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import TYPE_CHECKING

import coach

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from coach.progress import Progress
    from models.training import Training
    from web.form import Fields
    from web.pages import Pages

FOLDER = "player"
FOLLOW, ANSWER = "follow.js", "answer.js"

HANDED_ON = frozenset({"effort", "sets", "amount", "left", "load", "switch", "swap"})
"""What the player may fill in, by the last part of a field's name: how a session was and what was done in it. Nothing of pain, no words."""


def scripts(pages: Pages) -> tuple[str, ...]:
    """The addresses of all that the player is made of."""
    return tuple(address for address in pages.modules(FOLDER) if not address.endswith(f"/{ANSWER}"))


def followed_key(subscriber_key: str, week_of: date) -> str:
    """The name of a runner's week on a device: the same for both pages, and no key to anything."""
    return blake2b(f"{subscriber_key} {week_of}".encode(), digest_size=9, person=b"followed").hexdigest()


def handed_on(fields: Fields) -> Fields:
    """What of a posted form the player may have filled in: `s0.effort`, `s0.split-squat.sets`."""
    return {
        name: values
        for name, values in fields.items()
        if name[:1] == "s" and name[1:].partition(".")[0].isdecimal() and name.rpartition(".")[2] in HANDED_ON
    }


def known_by_now(loaded: Training, catalogue: Catalogue) -> Progress:
    """Progress with all that was told and is not folded yet: pain told an hour ago must not be offered more of the same."""
    progress = loaded.progress or coach.start(loaded.profile, catalogue)
    for earlier, answers in loaded.unfolded:
        if not answers.silent:
            said = loaded.said[earlier.week_of]
            asked = coach.rest_of_week(loaded.profile, progress, earlier, said, catalogue).week
            progress = coach.fold(loaded.profile, progress, asked, answers, catalogue)
    return progress
