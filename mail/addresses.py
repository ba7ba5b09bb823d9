"""The shape an e-mail address must have before it is written into a header or an SMTP command."""

from __future__ import annotations

import re
from typing import Final

from email_validator import EmailNotValidError, validate_email

LONGEST_ADDRESS: Final = 254
"""Octets; RFC 5321 errata 1690."""

_PLAIN = re.compile(r"[^\x00-\x20\x7f-\xa0<>()\[\]\\,;:\"@\s]+@[^\x00-\x20\x7f-\xa0<>()\[\]\\,;:\"@\s]+")
"""One local part, one domain, nothing that ends a bracket, a header line or an SMTP command. Quoted local parts are not
taken."""


def is_plain(address: str) -> bool:
    """Whether the address can be written between angle brackets as it stands."""
    try:
        octets = len(address.encode("utf-8"))
    except UnicodeEncodeError:
        return False
    return octets <= LONGEST_ADDRESS and _PLAIN.fullmatch(address) is not None


def with_ascii_domain(address: str) -> str:
    """The address with its domain as IDNA writes it (müller.example → xn--mller-kva.example); the local part is left
    alone.

    address: plain, as `is_plain` tells. A domain that IDNA does not know is left as it is.
    """
    local, _, domain = address.rpartition("@")
    if domain.isascii():
        return address
    try:
        known = validate_email(f"x@{domain}", check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return address
    return f"{local}@{known.ascii_domain}"
