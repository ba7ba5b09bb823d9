"""What this machine can do at this moment: to read figures of a shared, noisy machine by."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from app import delivery, weekly
from benchmarks import runners
from benchmarks.sink import tally
from benchmarks.stores import open_house
from models import training
from models.claims import Claimed

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROUNDS = 4_000
_KINDS = 200


def yard_s() -> float:
    """Seconds that a fixed piece of plain Python takes: the best of three, some milliseconds each.

    Dictionaries, text, floats and calls, as in planning and writing; nothing of Stridewell.
    """
    return min(_one_yard() for _ in range(3))


def _one_yard() -> float:
    began = perf_counter()
    words: dict[str, float] = {}
    for n in range(_ROUNDS):
        key = f"{n % 97} kg"
        words[key] = max(words.get(key, 0.0), _step(n)) + len(key.partition(" ")[0])
    "\r\n".join(f"<td>{key}: {value:g}</td>" for key, value in sorted(words.items())).encode("ascii")
    return perf_counter() - began


def _step(n: int) -> float:
    return (n % 31) * 1.025 if n % 3 else n / 7


@dataclass(frozen=True, slots=True)
class Blast:
    """mails_per_s: what the loopback and the sink carry. octets: of a mail, on average. sink_us: of the sink's processor a mail."""

    mails_per_s: float
    octets: int
    sink_us: float


def blast(url: str, smtp_port: int, count: int, connections: int = 2) -> Blast:
    """Post prepared weekly mails as fast as sockets take them: the ceiling of everything that is measured here.

    Each mail goes out in one write with the envelope of the next, and nobody looks at what the answers say.
    """
    kinds = _mails(url)
    mails = [kinds[n % len(kinds)] for n in range(count)]
    before = tally(smtp_port)
    threads = [threading.Thread(target=_pour, args=(smtp_port, mails[n::connections])) for n in range(connections)]
    began = perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = perf_counter() - began
    after = tally(smtp_port)
    assert after.mails - before.mails == count
    return Blast(count / took, sum(map(len, mails)) // count, 1e6 * (after.cpu_s - before.cpu_s) / count)


def _mails(url: str) -> list[bytes]:
    """Real weekly mails of a filled database, which stays as it is."""
    house = open_house(url)
    with house.sessions() as session:
        loaded = training.load(session, weekly.without_plan(house, runners.SECOND_WEEK)[:_KINDS])
    mails = []
    for runner in loaded:
        week = weekly.ahead(runner, house.catalogue, runners.SECOND_WEEK).week
        row = Claimed(1, runner.subscriber, week.week_of, "weekly", "weekly.1", house.clock(), 1, week)
        # As it goes over the wire: a dot that begins a line is doubled.
        mails.append(delivery.message(house, row).data.replace(b"\n.", b"\n.."))
    house.close()
    return mails


def _pour(port: int, mails: Sequence[bytes]) -> None:
    envelope = b"MAIL FROM:<b+1.0123456789@example.org> SIZE=30000\r\nRCPT TO:<runner@example.org>\r\nDATA\r\n"
    with socket.create_connection(("127.0.0.1", port)) as link:
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        replies = link.makefile("rb")
        replies.readline()
        link.sendall(b"HELO blast\r\n" + envelope)
        replies.readline()
        for mail in mails:
            for _ in range(3):
                replies.readline()
            link.sendall(mail + b"\r\n.\r\n" + envelope)
            replies.readline()
