"""SVG text as a small PNG, for mail programs that show no SVG.

Needs resvg and Pillow, which only those need who change a figure: the pictures are kept beside their figures.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO

from coach.errors import StridewellError

COLOURS = 24
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
    with Image.open(BytesIO(bytes(drawn))) as image:
        few = image.convert("RGBA").quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    note = PngInfo()
    note.add_text(_KEY, mark(svg))
    out = BytesIO()
    few.save(out, "PNG", optimize=True, pnginfo=note)
    return out.getvalue()


def mark(svg: str) -> str:
    """What tells one drawing from another."""
    return sha256(svg.encode()).hexdigest()[:16]


def is_of(png: bytes, svg: str) -> bool:
    """Whether a picture was drawn from this text."""
    return f"{_KEY}\0{mark(svg)}".encode() in png
