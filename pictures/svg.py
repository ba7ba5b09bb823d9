"""Panels of shapes as SVG text.

Colours stand in presentation attributes, so that a picture is right without any style, and in classes, so that a page (or
the picture's own style block) may give others: `.figure-skin` and so on. No style attributes, no scripts, nothing from
elsewhere: pages with a strict policy may hold it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise
from math import acos, hypot, pi

from pictures.pose import Figure
from pictures.scene import PANEL_HEIGHT, PANEL_WIDTH, Panel, moving, stills
from pictures.shapes import Shape

LIGHT: Mapping[str, str] = {
    "card": "#eaf1ed",
    "shadow": "#1d2a2b",
    "wall": "#d9e4df",
    "wall-top": "#e4ece8",
    "wall-side": "#c6d4ce",
    "mat": "#a9c6dd",
    "mat-top": "#bcd5e8",
    "mat-side": "#8fb1cb",
    "skin": "#e3ab83",
    "skin-far": "#c48c66",
    "neck": "#cd956d",
    "shirt": "#1f8273",
    "shirt-far": "#166055",
    "shorts": "#35494f",
    "shorts-far": "#27383d",
    "shoe": "#f2b63f",
    "shoe-far": "#cc9428",
    "sole": "#fffaf0",
    "sole-far": "#ddd6c8",
    "hair": "#4a2f27",
    "eye": "#3a2520",
    "work": "#e5432b",
    "arrow": "#12403b",
    "prop": "#c2b49b",
    "prop-top": "#d8ccb6",
    "prop-side": "#a89a80",
    "pillow": "#f5efe2",
    "metal": "#566567",
    "metal-light": "#8f9d9e",
    "wood": "#a9794a",
    "bag": "#7d5ba6",
    "band": "#7d4fae",
}
DARK: Mapping[str, str] = {
    **LIGHT,
    "card": "#21302f",
    "shadow": "#000000",
    "wall": "#465b53",
    "wall-top": "#556b63",
    "wall-side": "#3b4f48",
    "mat": "#3f6079",
    "mat-top": "#4b708c",
    "mat-side": "#334f64",
    "shirt": "#35a08f",
    "shirt-far": "#277a6d",
    "shorts": "#5d757b",
    "shorts-far": "#47595e",
    "hair": "#8a5c48",
    "work": "#f2573d",
    "arrow": "#bfe8dd",
    "prop": "#8d8069",
    "prop-top": "#a2957d",
    "prop-side": "#766a55",
    "pillow": "#d8d0c0",
    "metal": "#84959a",
    "metal-light": "#aebcbf",
    "band": "#a884d6",
    "bag": "#9878c4",
}


STEPS = 5
"""Poses drawn on the way of a moving picture; between them corners go straight, too shortly to be seen."""

SHADE = 0.14
"""How much darker a floor is in the shadow."""

UNSEEN = 0.6
"""Tenths of a pixel that a corner may be off."""

_EDGES: Mapping[str, str] = {"arrow": "card"}
"""Edges that have a colour of their own; the others are a darker shade."""


def still(figure: Figure, title: str) -> str:
    """A panel for a hold, two beside one another for start and end; title: what a reader who cannot see it is told."""
    panels = stills(figure)
    groups = [_group(_paths(panel, 0 if figure.focus else k * PANEL_WIDTH)) for k, panel in enumerate(panels)]
    if figure.focus:
        groups = [_cropped(group, k) for k, group in enumerate(groups)]
    return _document(title, PANEL_WIDTH * len(panels), "".join(groups))


def animated(figure: Figure, title: str) -> str:
    """One panel that goes from start to end and back for ever; who wants no movement is shown the end. A hold is still."""
    if len(figure.frames) == 1:
        return still(figure, title)
    panels = moving(figure, STEPS)
    resting = _group(_paths(panels[-1], 0.0), "figure-resting", hidden=True)
    both = _group(_moving_paths(panels, figure.seconds), "figure-moving") + resting
    return _document(title, PANEL_WIDTH, _cropped(both, 0) if figure.focus else both)


def styles() -> str:
    """Style rules for dark surroundings and for readers who want no movement. Every picture carries them; a page that
    holds pictures in itself and forbids style blocks has to serve them with its own.
    """
    dark = "".join(
        f".figure-{name}{{fill:{colour};stroke:{_edge(name, DARK)}}}"
        for name, colour in DARK.items()
        if colour != LIGHT[name]
    )
    return (
        f"@media (prefers-color-scheme:dark){{{dark}}}"
        "@media (prefers-reduced-motion:reduce){.figure-moving{display:none}.figure-resting{display:inline}}"
    )


def size(figure: Figure) -> tuple[int, int]:
    """Width and height of the still picture in CSS pixels."""
    return (int(PANEL_WIDTH) * min(2, len(figure.frames)), int(PANEL_HEIGHT))


def _edge(name: str, palette: Mapping[str, str]) -> str:
    """The colour of an edge: three quarters as bright."""
    colour = palette[name]
    if name in _EDGES:
        return palette[_EDGES[name]]
    return "#" + "".join(f"{round(int(colour[k : k + 2], 16) * 0.74):02x}" for k in (1, 3, 5))


def _document(title: str, width: float, body: str) -> str:
    w, h = round(width * 10), round(PANEL_HEIGHT * 10)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{width:g}" height="{PANEL_HEIGHT:g}" '
        f'role="img"><title>{escape(title)}</title><style>{styles()}</style>'
        f'<rect class="figure-card" width="{w}" height="{h}" rx="80" fill="{LIGHT["card"]}" stroke="none"/>'
        f'<g stroke-width="9" stroke-linejoin="round" paint-order="stroke">{body}</g></svg>\n'
    )


def _cropped(group: str, panel: int) -> str:
    """What reaches beyond its panel is cut off there."""
    w, h = round(PANEL_WIDTH * 10), round(PANEL_HEIGHT * 10)
    return f'<svg x="{panel * w}" width="{w}" height="{h}">{group}</svg>'


def _group(paths: list[str], name: str = "", *, hidden: bool = False) -> str:
    attributes = (f' class="{name}"' if name else "") + (' display="none"' if hidden else "")
    return f"<g{attributes}>{''.join(paths)}</g>"


def _paths(panel: Panel, x: float) -> list[str]:
    return [f'{_opened(shape)} d="{_drawn(shape, x)}"/>' for shape in panel.shapes]


def _opened(shape: Shape) -> str:
    line = f' stroke="{_edge(shape.colour, LIGHT)}"' if shape.line else ' stroke-width="0"'
    if shape.colour == "shadow":
        line += f' fill-opacity="{SHADE}"'
    return f'<path class="figure-{shape.colour}" fill="{LIGHT[shape.colour]}"{line}'


def _drawn(shape: Shape, dx: float, *, every_corner: bool = False) -> str:
    """Tenths of a pixel, each corner from the one before; without corners that make no difference to the eye, unless their
    number has to stay the same from frame to frame.
    """
    out = []
    for outline in shape.outlines:
        corners = [(round((x + dx) * 10), round(y * 10)) for x, y in outline]
        kept = corners if every_corner else _telling(corners)
        if len(kept) == 1:
            continue
        steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept)]
        out.append(f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps).replace(' -', '-')}z")
    return "".join(out)


def _telling(corners: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without those that lie nearly on the line from the one before to the one after."""
    kept = corners[:1]
    for (x, y), (nx, ny) in pairwise(corners[1:]):
        ax, ay = x - kept[-1][0], y - kept[-1][1]
        bx, by = nx - kept[-1][0], ny - kept[-1][1]
        if abs(ax * by - ay * bx) > UNSEEN * hypot(bx, by):
            kept.append((x, y))
    return kept if corners[-1] == kept[-1] else [*kept, corners[-1]]


# Movement


def _moving_paths(panels: Sequence[Panel], seconds: tuple[float, float, float, float]) -> list[str]:
    """Each shape once, with all its outlines on the way. A shape that is not there in some frames is hidden meanwhile.

    Who is painted over whom is as in the middle of the way.
    """
    frames = [{shape.name: shape for shape in panel.shapes} for panel in panels]
    names = list(frames[len(frames) // 2])
    names += [name for frame in frames for name in frame if name not in names]
    names = list(dict.fromkeys(names))
    times, order = _course(len(panels), seconds)
    total = f"{sum(seconds):g}s"
    out = []
    for name in names:
        known = [frame.get(name) for frame in frames]
        shapes = [_nearest(known, k) for k in range(len(known))]
        inner = ""
        drawn = [_drawn(shape, 0.0, every_corner=True) for shape in shapes]
        if len(set(drawn)) > 1:
            values = ";".join(drawn[k] for k in order)
            inner += _animate("d", values, times, total)
        if None in known:
            values = ";".join("0" if known[k] is None else "1" for k in order)
            inner += _animate("opacity", values, times, total, mode=' calcMode="discrete"')
        out.append(
            f'{_opened(shapes[0])} d="{drawn[0]}">{inner}</path>' if inner else f'{_opened(shapes[0])} d="{drawn[0]}"/>'
        )
    return out


def _animate(attribute: str, values: str, times: str, total: str, mode: str = "") -> str:
    return (
        f'<animate attributeName="{attribute}" dur="{total}" repeatCount="indefinite"{mode} keyTimes="{times}" '
        f'values="{values}"/>'
    )


def _nearest(shapes: list[Shape | None], k: int) -> Shape:
    """The shape of the frame that is nearest in time and has it."""
    return min((abs(k - n), n, shape) for n, shape in enumerate(shapes) if shape is not None)[2]


def _course(frames: int, seconds: tuple[float, float, float, float]) -> tuple[str, list[int]]:
    """When which frame is shown, in shares of the whole: there, stay, back, rest; slowly at both ends."""
    there, stay, back, rest = seconds
    total = there + stay + back + rest
    last = frames - 1
    eased = [acos(1 - 2 * k / last) / pi for k in range(frames)]
    moments = [(there * e, k) for k, e in enumerate(eased)]
    moments += [(there + stay + back * e, last - k) for k, e in enumerate(eased)]
    moments.append((total, 0))
    kept = [m for n, m in enumerate(moments) if n == 0 or m != moments[n - 1]]
    return ";".join(f"{at / total:.4g}" for at, _ in kept), [k for _, k in kept]
