"""Turns a template of templates/web/ and its values into an answer."""

from __future__ import annotations

from functools import cache, lru_cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from language.templates import translated
from language.tongue import Tongue
from web.headers import harden

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping

    from web.deps import Deps

STATIC = Path(__file__).parent / "static"
"""The stylesheet and the icon: everything a page loads."""

READING = ["GET", "HEAD"]
"""How an address is asked for that only shows something."""


class Pages:
    """Renders pages. One for an app: templates are compiled once."""

    def __init__(self, deps: Deps) -> None:
        self._secure = deps.secure
        self._deps = deps
        self._static = f"{deps.base}/static"
        self._envs: dict[Tongue, Environment] = {}
        # A part of a page that is the same for many: written once for what it is about.
        self._part = lru_cache(maxsize=4096)(self._write_part)

    def _env(self, tongue: Tongue) -> Environment:
        found = self._envs.get(tongue)
        if found is None:
            found = self._envs[tongue] = self._made(tongue)
        return found

    def _made(self, tongue: Tongue) -> Environment:
        deps = self._deps
        env = Environment(
            loader=_Translating(deps.templates / "web", tongue),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        env.globals.update(
            base=deps.base,
            style=self.asset("site.css"),
            asset=self.asset,
            module=self.module,
            part=partial(self._part, tongue),
        )
        return env

    def asset(self, name: str) -> str:
        """The address of a static file: it changes with the file."""
        return f"{self._static}/{name}?{_print_of(STATIC / name)}"

    def module(self, folder: str, name: str) -> str:
        """The address of a script in a folder of scripts that load one another: it changes with any of them."""
        return f"{self._static}/{folder}/{print_of_folder(STATIC / folder)}/{name}"

    def modules(self, folder: str) -> tuple[str, ...]:
        """The addresses of all scripts of a folder."""
        return tuple(self.module(folder, path.name) for path in sorted((STATIC / folder).glob("*.js")))

    def _write_part(self, tongue: Tongue, name: str, it: Hashable = None) -> Markup:
        return Markup(self._env(tongue).get_template(f"{name}.html.j2").render(it=it))  # noqa: S704 our own template

    def show(
        self,
        name: str,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        *,
        tongue: Tongue,
        **values: object,
    ) -> HTMLResponse:
        """The page of templates/web/<name>.html.j2 in a language. headers: added to, or in place of, the usual ones."""
        text = self._env(tongue).get_template(f"{name}.html.j2").render(values)
        response = HTMLResponse(text, status, dict(headers or {}))
        # Here too and not only in the middleware, which an error page of last resort does not pass.
        harden(response.headers, secure=self._secure)
        return response

    def problem(
        self, kind: str, status: int, headers: Mapping[str, str] | None = None, *, tongue: Tongue
    ) -> HTMLResponse:
        """A plain page that helps. kind: a heading of problem.html.j2."""
        return self.show("problem", status, headers, tongue=tongue, kind=kind)


class _Translating(FileSystemLoader):
    """Reads templates in one language."""

    def __init__(self, folder: Path, tongue: Tongue) -> None:
        super().__init__(folder)
        self._tongue = tongue

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, fresh = super().get_source(environment, template)
        return translated(source, self._tongue), path, fresh


@cache
def print_of_folder(folder: Path) -> str:
    """A short fingerprint of all files in a folder."""
    files = "".join(f"{path.name} {_print_of(path)}\n" for path in sorted(folder.iterdir()))
    return blake2b(files.encode("ascii"), digest_size=6).hexdigest()


@cache
def _print_of(path: Path) -> str:
    """A short fingerprint of a file: a changed stylesheet gets a new address, so browsers may keep the old one for long."""
    return blake2b(path.read_bytes(), digest_size=6).hexdigest()
