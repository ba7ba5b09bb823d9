"""What the command line prints stays what it was, however narrow the terminal."""

from __future__ import annotations

import pytest

from app import shown

LINK = "https://train.example.org/a/" + "Wy0i" * 60


def test_a_link_longer_than_a_line_is_not_cut(capsys: pytest.CaptureFixture[str]) -> None:
    shown.plain(f"Open {LINK}\nand press Save.")
    assert capsys.readouterr().out == f"Open {LINK}\nand press Save.\n"


def test_what_people_are_called_is_neither_markup_nor_a_picture(capsys: pytest.CaptureFixture[str]) -> None:
    shown.plain("[bold]Ann[/] :runner:")
    shown.table(("name",), [("[red]Ben[/] :100:",)])
    shown.error("[Cid] :x: is unknown.")
    said = capsys.readouterr()
    assert "[bold]Ann[/] :runner:" in said.out
    assert "[red]Ben[/] :100:" in said.out
    assert "[Cid] :x: is unknown." in said.err
