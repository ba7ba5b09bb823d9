"""The small pictures of a mail: where each is found, and what goes along with the mail itself."""

from __future__ import annotations

import hashlib
import re
import struct
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from coach.errors import StridewellError

SHARPNESS: Final = 2
"""Pixels of a picture for one CSS pixel."""

NARROW: Final = 160
"""CSS pixels: half of what a phone has for an exercise."""

CID: Final = "@pictures"
"""Ends the name of a picture that goes along with its mail."""

_NAMED = re.compile(r' src="cid:([a-z0-9-]+)' + re.escape(CID) + '"')


@dataclass(frozen=True, slots=True)
class Png:
    """A PNG. width, height: in CSS pixels. seen: tells it from an earlier drawing."""

    octets: bytes
    width: int
    height: int
    seen: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as HTML names it. width, height: in CSS pixels."""

    src: str
    width: int
    height: int

    @property
    def narrow(self) -> bool:
        """Leaves room for a dose beside it, on a phone too."""
        return self.width <= NARROW


Draw = Callable[[str], Picture | None]
"""The picture of an exercise by its slug; None where nothing is drawn."""


def png(octets: bytes) -> Png:
    """A PNG from its octets. Raises StridewellError for anything else."""
    if octets[:8] != b"\x89PNG\r\n\x1a\n" or octets[12:16] != b"IHDR" or len(octets) < 24:
        raise StridewellError("picture: this is not a PNG. Draw it again with: stridewell catalogue pictures")
    width, height = struct.unpack("!II", octets[16:24])
    seen = hashlib.blake2b(octets, digest_size=4).hexdigest()
    return Png(octets, width // SHARPNESS, height // SHARPNESS, seen)


def hosted(pngs: Mapping[str, Png], public_url: str) -> Draw:
    """Pictures fetched from the web app. Their addresses are the same for everybody: opening a mail tells nothing about who did."""
    base = public_url.rstrip("/")
    found = {slug: Picture(f"{base}/p/{slug}.png?{p.seen}", p.width, p.height) for slug, p in pngs.items()}
    return found.get


def along(pngs: Mapping[str, Png]) -> Draw:
    """Pictures that go along with the mail."""
    found = {slug: Picture(f"cid:{slug}{CID}", p.width, p.height) for slug, p in pngs.items()}
    return found.get


def named(html: str) -> tuple[str, ...]:
    """The slugs of the pictures that must go along with this HTML, each once, in order."""
    return tuple(dict.fromkeys(_NAMED.findall(html)))


def within(html: str, pngs: Mapping[str, Png]) -> str:
    """HTML that holds its pictures itself, for a file that somebody opens; those that would go along with a mail."""

    def held(name: re.Match[str]) -> str:
        png = pngs.get(name[1])
        return name[0] if png is None else f' src="data:image/png;base64,{b64encode(png.octets).decode("ascii")}"'

    return _NAMED.sub(held, html)
