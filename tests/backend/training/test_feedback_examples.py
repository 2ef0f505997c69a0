"""Answers as examples: what is read back, and what is weeded out."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from backend.classification.vectors import NGRAM_COLUMNS
from backend.domain.feedback import DraftVector, FeedbackRecord
from backend.domain.label import Category, Label
from backend.training.feedback_examples import ngram_rows, read_feedback
from backend.workflow.feedback_keys import FeedbackKeys
from backend.workflow.feedback_record import written

KEYS = FeedbackKeys(b"k" * 32)
DAY = date(2026, 11, 21)


def _answer(
    number: int,
    *columns: int,
    right: Label = Label.NONE,
    person: str = "sara",
    **other: Any,  # noqa: ANN401 - keys, tenant, space, day
) -> FeedbackRecord:
    keys, tenant = other.get("keys", KEYS), other.get("tenant", "granvik")
    vector = written(DraftVector({"words": 4.6}, columns, other.get("space", NGRAM_COLUMNS)), keys, tenant)
    return FeedbackRecord(
        tenant=tenant,
        receipt=keys.receipt(tenant, person, str(number)),
        actor=keys.actor(tenant, person),
        day=DAY + timedelta(days=other.get("day", 0)),
        said=Label.KANSLIG,
        right=right,
        categories=None,
        wrong_rules=(),
        signals=vector.signals,
        columns=vector.columns,
        salt=vector.salt,
        key_id=keys.key_id,
        form=vector.form,
        model_version="linear-0",
    )


def _columns(*records: FeedbackRecord, most: int = 50) -> list[tuple[int, ...]]:
    return [tuple(one.columns) for one in read_feedback(records, KEYS, most).examples]


def test_answer_as_an_example() -> None:
    record = replace(_answer(1, 3, 5), categories=(Category.UNION,), wrong_rules=("union.a",))
    read = read_feedback([record], KEYS)
    (example,) = read.examples
    assert (example.columns, example.signals) == ((3, 5), {"words": 4.6})
    assert (example.label, example.said, example.categories) == (Label.NONE, Label.KANSLIG, frozenset({Category.UNION}))
    assert (example.wrong_rules, example.weight) == (frozenset({"union.a"}), 1.0)
    assert "sara" not in example.group
    assert (read.unreadable, read.contradicted, read.repeated, read.beyond_limit) == (0, 0, 0, 0)


def test_nothing_in_nothing_out() -> None:
    assert read_feedback([], KEYS).examples == []
    assert ngram_rows([]).shape == (0, NGRAM_COLUMNS)


def test_other_keys_and_other_columns_are_counted_and_passed_over() -> None:
    other = FeedbackKeys(b"l" * 32)
    records = [
        _answer(1, 1),
        _answer(2, 2, keys=other),
        _answer(3, 3, space=2**16),
        replace(_answer(4, 4), columns=b"abc"),
        _answer(5, space=0),
    ]
    read = read_feedback(records, KEYS)
    assert sorted(tuple(one.columns) for one in read.examples) == [(), (1,)]
    assert read.unreadable == 3


def test_contradicting_answers_are_dropped_whoever_gave_them() -> None:
    records = [
        _answer(1, 1, 2, right=Label.NONE),
        _answer(2, 1, 2, right=Label.KANSLIG, person="johan"),
        _answer(3, 1, 2, right=Label.NONE, tenant="elsewhere"),
        _answer(4, 1, right=Label.KANSLIG),
    ]
    read = read_feedback(records, KEYS)
    assert [tuple(one.columns) for one in read.examples] == [(1,)]
    assert read.contradicted == 3


def test_agreement_counts_once_a_person() -> None:
    records = [_answer(1, 1), _answer(2, 1), _answer(3, 1, person="johan"), _answer(4, 1, tenant="elsewhere")]
    read = read_feedback(records, KEYS)
    assert len(read.examples) == 3
    assert read.repeated == 1


def test_newest_answers_of_a_person_count() -> None:
    records = [_answer(number, number, day=number) for number in range(1, 6)]
    records.append(_answer(9, 9, person="johan"))
    assert sorted(_columns(*records, most=2)) == [(4,), (5,), (9,)]
    assert read_feedback(records, KEYS, 2).beyond_limit == 3


def test_order_of_reading_changes_nothing() -> None:
    records = [_answer(number, number, number + 7, day=number % 2, person=f"p{number % 3}") for number in range(1, 20)]
    assert _columns(*records, most=4) == _columns(*records[::-1], most=4)


def test_rows_are_those_of_drafts_words() -> None:
    rows = ngram_rows(read_feedback([_answer(1, 3, 5), _answer(2)], KEYS).examples)
    assert rows.shape == (2, NGRAM_COLUMNS)
    lengths = np.asarray(rows.power(2).sum(axis=1)).ravel()
    assert sorted(lengths.round(6)) == [0.0, 1.0]
