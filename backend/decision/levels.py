"""Which label a draft gets: the first rule of the policy that holds, with the findings that it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.decision.facts import LIKELY_SEVERE, PLAIN_ABSENCE
from backend.decision.policy_file import LevelRule, PolicyFile
from backend.domain.finding import BY_MODEL, Finding
from backend.domain.label import Category, Label


@dataclass(frozen=True, slots=True)
class Level:
    """The label with the rule that gave it (None for none) and its findings."""

    label: Label
    rule: LevelRule | None
    findings: tuple[Finding, ...]


def level_of(policy: PolicyFile, findings: Sequence[Finding], facts: frozenset[str]) -> Level:
    """The label for findings and facts, by the policy's table from top to bottom."""
    said = [finding for finding in findings if is_said(finding)]
    for rule in policy.level:
        if not rule.facts <= facts:
            continue
        carrying = tuple(finding for finding in said if carries(rule, finding))
        if carrying:
            return Level(rule.label, rule, carrying)
    return Level(Label.NONE, None, ())


def severe_alone(policy: PolicyFile, finding: Finding) -> bool:
    """Whether a finding makes a draft very sensitive by itself: by a rule that asks for no further facts."""
    return any(
        rule.label is Label.MYCKET_KANSLIG and not rule.facts and carries(rule, finding) for rule in policy.level
    )


def categories_of(findings: Sequence[Finding]) -> tuple[Category, ...]:
    """Categories said of a person, in the order of the category list."""
    said = {finding.category for finding in findings if is_said(finding)}
    return tuple(category for category in Category if category in said)


def is_said(finding: Finding) -> bool:
    """Whether a finding can count for a label: it is said of a person, and is more than a plain notice of absence."""
    return finding.about_person and PLAIN_ABSENCE not in finding.traits


def carries(rule: LevelRule, finding: Finding) -> bool:
    """Whether a finding gives the rule's label where the rule's facts hold."""
    # Where no rule's words speak, only the model's own judgement of the level makes a draft very sensitive.
    if BY_MODEL in finding.traits and rule.label is Label.MYCKET_KANSLIG and LIKELY_SEVERE not in rule.facts:
        return False
    return finding.category in rule.categories and (not rule.traits or bool(rule.traits & finding.traits))
