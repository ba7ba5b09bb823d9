"""What comes back: bounces, complaints, wishes to be left alone, automatic answers. Reads a mail; decides nothing.

Reports first (RFC 3464, RFC 5965), then a bounce in a server's own words when it shows a status, then what answers by
itself (RFC 3834). Whoever wrote a report, only a token of ours in it (`mail.verp`) ties it to a mail.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from typing import Final, Literal

from mail import parts, statuses, verp
from mail.verp import Token

Kind = Literal["hard", "soft", "complaint", "unsubscribe", "passing", "unclear"]
"""hard: nobody is at that address. soft: not taken this time. passing: nothing to be done, like an automatic answer.

unclear: for a person to look at.
"""

LARGEST: Final = 256 * 1024
"""Octets read of a mail. What counts stands in front; behind it a report carries the mail it is about, with its pictures."""

_NO_COMPLAINT: Final = frozenset({"not-spam", "auth-failure", "dmarc"})
"""Feedback types (RFC 5965, RFC 6591) that are no runner's wish."""

_DAEMON = re.compile(r"\b(?:mailer-daemon|postmaster|mail delivery (?:sub)?system)\b", re.IGNORECASE)

_BARE_CODE = re.compile(r"(?<![\d.])([45])[0-5]\d(?=[ -])")
"""An SMTP reply code in front of words, from servers that give no enhanced one."""

_COPY = re.compile(r"^-{3,}.*", re.MULTILINE | re.DOTALL)
"""From a line of dashes on, a bounce in a server's own words shows the mail itself."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A mail that came back, as far as it can be read.

    tokens: all in it that could tell which mail of ours it is about. status: of a bounce, like "5.1.1"; empty when it has
    none. note: what it is, in a few words of ours; nothing of the mail is repeated there.
    """

    kind: Kind
    note: str
    status: str = ""
    tokens: frozenset[Token] = frozenset()


def read(octets: bytes) -> Returned:
    """What a mail that came in is. Whatever the octets are, there is an answer; beyond LARGEST they are not looked at."""
    if not octets:
        return Returned("unclear", "empty, or not to be read by the user that runs Stridewell")
    try:
        message = email.message_from_bytes(octets[:LARGEST])
        found = _read(message)
        return replace(found, tokens=_tokens(message))
    except Exception as error:  # noqa: BLE001 the package email meets hostile mails with many kinds of error
        return Returned("unclear", f"cannot be read as a mail ({type(error).__name__})")


def _read(message: Message) -> Returned:
    reports = {part.get_content_type(): part for part in message.walk()}
    if (feedback := reports.get("message/feedback-report")) is not None:
        return _complaint(feedback)
    status = reports.get("message/delivery-status") or reports.get("message/global-delivery-status")
    if status is not None and (bounce := _bounce(status)) is not None:
        return bounce
    if any(token.purpose == "u" for token in _to(message)):
        return Returned("unsubscribe", "a mail to unsubscribe")
    if _is_from_a_server(message) and (bounce := _in_own_words(message)) is not None:
        return bounce
    if _answers_by_itself(message):
        return Returned("passing", "an automatic answer")
    if status is not None:
        return Returned("unclear", "a delivery report without a recipient that can be read")
    return Returned("unclear", "neither a report nor an automatic answer: a person wrote it, or it is spam")


def _complaint(feedback: Message) -> Returned:
    kind = "".join(_fields(feedback, "Feedback-Type")).strip().lower()
    if not kind:
        return Returned("unclear", "a feedback report without a type")
    if kind in _NO_COMPLAINT:
        return Returned("passing", "a feedback report that is no complaint")
    return Returned("complaint", "a complaint")


def _bounce(status: Message) -> Returned | None:
    """Of the recipients of a delivery report the one that fared worst: our mails have one each. None without any."""
    actions = {"failed": 2, "delayed": 1}
    worst: Message | None = None
    for block in _blocks(status):
        if block.get("Action") is None:
            continue
        if worst is None or actions.get(_action(block), 0) > actions.get(_action(worst), 0):
            worst = block
    if worst is None:
        return None
    match _action(worst):
        case "failed":
            said = " ".join(str(value) for value in worst.get_all("Diagnostic-Code", []))
            return _failed(statuses.found_in(str(worst.get("Status", ""))), said)
        case "delayed":
            return Returned("passing", "a delay: the other server goes on trying")
        case "delivered" | "relayed" | "expanded":
            return Returned("passing", "a report that the mail was delivered")
    return None


def _action(block: Message) -> str:
    return str(block.get("Action", "")).partition("(")[0].strip().lower()


def _failed(code: str, said: str) -> Returned:
    """A failure for good, of a delivery that is over. said: the server's words, where a code that tells nothing may be told."""
    closer = statuses.found_in(said)
    status = closer if closer.startswith(("4", "5")) and statuses.says_nothing(code) else code
    if not status and (bare := _BARE_CODE.search(said)):
        status = f"{bare[1]}.0.0"
    if not status.startswith(("4", "5")):
        return Returned("soft", "a bounce without a status")
    if statuses.is_about_the_address(status):
        return Returned("hard", "a bounce: nobody is at the address", status)
    return Returned("soft", "a bounce that may pass", status)


def _in_own_words(message: Message) -> Returned | None:
    """A bounce of qmail, Exim and others, whose text shows a status; None when it shows none."""
    for part in message.walk():
        if part.get_content_type() != "text/plain":
            continue
        said = _COPY.sub("", parts.text(part))
        code = statuses.found_in(said)
        if code.startswith(("4", "5")) or _BARE_CODE.search(said):
            return _failed(code, said)
        return None
    return None


def _is_from_a_server(message: Message) -> bool:
    # An empty return path is no sign: automatic answers have it as well, and may speak of a version 5.1.1.
    return message.get("X-Failed-Recipients") is not None or _DAEMON.search(str(message.get("From", ""))) is not None


def _answers_by_itself(message: Message) -> bool:
    automatic = str(message.get("Auto-Submitted", "no")).partition(";")[0].strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    return (
        automatic not in {"no", ""}
        or precedence in {"auto_reply", "bulk", "junk", "list"}
        or any(message.get(name) is not None for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress"))
    )


def _to(message: Message) -> frozenset[Token]:
    """Tokens of the addresses a mail came to."""
    names = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
    return verp.tokens("\n".join(str(value) for name in names for value in message.get_all(name, [])))


def _tokens(message: Message) -> frozenset[Token]:
    """Tokens in the headers and report fields of a mail and of the mails in it; never in what somebody wrote as a text."""
    return verp.tokens("\n".join(_headers(message)))


def _headers(message: Message) -> Iterator[str]:
    for part in message.walk():
        for value in part.values():
            yield str(value)
        if part.get_content_type() in {"text/rfc822-headers", "message/global-headers"} and not part.is_multipart():
            yield parts.text(part)


def _fields(part: Message, name: str) -> list[str]:
    return [str(block[name]) for block in _blocks(part) if block.get(name) is not None]


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a report. One that was sent encoded, as some servers do, is read once more."""
    inner = part.get_payload()
    blocks = [block for block in inner if isinstance(block, Message)] if isinstance(inner, list) else []
    if not any(block.keys() for block in blocks):
        text = parts.text(part if not blocks else _with_encoding(part, blocks))
        blocks = [email.message_from_string(group) for group in re.split(r"\r?\n\s*\r?\n", text) if group.strip()]
    return blocks


def _with_encoding(part: Message, blocks: list[Message]) -> Message:
    """The text of an encoded report, which the parser took for mails without headers, as one part."""
    whole = Message()
    whole["Content-Transfer-Encoding"] = str(part.get("Content-Transfer-Encoding", "7bit"))
    whole.set_payload("\n".join(str(block.get_payload()) for block in blocks))
    return whole
