"""Reads the training corpus: hand-written drafts, one JSON object a line, labelled by the label rules."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.domain.draft import Attachment, ComposeType, Draft, DraftKind
from backend.domain.label import Category, Label

CORPUS_FOLDER = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True)
class LabelledDraft:
    """A draft with its right label. Splits go by `scenario` (drafts about the same people) or by `author`."""

    draft: Draft
    label: Label
    categories: frozenset[Category]
    scenario: str
    author: str
    hard: bool
    group: str


def read_corpus(folder: Path = CORPUS_FOLDER) -> list[LabelledDraft]:
    """All drafts of a folder's `*.jsonl`, in a fixed order."""
    return [row for path in sorted(folder.glob("*.jsonl")) for row in read_labelled(path)]


def read_labelled(path: Path) -> Iterator[LabelledDraft]:
    """Labelled drafts of one file. Raises ValueError that names the line when a row is not usable."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield _labelled(json.loads(line))
            except (KeyError, ValueError, TypeError) as error:
                message = f"{path.name}:{number}: {error}"
                raise ValueError(message) from error


def _labelled(row: object) -> LabelledDraft:
    if not isinstance(row, dict):
        message = "not an object"
        raise TypeError(message)
    attachments = row.get("attachments") or []
    categories = row.get("categories") or []
    if not isinstance(attachments, list) or not isinstance(categories, list):
        message = "attachments and categories are lists"
        raise TypeError(message)
    draft = Draft(
        id=str(row["id"]),
        subject=str(row["subject"]),
        body=str(row["body"]),
        kind=DraftKind(str(row.get("kind", "message"))),
        compose_type=ComposeType(str(row.get("compose_type", "new"))),
        attachments=tuple(Attachment(_name(one)) for one in attachments),
        location=str(row.get("location") or ""),
    )
    return LabelledDraft(
        draft=draft,
        label=Label(str(row.get("label", "none"))),
        categories=frozenset(Category(one) for one in categories),
        scenario=str(row.get("scenario") or row["id"]),
        author=str(row.get("author") or ""),
        hard=bool(row.get("hard", False)),
        group=str(row.get("group") or ""),
    )


def _name(attachment: object) -> str:
    return str(attachment["name"]) if isinstance(attachment, dict) else str(attachment)
