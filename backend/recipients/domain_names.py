"""Internet domain names: their ASCII form, the form people read, and the part that somebody registered."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import idna
from publicsuffixlist import PublicSuffixList

LONGEST = 253
"""Characters in a domain name (RFC 1035, 2.3.4)."""

_LONGEST_LABEL = 63
_ACE_PREFIX = "xn--"
_LETTERS_DIGITS_HYPHEN = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


@dataclass(frozen=True, slots=True)
class DomainName:
    """A name in lower case as A-labels (`ascii`) and as U-labels (`written`), RFC 5890.

    `registrable` (A-labels) is what somebody registered under a public suffix, by the Public Suffix List that comes
    with the library; empty where the name is a suffix itself. `suffix` is what follows its first label.
    """

    ascii: str
    written: str
    registrable: str

    @property
    def suffix(self) -> str:
        """The public suffix; empty when nothing is registered under one."""
        return self.registrable.partition(".")[2]

    @property
    def label(self) -> str:
        """The registrable name's own label as people read it."""
        return self.written.split(".")[-1 - self.registrable.count(".")] if self.registrable else ""


def read(domain: str) -> DomainName | None:
    """The name in `domain`, capitals and full-width letters mapped as browsers do (UTS 46). None where it is none."""
    if not domain or len(domain) > LONGEST:
        return None
    if domain.isascii():
        ascii_form = domain.lower()
    else:
        try:
            ascii_form = idna.encode(domain, uts46=True).decode("ascii").lower()
        except UnicodeError:
            return None
    labels = ascii_form.split(".")
    written = [_written(label) for label in labels]
    if len(ascii_form) > LONGEST or not all(written):
        return None
    return DomainName(ascii_form, ".".join(written), _suffixes().privatesuffix(ascii_form) or "")


def is_top_domain(suffix: str) -> bool:
    """Whether the Public Suffix List knows the suffix: nobody can have registered a name under one it does not know."""
    return _suffixes().publicsuffix(suffix, accept_unknown=False) is not None


def above(domain: str) -> Iterator[str]:
    """The domain and those that it stands under."""
    while domain:
        yield domain
        domain = domain.partition(".")[2]


def in_front(domain: str) -> Iterator[str]:
    """Domains of two or three labels that stand in front of the end, a hyphen after one counting as its end."""
    labels = domain.split(".")
    for start in range(len(labels) - 2):
        for length in (2, 3):
            rest = labels[start : start + length]
            if start + length < len(labels):
                yield ".".join(rest)
            yield ".".join([*rest[:-1], rest[-1].partition("-")[0]])


def _written(label: str) -> str:
    """The label as people read it; empty where it is not a label."""
    if not 0 < len(label) <= _LONGEST_LABEL or not _LETTERS_DIGITS_HYPHEN.issuperset(label):
        return ""
    if "-" in (label[0], label[-1]):
        return ""
    if not label.startswith(_ACE_PREFIX):
        return label
    try:
        return idna.decode(label)
    except UnicodeError:
        return ""


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
