"""The embedded mailbox: a small SMTP server on loopback that keeps every mail as a file, so that nothing leaves the
machine.

A mail is kept byte for byte as it came, in `<Message-ID before the @>.eml`: what one opens there is what a runner would
have got, and two tries of one mail can be compared. The envelope is not part of a mail, so it stands beside it in
`<name>.json`, written first: a mail that is there has its envelope. A second arrival of a Message-ID becomes
`<name>-2.eml`: a mail posted twice shows.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import logging
import re
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from coach.errors import StridewellError
from mail.lines import LONGEST_LINE, fit
from mail.smtp_server import is_loopback

LARGEST_MAIL: Final = 10 * 1024 * 1024
"""Octets; offered as SIZE."""

_END: Final = b".\r\n"

_MESSAGE_ID = re.compile(rb"^message-id:\s*<?([^\s@<>]+)", re.IGNORECASE | re.MULTILINE)
_UNSAFE = re.compile(r"[^A-Za-z0-9._+-]+")


class MailboxError(StridewellError):
    """The mailbox cannot be opened; the message names the folder or address and the remedy."""


class Mailbox:
    """A mailbox in a folder. host: an address of this machine's loopback; port: 0 for any free one, then read `.port`.

    Several may share a folder. Mails survive the end of the process, not a power cut: nothing is forced to disk.
    """

    def __init__(self, folder: Path, host: str = "127.0.0.1", port: int = 0) -> None:
        if not is_loopback(host):
            raise MailboxError(
                f"Mailbox: {host} is not of this machine alone. Use 127.0.0.1 or ::1; it takes mail from anyone."
            )
        self.folder = folder
        self.host = host
        self.port = port
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stop: asyncio.Event | None = None

    @property
    def url(self) -> str:
        """What to give the transport, once started."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"smtp://{host}:{self.port}"

    def start(self) -> None:
        """Makes the folder, opens the port and serves in a thread of its own. Raises MailboxError when one of them
        cannot be had.
        """
        if self._thread is not None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise MailboxError(
                f"STRIDEWELL_MAILBOX: {self.folder} cannot be made ({error.strerror}). Name a folder that can be written."
            ) from error
        # aiosmtpd tells every address at INFO, under a name below ours.
        logging.getLogger("mail.log").setLevel(logging.WARNING)
        ready = threading.Event()
        failure: list[OSError] = []

        def serve() -> None:
            try:
                asyncio.run(self._serve(ready))
            except OSError as error:
                failure.append(error)
                ready.set()

        self._thread = threading.Thread(target=serve, name="mailbox", daemon=True)
        self._thread.start()
        ready.wait()
        if failure:
            self._thread.join()
            self._thread = None
            raise MailboxError(
                f"Mailbox: {self.host}:{self.port} cannot be opened ({failure[0].strerror}). Stop what uses it or choose another port."
            ) from failure[0]

    def stop(self) -> None:
        """Closes port and connections. The mails stay."""
        if self._thread is None or self._loop is None or self._stop is None:
            return
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self._thread = self._loop = self._stop = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    async def _serve(self, ready: threading.Event) -> None:
        loop = asyncio.get_running_loop()
        keeper = _Keeper(self.folder)
        connections = _Connections()
        server = await loop.create_server(lambda: _Connection(keeper, loop, connections), self.host, self.port)
        self.port = server.sockets[0].getsockname()[1]
        self._loop, self._stop = loop, asyncio.Event()
        ready.set()
        await self._stop.wait()
        server.close()
        await connections.hang_up()


class _Connections:
    """The open ones, so that stopping the mailbox leaves no socket behind."""

    def __init__(self) -> None:
        self._open: set[asyncio.BaseTransport] = set()
        self._none = asyncio.Event()

    def add(self, transport: asyncio.BaseTransport) -> None:
        self._open.add(transport)

    def remove(self, transport: asyncio.BaseTransport) -> None:
        self._open.discard(transport)
        if not self._open:
            self._none.set()

    async def hang_up(self) -> None:
        if self._open:
            self._none.clear()
            for transport in tuple(self._open):
                transport.close()
            await self._none.wait()


class _Connection(SMTP):
    """One client. DATA is read in pieces as they come, not line by line: ten times as fast for a mail of 600 lines."""

    line_length_limit = 2**16
    """Octets the stream holds back for; the length of lines is looked at by `_Keeper`."""

    def __init__(self, keeper: _Keeper, loop: asyncio.AbstractEventLoop, connections: _Connections) -> None:
        super().__init__(
            keeper,
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            hostname="stridewell.localhost",
            ident="Stridewell mailbox",
            loop=loop,
        )
        self._connections = connections

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._connections.add(transport)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        transport = self.transport
        super().connection_lost(error)
        if transport is not None:
            self._connections.remove(transport)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.envelope is None or not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 RCPT comes first")
            return
        if arg:
            await self.push("501 5.5.4 DATA stands alone")
            return
        await self.push("354 go ahead, end with a dot")
        data = await self._read_data()
        if data is None:
            await self.push(f"552 5.3.4 more than {LARGEST_MAIL} octets")
        elif not fit(data):
            await self.push(f"550 5.6.0 a line of more than {LONGEST_LINE} octets")
        else:
            self.envelope.content = self.envelope.original_content = data
            await self.push(await self._call_handler_hook("DATA"))
        self.envelope = Envelope()

    async def _read_data(self) -> bytes | None:
        """The mail up to its final dot, without it and without stuffed dots; None when it was too much."""
        data = bytearray()
        too_much = False
        while not (data.endswith(_END) and (len(data) == len(_END) or data.endswith(b"\r\n" + _END))):
            try:
                data += await self._reader.readuntil(_END)
            except asyncio.LimitOverrunError as error:
                data += await self._reader.read(error.consumed)
            if len(data) > 2 * LARGEST_MAIL:
                too_much = True
                del data[: -len(_END) - 2]
        del data[-len(_END) :]
        unstuffed = bytes(data[1:] if data.startswith(b".") else data).replace(b"\r\n.", b"\r\n")
        return None if too_much or len(unstuffed) > LARGEST_MAIL else unstuffed


class _Keeper:
    """What aiosmtpd calls for each connection and mail; all in one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", "250-ENHANCEDSTATUSCODES", *responses[1:]]

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        data = envelope.original_content or b""
        about = json.dumps({"sender": envelope.mail_from, "recipients": envelope.rcpt_tos}).encode()
        try:
            name = self._keep(_name(data), data, about)
        except OSError as error:
            return f"452 4.3.1 the mail cannot be kept: {error.strerror}"
        return f"250 2.0.0 kept as {name}"

    def _keep(self, wanted: str, data: bytes, about: bytes) -> str:
        """Writes mail and envelope under the first free name and returns it. The mail is there whole or not at all.

        The unfinished file is the claim to a name: another mailbox on this folder that wants it too takes the next one.
        """
        for arrival in itertools.count(1):
            name = wanted if arrival == 1 else f"{wanted}-{arrival}"
            kept, unfinished = self._folder / f"{name}.eml", self._folder / f".{name}.part"
            if kept.exists():
                continue
            try:
                file = unfinished.open("xb")
            except FileExistsError:
                continue
            try:
                with file:
                    file.write(data)
                if kept.exists():  # finished by the other one since we looked
                    continue
                (self._folder / f"{name}.json").write_bytes(about)
                unfinished.replace(kept)
            finally:
                unfinished.unlink(missing_ok=True)
            return name
        raise AssertionError


def _name(data: bytes) -> str:
    """A safe file name from the Message-ID; one that had to be changed gets a part of its hash, so that no two ids
    share a name.
    """
    head, _, _ = data.partition(b"\r\n\r\n")
    found = _MESSAGE_ID.search(head)
    if found is None:
        return "no-message-id"
    wanted = found[1].decode("ascii", "replace")
    safe = _UNSAFE.sub("_", wanted).lstrip(".")[:120]
    if safe == wanted:
        return safe
    return f"{safe or 'odd'}.{hashlib.blake2s(found[1], digest_size=4).hexdigest()}"
