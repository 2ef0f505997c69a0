"""Findings gathered by what they say: a rule that speaks of people ten times says one thing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.decision.levels import is_said
from backend.domain.finding import Finding
from backend.domain.label import Category


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one rule says of people in a draft. `finding` is the strongest, `findings` are indices of all of them."""

    finding: Finding
    findings: tuple[int, ...]

    @property
    def category(self) -> Category:
        """What it is about."""
        return self.finding.category


def meanings_of(findings: Sequence[Finding]) -> tuple[Meaning, ...]:
    """One meaning for each rule with findings that count for a label, in the order of their first findings."""
    gathered: dict[tuple[Category, str], list[int]] = {}
    for index, finding in enumerate(findings):
        if is_said(finding):
            gathered.setdefault((finding.category, finding.rule), []).append(index)
    return tuple(_meaning(findings, indices) for indices in gathered.values())


def indices_of(meanings: Sequence[Meaning]) -> tuple[int, ...]:
    """Indices of all findings of these meanings, rising."""
    return tuple(sorted(_all(meanings)))


def _all(meanings: Sequence[Meaning]) -> Iterator[int]:
    for meaning in meanings:
        yield from meaning.findings


def _meaning(findings: Sequence[Finding], indices: list[int]) -> Meaning:
    strongest = max(indices, key=lambda index: findings[index].confidence)
    return Meaning(findings[strongest], tuple(indices))
