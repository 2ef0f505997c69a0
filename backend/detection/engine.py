"""Parts in, findings out: the order in which detection looks at a draft."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from datetime import date

from backend.detection.coded_findings import explanation_of
from backend.detection.identity import has_birth_date, has_street_address
from backend.detection.masking import masked_excerpt, masked_number
from backend.detection.mentions import ABOUT_PERSON_FROM, SentenceMentions
from backend.detection.part_scan import PartScan, scan_part
from backend.detection.persons import Mention
from backend.detection.photos import photo_finding
from backend.detection.rule_files import PersonDemand, Rule, read_rules
from backend.detection.signals import signals_of
from backend.detection.terms import TermFinder
from backend.detection.tokens import Token
from backend.detection.views import sentences_of
from backend.domain.detected import Detected, Identity
from backend.domain.finding import Finding
from backend.domain.label import Category
from backend.domain.part import Part

_MOST_PER_RULE = 25
"""Findings of one rule in one part that are reported; more of the same tell a reader nothing."""
_HEADINGS = ("subject", "location", "attachment_name:")
_CASE_REACH = 3
_IMPLIED = 0.75
_MATTER = 0.85


class Detector:
    """Rules compiled once; immutable, safe to share between threads and after fork."""

    def __init__(self, rules: Sequence[Rule] | None = None) -> None:
        self.rules = tuple(rules) if rules is not None else read_rules()
        self._finder = TermFinder(self.rules)

    def detect(self, parts: Sequence[Part], today: date) -> Detected:
        """All findings of a draft's parts. `today` bounds dates of birth. Linear in the length of the text."""
        scans = self._scan(parts, today)
        findings = [finding for scan in scans for finding in self._findings(scan)]
        identity = _identity(scans, findings)
        return Detected(
            findings=tuple(findings),
            identity=identity,
            sentences=tuple(sentence for scan in scans for sentence in sentences_of(scan)),
            signals=signals_of(scans, findings, identity),
        )

    def _scan(self, parts: Sequence[Part], today: date) -> list[PartScan]:
        scans: list[PartScan] = []
        subject: SentenceMentions | None = None
        for part in parts:
            scan = scan_part(part, self._finder, today, subject)
            scans.append(scan)
            if part.id == "subject":
                subject = scan.mentions
        return scans

    def _findings(self, scan: PartScan) -> Iterator[Finding]:
        yield from _number_findings(scan)
        yield from photo_finding(scan)
        counted: Counter[str] = Counter()
        hidden = scan.hidden()
        for rule, first, after in self._finder.standing(scan.hits, scan.tokens):
            if counted[rule.id] >= _MOST_PER_RULE or scan.in_signature(scan.tokens[first]):
                continue
            counted[rule.id] += 1
            yield _rule_finding(scan, rule, first, after, hidden)


def _rule_finding(scan: PartScan, rule: Rule, first: int, after: int, hidden: Set[int]) -> Finding:
    sentence = scan.tokens[first].sentence
    evidence = scan.mentions.evidence(sentence)
    if rule.person is PersonDemand.IMPLIED:
        evidence = max(evidence, _IMPLIED - scan.mentions.generality(sentence))
    elif rule.person is PersonDemand.MATTER:
        evidence = max(evidence, _MATTER - scan.mentions.generality(sentence))
    return Finding(
        category=rule.category,
        rule=rule.id,
        part=scan.part.id,
        start=scan.tokens[first].start,
        end=scan.tokens[after - 1].end,
        excerpt=masked_excerpt(scan.tokens, first, after, hidden, scan.part.text),
        about_person=evidence >= ABOUT_PERSON_FROM,
        confidence=round(evidence, 3),
        explanation=rule.explanation,
        source=rule.source,
        traits=rule.traits,
    )


def _number_findings(scan: PartScan) -> Iterator[Finding]:
    for number in scan.numbers[: _MOST_PER_RULE * 4]:
        rule = "personnummer.number" if number.valid else "personnummer.wrong_check_digit"
        yield Finding(
            category=Category.PERSONNUMMER,
            rule=rule,
            part=scan.part.id,
            start=number.start,
            end=number.end,
            excerpt=masked_number(scan.part.text, number.start, number.end),
            about_person=number.valid,
            confidence=number.confidence,
            explanation=explanation_of(rule),
            source=("M5",),
        )


def _identity(scans: Sequence[PartScan], findings: Sequence[Finding]) -> Identity:
    numbers = {number.key for scan in scans for number in scan.numbers if number.valid}
    spoken = {name.key for scan in scans for name in scan.names if name.spoken_of}
    full = {name.key for scan in scans for name in scan.names if name.spoken_of and name.kind is Mention.FULL_NAME}
    findable = any(
        has_street_address(_outside_signature(scan)) or has_birth_date(scan.part.text, scan.tokens) for scan in scans
    )
    return Identity(
        personnummer=len(numbers),
        full_names=len(full),
        people=len(spoken),
        strong=bool(numbers) or (bool(full) and findable),
        people_in_findings=_people_in_findings(scans, findings),
        person_in_case=any(_person_in_case(scan) for scan in scans),
    )


def _person_in_case(scan: PartScan) -> bool:
    """Whether a heading (subject, place, file name) names a person right after a case word: "Rehabmöte Kalle"."""
    if not scan.part.id.startswith(_HEADINGS):
        return False
    ends = [hit.after for hit in scan.hits.mentions if hit.owner is Mention.CASE_WORD]
    return any(name.spoken_of and any(0 <= name.first - end < _CASE_REACH for end in ends) for name in scan.names)


def _outside_signature(scan: PartScan) -> list[Token]:
    if not scan.part.signatures:
        return list(scan.tokens)
    return [token for token in scan.tokens if not scan.in_signature(token)]


def _people_in_findings(scans: Sequence[PartScan], findings: Sequence[Finding]) -> int:
    """Distinct people named in the very sentences (list rows, table rows) where a category is said of someone."""
    people: set[str] = set()
    for scan in scans:
        sentences = {
            scan.tokens[scan.token_at(finding.start)].sentence
            for finding in findings
            if finding.part == scan.part.id and finding.about_person and finding.category is not Category.PERSONNUMMER
        }
        people |= {
            name.key for name in scan.names if name.spoken_of and scan.tokens[name.first].sentence in sentences
        }
    return len(people)
