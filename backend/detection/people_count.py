"""How many people the sensitive findings of a draft concern: in their sentences, and row by row in lists."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from backend.detection.part_scan import PartScan
from backend.domain.finding import Finding
from backend.domain.label import Category

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
    if "subject" in places:
        people |= _under_subject(scans)
    return max(len(people), nameless)


def _in_sentences(scan: PartScan, starts: set[int]) -> set[str]:
    sentences = {scan.tokens[scan.token_at(start)].sentence for start in starts}
    return {name.key for name in scan.names if name.spoken_of and scan.tokens[name.first].sentence in sentences}


def _in_rows(scan: PartScan, starts: set[int]) -> set[str]:
    """Those in the rows of lists that hold a finding, or stand right under a line that does."""
    found = {scan.lines.number_at(start) for start in starts}
    people: set[str] = set()
    for roster in scan.rosters:
        hit = found.intersection(roster.rows)
        # A word in the last row alone may be a sentence that follows a list of staff.
        concerned = hit if hit == {max(roster.rows)} and roster.heading not in found else roster.rows
        if not hit and roster.heading not in found:
            continue
        people |= {roster.rows[number] for number in concerned}
    return people


def _under_subject(scans: Sequence[PartScan]) -> set[str]:
    """Those in a list that is the body's main matter: what the subject says is said of them."""
    for scan in scans:
        if scan.part.id == "body":
            filled = sum(bool(scan.lines.line(number).strip()) for number in range(scan.lines.count()))
            main = [roster for roster in scan.rosters if len(roster.rows) * 2 >= filled]
            return {key for roster in main for key in roster.rows.values()}
    return set()


def _nameless_rows(scan: PartScan, starts: set[int]) -> int:
    """The longest run of list rows that each hold a finding, when it is a list of five or more."""
    found = {scan.lines.number_at(start) for start in starts}
    rows = {number: "" for number in sorted(found) if _is_row(scan.lines.line(number))}
    longest = max((len(run) for run in _runs(rows)), default=0)
    return longest if longest >= _NAMELESS_ROWS else 0


def _runs(rows: Mapping[int, str]) -> Iterator[list[int]]:
    """Runs of consecutive line numbers."""
    for _, members in groupby(enumerate(sorted(rows)), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in members]


def _is_row(line: str) -> bool:
    """Whether a line looks like an entry of a list or table rather than a sentence of its own."""
    start = line.strip()
    return start[:1] in _LIST_MARKS or any(mark in start[:24] for mark in _CELL_MARKS)
