"""What policies and rules name exists: the contract's codes, the guidelines' rows, traits that rules give."""

import pytest

from backend.decision.policy import read_policy
from backend.detection.coded_findings import coded_rules, explanation_of
from backend.detection.rule_files import read_rules
from tests.contract.test_fixed_points import GROUNDS, OBLIGATIONS

POLICIES = ("standard", "motala", "ronneby")
ROWS = [*(f"M{number}" for number in range(1, 16)), *(f"R{number}" for number in range(1, 17))]
NOT_YET = {"remove_hidden_data"}
"""Obligations of the contract that no policy asks for as yet: attachments are not read."""


@pytest.mark.parametrize("name", POLICIES)
def test_codes_are_those_of_the_contract(name: str) -> None:
    rules = read_policy(name).rules
    assert {rule.code for rule in rules.obligation} == OBLIGATIONS - NOT_YET
    stated = {kind: [ground.code for ground in rules.ground if ground.kind == kind] for kind in GROUNDS}
    assert stated == GROUNDS
    assert {rule.ground for rule in rules.obligation} - {None} == set(GROUNDS)


@pytest.mark.parametrize("name", POLICIES)
def test_ids_are_unique(name: str) -> None:
    rules = read_policy(name).rules
    for rows in (rules.level, rules.label, rules.channel, rules.guideline):
        ids = [row.id for row in rows]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", POLICIES)
def test_guideline_rows_are_all_there(name: str) -> None:
    assert [row.id for row in read_policy(name).rules.guideline] == ROWS


def test_every_rule_names_a_row_of_the_guidelines() -> None:
    rows = set(ROWS)
    assert [rule.id for rule in read_rules() if not rule.source or not set(rule.source) <= rows] == []


def test_every_trait_that_a_level_asks_for_is_given_by_some_rule() -> None:
    given = {trait for rule in read_rules() for trait in rule.traits}
    asked = {trait for rule in read_policy("standard").rules.level for trait in rule.traits}
    assert asked - given == set()


def test_coded_rules_explain_themselves() -> None:
    assert [rule for rule in coded_rules() if not explanation_of(rule)] == []
