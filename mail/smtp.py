"""The transport: hands mails to a mail server, over a few connections that stay open, at a given rate.

    with Transport("smtp://relay.example:587?starttls=1", rate=50) as transport:
        for message, outcome in zip(messages, transport.send_batch(messages)):
            ...

No outcome of a mail is an exception: Accepted, Refused, TryLater or Unknown says what became of it.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from mail.outcomes import Outcome, TryLater, Unknown
from mail.rate import Rate
from mail.smtp_server import SmtpSettingsError, server
from mail.smtp_session import Lost, Message, Session

_PATIENCE: Final = 3
"""Mails in a row that a connection may lose to silence or 421 before it stops for this batch: a server that needs 30 s
to fail each of a thousand mails would hold them for hours."""


class Transport:
    """A way to one mail server. Use it in a `with` block; the block's end closes the connections.

    url: see mail.smtp_server.server. connections: how many are open at once at most. rate: mails a second for all of
    them, 0 for no limit. timeout_s: the longest wait for a connection or an answer; verdict_s: for the answer to a
    whole mail. helo: the name given in EHLO, by default this machine's. trust: a PEM file with further certificate
    authorities. clock, pause: for the rate. Raises SmtpSettingsError for a URL or trust file that cannot be used.
    """

    def __init__(
        self,
        url: str,
        *,
        connections: int = 4,
        rate: float = 0.0,
        timeout_s: float = 30.0,
        verdict_s: float = 120.0,
        helo: str = "",
        trust: Path | None = None,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self._server = server(url)
        self._connections = max(1, connections)
        self._rate = Rate(rate, clock=clock, pause=pause)
        self._timeout_s = timeout_s
        self._verdict_s = verdict_s
        self._helo = helo
        self._trust = trust
        self._context: ssl.SSLContext | None = None
        self._idle: deque[Session] = deque()
        self._entered = False

    def __enter__(self) -> Self:
        if self._server.security != "plain":
            self._context = _context(self._trust)
        self._helo = self._helo or socket.gethostname()
        self._entered = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered = False
        while self._idle:
            self._idle.pop().close()

    def send(self, message: Message) -> Outcome:
        """Hands over one mail."""
        return self.send_batch([message])[0]

    def send_batch(self, messages: Sequence[Message]) -> list[Outcome]:
        """Hands over mails and tells of each, in the order given, what became of it.

        A connection that cannot be made, or that fails three mails in a row, stops; mails that no connection is left
        for are TryLater.
        """
        if not self._entered:
            raise SmtpSettingsError("Transport: it is not open. Use it in a with block.")
        outcomes: dict[int, Outcome] = {}
        waiting = deque(range(len(messages)))
        failures: deque[TryLater] = deque()

        def work() -> None:
            session = self._take()
            try:
                self._work(session, messages, waiting, outcomes, failures)
            except BaseException:
                session.drop()  # in the middle of who knows what: never to be used again
                waiting.clear()  # the other connections end with the mail they have in hand
                raise
            finally:
                self._idle.append(session)

        threads = min(self._connections, len(messages))
        if threads == 1:
            work()
        elif threads:
            self._together(work, threads, waiting)
        return [outcomes[n] if n in outcomes else failures[-1] for n in range(len(messages))]

    def _work(
        self,
        session: Session,
        messages: Sequence[Message],
        waiting: deque[int],
        outcomes: dict[int, Outcome],
        failures: deque[TryLater],
    ) -> None:
        """One connection's share of a batch: takes places from `waiting` until there are none or it must stop."""
        setbacks = 0
        while waiting and setbacks < _PATIENCE:
            if not session.is_open:
                failure = session.open()
                if failure is not None:
                    failures.append(failure)
                    return
            try:
                place = waiting.popleft()
            except IndexError:  # another connection was quicker
                return
            outcome = outcomes[place] = self._post(session, messages[place])
            if isinstance(outcome, Unknown) or (isinstance(outcome, TryLater) and outcome.code in (0, 421)):
                setbacks += 1
                failures.append(TryLater(0, f"not tried: the mails before it failed: {outcome.text}"))
            else:
                setbacks = 0

    def _post(self, session: Session, message: Message) -> Outcome:
        """One mail over an open connection. If that turns out to be closed (idle for too long, or its share of mails is
        used up), over a new one; once only, and not after a time-out.
        """
        self._rate.take()
        answer = session.post(message)
        if isinstance(answer, Lost) and not answer.silent:
            failure = session.open()
            if failure is not None:
                return failure
            answer = session.post(message)
        return TryLater(answer.code, answer.text) if isinstance(answer, Lost) else answer

    def _take(self) -> Session:
        try:
            return self._idle.pop()
        except IndexError:
            return Session(
                self._server,
                context=self._context,
                helo=self._helo,
                timeout_s=self._timeout_s,
                verdict_s=self._verdict_s,
            )

    @staticmethod
    def _together(work: Callable[[], None], threads: int, waiting: deque[int]) -> None:
        with ThreadPoolExecutor(threads, thread_name_prefix="smtp") as pool:
            try:
                for done in [pool.submit(work) for _ in range(threads)]:
                    done.result()
            except BaseException:
                waiting.clear()  # Ctrl-C
                raise


def _context(trust: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if trust is not None:
        try:
            context.load_verify_locations(cafile=trust)
        except (OSError, ssl.SSLError) as error:
            raise SmtpSettingsError(
                f"The trusted certificates in {trust}: they cannot be read ({error}). Name a PEM file or leave the setting out."
            ) from error
    return context
