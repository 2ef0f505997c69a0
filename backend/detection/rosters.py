"""Lists and tables whose heading says something and whose lines name those it is said of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import re2

from backend.detection.lines import Lines

_FEWEST_NAMED = 3
_FEWEST_POINTED = 4
"""Initials and flats point people out less surely than names: it takes more of them to make a list."""
_LONGEST_ROW = 160
_MOST_LINES = 3_000
_ROW_MARKS = " \t\n\f\r-–—•*·◦▪‣|0123456789.:)("
_PLACE_LETTERS = frozenset({"lg", "lä", "ru", "rm", "pl", "nr", "fl", "ap"})
_INITIALS = re2.compile(r"^(?:\p{Lu}\. ?\p{Lu}\.?(?: ?\p{Lu}\.)?|\p{Lu}{2,3}|\p{Lu} \p{Lu})(?:[\s,:;|(–-]|$)")
_PLACE = re2.compile(r"(?i)^(?:lgh|lägenhet|rum|rm|plats|nr|flat|apt)\.? ?[0-9]{1,4}\b")
_NAME_AND_INITIAL = re2.compile(r"^(\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)? \p{Lu})(?:\.|[\s,:;|(–-]|$)")


@dataclass(frozen=True, slots=True)
class Roster:
    """Line numbers of a list's heading (-1 if it has none) and of its rows with a key for the person of each."""

    heading: int
    rows: Mapping[int, str]


def find_rosters(lines: Lines, named: Mapping[int, str]) -> list[Roster]:
    """Lists of people in a part; `named` are the lines that name somebody. Linear in the length of the text."""
    rows = dict(named)
    for number in range(min(lines.count(), _MOST_LINES)):
        if number not in rows and (key := _pointed(lines.line(number))):
            rows[number] = key
    return [roster for run in _runs(rows) if (roster := _roster(lines, run, rows, named)) is not None]


def _roster(lines: Lines, run: Sequence[int], rows: Mapping[int, str], named: Mapping[int, str]) -> Roster | None:
    fewest = _FEWEST_NAMED if all(number in named for number in run) else _FEWEST_POINTED
    keys = {number: rows[number] for number in run}
    if len(set(keys.values())) < fewest or any(len(lines.line(number)) > _LONGEST_ROW for number in run):
        return None
    heading = run[0] - 1
    while heading > 0 and run[0] - heading <= _FEWEST_NAMED and not lines.line(heading).strip():
        heading -= 1
    return Roster(heading, keys)


def _pointed(line: str) -> str:
    """What points a person out at the start of a row that names nobody: initials, a name with an initial, a flat."""
    start = line.lstrip(_ROW_MARKS)
    if len(line) > _LONGEST_ROW or not _may_point(start):
        return ""
    found = _PLACE.search(start) or _NAME_AND_INITIAL.search(start) or _INITIALS.search(start)
    return str(found.group()).strip(" ,:;|(–-\t\n").lower() if found is not None else ""


def _may_point(start: str) -> bool:
    """Whether the expressions need be asked: most lines begin otherwise, and asking is what takes time."""
    if start[:2].lower() in _PLACE_LETTERS:
        return True
    if not start[:1].isupper():
        return False
    space = start.find(" ")
    return start[1:2] in {".", " "} or start[1:2].isupper() or start[space + 1 : space + 2].isupper()


def _runs(rows: Mapping[int, str]) -> Iterator[list[int]]:
    """Runs of consecutive line numbers."""
    for _, members in groupby(enumerate(sorted(rows)), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in members]
