"""The pictures of exercises and stretches: drawn when first asked for, and kept by browsers for as long as they do not change."""

from __future__ import annotations

import gzip
import logging
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

import pictures
from coach.errors import CatalogueError
from language.catalogue import spoken
from pictures import svg
from web.pages import READING
from web.visitor import tongue_of

if TYPE_CHECKING:
    from coach.catalogue import Catalogue
    from language.tongue import Tongue
    from mail.pictures import Png
    from pictures.pose import Figure
    from web.pages import Pages

STILL = ".still"
"""Stands after the slug in the address of a picture that does not move."""

PLAIN = "figure.svg"
"""The static file that stands in where nothing is drawn yet."""

FOR_LONG = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=3600"


log = logging.getLogger("stridewell.pictures")


@dataclass(frozen=True, slots=True)
class Picture:
    """Addresses of a picture that moves and of one that does not; the same where there is only one."""

    moving: str
    still: str


class Pictures:
    """Draws the figures of the catalogue. figures: reads them, by slug; called once, at the first picture asked for."""

    def __init__(
        self, base: str, catalogue: Catalogue, figures: Callable[[], Mapping[str, Figure]], plain: str
    ) -> None:
        self._base = base
        self._catalogue = catalogue
        self._read = figures
        self._plain = Picture(plain, plain)
        self._drawn: dict[tuple[str, bool, str], bytes] = {}

    def of(self, slug: str) -> Picture:
        """Where the pictures of an exercise or a stretch are; a plain runner where there is none."""
        figure = self._figures.get(slug)
        if figure is None:
            return self._plain
        seen = self.print_of(figure)
        return Picture(f"{self._base}/p/{slug}.svg?{seen}", f"{self._base}/p/{slug}{STILL}.svg?{seen}")

    def draw(self, slug: str, tongue: Tongue, *, moving: bool) -> tuple[bytes, str] | None:
        """A picture as compressed SVG, titled in a language, and its fingerprint; None where there is no figure."""
        figure = self._figures.get(slug)
        if figure is None:
            return None
        key = (slug, moving, tongue.code)
        if key not in self._drawn:
            catalogue = spoken(self._catalogue, tongue)
            known = catalogue.by_slug.get(slug) or catalogue.stretch_by_slug.get(slug)
            title = slug if known is None else known.name
            text = svg.animated(figure, title) if moving else svg.still(figure, title)
            self._drawn[key] = gzip.compress(text.encode("utf-8"), mtime=0)
        return self._drawn[key], self.print_of(figure)

    def print_of(self, figure: Figure) -> str:
        """A fingerprint of a drawing, without drawing it: of the figure, and of the code that draws."""
        return blake2b(self._pencil + repr(figure).encode("utf-8"), digest_size=6).hexdigest()

    @cached_property
    def _figures(self) -> Mapping[str, Figure]:
        try:
            return self._read()
        except CatalogueError as error:
            # `stridewell catalogue check` is where it stops somebody; a session goes on without pictures.
            log.warning("no pictures: %s", error)
            return {}

    @cached_property
    def _pencil(self) -> bytes:
        files = sorted(Path(str(pictures.__file__)).parent.glob("*.py"))
        return blake2b(b"".join(file.read_bytes() for file in files)).digest()


def routes(drawer: Pictures, pages: Pages, pngs: Callable[[], Mapping[str, Png]]) -> APIRouter:
    router = APIRouter()
    # The one style block of a drawing, by its hash: nothing else may be in it.
    style = b64encode(sha256(svg.styles().encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; frame-ancestors 'none'"

    @router.api_route("/p/{slug}.svg", methods=READING)
    def picture(slug: str, request: Request) -> Response:
        """A drawing, the same for everybody who reads a language."""
        name, tongue = slug.removesuffix(STILL), tongue_of(request)
        found = drawer.draw(name, tongue, moving=name == slug)
        if found is None:
            return pages.problem("nothing-here", 404, tongue=tongue)
        packed, seen = found
        headers = {
            "Content-Security-Policy": policy,
            "Cache-Control": FOR_LONG if request.url.query == seen else FOR_A_WHILE,
            "Vary": "Accept-Encoding, Accept-Language",
        }
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed, media_type="image/svg+xml", headers=headers | {"Content-Encoding": "gzip"})
        return Response(gzip.decompress(packed), media_type="image/svg+xml", headers=headers)

    @router.api_route("/p/{slug}.png", methods=READING)
    def small(slug: str, request: Request) -> Response:
        """The picture of a mail, the same for everybody; web mail shows it from another site."""
        found = pngs().get(slug)
        if found is None:
            return pages.problem("nothing-here", 404, tongue=tongue_of(request))
        headers = {
            "Cache-Control": FOR_LONG if request.url.query == found.seen else FOR_A_WHILE,
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        return Response(found.octets, media_type="image/png", headers=headers)

    return router
