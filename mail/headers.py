"""Header lines: names, subjects and addresses written so that every mail program reads back what was meant.

Values with CR, LF, NUL or another control character are refused: whoever could put one into a name could add headers of
their own.
"""

from __future__ import annotations

import re
from base64 import b64encode
from typing import Final

from coach.errors import StridewellError
from mail.addresses import is_plain, with_ascii_domain
from mail.lines import LONGEST_LINE

LINE: Final = 78
"""Octets a header line aims at, CRLF left out; RFC 5322 section 2.1.1."""

_WORD_FRAME: Final = len("=?utf-8?B??=")
_WORD_OCTETS: Final = (75 - _WORD_FRAME) // 4 * 3
"""Octets of UTF-8 that fit an encoded word of 75 characters; RFC 2047 section 2."""

_LONGEST_PLAIN: Final = 60
"""Characters of a name, or of one word of a subject, that is written as it is; a longer one must be cut, and only
encoded words can be."""

_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(?: [A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
_URL = re.compile(r"https?://[\x21-\x3b\x3d\x3f-\x7e]+")
_TOKEN = re.compile(r"[A-Za-z0-9._+:-]+")


class HeaderRefused(StridewellError):
    """A value cannot stand in a header. header: its name."""

    def __init__(self, header: str, rule: str, remedy: str) -> None:
        super().__init__(f"{header}: {rule}. {remedy}")
        self.header = header


def unstructured(header: str, value: str) -> str:
    """A line of free text, like a subject, folded at 78. Runs of white space become one space."""
    text = _clean(header, value)
    if "=?" not in text and _PRINTABLE.fullmatch(text):
        if len(header) + 2 + len(text) <= LINE:
            return f"{header}: {text}\r\n"
        words = text.split(" ")
        if max(map(len, words)) <= _LONGEST_PLAIN:
            return _folded(f"{header}:", words)
    return f"{header}: {_encoded_words(text, len(header) + 2)}\r\n"


def mailbox(header: str, name: str, address: str) -> str:
    """A line with one person: `To: Name <address>`; an empty name leaves the address alone.

    An address whose part before the @ is not ASCII is written in UTF-8 (RFC 6532) and its mail needs a server with
    SMTPUTF8.
    """
    if not is_plain(address):
        raise HeaderRefused(header, f"{address[:80]!r} is not an e-mail address", "Write it like runner@example.org.")
    where = f"<{with_ascii_domain(address)}>"
    phrase = _phrase(header, name)
    if not phrase:
        return f"{header}: {where[1:-1]}\r\n"
    last_line = f"{header}: {phrase}".rpartition("\r\n")[2]
    gap = " " if len(last_line) + 1 + len(where) <= LINE else "\r\n "
    return f"{header}: {phrase}{gap}{where}\r\n"


def link(header: str, url: str) -> str:
    """A line with one web address in angle brackets, never folded: mail programs differ in joining a cut address."""
    if not _URL.fullmatch(url) or len(header) + 4 + len(url) > LONGEST_LINE:
        raise HeaderRefused(
            header, f"{url[:80]!r} is not a web address of at most 900 ASCII characters", "Link to the web app."
        )
    return f"{header}: <{url}>\r\n"


def token(header: str, value: str) -> str:
    """`value`, when it is made of letters, digits and . _ + : - only, at most 200 of them."""
    if not _TOKEN.fullmatch(value) or len(value) > 200:
        raise HeaderRefused(
            header, f"{value[:80]!r} has other characters than letters, digits and ._+:- or over 200", "Shorten it."
        )
    return value


def _clean(header: str, value: str) -> str:
    if _CONTROL.search(value):
        raise HeaderRefused(header, "the value has a line break or a control character", "Write it on one line.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise HeaderRefused(header, "the value has half of a surrogate pair", "Write it in whole characters.") from None
    return " ".join(value.split())


def _phrase(header: str, name: str) -> str:
    """A display name as atoms, as a quoted string or, when neither can hold it, as encoded words."""
    text = _clean(header, name)
    if "=?" not in text and len(text) <= _LONGEST_PLAIN and _PRINTABLE.fullmatch(text):
        if not text or _ATOMS.fullmatch(text):
            return text
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return _encoded_words(text, len(header) + 2)


def _encoded_words(text: str, used: int) -> str:
    """RFC 2047 words in base64, cut between characters, a line each. used: characters already on the first line."""
    room = min((LINE - used - _WORD_FRAME) // 4 * 3, _WORD_OCTETS)
    words = []
    chunk = b""
    for character in text:
        octets = character.encode("utf-8")
        if len(chunk) + len(octets) > room:
            words.append(chunk)
            chunk, room = b"", _WORD_OCTETS
        chunk += octets
    words.append(chunk)
    return "\r\n ".join(f"=?utf-8?B?{b64encode(word).decode('ascii')}?=" for word in words)


def _folded(start: str, words: list[str]) -> str:
    lines = [start]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > LINE and lines[-1] != start:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join(lines) + "\r\n"
