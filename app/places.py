"""Where things are: never relative to the folder a command happens to be started in."""

from __future__ import annotations

import os
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHECKOUT = Path(__file__).resolve().parents[1]


def home(environ: Mapping[str, str] | None = None) -> Path:
    """The folder of `.env` and `var/`: STRIDEWELL_HOME, else the checkout, else a folder of the user's own.

    STRIDEWELL_HOME is looked up in the environment alone, because `.env` is found through it.
    """
    named = (os.environ if environ is None else environ).get("STRIDEWELL_HOME", "").strip()
    if named:
        return Path(named).expanduser().resolve()
    if (_CHECKOUT / "pyproject.toml").is_file():
        return _CHECKOUT
    return Path.home() / ".stridewell"


def checkout() -> Path:
    """Where the source stands, for the commands that read it."""
    return _CHECKOUT


def catalogue_folder() -> Path:
    return _shared("catalogue")


def templates_folder() -> Path:
    return _shared("templates")


def translations_folder() -> Path:
    return _shared("translations")


def sample_file() -> Path:
    """The sample runners `make run` starts from."""
    return _CHECKOUT / "examples" / "subscribers.csv"


def _shared(name: str) -> Path:
    """A data folder: beside the packages in a checkout, under share/ when installed from a wheel."""
    beside = _CHECKOUT / name
    return beside if beside.is_dir() else Path(sysconfig.get_path("data")) / "share" / "stridewell" / name
