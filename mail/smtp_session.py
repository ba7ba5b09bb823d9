"""One connection to a mail server, kept open from mail to mail, and what it says about each.

smtplib does the connecting, TLS and login. The envelope is ours: with PIPELINING it goes in one write, a third of the
round trips.
"""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
from dataclasses import dataclass

from mail.addresses import is_plain, with_ascii_domain
from mail.lines import crlf
from mail.outcomes import Accepted, Outcome, Refused, TryLater, Unknown
from mail.smtp_server import Server

_GOODBYE_S = 2.0
"""Seconds to wait for the answer to QUIT; nothing depends on it."""

_LOGIN_CODES = frozenset({530, 534, 535, 538})
"""Replies about us and not about the mail: login or encryption is wanted (RFC 4954). A mended setting lets the same
mail through."""

_LONGEST_TEXT = 500
"""Characters of a reply that are kept."""


@dataclass(frozen=True, slots=True)
class Message:
    """sender, recipient: the envelope's addresses; an empty sender is the null path of a reply to no one. data: header
    and body.
    """

    sender: str
    recipient: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection ended before the mail's final dot was sent. code: 421 or 0; silent: it ended because no answer
    came in time.
    """

    code: int
    text: str
    silent: bool


class _Gone(Exception):
    """Ends a conversation; becomes Lost at the session's edge."""

    def __init__(self, code: int, text: str, *, silent: bool = False) -> None:
        super().__init__(text)
        self.lost = Lost(code, text, silent)


class Session:
    """A connection, closed at first. Belongs to one thread at a time.

    timeout_s: the longest wait for any answer; verdict_s: for the answer to the whole mail, longer because giving up
    there leaves a mail of which nobody knows whether it arrived (RFC 5321 section 4.5.3.2.6 asks for ten minutes).
    """

    def __init__(
        self, server: Server, *, context: ssl.SSLContext | None, helo: str, timeout_s: float, verdict_s: float
    ) -> None:
        self._server = server
        self._context = context
        self._helo = helo
        self._timeout_s = timeout_s
        self._verdict_s = verdict_s
        self._smtp: smtplib.SMTP | None = None

    @property
    def is_open(self) -> bool:
        return self._smtp is not None and self._smtp.sock is not None

    def open(self) -> TryLater | None:
        """Connects, encrypts, logs in. None when ready; a server that cannot be used is nothing against the mail, so:
        TryLater.
        """
        where = str(self._server)
        try:
            self._connect()
        except smtplib.SMTPNotSupportedError as error:
            failure = TryLater(0, f"{where} does not offer what STRIDEWELL_SMTP_URL asks for: {error}")
        except smtplib.SMTPResponseException as error:
            failure = TryLater(error.smtp_code, _one_line(error.smtp_error) or f"{where} refused the connection")
        except ssl.SSLCertVerificationError as error:
            failure = TryLater(0, f"{where} shows a certificate that is not trusted: {error.verify_message}")
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            silent = f"it did not answer within {self._timeout_s:g} s"
            failure = TryLater(0, f"{where} cannot be reached: {silent if _timed_out(error) else error}")
        else:
            return None
        self.drop()
        return failure

    def post(self, message: Message) -> Outcome | Lost:
        """Hands over one mail. After anything that leaves the conversation unclear the connection is closed."""
        smtp = self._smtp
        if smtp is None:
            return Lost(0, "the connection is not open", silent=False)
        data = crlf(message.data)
        envelope = _envelope(smtp, message, data)
        if isinstance(envelope, Refused):
            return envelope
        wire = data.replace(b"\n.", b"\n..")
        if wire.startswith(b"."):
            wire = b"." + wire
        try:
            no = _ask(smtp, envelope)
            if no is not None:
                return no
            # One write: an error here means that its last octets, the final dot, never left.
            _write(smtp, wire + b".\r\n")
        except _Gone as gone:
            self.drop()
            return gone.lost
        verdict = self._verdict(smtp)
        if isinstance(verdict, Unknown) or (isinstance(verdict, TryLater) and verdict.code == 421):
            self.drop()
        return verdict

    def close(self) -> None:
        """Says goodbye and closes."""
        if self._smtp is not None and self._smtp.sock is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self._smtp.sock.settimeout(_GOODBYE_S)
                self._smtp.quit()
        self.drop()

    def drop(self) -> None:
        """Closes without a word."""
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None

    def _connect(self) -> None:
        server = self._server
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, self._helo, timeout=self._timeout_s, context=self._context
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, self._helo, timeout=self._timeout_s)
        self._smtp = smtp
        if smtp.sock is not None:
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if server.security == "starttls":
            smtp.starttls(context=self._context)
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)

    def _verdict(self, smtp: smtplib.SMTP) -> Outcome:
        """The answer to the final dot."""
        sock = smtp.sock
        if sock is None:
            return Unknown("the connection was closed before the answer")
        sock.settimeout(self._verdict_s)
        try:
            code, reply = smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            if _timed_out(error):
                return Unknown(f"no answer within {self._verdict_s:g} s after the whole mail was sent")
            return Unknown(f"the connection ended after the whole mail was sent and before the answer: {error}")
        text = _one_line(reply)
        sock.settimeout(self._timeout_s)
        if 200 <= code < 300:
            return Accepted(text)
        if 400 <= code < 600:
            return _no(code, text)
        return Unknown(f"an answer that makes no sense after the whole mail was sent: {code} {text}")


def _envelope(smtp: smtplib.SMTP, message: Message, data: bytes) -> tuple[bytes, bytes, bytes] | Refused:
    """The three commands before the mail, or why this server cannot take it, in the codes that it would use itself."""
    if not is_plain(message.recipient):
        return Refused(553, "5.1.3 the recipient is not an e-mail address")
    if message.sender and not is_plain(message.sender):
        return Refused(553, "5.1.7 the sender is not an e-mail address")
    sender, recipient = with_ascii_domain(message.sender), with_ascii_domain(message.recipient)
    options = ""
    if smtp.has_extn("size"):
        limit = smtp.esmtp_features["size"]
        if limit.isdecimal() and 0 < int(limit) < len(data):
            return Refused(552, f"5.3.4 the mail has {len(data)} octets and the server takes {limit}")
        options += f" SIZE={len(data)}"
    if not data.isascii():
        if not smtp.has_extn("8bitmime"):
            return Refused(554, "5.6.3 the mail has octets beyond ASCII and the server does not offer 8BITMIME")
        options += " BODY=8BITMIME"
    if not (sender + recipient).isascii():
        if not smtp.has_extn("smtputf8"):
            return Refused(
                553, "5.6.7 the address has letters beyond ASCII before its @ and the server does not offer SMTPUTF8"
            )
        options += " SMTPUTF8"
    return f"MAIL FROM:<{sender}>{options}\r\n".encode(), f"RCPT TO:<{recipient}>\r\n".encode(), b"DATA\r\n"


def _ask(smtp: smtplib.SMTP, commands: tuple[bytes, bytes, bytes]) -> Refused | TryLater | None:
    """Sends the envelope; None when the server now waits for the mail. After a no the conversation is ready for the
    next envelope.
    """
    wanted = range(200, 300), range(200, 300), range(354, 355)
    replies: list[tuple[int, str]] = []
    if smtp.has_extn("pipelining"):
        _write(smtp, b"".join(commands))
        replies.extend(_reply(smtp) for _ in commands)
    else:
        for command, good in zip(commands, wanted, strict=True):
            _write(smtp, command)
            replies.append(_reply(smtp))
            if replies[-1][0] not in good:
                break
    bad = next((reply for reply, good in zip(replies, wanted, strict=False) if reply[0] not in good), None)
    if bad is None:
        return None
    code, text = bad
    if not 400 <= code < 600:
        raise _Gone(0, f"an answer that makes no sense: {code} {text}")
    # The no stands, whatever becomes of the connection now: a broken one shows itself at the next mail.
    with contextlib.suppress(_Gone):
        # A server that opened DATA without a recipient is told that nothing comes (RFC 2920 section 3.1).
        _write(smtp, b".\r\n" if replies[-1][0] == 354 else b"RSET\r\n")
        _reply(smtp)
    return _no(code, text)


def _write(smtp: smtplib.SMTP, octets: bytes) -> None:
    if smtp.sock is None:
        raise _Gone(0, "the connection is closed")
    try:
        smtp.sock.sendall(octets)
    except OSError as error:
        raise _Gone(0, f"the connection broke while sending: {error}", silent=_timed_out(error)) from error


def _reply(smtp: smtplib.SMTP) -> tuple[int, str]:
    """Code and words of the next reply; 421 means that the server is closing."""
    try:
        code, reply = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        silent = _timed_out(error)
        raise _Gone(0, "no answer in time" if silent else f"the connection ended: {error}", silent=silent) from error
    text = _one_line(reply)
    if code == 421:
        raise _Gone(code, text)
    return code, text


def _no(code: int, text: str) -> Refused | TryLater:
    return TryLater(code, text) if code < 500 or code in _LOGIN_CODES else Refused(code, text)


def _timed_out(error: BaseException) -> bool:
    """Whether it was silence that ended a wait; smtplib wraps the time-out of a read in an error of its own."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _one_line(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:_LONGEST_TEXT]
