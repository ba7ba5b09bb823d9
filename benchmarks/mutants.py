"""Which small change to the rules that keep a runner safe does no test notice? `make mutants`; docs/mutants.md tells what was found.

python -m benchmarks.mutants [module …]: each module in a copy of the checkout of its own, changed by cosmic-ray in one place at a
time; the tests that speak of it run until one fails. Leaves with 1 when a mutant lives that docs/mutants.md does not explain, or it
explains one that does not live.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
TREES = ROOT / "var" / "mutants"
TOOLS = ROOT / ".venv-mutants" / "bin"
"""Where cosmic-ray is: an environment of its own, as it brings sixteen packages that nothing else here needs."""
TESTS = {
    "safety": ("safety",),
    "limits": ("limits",),
    "felt": ("felt", "values"),
    "capacity": ("capacity", "values", "kinship", "selftests"),
    "dose": ("dose", "dose_edges", "dose_changes", "values"),
}
"""Module → the tests that speak of it, cheapest first. The others would fell some more, but a rule's own tests should say it."""
PATIENCE_S = 120.0
NOT_MEANT = (
    r"core/ReplaceBinaryOperator_BitOr_",  # stands in annotations
    r"core/ReplaceBinaryOperator_.*_(Mod|Pow|RShift|LShift|BitOr|BitAnd|BitXor|FloorDiv)$",  # nobody's slip
    r"core/ReplaceBinaryOperator_(Add|Sub)_(Mul|Div)$",
    r"core/ReplaceBinaryOperator_(Mul|Div)_(Add|Sub)$",
    r"core/ReplaceComparisonOperator_(Lt|LtE|Gt|GtE|Eq|NotEq)_(Is|IsNot)$",
    r"core/ReplaceComparisonOperator_(Is|IsNot)_(Lt|LtE|Gt|GtE|Eq|NotEq)$",  # of None and members of an enum: the same
    r"core/ReplaceUnaryOperator_.*_(Invert|UAdd|Not)$",
)
"""Operators of cosmic-ray that are left out, as regular expressions."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """line: its number; was, now: its text before and after, "without …" where it only went; lives: whether all tests still passed."""

    line: int
    was: str
    now: str
    lives: bool


def main(modules: list[str]) -> int:
    paper = (ROOT / "docs" / "mutants.md").read_text(encoding="utf-8")
    amiss = 0
    for module in modules or list(TESTS):
        explained = re.findall(r"`([^`]+)`", paper.partition(f"\n## {module}\n")[2].partition("\n## ")[0])
        made = mutate(module)
        living = [m for m in made if m.lives]
        new = [m for m in living if m.now not in explained]
        gone = [line for line in explained if line not in {m.now for m in living}]
        print(f"{module}: {len(made)} mutants, {len(living)} live, {len(new)} of them unexplained")
        for mutant in new:
            print(f"  coach/{module}.py:{mutant.line}\n    - {mutant.was}\n    + {mutant.now}")
        for line in gone:
            print(f"  coach/{module}.py: explained, and lives no more\n    + {line}")
        amiss += len(new) + len(gone)
    return min(1, amiss)


def mutate(module: str) -> list[Mutant]:
    """Every mutant of a module of the coach, tried."""
    tree = TREES / module
    _copy(tree)
    tests = [f"tests/coach/test_{name}.py" for name in TESTS[module]]
    # Only the plugins these tests need, and always the same order: a thousand runs are to come.
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    _run(*command, cwd=tree, env=environment)
    # Compiled, the module would be taken for a mutant of the same size and second.
    for compiled in (tree / "coach" / "__pycache__").glob(f"{module}.*"):
        compiled.unlink()
    (tree / "mutants.toml").write_text(
        f"""[cosmic-ray]
module-path = ["coach/{module}.py"]
timeout = {PATIENCE_S}
excluded-modules = []
test-command = {json.dumps(" ".join(command))}
[cosmic-ray.distributor]
name = "local"
[cosmic-ray.filters.operators-filter]
exclude-operators = {json.dumps(NOT_MEANT)}
""",
        encoding="utf-8",
    )
    _run(TOOLS / "cosmic-ray", "init", "mutants.toml", "mutants.sqlite", cwd=tree, env=environment)
    _run(TOOLS / "cr-filter-operators", "mutants.sqlite", "mutants.toml", cwd=tree, env=environment)
    _run(TOOLS / "cosmic-ray", "exec", "mutants.toml", "mutants.sqlite", cwd=tree, env=environment)
    tried = _run(TOOLS / "cosmic-ray", "dump", "mutants.sqlite", cwd=tree, env=environment).splitlines()
    return [_mutant(*pair) for pair in map(json.loads, tried) if pair[1]["worker_outcome"] == "normal"]


def _copy(tree: Path) -> None:
    """The checkout as it is, uncommitted changes too: mutants are written to the file, and a killed run leaves one there."""
    shutil.rmtree(tree, ignore_errors=True)
    for name in filter(None, _run("git", "ls-files", "-z", cwd=ROOT, env=dict(os.environ)).split("\0")):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, tree / name)


def _run(*command: str | Path, cwd: Path, env: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, check=False, capture_output=True, text=True)  # noqa: S603 our own
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _mutant(item: dict[str, Any], result: dict[str, Any]) -> Mutant:
    was, now = (re.search(rf"^\{sign}(?!\{sign})(.*\S.*)$", result["diff"], re.MULTILINE) for sign in "-+")
    text = was[1].strip() if was else ""
    return Mutant(
        line=item["mutations"][0]["start_pos"][0],
        was=text,
        now=now[1].strip() if now else f"without {text}",
        lives=result["test_outcome"] == "survived",
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
