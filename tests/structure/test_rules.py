"""Every rule proves itself: its matches are found about a person, its clean examples are not."""

from datetime import date

import pytest

from backend.detection.coded_findings import coded_rules
from backend.detection.engine import Detector
from backend.detection.rule_files import Rule, read_rules
from backend.domain.finding import Finding
from backend.domain.part import Part

RULES = read_rules()
DETECTOR = Detector(RULES)
TODAY = date(2026, 11, 21)


def _findings(text: str, rule: Rule) -> list[Finding]:
    detected = DETECTOR.detect((Part("body", text),), TODAY)
    return [finding for finding in detected.findings if finding.rule == rule.id and finding.about_person]


@pytest.mark.parametrize(
    ("rule", "text"), [pytest.param(rule, text, id=f"{rule.id}-{text[:30]}") for rule in RULES for text in rule.matches]
)
def test_match_is_found_about_a_person(rule: Rule, text: str) -> None:
    assert _findings(text, rule)


@pytest.mark.parametrize(
    ("rule", "text"), [pytest.param(rule, text, id=f"{rule.id}-{text[:30]}") for rule in RULES for text in rule.clean]
)
def test_clean_example_is_left_alone(rule: Rule, text: str) -> None:
    assert not _findings(text, rule)


def test_rule_ids_begin_with_their_category() -> None:
    assert [rule.id for rule in RULES if rule.id.partition(".")[0] != rule.category] == []


def test_coded_rules_do_not_share_ids_with_rule_files() -> None:
    assert not {rule.id for rule in RULES} & set(coded_rules())
