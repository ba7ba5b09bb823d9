"""Values of the coach ↔ blobs: orjson bytes, compressed by zstd. Every blob's column pair carries the number of its format."""

from __future__ import annotations

import threading
from typing import Any, TypeVar

import orjson
import zstandard
from pydantic import TypeAdapter

from coach.errors import StridewellError

FORMAT = 1
"""Written beside every new blob. A change of a coach type that old blobs cannot be read as raises it, with a step in `_read`."""

LEVEL = 3
"""zstd level: a week of 2.9 KB becomes about 900 bytes in 10 µs; higher levels save a few bytes for several times the time."""

_SIZE_LIMIT = 4_000_000
"""Bytes of a blob unpacked; a week is 10 KB. A damaged length must not eat the memory."""

Value = TypeVar("Value")


class UnknownFormat(StridewellError):
    """A blob was written by a newer Stridewell than the one that reads it."""


def encode(value: object) -> bytes:
    """Bytes of a dataclass value; equal values give equal bytes (sets are written sorted)."""
    raw = orjson.dumps(value, default=_sorted)
    return _TOOLS.packer.compress(raw)


def decode(kind: type[Value], blob: bytes, written_as: int = FORMAT) -> Value:
    """The value of a blob. written_as: the format number of its row.

    Raises UnknownFormat for a number above FORMAT, pydantic.ValidationError for bytes that are no such value.
    """
    if written_as > FORMAT:
        raise UnknownFormat(
            f"{kind.__name__}: stored in format {written_as}, this version reads up to {FORMAT}. "
            "Run the newer Stridewell that wrote it."
        )
    raw = _TOOLS.unpacker.decompress(blob, max_output_size=_SIZE_LIMIT)
    value: Value = _ADAPTERS[kind].validate_json(raw)
    return value


def plain(blob: bytes) -> Any:
    """What a blob holds, as it was written: numbers, text, lists and dictionaries, whatever its format."""
    return orjson.loads(_TOOLS.unpacker.decompress(blob, max_output_size=_SIZE_LIMIT))


def _sorted(value: object) -> list[Any]:
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in a blob. Make it a dataclass, a tuple, a number or text.")


class _Adapters(dict[type[Any], TypeAdapter[Any]]):
    """Made once for a type, when first needed: building one takes milliseconds."""

    def __missing__(self, kind: type[Any]) -> TypeAdapter[Any]:
        adapter = self[kind] = TypeAdapter(kind)
        return adapter


class _Tools(threading.local):
    """zstd contexts may not be shared by threads that run at once."""

    def __init__(self) -> None:
        self.packer = zstandard.ZstdCompressor(level=LEVEL)
        self.unpacker = zstandard.ZstdDecompressor()


_ADAPTERS = _Adapters()
_TOOLS = _Tools()
