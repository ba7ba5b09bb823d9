"""Mail servers that behave, and ones that misbehave on purpose."""

from __future__ import annotations

import asyncio
import ipaddress
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Arrived:
    sender: str
    recipients: list[str]
    options: list[str]
    content: bytes


@dataclass
class Behaviour:
    """What a server does. mail, rcpt, data: called as coroutines with (server, address or None); their text is the
    reply, None is yes.
    """

    pipelining: bool = True
    mail: Callable | None = None
    rcpt: Callable | None = None
    data: Callable | None = None
    arrived: list[Arrived] = field(default_factory=list)
    greetings: int = 0

    async def handle_EHLO(self, _server, session, _envelope, hostname, responses):  # noqa: N802
        self.greetings += 1
        session.host_name = hostname
        return [responses[0], *(["250-PIPELINING"] if self.pipelining else []), *responses[1:]]

    async def handle_MAIL(self, server, _session, envelope, address, options):  # noqa: N802
        no = await self.mail(server, address) if self.mail else None
        if no is None:
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return no or "250 2.1.0 OK"

    async def handle_RCPT(self, server, _session, envelope, address, _options):  # noqa: N802
        no = await self.rcpt(server, address) if self.rcpt else None
        if no is None:
            envelope.rcpt_tos.append(address)
        return no or "250 2.1.5 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        no = await self.data(server, None) if self.data else None
        if no is None:
            came = Arrived(envelope.mail_from, envelope.rcpt_tos, envelope.mail_options, envelope.original_content)
            self.arrived.append(came)
        return no or f"250 2.0.0 taken as {len(self.arrived)}"


def says(text: str) -> Callable:
    async def reply(server, address):
        return text

    return reply


def says_and_closes(text: str) -> Callable:
    async def reply(server, address):
        await server.push(text)
        server.transport.close()
        await asyncio.Event().wait()

    return reply


async def hangs(server, address):
    await asyncio.Event().wait()


async def hangs_up(server, address):
    server.transport.abort()
    await asyncio.Event().wait()


class Running:
    """A server in a thread. port: where. hang_up() closes every open connection without a word, stop_listening() the
    port.
    """

    def __init__(self) -> None:
        self.port = 0
        self.transports: set[asyncio.BaseTransport] = set()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.enough: asyncio.Event | None = None
        self.listening: asyncio.Server | None = None

    def hang_up(self) -> None:
        def close() -> None:
            for transport in tuple(self.transports):
                transport.abort()

        self._do(close)

    def stop_listening(self) -> None:
        self._do(self.listening.close)

    def _do(self, action: Callable[[], None]) -> None:
        done = threading.Event()
        self.loop.call_soon_threadsafe(action)
        self.loop.call_soon_threadsafe(self.loop.call_soon, done.set)
        done.wait()


@contextmanager
def running(protocol: Callable[[asyncio.AbstractEventLoop], asyncio.Protocol], *, ssl=None) -> Iterator[Running]:
    server, ready = Running(), threading.Event()

    def tracked() -> asyncio.Protocol:
        made = protocol(server.loop)
        connected, lost = made.connection_made, made.connection_lost

        mine: set[asyncio.BaseTransport] = set()

        def connection_made(transport):
            mine.add(transport)
            server.transports.add(transport)
            connected(transport)

        def connection_lost(error):
            server.transports -= mine
            lost(error)

        made.connection_made, made.connection_lost = connection_made, connection_lost
        return made

    async def serve() -> None:
        server.loop, server.enough = asyncio.get_running_loop(), asyncio.Event()
        server.listening = await server.loop.create_server(tracked, "127.0.0.1", 0, ssl=ssl)
        server.port = server.listening.sockets[0].getsockname()[1]
        ready.set()
        await server.enough.wait()
        server.listening.close()
        for transport in tuple(server.transports):
            transport.abort()
        await asyncio.sleep(0.02)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield server
    finally:
        server.loop.call_soon_threadsafe(server.enough.set)
        thread.join()


@contextmanager
def a_server(behaviour: Behaviour, *, ssl=None, kind: type[SMTP] = SMTP, **options) -> Iterator[Running]:
    """A real aiosmtpd server. ssl: TLS from the first byte; further options go to aiosmtpd."""
    options = {"enable_SMTPUTF8": True, "hostname": "server.test", **options}
    with running(lambda loop: kind(behaviour, loop=loop, **options), ssl=ssl) as server:
        yield server


class _Parrot(asyncio.Protocol):
    """Says line after line of a script: each one when what it waits for has come."""

    def __init__(self, script: list[tuple[bytes, bytes | None]]) -> None:
        self.script = list(script)
        self.heard = b""

    def connection_made(self, transport):
        self.transport = transport
        self.say()

    def data_received(self, data):
        self.heard += data
        self.say()

    def say(self):
        while self.script and self.script[0][0].lower() in self.heard.lower():
            awaited, line = self.script.pop(0)
            self.heard = self.heard[self.heard.lower().index(awaited.lower()) + len(awaited) :]
            if line is None:
                self.transport.close()
            else:
                self.transport.write(line)


@contextmanager
def a_script(*script: tuple[bytes, bytes | None]) -> Iterator[Running]:
    """A server that is only a script of (awaited, said) pairs; None hangs up."""
    with running(lambda _loop: _Parrot([*script, (b"QUIT\r\n", b"221 bye\r\n")])) as server:
        yield server


def lets_in(user: bytes, password: bytes) -> Callable:
    def authenticator(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (user, password), handled=False)

    return authenticator


def a_certificate(folder: Path, name: str = "127.0.0.1") -> tuple[Path, Path]:
    """A self-signed certificate for an address and its key, as PEM files."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(name))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate_file, key_file
