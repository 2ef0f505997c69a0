"""One mail address as Outlook hands it over, taken apart; what is not an address is told from what is."""

import unicodedata
from dataclasses import dataclass, field

from backend.recipients import domain_names

LONGEST = 320
"""Characters in an address: 64 before the sign, 255 after it (RFC 5321, 4.5.3.1)."""

_NOT_UNQUOTED = frozenset('()<>[]:;@\\,"')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories: controls, letters without width, halves of pairs, private use, unassigned, line breaks."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address's parts. `local` as it was written, the others in lower case. `repr` shows none of them.

    `disguised`: the domain was written in letters that a machine reads as others: full-width, or with marks unseen.

    `domain` is ASCII (A-labels), `written_domain` as people read it, `registrable` what somebody registered (ASCII):
    empty for one label alone and for an IP address, which stands in brackets in `domain`.
    """

    local: str = field(repr=False)
    domain: str = field(repr=False)
    written_domain: str = field(repr=False)
    registrable: str = field(repr=False)
    disguised: bool = field(default=False, repr=False)


def read(key: str) -> Address | None:
    """The address in `key` (`Mailbox.key`: no blanks around). None where it is not one address. Never raises."""
    if len(key) > LONGEST or key.startswith("/o=") or any(unicodedata.category(letter) in _UNSEEN for letter in key):
        return None
    local, _, domain = key.rpartition("@")
    if not (_is_quoted(local) or _is_plain(local)):
        return None
    if domain.startswith("[") and domain.endswith("]") and _is_literal(domain[1:-1]):
        return Address(local, domain, domain, "")
    name = domain_names.read(domain)
    if name is None:
        return None
    disguised = unicodedata.normalize("NFC", domain.lower()) not in (name.ascii, name.written)
    return Address(local, name.ascii, name.written, name.registrable, disguised)


def _is_plain(local: str) -> bool:
    if not local or unicodedata.normalize("NFKC", local) != local:
        return False  # full-width and the like: a mail server may read them as others
    return _NOT_UNQUOTED.isdisjoint(local) and not any(letter.isspace() for letter in local)


def _is_quoted(local: str) -> bool:
    """Whether it is one quoted string (RFC 5321, 4.1.2), in which a backslash protects what follows it."""
    if len(local) < len('""') or local[0] != '"' or local[-1] != '"':
        return False
    protected = False
    for letter in local[1:-1]:
        if letter == '"' and not protected:
            return False
        protected = letter == "\\" and not protected
    return not protected


def _is_literal(inside: str) -> bool:
    """Whether it can be an IP address: digits, hexadecimals, dots and colons (RFC 5321, 4.1.3)."""
    figures = inside.removeprefix("ipv6:")
    return bool(figures) and frozenset("0123456789abcdef.:").issuperset(figures)
