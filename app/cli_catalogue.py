"""`stridewell catalogue`: check the exercises and stretches, draw them, print them to be read, and record who signed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from app import shown
from app.cli_arguments import Json
from coach.errors import StridewellError

if TYPE_CHECKING:
    from app.catalogue_signing import Entry, Survey

Folder = Annotated[Path | None, Parameter(help="Another catalogue than Stridewell's own.")]

catalogue = App(name="catalogue", help="Exercises and stretches: check, draw, print, sign.")


@catalogue.command
def check(folder: Path | None = None, /) -> int:
    """Read every exercise, stretch and figure and say what is wrong with the first that breaks a rule."""
    from app import drawing, wiring

    found = wiring.load_catalogue(_folder(folder))
    figures = drawing.figures(_folder(folder))
    undrawn = drawing.missing(found, figures)
    ladders = len(found.ladders)
    shown.plain(
        f"{len(found.exercises)} exercises on {ladders} ladders, {len(found.stretches)} stretches, "
        f"{len(figures)} figures: all in order."
    )
    if undrawn:
        shown.plain(f"Not yet drawn: {', '.join(undrawn)}")
    return 0


@catalogue.command
def pictures(
    *,
    sheet: Annotated[
        Path | None, Parameter(help="Write one page with all figures to this file, to look through.")
    ] = None,
    moving: Annotated[bool, Parameter(help="Let the figures of the page move.")] = False,
    folder: Folder = None,
) -> int:
    """Draw the PNG of every figure that is new or has changed; remove those whose figure is gone.

    Example: `stridewell catalogue pictures --sheet /tmp/figures.html`
    """
    from app import drawing, places, wiring

    where = _folder(folder)
    found = wiring.load_catalogue(where)
    written = drawing.write_pngs(where, found)
    shown.plain(f"Drawn: {', '.join(written.drawn) or 'nothing new'}")
    if written.removed:
        shown.plain(f"Removed: {', '.join(written.removed)}")
    if sheet is not None:
        page = drawing.contact_sheet(found, drawing.figures(where), places.templates_folder(), moving=moving)
        sheet.write_text(page, encoding="utf-8", newline="")
        shown.plain(f"Written to {sheet}")
    return 0


@catalogue.command
def sheet(
    *,
    html: Annotated[Path | None, Parameter(help="Write one page to this file, to be read or printed.")] = None,
    csv: Annotated[Path | None, Parameter(help="Write a table with columns for remarks to this file.")] = None,
    folder: Folder = None,
) -> int:
    """The whole catalogue in plain words, for a physiotherapist to read and sign.

    Without --html and --csv the page goes to standard output. Example: `stridewell catalogue sheet --html /tmp/sheet.html`
    """
    from app import catalogue_sheet, places

    where = _folder(folder)
    if csv is not None:
        # The mark at the start tells spreadsheets that this is UTF-8.
        csv.write_text(catalogue_sheet.table(where), encoding="utf-8-sig", newline="")
        shown.plain(f"Written to {csv}")
    if html is not None or csv is None:
        page = catalogue_sheet.html(catalogue_sheet.lay_out(where, on=_today()), places.templates_folder())
        if html is None:
            sys.stdout.buffer.write(page.encode())
            return 0
        html.write_text(page, encoding="utf-8", newline="")
        shown.plain(f"Written to {html}")
    return 0


@catalogue.command
def sign(
    *names: Annotated[
        str,
        Parameter(help="Exercises, stretches, `weekly`, `progression`; as on the sheet, like nordic-lower@1a2b3c4d."),
    ],
    by: Annotated[str, Parameter(help="Who has read and approved them: name and profession.")],
    on: Annotated[str | None, Parameter(help="Day of the signature, like 2026-11-20; today when left out.")] = None,
    folder: Folder = None,
) -> int:
    """Record that a clinician has read and approved files as they are. Any later change to one asks for a new signature.

    A name with its mark from the sheet is refused when the file has changed since the sheet was printed.

    Example: `stridewell catalogue sign nordic-lower@1a2b3c4d leg-swings@5e6f7a8b --by "Jo Lind, physiotherapist"`
    """
    from app import catalogue_signing

    today = _today()
    day = today if on is None else _day(on)
    done = catalogue_signing.sign(_folder(folder), names, by=by, on=day, today=today)
    for entry in done:
        shown.plain(f"Signed: {entry.name} ({entry.file})")
    shown.plain(catalogue_signing.summary(catalogue_signing.survey(_folder(folder))))
    return 0


@catalogue.command
def unsigned(*, json: Json = False, folder: Folder = None) -> int:
    """List every file that waits for a signature: never signed, changed since, or signed by hand in the file alone."""
    from app import catalogue_signing

    found = catalogue_signing.survey(_folder(folder))
    if json:
        shown.as_json([_plain(entry) for entry in found.unsigned])
        return 0
    _show(found.unsigned)
    shown.plain(catalogue_signing.summary(found))
    return 0


@catalogue.command
def changes(
    *,
    count: Annotated[bool, Parameter(help="One line of counts only.")] = False,
    json: Json = False,
    folder: Folder = None,
) -> int:
    """List what has changed since it was signed, what is signed and gone, and what was never signed."""
    from app import catalogue_signing

    found = catalogue_signing.survey(_folder(folder))
    if json:
        shown.as_json(_grouped(found))
        return 0
    if not count:
        _show_changes(found)
    shown.plain(catalogue_signing.summary(found))
    return 0


def _show_changes(found: Survey) -> None:
    from app.catalogue_signing import State

    for state in (State.CHANGED, State.CLAIMED):
        if entries := found.of(state):
            _show(entries, title=_title(state))
    if found.gone:
        rows = [(file, s.by, s.on) for file, s in found.gone]
        shown.table(("file", "signed by", "on"), rows, title="Signed, and no longer there")
    if never := found.of(State.NEVER):
        shown.table(("name", "file"), [(e.name, e.file) for e in never], title=_title(State.NEVER))


def _show(entries: Sequence[Entry], *, title: str = "") -> None:
    rows = [(e.name, e.mark, e.state, f"{e.signature.by}, {e.signature.on}" if e.signature else "–") for e in entries]
    if rows:
        shown.table(("name", "sign as", "state", "last signature"), rows, title=title)


def _grouped(found: Survey) -> dict[str, object]:
    from app.catalogue_signing import State

    return {
        **{state.name.lower(): [_plain(e) for e in found.of(state)] for state in State if state is not State.SIGNED},
        "gone": [{"file": file, "by": s.by, "on": s.on} for file, s in found.gone],
        "signed": len(found.of(State.SIGNED)),
    }


def _plain(entry: Entry) -> dict[str, object]:
    last = entry.signature
    return {
        "file": entry.file,
        "name": entry.name,
        "mark": entry.mark,
        "state": entry.state,
        "last_signature": {"by": last.by, "on": last.on} if last else None,
    }


def _title(state: str) -> str:
    return state[:1].upper() + state[1:]


def _folder(folder: Path | None) -> Path:
    from app import places

    return places.catalogue_folder() if folder is None else folder


def _today() -> date:
    """Today where the person sits who prints or signs."""
    from app import wiring

    return wiring.clock().astimezone().date()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise StridewellError(f"--on {text[:40]}: this is not a date. Write a day like 2026-11-20.") from None
