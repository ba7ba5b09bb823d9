"""Whole mails before judges who do not know us: an HTML validator, the tables of mail programs, a spam filter."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.mail_check.conftest import HERE
from tests.mail_check.mails import Mail

pytestmark = pytest.mark.mailcheck

KILOBYTE = 1024
HEAVIEST_HTML = 40 * KILOBYTE
LONGEST_LINE = 998
SPAM_SCORE = 0.0
"""A point is something a filter holds against a mail; the usual limit is 5."""

PREFERENCES = """
use_bayes 0
use_auto_whitelist 0
report_safe 0
score ALL_TRUSTED 0
"""
"""No memory of other mails, and no favour for having come over a private network."""

SUPPORT = HERE / "support.json"


@pytest.fixture(scope="session")
def pages(every_mail: list[Mail], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The HTML of every mail as a file."""
    folder = tmp_path_factory.mktemp("pages")
    found = []
    for mail in every_mail:
        page = folder / f"{mail.name}.html"
        page.write_text(mail.html, encoding="utf-8", newline="\n")
        found.append(page)
    return found


def test_the_html_of_every_mail_is_valid(node: str, pages: list[Path]) -> None:
    rules = ["--config", str(HERE / "htmlvalidate.json"), "--formatter", "json"]
    judge = str(HERE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs")
    done = run(node, judge, *rules, *map(str, pages))
    found = Counter(
        f"{Path(page['filePath']).stem}: {wrong['ruleId']}: {wrong['message']}"
        for page in json.loads(done.stdout)
        for wrong in page["messages"]
    )
    assert dict(found) == {}
    assert done.returncode == 0, done.stderr


def test_mail_programs_support_what_they_did_and_more(node: str, pages: list[Path], request: Any) -> None:
    """support.json holds what each program does without. It may shrink (--regold), and grows by hand only."""
    done = run(node, str(HERE / "supported.mjs"), *map(str, pages))
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, list[str]]] = json.loads(done.stdout)
    known: dict[str, dict[str, list[str]]] = json.loads(SUPPORT.read_text(encoding="utf-8"))
    assert {*found} <= {*known}, "a program that is not in support.json"
    worse = [
        f"{program} {kind[:-1]}: {feature}"
        for program, kinds in found.items()
        for kind, features in kinds.items()
        for feature in features
        if feature not in known[program][kind] and feature not in known[program]["errors"]
    ]
    assert worse == []
    if request.config.getoption("--regold"):
        SUPPORT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        return
    assert found == known, "less is missing than support.json says: keep it so, run with --regold"


def test_no_mail_has_a_point_from_the_spam_filter(
    spamassassin: str, goldens: list[Mail], posted: list[Mail], tmp_path: Path
) -> None:
    """Local rules only: nothing is looked up, nothing is learnt. Of the posted mails a few of each kind: it is slow."""
    kinds = {mail.kind for mail in posted}
    some = [*goldens, *(mail for kind in kinds for mail in [m for m in posted if m.kind == kind][::40])]
    box = tmp_path / "mbox"
    box.write_bytes(b"".join(arrived(mail) for mail in some))
    (tmp_path / "prefs").write_text(PREFERENCES, encoding="utf-8")
    quiet = ["--local", "--test-mode", f"--prefspath={tmp_path / 'prefs'}"]
    done = run(spamassassin, *quiet, "--mbox", str(box))
    said = re.sub(r"\n[ \t]+", " ", done.stdout)
    scores = re.findall(r"^X-Spam-Status: \w+, score=(-?[\d.]+) .*?tests=(.*?) autolearn", said, re.MULTILINE)
    assert len(scores) == len(some)
    held_against = {
        mail.name: (score, rules)
        for mail, (score, rules) in zip(some, scores, strict=True)
        if float(score) > SPAM_SCORE
    }
    assert held_against == {}


def arrived(mail: Mail) -> bytes:
    """As the runner's own server puts it into an mbox: with the stamp of its arrival."""
    stamp = (
        "From coach Mon Sep  7 09:00:00 2026\n"
        "Received: from mx.stridewell.example (mx.stridewell.example [10.0.0.7]) by mx.example.org with ESMTPS id 1;\n"
        f"\t{mail.message['Date']}\n"
    )
    return stamp.encode("ascii") + mail.octets.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ") + b"\n"


def test_every_mail_is_light_and_its_lines_fit(every_mail: list[Mail]) -> None:
    heavy = {
        m.name: size for m in every_mail if (size := len(m.html.encode("ascii", "xmlcharrefreplace"))) > HEAVIEST_HTML
    }
    assert heavy == {}
    assert {m.name for m in every_mail if max(map(len, m.octets.split(b"\r\n"))) > LONGEST_LINE} == set()


def test_the_lock_of_the_judges_names_no_registry() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))
    assert not any("resolved" in package for package in lock["packages"].values())
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    home = {"HOME": tempfile.gettempdir(), "PATH": os.environ["PATH"]}
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False, env=home)  # noqa: S603 our own judges
