"""Mails a second, kept by all connections together."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock


class Rate:
    """A token bucket: `take` waits until the next mail may go. Safe to share between threads.

    per_s: mails a second, 0 for no limit. burst: how many may go at once after a quiet time. clock: seconds that only
    grow; pause: waits for so many seconds.
    """

    __slots__ = ("_clock", "_due", "_gap_s", "_lock", "_pause", "_slack_s")

    def __init__(
        self, per_s: float, *, clock: Callable[[], float], pause: Callable[[float], object], burst: int = 1
    ) -> None:
        self._gap_s = 1 / per_s if per_s > 0 else 0.0
        self._slack_s = self._gap_s * (burst - 1)
        self._clock = clock
        self._pause = pause
        self._lock = Lock()
        self._due = float("-inf")

    def take(self) -> None:
        if not self._gap_s:
            return
        with self._lock:
            now = self._clock()
            turn = max(self._due, now - self._slack_s)
            self._due = turn + self._gap_s
        if turn > now:
            self._pause(turn - now)
