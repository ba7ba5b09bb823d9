"""The papers say what is there: their links lead somewhere, and the files, flows and commands they name exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.cli import app
from tests.conftest import ROOT
from tests.deployments.test_names import DEPLOYED

PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FOLDERS = [p for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".") and p.name != "var"]
LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
PLACE = re.compile(r"`([a-z_.]+/[\w./-]*|[\w-]+\.(?:py|js|toml|md|yaml))`")
COMMAND = re.compile(r"^(?:\.venv/bin/)?stridewell ([a-z-]+)(?: ([a-z-]+))?", re.MULTILINE)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(paper: Path) -> set[str]:
    """The anchors of a paper: those written out, and those of its headings, as GitHub makes them."""
    text = paper.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    made = {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
    return made | set(re.findall(r'<a (?:id|name)="([^"]+)"', text))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_link_of_a_paper_leads_somewhere(paper: Path) -> None:
    for found in LINK.findall(paper.read_text(encoding="utf-8")):  # a paper may have none
        path, _, anchor = "".join(found).partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = (paper.parent / path).resolve() if path else paper
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), f"{path}#{anchor}"


def test_every_place_the_map_names_is_there() -> None:
    there = {f"/{path.relative_to(ROOT)}" for folder in FOLDERS for path in (folder, *folder.rglob("*"))}
    places = [place for place in PLACE.findall(text_of("ARCHITECTURE.md")) if not place.startswith("var/")]
    assert len(places) > 100
    assert [p for p in places if not any(path.endswith(f"/{p.rstrip('/')}") for path in there)] == []


def test_the_readme_lists_every_flow_there_is_and_no_other() -> None:
    table = text_of("README.md").partition("| flow | when | what |")[2].partition("\n\n")[0]
    assert re.findall(r"^\| `(\w+)`", table, re.MULTILINE) == [d["entrypoint"].partition(":")[2] for d in DEPLOYED]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/translating.md"])
def test_every_command_of_a_paper_is_one(name: str) -> None:
    commands = COMMAND.findall(text_of(name))
    assert commands
    for command, below in commands:
        assert command in app, command
        found = app[command]
        inner = [each for each in found if not each.startswith("-")]
        assert not inner or found.default_command or below in inner, f"{command} {below}"
