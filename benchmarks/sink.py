"""A mail server that takes every mail, counts it and forgets it: `python -m benchmarks.sink` prints its port.

A process of its own, and quick: what is measured must never be this. `tally` asks a running one what it has taken.
"""

from __future__ import annotations

import asyncio
import resource
import smtplib
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_END: Final = b"\r\n.\r\n"
_REPLIES: Final = {
    b"MAIL": b"250 2.1.0 Ok\r\n",
    b"RCPT": b"250 2.1.5 Ok\r\n",
    b"RSET": b"250 2.0.0 Ok\r\n",
    b"NOOP": b"250 2.0.0 Ok\r\n",
    b"HELO": b"250 sink\r\n",
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250-SIZE 10485760\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """What a sink has taken since it was started. cpu_s: processor time it has spent."""

    mails: int
    octets: int
    cpu_s: float


class _Counts:
    mails = 0
    octets = 0


class _Sink(asyncio.Protocol):
    def __init__(self, counts: _Counts) -> None:
        self._counts = counts
        self._waiting = b""
        self._in_mail = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        waiting = self._waiting + data
        at = 0
        out = []
        while True:
            if self._in_mail:
                end = waiting.find(_END, at)
                if end < 0:
                    break
                self._counts.mails += 1
                self._counts.octets += end - at
                self._in_mail = False
                at = end + len(_END)
                out.append(b"250 2.0.0 Ok: queued\r\n")
                continue
            end = waiting.find(b"\r\n", at)
            if end < 0:
                break
            verb = waiting[at : at + 4].upper()
            at = end + 2
            if verb == b"DATA":
                # From this line's own end: an empty mail is a dot right after it.
                self._in_mail = True
                at -= 2
                out.append(b"354 Go\r\n")
            elif verb == b"QUIT":
                out.append(b"221 2.0.0 Bye\r\n")
                self._transport.write(b"".join(out))
                self._transport.close()
                return
            elif verb == b"TALL":
                out.append(b"250 %d %d %d\r\n" % (self._counts.mails, self._counts.octets, 1e6 * _cpu_s()))
            else:
                out.append(_REPLIES.get(verb, b"500 5.5.2 What\r\n"))
        self._waiting = waiting[at:]
        if out:
            self._transport.write(b"".join(out))


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def _serve() -> None:
    counts = _Counts()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Sink(counts), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Whoever started it holds the other end of its input: when that closes, in whatever way, it ends too.
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


@contextmanager
def sink() -> Iterator[int]:
    """The port of a running sink; it ends with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.sink"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        assert process.stdin is not None
        process.stdin.close()


def tally(port: int) -> Tally:
    """What the sink at this port of this machine has taken so far."""
    with smtplib.SMTP("127.0.0.1", port) as client:
        mails, octets, cpu_us = client.docmd("TALLY")[1].split()
    return Tally(int(mails), int(octets), int(cpu_us) / 1e6)


if __name__ == "__main__":
    asyncio.run(_serve())
