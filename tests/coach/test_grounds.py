"""From every sentence and every number of the coach to what it rests on: nothing without its ground, no ground made up."""

from __future__ import annotations

import ast
import re

import pytest

from coach import grounds, limits
from coach.week import Reason
from language import reasons
from tests.conftest import ROOT

PAGES = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("evidence.md", "safety.md")}
CONSTANTS = (ROOT / "catalogue/progression.toml").read_text(encoding="utf-8")
OPINION = re.compile(
    r"\b(judgement|design|practice|convention|caution|opinion|consensus|common coaching sense|statistics)\b",
    re.IGNORECASE,
)
"""An honest word for what nobody has measured."""


def sections(page: str) -> dict[str, str]:
    """Anchor → the text of its section, heading included."""
    parts = re.split(r'<a id="([a-z-]+)"></a>\n', PAGES[page].partition("## Sources")[0])
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def sources() -> set[str]:
    """The keys of the table of sources."""
    table = PAGES["evidence.md"].partition("## Sources")[2]
    return set(re.findall(r"^\| ([^|]+?) \|", table, flags=re.MULTILINE)) - {"key", "---"}


def author_years(text: str) -> set[str]:
    """Whatever looks like a citation: "Zourdos 2021", "van Dyk 2019", "ACSM 2009"."""
    return set(re.findall(r"\b((?:van )?[A-ZÀ-Þ][\w’'-]+) (?:19|20)\d\d\b", text))


def test_every_reason_code_has_its_ground_and_no_ground_is_for_nothing() -> None:
    assert grounds.REASONS.keys() == reasons.SENTENCES.keys()


def test_every_rule_against_a_rise_has_its_ground() -> None:
    assert grounds.RULES.keys() == set(limits.Ground)
    for ground in limits.Ground:
        assert grounds.rule(ground).startswith("docs/")


@pytest.mark.parametrize("place", sorted({*grounds.REASONS.values(), *grounds.RULES.values()}))
def test_every_ground_is_a_section_of_the_papers(place: str) -> None:
    page, _, anchor = place.partition("#")
    assert sections(page)[anchor].startswith("## ")


@pytest.mark.parametrize("anchor", sections("evidence.md"))
def test_every_section_names_its_source_or_says_that_it_has_none(anchor: str) -> None:
    text = sections("evidence.md")[anchor]
    assert any(key in text for key in sources()) or OPINION.search(text)


def test_nobody_is_cited_who_is_not_in_the_table_of_sources() -> None:
    known = {key.rpartition(" ")[0] for key in sources()}
    assert author_years(PAGES["evidence.md"].partition("## Sources")[0]) <= known
    assert author_years(CONSTANTS) <= known


@pytest.mark.parametrize("line", re.findall(r'^\[(\w+)\]\n(?:.*\n)*?source = "(.*)"$', CONSTANTS, flags=re.MULTILINE))
def test_every_constant_names_a_source_or_says_it_is_judgement(line: tuple[str, str]) -> None:
    _, source = line
    named = re.findall(r"docs/(evidence\.md|safety\.md)#([a-z-]+)", source)
    assert all(anchor in sections(page) for page, anchor in named), source
    assert named or any(key in source for key in sources()) or "judgement" in source, source


def test_every_number_in_the_code_of_the_coach_says_what_it_rests_on() -> None:
    """The numbers beside the table of constants: each has a line under it with an anchor, a source or the word judgement."""
    silent = []
    for path in sorted((ROOT / "coach").glob("*.py")):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        for n, node in enumerate(body):
            if not isinstance(node, ast.Assign) or not any(map(is_number, ast.walk(node.value))):
                continue
            under = body[n + 1].value if n + 1 < len(body) and isinstance(body[n + 1], ast.Expr) else None
            words = under.value if isinstance(under, ast.Constant) and isinstance(under.value, str) else ""
            cited = any(key in words for key in sources()) or re.search(r"docs/(evidence|safety)\.md#", words)
            if not (cited or OPINION.search(words) or "by definition" in words or "Epley 1985" in words):
                silent.append(f"{path.name}:{node.lineno}")
    assert silent == []


def is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)


def test_a_code_of_an_earlier_version_has_no_ground() -> None:
    assert grounds.of(Reason("pain_hold")) == "docs/evidence.md#pain"
    assert grounds.of(Reason("no_longer_given")) == ""
