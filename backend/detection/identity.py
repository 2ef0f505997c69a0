"""What makes a person findable: full names with a numbered street address or a date of birth."""

from collections.abc import Sequence

import re2

from backend.detection.part_scan import HEADINGS, PartScan
from backend.detection.people_count import people_in_findings
from backend.detection.persons import Mention
from backend.detection.streets import has_street_address
from backend.detection.tokens import Token
from backend.domain.detected import Identity
from backend.domain.finding import Finding

_BIRTH_WORDS = frozenset({"född", "fodd", "föddes", "födelsedatum", "födelsetid", "f"})
_MASKED_NUMBER = re2.compile(
    r"(?:18|19|20)?[0-9]{2}[01][0-9][0-36-9][0-9] ?[-+\x{2010}-\x{2015}\x{2212}] ?[*xX_•#·.]{4}"
)
_DATE_LENGTHS = frozenset({6, 8})
_YEAR_LENGTH = 4
_CASE_REACH = 3


def identity_of(scans: Sequence[PartScan], findings: Sequence[Finding]) -> Identity:
    """How clearly the draft points people out."""
    numbers = {number.key for scan in scans for number in scan.numbers if number.valid}
    spoken = {name.key for scan in scans for name in scan.names if name.spoken_of}
    full = {name.key for scan in scans for name in scan.names if name.spoken_of and name.kind is Mention.FULL_NAME}
    findable = bool(full) and any(
        has_street_address(_outside_signature(scan)) or has_birth_date(scan.part.text, scan.tokens) for scan in scans
    )
    return Identity(
        personnummer=len(numbers),
        full_names=len(full),
        people=len(spoken),
        strong=bool(numbers) or findable,
        people_in_findings=people_in_findings(scans, findings),
        person_in_case=any(_person_in_case(scan) for scan in scans),
        findable=findable,
    )


def _person_in_case(scan: PartScan) -> bool:
    """Whether a heading (subject, place, file name) names a person right after a case word: "Rehabmöte Kalle"."""
    if not scan.part.id.startswith(HEADINGS):
        return False
    ends = {hit.after for hit in scan.hits.mentions if hit.owner is Mention.CASE_WORD}
    return any(
        name.spoken_of and any(name.first - distance in ends for distance in range(_CASE_REACH)) for name in scan.names
    )


def _outside_signature(scan: PartScan) -> Sequence[Token]:
    if not scan.signatures:
        return scan.tokens
    return [token for token in scan.tokens if token.start not in scan.signatures]


def has_birth_date(text: str, tokens: Sequence[Token]) -> bool:
    """Whether a date of birth stands there ("född 1980-05-14", "f. 520314") or a personnummer with masked end."""
    if _MASKED_NUMBER.search(text) is not None:
        return True
    return any(
        token.word in _BIRTH_WORDS and _is_date(tokens[index + 1 : index + 4]) for index, token in enumerate(tokens)
    )


def _is_date(following: Sequence[Token]) -> bool:
    digits = [token.word for token in following if token.word.isdigit()]
    if not digits or not following[0].word.isdigit():
        return False
    if len(digits[0]) in _DATE_LENGTHS:
        return True
    return len(digits) == 3 and len(digits[0]) == _YEAR_LENGTH  # noqa: PLR2004 - year, month, day
