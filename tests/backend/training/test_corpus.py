"""The corpus as it is read, and the figures that are measured on it."""

from pathlib import Path
from typing import Any

import pytest

from backend.domain.label import Category, Label
from backend.training.corpus_file import read_corpus, read_labelled
from backend.training.evaluation import Outcome, measure
from tests.backend.command_line.shell import write

ROW: dict[str, Any] = {"id": "a", "subject": "s", "body": "b"}
NONE, KANSLIG, MYCKET = Label.NONE, Label.KANSLIG, Label.MYCKET_KANSLIG
WRONG: list[object] = [
    b"{",
    [],
    5,
    None,
    {},
    {"id": "a"},
    ROW | {"label": "topp"},
    ROW | {"kind": "letter"},
    ROW | {"categories": ["weather"]},
    ROW | {"categories": "health"},
    ROW | {"attachments": {"a": 1}},
    ROW | {"attachments": [{}]},
]


@pytest.mark.parametrize("line", WRONG, ids=str)
def test_wrong_row_is_named(line: object, tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", ROW, b"", line)
    with pytest.raises(ValueError, match=r"x\.jsonl:3"):
        list(read_labelled(path))


def test_row(tmp_path: Path) -> None:
    row = ROW | {
        "label": "kanslig",
        "categories": ["health"],
        "attachments": ["x.pdf", {"name": "y.pdf"}],
        "scenario": "z",
        "hard": True,
    }
    (read,) = read_labelled(write(tmp_path / "x.jsonl", row))
    assert (read.label, read.categories, read.scenario, read.hard) == (KANSLIG, frozenset({Category.HEALTH}), "z", True)
    assert [one.name for one in read.draft.attachments] == ["x.pdf", "y.pdf"]


def test_shipped_corpus_can_be_read_and_has_everything() -> None:
    rows = read_corpus()
    ids = [row.draft.id for row in rows]
    assert len(ids) == len(set(ids)) > 1000
    assert {row.label for row in rows} == set(Label)
    assert set().union(*(row.categories for row in rows)) >= set(Category) - {Category.PHOTO}


def _outcome(right: Label, said: Label, *, categories: tuple[Category, ...] = (), hard: bool = False) -> Outcome:
    return Outcome("", right, frozenset(categories), said, frozenset(categories[:1]), hard, "message")


def test_figures() -> None:
    outcomes = [
        _outcome(NONE, NONE), _outcome(NONE, NONE), _outcome(NONE, KANSLIG), _outcome(NONE, MYCKET, hard=True),
        _outcome(KANSLIG, KANSLIG, categories=(Category.HEALTH, Category.UNION)), _outcome(KANSLIG, NONE),
        _outcome(MYCKET, MYCKET), _outcome(MYCKET, KANSLIG), _outcome(MYCKET, NONE), _outcome(MYCKET, MYCKET),
    ]  # fmt: skip
    figures = measure(outcomes)
    assert figures["drafts"] == 10
    assert figures["sensitive_recall"] == pytest.approx(4 / 6, abs=1e-4)
    assert figures["false_alarm_rate"] == 0.5
    assert figures["mycket_kanslig_recall"] == 0.5
    assert figures["mycket_kanslig_missed"] == 0.25
    assert figures["labels"]["kanslig"] == {"drafts": 2, "precision": 0.3333, "recall": 0.5, "f1": 0.4}
    assert figures["confusion"]["none"] == {"none": 2, "kanslig": 1, "mycket_kanslig": 1}
    assert figures["category_recall"] == {"health": {"drafts": 1, "recall": 1.0}, "union": {"drafts": 1, "recall": 0.0}}
    assert figures["slices"]["hard"] == 0.0


def test_figures_of_nothing() -> None:
    figures = measure([])
    assert (figures["drafts"], figures["macro_f1"], figures["sensitive_recall"]) == (0, None, None)
