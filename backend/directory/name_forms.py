"""Which pairs of given name and surname an entry, or the part of an address before the @, can be read as."""

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from backend.directory.spelling import plain, sounding
from backend.domain.directory import DirectoryEntry, EntryKind

PEOPLE = frozenset({EntryKind.PERSON, EntryKind.CONTACT})
_SHORTEST_PART = 3
_LONGEST_LOCAL = 64
"""RFC 5321, 4.5.3.1.1."""
_NOTES = ("(", " - ", " / ", " | ")
_BETWEEN_WORDS = re.compile(r"[\W\d_]+")
_JOINTS = str.maketrans(dict.fromkeys("-_.+", " "))


class Source(IntEnum):
    """What a form was taken from, surest first."""

    WHOLE = 0
    PART = 1
    ADDRESS = 2


class Form(NamedTuple):
    """A given name and a surname, both as they sound."""

    given: str
    surname: str
    source: Source = Source.WHOLE


def name_of(entry: DirectoryEntry) -> tuple[str, str]:
    """Given name and surname; both empty where the entry has no such name. `Berg, Anna (Social)` is understood."""
    if entry.kind not in PEOPLE:
        return "", ""
    if entry.given_name and entry.surname:
        return entry.given_name, entry.surname
    name = entry.name
    for note in _NOTES:
        name = name.partition(note)[0]
    surname, comma, given = name.partition(",")
    if not comma:
        given, _, surname = name.strip().rpartition(" ")
    return (given.strip(), surname.strip()) if given.strip() and surname.strip() else ("", "")


def name_forms(entry: DirectoryEntry) -> Iterator[Form]:
    """The whole name first, then what remains when a further given name or half a double surname is left out."""
    given, surname = name_of(entry)
    whole = Form(sounding(given), sounding(surname))
    if not (whole.given and whole.surname):
        return
    yield whole
    parts = surname.translate(_JOINTS).split()
    given_names = given.split()
    if len(given_names) > 1:
        yield Form(sounding(given_names[0]), whole.surname, Source.PART)
    if len(parts) > 1:
        yield from (Form(whole.given, sounding(one), Source.PART) for one in parts if len(one) >= _SHORTEST_PART)


def words_of(address: str) -> list[str]:
    """The words before the @, `plain`: dots, hyphens and digits separate."""
    local = address.partition("@")[0][:_LONGEST_LOCAL]
    return [word for word in map(plain, _BETWEEN_WORDS.split(local)) if word]


def address_forms(address: str) -> Iterator[Form]:
    """Every way to read an address as given name and surname, in either order; an initial may stand for one of them.

    `anna.berg`, `berg.anna`, `annaberg`, `a.berg`, `ann.aberg`. In a single word each place is tried as the border.
    """
    words = words_of(address)
    letters = "".join(words)
    borders = {*range(1, len(letters))}
    if len(words) > 1:
        written = [sum(map(len, words[:at])) for at in range(1, len(words))]
        # The dot may have changed places with the letter beside it.
        borders &= {at + step for at in written for step in (-1, 0, 1)}
    for at in sorted(borders):
        first, last = sounding(letters[:at]), sounding(letters[at:])
        yield Form(first, last, Source.ADDRESS)
        yield Form(last, first, Source.ADDRESS)
