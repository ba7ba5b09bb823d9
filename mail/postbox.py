"""Where mails come back to: an IMAP mailbox, or a Maildir that a mail server delivers into.

What has been read is deleted there, as it holds runners' addresses and often their mail; what waits for a person stays, with
a flag that every mail program shows and that keeps it from being read again.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import unquote, urlsplit

from coach.errors import StridewellError
from mail.returns import LARGEST
from mail.smtp_server import is_loopback

PATIENCE_S: Final = 60.0
"""How long a server may take for one answer."""

_EXAMPLE: Final = "Write imaps://user:password@host/INBOX or maildir:/a/folder."

_FLAGS = re.compile(r":2,([A-Z]*)$")


class PostboxError(StridewellError):
    """The mailbox cannot be used. The message never repeats the URL: it may hold a password."""


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """tls: from the first byte; else STARTTLS is demanded, but on this machine."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    folder: str


class Postbox(Protocol):
    """Mails that have come back, each known by the place it lies at."""

    def waiting(self) -> list[str]:
        """The places of mails that nobody has looked at, oldest first."""

    def fetch(self, place: str) -> bytes | None:
        """The mail, at most LARGEST octets of it; nothing of one that we may not read; None when it has gone meanwhile."""

    def done(self, place: str) -> None:
        """It has been read: delete it."""

    def keep(self, place: str) -> None:
        """It waits for a person: flag it."""


def account(url: str) -> ImapAccount | Path:
    """What a URL names: imaps://user:password@host:993/folder, imap:// (with STARTTLS), or maildir:folder. Raises PostboxError."""
    if url.startswith("maildir:"):
        folder = url.removeprefix("maildir:").removeprefix("//")
        if not folder.strip("/"):
            raise _wrong("it names no folder")
        return Path(folder)
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        user, password = unquote(parts.username or "", errors="strict"), unquote(parts.password or "", errors="strict")
        folder = unquote(parts.path.strip("/"), errors="strict") or "INBOX"
    except ValueError:
        raise _wrong("it is not a URL (perhaps a character of the password wants a % escape)") from None
    if parts.scheme not in ("imaps", "imap"):
        raise _wrong("it begins with none of imaps://, imap:// and maildir:")
    if not host or port == 0 or parts.query or parts.fragment or any(c.isspace() for c in url):
        raise _wrong("it names no host, or something stands behind the folder (a space is written %20)")
    if not user or not password:
        raise _wrong("it lacks user or password")
    if not (user + password + folder).isascii() or not (user + password + folder).isprintable():
        raise _wrong("user, password and folder are plain ASCII")
    if any(c in '"\\' for c in user + folder) or " " in user:
        raise _wrong("the user has a space, or user or folder a quotation mark or a backslash")
    tls = parts.scheme == "imaps"
    return ImapAccount(host, port or (993 if tls else 143), tls, user, password, folder)


@contextlib.contextmanager
def opened(url: str, home: Path) -> Iterator[Postbox]:
    """The mailbox a URL names, closed at the end. home: where a relative folder starts. Raises PostboxError."""
    match account(url):
        case Path() as folder:
            yield Maildir(home / folder.expanduser())
        case found:
            with _answering(found):
                box = Imap(found)
            try:
                yield box
            finally:
                box.close()


class Maildir:
    """A Maildir. A folder that is not there yet is empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def waiting(self) -> list[str]:
        try:
            found = [path for part in ("new", "cur") for path in self._files(part) if not self._is_kept(path)]
            ages = sorted((path.stat().st_mtime_ns, path) for path in found)
        except OSError as error:
            raise PostboxError(
                f"STRIDEWELL_RETURNS_URL: {self._folder} cannot be read ({error.strerror}). Check the folder and your right to it."
            ) from None
        return [path.relative_to(self._folder).as_posix() for _, path in ages]

    def fetch(self, place: str) -> bytes | None:
        try:
            with (self._folder / place).open("rb") as file:
                return file.read(LARGEST)
        except FileNotFoundError:
            return None
        except OSError:
            return b""

    def done(self, place: str) -> None:
        (self._folder / place).unlink(missing_ok=True)

    def keep(self, place: str) -> None:
        """Moves it to cur/, flagged and seen, as a mail program would."""
        there = self._folder / place
        cur = self._folder / "cur"
        cur.mkdir(exist_ok=True)
        flags = set(found[1]) if (found := _FLAGS.search(there.name)) else set()
        name = f"{_FLAGS.sub('', there.name)}:2,{''.join(sorted(flags | {'F', 'S'}))}"
        with contextlib.suppress(FileNotFoundError):
            there.rename(cur / name)

    def _files(self, part: str) -> list[Path]:
        folder = self._folder / part
        return [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []

    @staticmethod
    def _is_kept(path: Path) -> bool:
        found = _FLAGS.search(path.name)
        return path.name.startswith(".") or (found is not None and "F" in found[1])


class Imap:
    """A mailbox on an IMAP server. Places are UIDs, like "UID 17". Every method raises PostboxError when the server fails."""

    def __init__(self, at: ImapAccount) -> None:
        self._at = at
        context = ssl.create_default_context()
        self._server = (
            imaplib.IMAP4_SSL(at.host, at.port, ssl_context=context, timeout=PATIENCE_S)
            if at.tls
            else imaplib.IMAP4(at.host, at.port, timeout=PATIENCE_S)
        )
        try:
            if not at.tls and not is_loopback(at.host):
                self._server.starttls(context)
            self._server.login(at.user, at.password)
            self._do("SELECT", self._server.select(f'"{at.folder}"'))
        except Exception:
            self.close()
            raise

    def waiting(self) -> list[str]:
        with _answering(self._at):
            found = self._do("SEARCH", self._server.uid("SEARCH", "UNFLAGGED", "UNDELETED"))
        return [f"UID {uid}" for uid in sorted(int(uid) for uid in (found[0] or b"").split())]

    def fetch(self, place: str) -> bytes | None:
        with _answering(self._at):
            found = self._do("FETCH", self._server.uid("FETCH", _uid(place), f"(BODY.PEEK[]<0.{LARGEST}>)"))
        return next((bytes(part[1]) for part in found if isinstance(part, tuple)), None)

    def done(self, place: str) -> None:
        with _answering(self._at):
            self._do("STORE", self._server.uid("STORE", _uid(place), "+FLAGS.SILENT", r"(\Deleted)"))
            if "UIDPLUS" in self._server.capabilities:
                self._do("EXPUNGE", self._server.uid("EXPUNGE", _uid(place)))

    def keep(self, place: str) -> None:
        with _answering(self._at):
            self._do("STORE", self._server.uid("STORE", _uid(place), "+FLAGS.SILENT", r"(\Flagged \Seen)"))

    def close(self) -> None:
        """Says goodbye. On servers that cannot delete single mails, all that are marked as deleted go now."""
        with contextlib.suppress(imaplib.IMAP4.error, OSError):
            if self._server.state == "SELECTED":
                self._server.close()
            self._server.logout()

    def _do(self, command: str, answer: tuple[str, list[Any]]) -> list[Any]:
        said, data = answer
        if said != "OK":
            raise PostboxError(
                f"STRIDEWELL_RETURNS_URL: {self._at.host} refuses {command}. "
                "Check that the folder is there and that this user may change it."
            )
        return data


@contextlib.contextmanager
def _answering(at: ImapAccount) -> Iterator[None]:
    """What goes wrong between us and the server, as one kind of error; the server's words may hold the user's name."""
    try:
        yield
    except imaplib.IMAP4.error:
        raise PostboxError(
            f"STRIDEWELL_RETURNS_URL: {at.host} does not let us in or breaks off. "
            "Check user and password, and with a mail program whether the mailbox opens."
        ) from None
    except OSError as error:
        raise PostboxError(
            f"STRIDEWELL_RETURNS_URL: {at.host}, port {at.port}, cannot be reached ({type(error).__name__}). "
            "Check host and port, and that the server runs."
        ) from None


def _uid(place: str) -> str:
    return place.removeprefix("UID ")


def _wrong(rule: str) -> PostboxError:
    return PostboxError(f"STRIDEWELL_RETURNS_URL: {rule}. {_EXAMPLE}")
