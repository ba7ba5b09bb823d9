"""How one runner is told: in which language, with which words for reasons, loads and exercises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from coach.week import Reason
    from language.loads import Loads
    from language.tongue import Tongue

Say = Callable[["Reason"], str]
"""A reason as one sentence, in the runner's units and language."""


@dataclass(frozen=True, slots=True)
class Voice:
    """catalogue: in the runner's language. load: what makes a dose heavy, "12 kg dumbbells", "bodyweight", "medium band"."""

    tongue: Tongue
    catalogue: Catalogue
    say: Say
    load: Loads
