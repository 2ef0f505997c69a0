"""Parts in, findings out: the order in which detection looks at a draft."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from backend.detection.coded_findings import number_findings, partner_findings, photo_finding, secret_findings
from backend.detection.identity import identity_of
from backend.detection.masking import masked_excerpt
from backend.detection.mentions import ABOUT_PERSON_FROM
from backend.detection.part_scan import PartScan, scan_part
from backend.detection.photos import tells_of_photo
from backend.detection.rule_files import PersonDemand, Rule, read_rules
from backend.detection.signals import signals_of
from backend.detection.terms import TermFinder
from backend.detection.views import sentences_of
from backend.domain.detected import Detected
from backend.domain.finding import SAID_OF_NAMED, Finding
from backend.domain.part import Part

_MOST_PER_RULE = 25
"""Findings of one rule in one part that are reported; more of the same tell a reader nothing."""
_IMPLIED = 0.75


class Detector:
    """Rules compiled once; immutable, safe to share between threads and after fork."""

    def __init__(self, rules: Sequence[Rule] | None = None) -> None:
        self.rules = tuple(rules) if rules is not None else read_rules()
        self._finder = TermFinder(self.rules)

    def detect(self, parts: Sequence[Part], today: date) -> Detected:
        """All findings of a draft's parts. `today` bounds dates of birth. Linear in the length of the text."""
        scans = [scan_part(part, self._finder, today) for part in parts]
        _connect(scans)
        photo = tells_of_photo(scans)
        findings = [finding for scan in scans for finding in self._findings(scan, photo=photo)]
        identity = identity_of(scans, findings)
        return Detected(
            findings=tuple(findings),
            identity=identity,
            sentences=tuple(sentence for scan in scans for sentence in sentences_of(scan)),
            signals=signals_of(scans, findings, identity),
        )

    def _findings(self, scan: PartScan, *, photo: bool) -> Iterator[Finding]:
        yield from number_findings(scan)
        yield from photo_finding(scan, told=photo)
        yield from secret_findings(scan)
        yield from partner_findings(scan)
        counted: Counter[str] = Counter()
        for rule, first, after in self._finder.standing(scan.hits, scan.tokens):
            if counted[rule.id] >= _MOST_PER_RULE or scan.in_signature(scan.tokens[first]):
                continue
            counted[rule.id] += 1
            yield _rule_finding(scan, rule, first, after)


def _connect(scans: Sequence[PartScan]) -> None:
    """Lets the subject line speak for every part, and the body for the subject line."""
    by_id = {scan.part.id: scan for scan in scans}
    subject = by_id.get("subject")
    if subject is None:
        return
    for scan in scans:
        if scan is not subject:
            scan.mentions.subject = subject.mentions
    body = by_id.get("body")
    if body is not None:
        subject.mentions.body = body.mentions


def _rule_finding(scan: PartScan, rule: Rule, first: int, after: int) -> Finding:
    matter = rule.person is PersonDemand.MATTER
    evidence = scan.matter_evidence(first) if matter else scan.evidence(first, after)
    if rule.person is PersonDemand.IMPLIED:
        evidence = max(evidence, _IMPLIED - scan.generality(first, after))
    return Finding(
        category=rule.category,
        rule=rule.id,
        part=scan.part.id,
        start=scan.tokens[first].start,
        end=scan.tokens[after - 1].end,
        excerpt=masked_excerpt(scan.tokens, first, after, scan.hidden, scan.part.text),
        about_person=evidence >= ABOUT_PERSON_FROM,
        confidence=round(evidence, 3),
        explanation=rule.explanation,
        source=rule.source,
        traits=rule.traits | {SAID_OF_NAMED} if scan.said_of_named(first) else rule.traits,
    )
