"""An address as directories compare it."""

import re

import idna

_LONGEST = 320
"""RFC 3696, erratum 1690: 64 before the @ and 255 after it."""
_ORDINARY = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9.-]+")
_NEVER = frozenset('<>()[],;:\\" \t\r\n')


def address_key(text: str) -> str:
    """Lower case, the domain as ASCII; empty when `text` is no address at all. Never raises."""
    if len(text) > _LONGEST:
        return ""
    written = text.strip().lower()
    if _ORDINARY.fullmatch(written):
        return written
    local, _, domain = written.rpartition("@")
    if not (local and domain) or "@" in local or not written.isprintable() or _NEVER.intersection(written):
        return ""
    return f"{local}@{ascii_domain(domain)}"


def domain_of(key: str) -> str:
    """What stands after the @."""
    return key.rpartition("@")[2]


def ascii_domain(domain: str) -> str:
    """The domain with A-labels (RFC 5890), in lower case; as it is where it has none."""
    domain = domain.strip().lower()
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except UnicodeError:
        return domain
