"""The return path of a mail: an address of its own for each, so that a bounce says which mail bounced.

`b+<id>.<mac>@<domain>`: the mac keeps strangers from reporting bounces that never happened. It is lower-case base32,
since mail servers on the way may change the case of a local part.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Sequence
from typing import Final

_MAC_OCTETS: Final = 10
"""80 bits: 16 letters, enough for a forger who gets no second look at the answer."""

_PATH = re.compile(r"b\+([0-9]{1,18})\.([a-z2-7]{16})@.+", re.IGNORECASE)


def return_path(outbox_id: int, domain: str, key: str) -> str:
    """The envelope sender of the mail with this number. domain: that of MAIL_FROM; key: the newest signing key."""
    return f"b+{outbox_id}.{_mac(outbox_id, key)}@{domain}"


def bounced_id(address: str, keys: Sequence[str]) -> int | None:
    """The number of the mail an address was the return path of; None when it is none of ours. keys: the whole ring."""
    found = _PATH.fullmatch(address)
    if found is None:
        return None
    outbox_id, mac = int(found[1]), found[2].lower()
    ours = [hmac.compare_digest(mac, _mac(outbox_id, key)) for key in keys]
    return outbox_id if any(ours) else None


def _mac(outbox_id: int, key: str) -> str:
    digest = hmac.digest(key.encode("utf-8"), b"stridewell.bounce:%d" % outbox_id, "sha256")
    return base64.b32encode(digest[:_MAC_OCTETS]).decode("ascii").lower()
