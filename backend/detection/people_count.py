"""How many people the sensitive findings of a draft concern: in their sentences, and row by row in lists."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from backend.detection.part_scan import PartScan
from backend.detection.persons import Clue
from backend.domain.finding import Finding
from backend.domain.label import Category

_FEWEST_ROWS = 3
_NAMELESS_ROWS = 5
_LIST_MARKS = frozenset("-–—•*·◦▪‣\t|0123456789")
_WITHOUT_TOPIC = frozenset({Category.PERSONNUMMER, Category.PHOTO})
_CELL_MARKS = (":", "–", " - ", "\t", "|", ";")


def people_in_findings(scans: Sequence[PartScan], findings: Sequence[Finding]) -> int:
    """Distinct people named where a category is said of someone; rows without names count as one person each."""
    places: dict[str, set[int]] = defaultdict(set)
    for finding in findings:
        if finding.about_person and finding.category not in _WITHOUT_TOPIC:
            places[finding.part].add(finding.start)
    people: set[str] = set()
    nameless = 0
    for scan in scans:
        starts = places.get(scan.part.id)
        if starts:
            people |= _in_sentences(scan, starts) | _in_rows(scan, starts)
            nameless = max(nameless, _nameless_rows(scan, starts))
    return max(len(people), nameless)


def _in_sentences(scan: PartScan, starts: set[int]) -> set[str]:
    sentences = {scan.tokens[scan.token_at(start)].sentence for start in starts}
    return {name.key for name in scan.names if name.spoken_of and scan.tokens[name.first].sentence in sentences}


def _in_rows(scan: PartScan, starts: set[int]) -> set[str]:
    """First names of the rows of lists that hold a finding, or stand right under a line that does."""
    found = {scan.lines.number_at(start) for start in starts}
    named = _first_names(scan)
    attendance = _attendance_lines(scan)
    people: set[str] = set()
    for rows in _runs(named):
        heading = rows[0] - 1
        if heading >= 0 and not scan.lines.line(heading).strip():
            heading -= 1
        concerned = heading in found or not found.isdisjoint(rows)
        if concerned and len(rows) >= _FEWEST_ROWS and attendance.isdisjoint((heading, rows[0])):
            people |= {named[row] for row in rows}
    return people


def _nameless_rows(scan: PartScan, starts: set[int]) -> int:
    """The longest run of list rows that each hold a finding, when it is a list of five or more."""
    found = {scan.lines.number_at(start) for start in starts}
    rows = {number: "" for number in sorted(found) if _is_row(scan.lines.line(number))}
    longest = max((len(run) for run in _runs(rows)), default=0)
    return longest if longest >= _NAMELESS_ROWS else 0


def _first_names(scan: PartScan) -> dict[int, str]:
    """The first person spoken of in each line that holds one, by line number in rising order."""
    named: dict[int, str] = {}
    for name in sorted(scan.names, key=lambda one: one.first):
        if name.spoken_of:
            named.setdefault(scan.lines.number_at(scan.tokens[name.first].start), name.key)
    return named


def _runs(rows: Mapping[int, str]) -> Iterator[list[int]]:
    """Runs of consecutive line numbers."""
    for _, members in groupby(enumerate(sorted(rows)), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in members]


def _is_row(line: str) -> bool:
    """Whether a line looks like an entry of a list or table rather than a sentence of its own."""
    start = line.strip()
    return start[:1] in _LIST_MARKS or any(mark in start[:24] for mark in _CELL_MARKS)


def _attendance_lines(scan: PartScan) -> set[int]:
    """Lines that begin by saying that those named take part: the matter is not theirs."""
    lines: set[int] = set()
    for first, _ in scan.hits.clues[Clue.ATTENDANCE]:
        start = scan.tokens[first].start
        before = scan.tokens[first - 1].start if first else -1
        number = scan.lines.number_at(start)
        if before < 0 or scan.lines.number_at(before) != number:
            lines.add(number)
    return lines
