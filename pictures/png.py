"""SVG text as a small PNG, for mail programs that show no SVG.

Needs resvg and Pillow, which only those need who change a figure: the pictures are kept beside their figures.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from operator import sub
from typing import TYPE_CHECKING

from coach.errors import StridewellError
from pictures.svg import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL import Image

COLOURS = (28, 22, 16)
"""How many a picture may have: the first that keeps it within LIMIT."""

LIMIT = 5 * 1024
"""Bytes: some forty pictures travel with a mail that carries them itself."""

ALIKE = 6
"""Of 255: colours nearer than this, in each of red, green and blue, look the same."""

CARD = LIGHT["card"]

CLEAR = (0, 64, 128, 192)
"""How solid the pixels of the card's rounded corners may be, of 255."""

_KEY = "figure"


def draw(svg: str, width: int) -> bytes:
    """The picture, `width` pixels wide, with its drawing's hash in it. Raises StridewellError where the tools are missing."""
    try:
        import resvg_py
        from PIL import Image
        from PIL.PngImagePlugin import PngInfo
    except ImportError as missing:
        raise StridewellError(
            f"Pictures are drawn by {missing.name}, which is not installed: run make test once"
        ) from None
    drawn = resvg_py.svg_to_bytes(svg_string=svg, width=width, skip_system_fonts=True)
    note = PngInfo()
    note.add_text(_KEY, mark(svg))
    octets = b""
    with Image.open(BytesIO(bytes(drawn))) as image:
        for colours in COLOURS:
            out = BytesIO()
            few, solid = _of_few_colours(image.convert("RGBA"), colours)
            few.save(out, "PNG", optimize=True, pnginfo=note, transparency=solid)
            octets = out.getvalue()
            if len(octets) <= LIMIT:
                break
    return octets


def _of_few_colours(image: Image.Image, colours: int) -> tuple[Image.Image, bytes]:
    """The picture in the colours it has most of, and how solid each is.

    A drawing is made of flat colours, and each of them counts: quantisers that average merge a pale wall into a pale card.
    """
    from PIL import Image, ImageColor

    clear = image.getchannel("A")
    behind = Image.new("RGBA", image.size, CARD)
    behind.alpha_composite(image)
    whole = behind.convert("RGB")
    counted = sorted(whole.getcolors(whole.width * whole.height) or (), reverse=True)
    common = _unlike(colour for _, colour in counted if isinstance(colour, tuple))[:colours]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in common for part in colour])
    few = whole.quantize(palette=palette, dither=Image.Dither.NONE)
    half = (CLEAR[1] - CLEAR[0]) // 2
    for place, solid in enumerate(CLEAR, start=len(common)):
        low, high = solid - half, solid + half
        few.paste(place, mask=clear.point([255 * (low <= value < high) for value in range(256)]))
    few.putpalette([part for colour in (*common, *[ImageColor.getrgb(CARD)] * len(CLEAR)) for part in colour])
    return few, bytes([255] * len(common) + list(CLEAR))


def _unlike(colours: Iterable[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Those that cannot be taken for one before them."""
    found: list[tuple[int, ...]] = []
    for colour in colours:
        if all(max(map(abs, map(sub, colour, one))) >= ALIKE for one in found):
            found.append(colour)
    return found


def mark(svg: str) -> str:
    """What tells one drawing from another, and one way of drawing from another."""
    return sha256(f"{COLOURS} {LIMIT} {ALIKE} {CLEAR} {svg}".encode()).hexdigest()[:16]


def is_of(png: bytes, svg: str) -> bool:
    """Whether a picture was drawn from this text."""
    return f"{_KEY}\0{mark(svg)}".encode() in png
