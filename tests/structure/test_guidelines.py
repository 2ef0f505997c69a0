"""docs/guidelines.md: every row of the guidelines, with rules and tests that exist."""

from pathlib import Path

import pytest

from backend.decision.policy import read_policy
from backend.detection.coded_findings import coded_rules
from backend.detection.rule_files import read_rules

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "guidelines.md"
IDS = [*(f"M{number}" for number in range(1, 16)), *(f"R{number}" for number in range(1, 17))]
NOT_YET = "not yet"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _rows() -> dict[str, tuple[str, str]]:
    """Rules and tests by id."""
    lines = [_cells(line) for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    rows = [cells for cells in lines if cells[0].strip("`*") in IDS]
    assert [cells[0].strip("`*") for cells in rows] == IDS
    return {cells[0].strip("`*"): (cells[-2], cells[-1]) for cells in rows}


def _named(cell: str) -> list[str]:
    """What stands between backticks, or the words of a cell without any."""
    return (
        cell.split("`")[1::2] if "`" in cell else [word.strip(" ,;") for word in cell.split(",") if word.strip(" ,;")]
    )


def _known_rules() -> set[str]:
    rules = read_policy("standard").rules
    ids = {rule.id for rule in read_rules()} | set(coded_rules()) | {level.id for level in rules.level}
    ids |= {obligation.code for obligation in rules.obligation} | {"model.sentence"}
    return ids | {one.partition(".")[0] for one in ids}


@pytest.fixture(scope="module")
def rows() -> dict[str, tuple[str, str]]:
    return _rows()


def test_every_path_exists(rows: dict[str, tuple[str, str]]) -> None:
    paths = {(id_, path) for id_, (_, tests) in rows.items() for path in _named(tests) if tests != NOT_YET}
    assert paths
    assert sorted((id_, path) for id_, path in paths if not (ROOT / path.partition("::")[0]).exists()) == []


def test_every_rule_exists(rows: dict[str, tuple[str, str]]) -> None:
    known = _known_rules()
    named = {
        (id_, rule)
        for id_, (rules, _) in rows.items()
        for rule in _named(rules)
        if rules not in {"", "–", "-", NOT_YET}
    }
    assert named
    assert sorted((id_, rule) for id_, rule in named if rule.removesuffix(".*") not in known) == []
