"""Files of labelled drafts, each draft assessed once by the product as it is served."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from backend.domain.assessment import Assessment
from backend.domain.errors import CodedError, UnreadableInput
from backend.training.corpus_file import LabelledDraft, read_labelled
from backend.training.evaluation import Outcome, measure, outcome_of
from backend.training.examples import CORPUS_DAY
from backend.workflow.assess_draft import Assessor

_HASH_FROM = 7
"""Characters of an abbreviated hash, as Git writes it."""


@dataclass(frozen=True)
class Judged:
    """A labelled draft, what the product said of it, and what is counted."""

    row: LabelledDraft
    assessment: Assessment
    outcome: Outcome


@dataclass(frozen=True)
class MeasuredSet:
    """The drafts of one file (or of all together), judged. `duplicates` are ids that stand more than once."""

    name: str
    file: str
    judged: Sequence[Judged]

    @cached_property
    def figures(self) -> dict[str, Any]:
        """See `evaluation.measure`."""
        return measure([one.outcome for one in self.judged])

    @cached_property
    def duplicates(self) -> list[str]:
        """Ids in the order of the file, each once."""
        return [name for name, count in Counter(one.row.draft.id for one in self.judged).items() if count > 1]


def read_set(path: Path) -> list[LabelledDraft]:
    """A file's rows.

    Raises UnreadableInput: `file_not_found`, `file_unreadable`, or `labelled_unusable` with the line.
    """
    try:
        rows = list(read_labelled(path))
    except FileNotFoundError as error:
        raise UnreadableInput("file_not_found", path.name) from error
    except OSError as error:
        raise UnreadableInput("file_unreadable", f"{path.name}: {type(error).__name__}") from error
    except ValueError as error:
        raise UnreadableInput("labelled_unusable", str(error)) from None
    if not rows:
        raise UnreadableInput("labelled_unusable", f"{path.name}: no drafts")
    return rows


def judge_set(path: Path, rows: Iterable[LabelledDraft], assessor: Assessor) -> MeasuredSet:
    """Assesses each draft once. Today is never before the corpus's own day, so that figures do not move with time."""
    day = max(CORPUS_DAY, datetime.now(UTC).date())
    fixed = replace(assessor, today=lambda: day)
    return MeasuredSet(set_name(path), path.name, [_judge(path, row, fixed) for row in rows])


def together(sets: Sequence[MeasuredSet]) -> MeasuredSet:
    """All drafts of all sets as one."""
    return MeasuredSet("together", "", [one for each in sets for one in each.judged])


def set_name(path: Path) -> str:
    """The name that floors go by: the file's stem without a hash at its end (`drafts-3f2a9c1.jsonl` is `drafts`)."""
    head, dash, tail = path.stem.rpartition("-")
    is_hash = len(tail) >= _HASH_FROM and set(tail) <= set("0123456789abcdef") and any(map(str.isdigit, tail))
    return head if dash and head and is_hash else path.stem


def _judge(path: Path, row: LabelledDraft, assessor: Assessor) -> Judged:
    try:
        assessment = assessor.assess(row.draft)
    except CodedError as error:
        raise UnreadableInput(error.code, f"{path.name}: {row.draft.id}: {error.detail}") from error
    return Judged(row, assessment, outcome_of(row, assessment))
