"""Keeps tokens and answers out of access logs: an address like /a/<token>?s=0&c=h is a key and a health answer at once."""

from __future__ import annotations

import logging
import re

from mail import links, tickets

_TOKEN = re.compile(rf"({'|'.join(map(re.escape, (*links.PATHS.values(), *tickets.PATHS.values())))})[^\s\"'<>]+")
_MASKED = r"\1…"


def mask(text: str) -> str:
    """The same text with the token, and all that follows it, taken out of every address of a signed link."""
    return _TOKEN.sub(_MASKED, text)


class MaskTokens(logging.Filter):
    """Masks tokens in a record's message and arguments; lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = mask(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(mask(a) if isinstance(a, str) else a for a in record.args)
        return True


def mask_access_log() -> None:
    """Put the filter on uvicorn's loggers; call it after uvicorn's own logging is configured. Twice is once."""
    for name in ("uvicorn.access", "uvicorn.error"):
        logger = logging.getLogger(name)
        if not any(isinstance(f, MaskTokens) for f in logger.filters):
            logger.addFilter(MaskTokens())
