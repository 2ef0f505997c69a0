"""Reads labelled drafts: one JSON object a line with its right label, in the corpus and in files to be measured."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from backend.domain.draft import Draft
from backend.domain.errors import CodedError
from backend.domain.label import Category, Label
from backend.extraction.draft_document import parse_draft
from backend.extraction.json_text import load_object

CORPUS_FOLDER = Path(__file__).parent / "corpus"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class LabelledDraft:
    """A draft with its right label. Splits go by `scenario` (drafts about the same people) or by `author`.

    `categories_known` tells a row that states its categories, if only as an empty list, from one that leaves them out.
    `deciding` is the sentence or phrase that decides, empty where no single one does or nobody has said.
    """

    draft: Draft
    label: Label
    categories: frozenset[Category]
    scenario: str
    author: str
    hard: bool
    group: str
    categories_known: bool = True
    deciding: str = field(default="", repr=False)


def read_corpus(folder: Path = CORPUS_FOLDER) -> list[LabelledDraft]:
    """All drafts of a folder's `*.jsonl`, in a fixed order."""
    return [row for path in sorted(folder.glob("*.jsonl")) for row in read_labelled(path)]


def read_labelled(path: Path) -> Iterator[LabelledDraft]:
    """Labelled drafts of one file.

    Raises OSError, and ValueError that names the line and what is wrong with it (never what stands in it): no JSON
    object, no label or an unknown one, an unknown category, no text, or a draft that the service would not take.
    """
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield _labelled(line.removeprefix(_BYTE_ORDER_MARK))
            except (CodedError, ValueError) as error:
                message = f"{path.name}:{number}: {error}"
                raise ValueError(message) from None


def _labelled(line: bytes) -> LabelledDraft:
    row = load_object(line)
    _refuse_incomplete(row)
    draft = replace(parse_draft(line, lenient=True), label=None)  # the right answer is not part of the question
    if not any(text.strip() for text in (draft.subject, draft.body, draft.location)):
        message = "no text: subject and body are empty"
        raise ValueError(message)
    return LabelledDraft(
        draft=draft,
        label=Label(row["label"]),
        categories=frozenset(Category(one) for one in row.get("categories") or ()),
        scenario=str(row.get("scenario") or draft.id),
        author=str(row.get("author") or ""),
        hard=row.get("hard", False),
        group=str(row.get("group") or ""),
        categories_known=row.get("categories") is not None,
        deciding=str(row.get("deciding") or ""),
    )


def _refuse_incomplete(row: dict[str, Any]) -> None:
    categories = row.get("categories") or []
    wrong = {
        "no id": not row.get("id"),
        "no label": row.get("label") in (None, ""),
        "unknown label": row.get("label") not in (None, "", *Label),
        "no text: subject or body is missing": not {"subject", "body"} <= set(row),
        "categories: not a list of known categories": not _all_known(categories),
        "hard: neither true nor false": not isinstance(row.get("hard", False), bool),
    }
    for message, is_so in wrong.items():
        if is_so:
            raise ValueError(message)


def _all_known(categories: object) -> bool:
    return isinstance(categories, list) and all(one in tuple(Category) for one in categories)
