"""The words a runner agrees to, kept word for word with the day and their version. A change of the words, or of their translation, is a new version."""

from __future__ import annotations

from language.tongue import marked

VERSION = "2026-11"

TEXT = marked(
    "I agree that Stridewell keeps my address and what I tell about my health (pain, soreness, injuries, screening "
    "answers) to make my training programme. I can take this back and have it erased at any time."
)
