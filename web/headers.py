"""The headers that every answer carries, whatever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No script at all, nothing from elsewhere, and nobody may frame a page that can store an answer."""

SCRIPTED = {"Content-Security-Policy": f"{PAGE_POLICY}; script-src 'self'; connect-src 'self'"}
"""For a page that is better with a script of ours, which talks to nobody but us, and works without."""

_ALWAYS = {
    "Content-Security-Policy": PAGE_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}


def harden(headers: MutableHeaders, *, secure: bool) -> None:
    """Add what is missing; a page that needs another policy (a letter in its frame) has set its own before."""
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    if secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")


class HardenedHeaders:
    """Middleware; HEAD and error answers pass through it as well."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                harden(MutableHeaders(scope=message), secure=self.secure)
            await send(message)

        await self.app(scope, receive, send_hardened)
