"""How often somebody may sign up or ask for a mail, by the network they come from."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

from models import tallies

if TYPE_CHECKING:
    from starlette.requests import Request

    from web.deps import Deps

ASKED_AN_HOUR = 40
"""From one network: a running club behind one router gets through, a machine does not."""

HOUR = timedelta(hours=1)


def network(deps: Deps, request: Request) -> None:
    """Count one more from where the request comes. Raises 429 when it was too many."""
    with deps.sessionmaker.begin() as session:
        fine = tallies.within(session, f"network {_network(request)}", most=ASKED_AN_HOUR, per=HOUR, now=deps.clock())
    if not fine:
        raise HTTPException(429, headers={"Retry-After": str(int(HOUR.total_seconds()))})


def _network(request: Request) -> str:
    """The address the request comes from; of IPv6 the half that names a household."""
    host = request.client.host if request.client else ""
    try:
        there = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((there, 64), strict=False)) if there.version == 6 else str(there)
