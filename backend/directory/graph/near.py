"""Which people to ask Graph for when somebody's namesakes, or those meant by a wrong address, are sought.

Graph compares letter by letter; who of those it answers with really is easily taken for another is decided by
`backend.directory.names`. Each clause is wide enough to hold those and narrow enough to hold few others.
"""

from collections.abc import Iterator
from itertools import product

from backend.directory.graph.asks import equals, starts_with
from backend.domain.directory import DirectoryEntry

_ALIKE = {"c": "k", "k": "c", "w": "v", "v": "w", "z": "s", "s": "z", "f": "ph", "i": "y", "y": "i"}
"""First letters that are heard as one."""
_DOTTED = {"a": "aåä", "o": "oö", "e": "eé", "u": "uü"}
"""Letters that addresses are written with for others."""
_HEAD = 2
_STEM = 3
_MOST_SPELLINGS = 6


def namesake_clauses(entry: DirectoryEntry) -> Iterator[str]:
    """Of two comparisons each: same surname and like given name, the other way round, swapped, spelled otherwise."""
    given, surname = entry.given_name, entry.surname
    if not (given and surname):
        return
    yield _both(equals("surname", surname), starts_with("givenName", given[:1]))
    yield _both(equals("givenName", given), starts_with("surname", surname[:_HEAD]))
    yield _both(equals("surname", given), equals("givenName", surname))
    if other := _ALIKE.get(surname[:1].lower()):
        yield _both(starts_with("surname", other + surname[1:_STEM]), starts_with("givenName", given[:_HEAD]))
    if other := _ALIKE.get(given[:1].lower()):
        yield _both(equals("surname", surname), starts_with("givenName", other + given[1:_HEAD]))
    yield from (_both(starts_with("surname", surname[:1] + letter), equals("givenName", given))
                for letter in _ALIKE.get(surname[1:2].lower(), ""))  # fmt: skip


def stray_clauses(address: str) -> Iterator[str]:
    """Of one or two comparisons each, for an address that nobody has: by given name and surname in either order."""
    words = _words(address)
    if not words:
        return
    if len(words) == 1:
        yield starts_with("mail", words[0][:_STEM])
        return
    first, last = words[0], words[-1]
    for given, surname in ((first, last), (last, first)):
        yield from (
            _both(starts_with("givenName", one), starts_with("surname", other))
            for one, other in _heads(given[:_HEAD], surname[:_HEAD])
        )
    yield _both(equals("givenName", first), starts_with("surname", last[:1]))
    yield _both(starts_with("givenName", first[:1]), equals("surname", last))


def stray_stem(address: str) -> str:
    """How the address of a group starts that may have been meant; empty where it is rather a person's."""
    words = _words(address)
    return words[0][:_STEM] if len(words) == 1 else ""


def _words(address: str) -> list[str]:
    local = address.partition("@")[0]
    return "".join(letter if letter.isalpha() else " " for letter in local).split()


def _heads(one: str, other: str) -> list[tuple[str, str]]:
    """Both heads in every spelling, as written first."""
    spellings = product(_spellings(one), _spellings(other))
    return [pair for pair, _ in zip(spellings, range(_MOST_SPELLINGS), strict=False)]


def _spellings(head: str) -> list[str]:
    return ["".join(letters) for letters in product(*(_DOTTED.get(letter, letter) for letter in head))]


def _both(one: str, other: str) -> str:
    return f"{one} and {other}"
