"""`make compiled`: the hot modules of the coach by mypyc, beside their sources, where Python finds them first. docs/adr/0025-the-coach-may-be-compiled.md"""

from __future__ import annotations

from mypyc.build import mypycify
from setuptools import Distribution

HOT = (
    "asking",
    "body_mass",
    "capacity",
    "catalogue",
    "choosing",
    "constants",
    "dose",
    "felt",
    "instead",
    "kinship",
    "kit",
    "learning",
    "limits",
    "needs",
    "observing",
    "phases",
    "planning",
    "prescribing",
    "safety",
    "sense",
    "serving",
    "sessions",
    "stretching",
    "telling",
    "untried",
)
"""Modules of functions, and the values that they read most and nobody pickles: a compiled class cannot be pickled."""


def build() -> None:
    """Compiles them from the checkout's folder; takes a minute and a C compiler."""
    modules = mypycify([f"coach/{name}.py" for name in HOT], debug_level="0")
    work = Distribution({"name": "coach", "ext_modules": modules})
    work.get_command_obj("build_ext").inplace = True
    work.run_command("build_ext")


if __name__ == "__main__":
    build()
