"""What is done once a page is answered: the mails that somebody waits for."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread
from starlette.background import BackgroundTask

if TYPE_CHECKING:
    from web.deps import Deps

AT_ONCE = 4
"""Posting in one process; a mail server may take seconds, and pages must not wait for their turn behind it."""

log = logging.getLogger("stridewell.web")


class Posting:
    """One for an app."""

    def __init__(self, deps: Deps) -> None:
        self._post = deps.post
        self._work_off = deps.work_off
        self._few = CapacityLimiter(AT_ONCE)

    def of(self, subscriber_id: int) -> BackgroundTask:
        """Post what waits for a runner."""
        return BackgroundTask(self._send, subscriber_id)

    def after(self, number: int) -> BackgroundTask:
        """Do what a request asks for, and post the mail that comes of it. number: of a request that is written down."""
        return BackgroundTask(self._do, number)

    async def _do(self, number: int) -> None:
        try:
            waits = await to_thread.run_sync(self._work_off, number)
        except Exception as error:  # noqa: BLE001 the page has been answered; the next delivery does it
            log.error("request %d waits for the next delivery: %s", number, type(error).__name__)  # noqa: TRY400 a traceback might show an address
            return
        if waits is not None:
            await self._send(waits)

    async def _send(self, subscriber_id: int) -> None:
        await to_thread.run_sync(self._post, subscriber_id, limiter=self._few)
