"""What people have answered, as examples to learn from: read with the key, and weeded."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix, vstack

from backend.classification.vectors import NGRAM_COLUMNS, draft_row
from backend.domain.feedback import DraftVector, FeedbackRecord
from backend.domain.label import Category, Label
from backend.workflow.feedback_keys import FeedbackKeys
from backend.workflow.feedback_record import read_vector

MOST_OF_ONE_PERSON = 50
_SHOWN_OF_ACTOR = 16


@dataclass(frozen=True, slots=True)
class FeedbackExample:
    """One answer: signals by name, the n-gram columns of known words, and the label that the sender says is right.

    `categories` is None where the sender said nothing of them. `group` is the same for all answers of one person, for
    folds; it is no name. `weight` is for the fit, against 1.0 of a draft of the corpus.
    """

    signals: Mapping[str, float] = field(repr=False)
    columns: Sequence[int] = field(repr=False)
    label: Label
    said: Label
    categories: frozenset[Category] | None
    wrong_rules: frozenset[str]
    group: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class ReadFeedback:
    """The examples, and how many answers were left out and why."""

    examples: list[FeedbackExample]
    unreadable: int
    contradicted: int
    repeated: int
    beyond_limit: int


_Read = tuple[FeedbackRecord, DraftVector]


def read_feedback(
    records: Iterable[FeedbackRecord], keys: FeedbackKeys, most_of_one_person: int = MOST_OF_ONE_PERSON
) -> ReadFeedback:
    """The answers that training may use, oldest first, in the same order every time.

    Left out are rows of another key or of other columns, all answers of vectors that got different labels, a person's
    second answer for the same vector, and each person's answers beyond the newest `most_of_one_person`.
    """
    rows = list(records)
    readable: list[_Read] = []
    for record in rows:
        vector = read_vector(record, keys)
        if vector is not None and (not vector.columns or vector.space == NGRAM_COLUMNS):
            readable.append((record, vector))
    agreed = _agreed(readable)
    single = list({(row[0].tenant, row[0].actor, _likeness(row[1])): row for row in agreed}.values())
    kept = _newest(single, most_of_one_person)
    return ReadFeedback(
        examples=[_example(record, vector) for record, vector in kept],
        unreadable=len(rows) - len(readable),
        contradicted=len(readable) - len(agreed),
        repeated=len(agreed) - len(single),
        beyond_limit=len(single) - len(kept),
    )


def ngram_rows(examples: Sequence[FeedbackExample]) -> csr_matrix:
    """The examples' words as `draft_row` gives them for a draft: shape (len(examples), NGRAM_COLUMNS)."""
    rows = [
        draft_row(csr_matrix((np.ones(len(one.columns)), list(one.columns), [0, len(one.columns)]), (1, NGRAM_COLUMNS)))
        for one in examples
    ]
    return csr_matrix(vstack(rows)) if rows else csr_matrix((0, NGRAM_COLUMNS))


def _likeness(vector: DraftVector) -> tuple[tuple[int, ...], tuple[tuple[str, float], ...]]:
    return tuple(vector.columns), tuple(sorted(vector.signals.items()))


def _agreed(rows: Sequence[_Read]) -> list[_Read]:
    labels: dict[object, set[Label]] = defaultdict(set)
    for record, vector in rows:
        labels[_likeness(vector)].add(record.right)
    return [(record, vector) for record, vector in rows if len(labels[_likeness(vector)]) == 1]


def _newest(rows: Sequence[_Read], most: int) -> list[_Read]:
    """The newest of each person, in the order of day and receipt."""
    order = sorted(rows, key=lambda row: (row[0].day, row[0].tenant, row[0].receipt))
    counted: Counter[tuple[str, str]] = Counter()
    kept: list[_Read] = []
    for row in reversed(order):
        person = row[0].tenant, row[0].actor
        counted[person] += 1
        if counted[person] <= most:
            kept.append(row)
    return kept[::-1]


def _example(record: FeedbackRecord, vector: DraftVector) -> FeedbackExample:
    return FeedbackExample(
        signals=vector.signals,
        columns=vector.columns,
        label=record.right,
        said=record.said,
        categories=None if record.categories is None else frozenset(record.categories),
        wrong_rules=frozenset(record.wrong_rules),
        group=f"feedback:{record.actor[:_SHOWN_OF_ACTOR]}",
    )
