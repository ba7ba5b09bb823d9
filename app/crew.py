"""A second process for large chunks: planning and writing are pure computing, and Python computes on one core a process.

The helper is this module run by itself. It has a house of its own, is given lots over a socket, and ends when the other end of that is closed.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from app.settings import Settings
    from app.wiring import House

WORTH_IT = 1000
"""Runners from which a helper pays: it needs most of a second to start, in which one process plans almost as many."""

AHEAD = 1
"""Lots that wait for this process at most, done by the helper: a hundred mails written are 5 MB."""

TURN_S = 0.0005
"""How long a thread of this process computes while another waits for its turn. With Python's 5 ms the helper sat idle for a tenth of
its time, waiting for the thread that hands it the next lot."""

_LENGTH = struct.Struct("!Q")

Result_co = TypeVar("Result_co", covariant=True)
Result = TypeVar("Result")


class Lot(Protocol[Result_co]):
    """Work that either process can do; it can be pickled, and so can its result. Done twice it does no harm."""

    def do(self, house: House) -> Result_co: ...


def share(house: House, lots: Sequence[Lot[Result]], *, runners: int) -> Iterator[Result]:
    """The result of every lot, in the order in which they get done; what follows on a result is done while the helper works.

    runners: in all lots together. With few of them, one core, or a database in memory, this process does it all.
    """
    helper = _helper(house.settings) if runners >= WORTH_IT and _cores() > 1 and _can_be_shared(house) else None
    if helper is None:
        for lot in lots:
            yield lot.do(house)
        return
    table = _Table(lots)
    turn_s = sys.getswitchinterval()
    sys.setswitchinterval(TURN_S)
    threading.Thread(target=helper.work, args=(table,), name="helper", daemon=True).start()
    try:
        while True:
            answer = table.answer(wait=False)
            if answer is None and (mine := table.take()) is not None:
                yield mine.do(house)
                continue
            if answer is None and (answer := table.answer(wait=True)) is None:
                return
            lot, octets = answer
            made: tuple[bool, Any] = (False, None) if octets is None else pickle.loads(octets)  # noqa: S301 from our own process
            # What the helper could not do is done here, where its error is seen.
            yield made[1] if made[0] else lot.do(house)
    finally:
        table.clear()
        sys.setswitchinterval(turn_s)


class _Table:
    """What two processes take from: lots to be done, and what the helper has done."""

    def __init__(self, lots: Sequence[Lot[Any]]) -> None:
        self._waiting = deque(lots)
        self._answers: Queue[tuple[Lot[Any], bytearray | None]] = Queue(AHEAD)
        self._lock = threading.Lock()
        self._out = 0

    def take(self, *, out: bool = False) -> Lot[Any] | None:
        """The next lot; None when there is none left. out: given to the helper, from which an answer comes back."""
        with self._lock:
            if not self._waiting:
                return None
            self._out += out
            return self._waiting.popleft()

    def put(self, lot: Lot[Any], octets: bytearray | None) -> None:
        self._answers.put((lot, octets))

    def answer(self, *, wait: bool) -> tuple[Lot[Any], bytearray | None] | None:
        """What came back from the helper: lot and, pickled, whether it is done and its result; None instead when the helper died.

        None when nothing has come back (wait: when nothing will).
        """
        with self._lock:
            if not self._out:
                return None
        try:
            found = self._answers.get(block=wait)
        except Empty:
            return None
        with self._lock:
            self._out -= 1
        return found

    def clear(self) -> None:
        """Leave what is not begun, and wait for what the helper has in hand."""
        with self._lock:
            self._waiting.clear()
        while self.answer(wait=True) is not None:
            pass


class _Helper:
    """The other process. Started at once; it says when it is ready."""

    def __init__(self, settings: Settings) -> None:
        self._link, theirs = socket.socketpair()
        with theirs:
            ourselves = [sys.executable, "-m", __name__]
            self._process = subprocess.Popen(ourselves, stdin=theirs.fileno())  # noqa: S603 our own module, no shell
        self._settings = settings
        self._lock = threading.Lock()
        self._ready = False
        self.fit = True

    def work(self, table: _Table) -> None:
        """Have lots done until there are none left. A helper that has died does no more: others do what it had in hand."""
        with self._lock:
            if not self._ready:
                self._ready = self._ask(self._settings) is not None
            while self.fit and (lot := table.take(out=True)) is not None:
                # Not unpickled here: megabytes made in ever new threads would never be given back to the system.
                table.put(lot, self._ask(lot))

    def _ask(self, what: object) -> bytearray | None:
        try:
            _send(self._link, what)
            return _receive(self._link)
        except Exception:  # noqa: BLE001 whatever ended it: this process does the work
            self.fit = False
            return None

    def close(self) -> None:
        """Let it end what it has in hand, and end."""
        self.fit = False
        self._link.close()
        self._process.wait()


def _send(link: socket.socket, what: object) -> None:
    octets = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    link.sendall(_LENGTH.pack(len(octets)) + octets)


def _receive(link: socket.socket) -> bytearray:
    """Raises EOFError when the other end is closed. One wait for all of it, not one for each piece: after each, a thread has to
    wait again until the others let go of the interpreter.
    """
    (length,) = _LENGTH.unpack(_whole(link, _LENGTH.size))
    return _whole(link, length)


def _whole(link: socket.socket, length: int) -> bytearray:
    octets = bytearray(length)
    view = memoryview(octets)
    while view:
        count = link.recv_into(view, flags=socket.MSG_WAITALL)
        if not count:
            raise EOFError
        view = view[count:]
    return octets


@lru_cache(maxsize=1)
def _started(settings: Settings) -> _Helper:
    helper = _Helper(settings)
    atexit.register(helper.close)
    return helper


def _helper(settings: Settings) -> _Helper | None:
    """The helper of this process, started when first needed and kept; None once it has died."""
    helper = _started(settings)
    return helper if helper.fit else None


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_be_shared(house: House) -> bool:
    elsewhere = house.engine.dialect.name != "sqlite" or house.engine.url.database not in {None, "", ":memory:"}
    return elsewhere and os.name == "posix"


def main() -> None:
    """The helper: settings first, then lots, as they come."""
    # Ctrl-C is for the process that started us; we end when it does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from app.wiring import build

    link = socket.socket(fileno=os.dup(0))
    house = build(pickle.loads(_receive(link)))  # noqa: S301 from the process that started us
    answer: tuple[bool, Any] = True, None
    while True:
        try:
            _send(link, answer)
            lot: Lot[object] = pickle.loads(_receive(link))  # noqa: S301 from the process that started us
        except (OSError, EOFError):
            return
        try:
            answer = True, lot.do(house)
        except Exception:  # noqa: BLE001 the process that asked does it again, and raises it where it is seen
            answer = False, None


if __name__ == "__main__":
    main()
