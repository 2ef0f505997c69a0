"""Labelled drafts as they are read: what is wrong is named by its line, and its text is not repeated."""

import json
from pathlib import Path
from typing import Any

import pytest

from backend.domain.label import Category, Label
from backend.training.corpus_file import read_corpus, read_labelled
from tests.backend.command_line.shell import write

ROW: dict[str, Any] = {"id": "a", "subject": "s", "body": "b", "label": "none"}
WORDS = "Greta berättade"
WRONG: list[tuple[object, str]] = [
    (b"{", "invalid_json"),
    (b"\xe5", "invalid_json"),
    (b"[" * 100_000, "json_too_deep"),
    ([], "not an object"),
    (5, "not an object"),
    (None, "not an object"),
    ({}, "no id"),
    ({"id": "a", "label": "none"}, "subject or body is missing"),
    ({"id": "a", "subject": "s", "body": "b"}, "no label"),
    (ROW | {"label": None}, "no label"),
    (ROW | {"label": ""}, "no label"),
    (ROW | {"label": WORDS}, "unknown label"),
    (ROW | {"label": [WORDS]}, "unknown label"),
    (ROW | {"subject": " ", "body": "\n"}, "no text"),
    (ROW | {"body": None}, "invalid_draft"),
    (ROW | {"kind": WORDS}, "invalid_draft"),
    (ROW | {"categories": [WORDS]}, "categories"),
    (ROW | {"categories": [[WORDS]]}, "categories"),
    (ROW | {"categories": "health"}, "categories"),
    (ROW | {"attachments": {"a": 1}}, "invalid_draft"),
    (ROW | {"attachments": [{}]}, "invalid_draft"),
    (ROW | {"hard": "false"}, "hard"),
]


@pytest.mark.parametrize(("line", "told"), WRONG, ids=lambda one: str(one)[:40])
def test_wrong_row_is_named(line: object, told: str, tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", ROW, b"", line)
    with pytest.raises(ValueError, match=r"x\.jsonl:3: ") as refused:
        list(read_labelled(path))
    assert told in str(refused.value)
    assert WORDS not in str(refused.value)


def test_row(tmp_path: Path) -> None:
    row = ROW | {
        "label": "kanslig",
        "categories": ["health"],
        "attachments": ["x.pdf", {"name": "y.pdf"}],
        "scenario": "z",
        "hard": True,
    }
    (read,) = read_labelled(write(tmp_path / "x.jsonl", row))
    assert (read.label, read.categories, read.scenario, read.hard) == (
        Label.KANSLIG,
        frozenset({Category.HEALTH}),
        "z",
        True,
    )
    assert [one.name for one in read.draft.attachments] == ["x.pdf", "y.pdf"]
    assert read.draft.label is None  # the answer does not reach what is asked


def test_categories_may_be_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", ROW, ROW | {"categories": []}, ROW | {"categories": None})
    assert [one.categories_known for one in read_labelled(path)] == [False, True, False]


def test_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(ROW), "utf-8-sig")
    assert len(list(read_labelled(path))) == 1


def test_shipped_corpus_can_be_read_and_has_everything() -> None:
    rows = read_corpus()
    ids = [row.draft.id for row in rows]
    assert len(ids) == len(set(ids)) > 1000
    assert {row.label for row in rows} == set(Label)
    assert set().union(*(row.categories for row in rows)) >= set(Category) - {Category.PHOTO}
