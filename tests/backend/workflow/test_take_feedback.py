"""Answers to assessments: taken from memory or from the draft again, in one's own name, only so many a day."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from backend.classification.feedback_vector import FeedbackVectors, KnownWords
from backend.domain.assessment import Assessment
from backend.domain.draft import Draft
from backend.domain.errors import LimitReached, NotFound
from backend.domain.label import Category, Label
from backend.domain.person import Person
from backend.store.database import open_database
from backend.store.feedback import DatabaseFeedback
from backend.workflow.feedback_keys import FeedbackKeys
from backend.workflow.feedback_record import read_vector
from backend.workflow.recent_assessments import RecentAssessments
from backend.workflow.take_feedback import Answer, FeedbackTaker
from tests.backend.served import KEY, assessor
from tests.backend.workflow.sending import SARA, SEVERE, STRANGER

if TYPE_CHECKING:
    from backend.domain.detected import Detected

KNOWN = KnownWords({"orosanmälan": 11, "pappa": 12, "placerad": 13, "skrivaren": 14}, 2**17)
KEYS = FeedbackKeys(KEY.encode())
NOW = datetime(2026, 11, 21, 22, 0, 30, tzinfo=UTC)
DRAFT = Draft("VB", SEVERE, id="x-1")
JOHAN = Person("johan", SARA.tenant)


class Clock:
    """The day and hour, until it is told otherwise."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def taker(tmp_path: Path) -> FeedbackTaker:
    return FeedbackTaker(
        replace(assessor(), unchanged=None),
        FeedbackVectors(lambda: KNOWN),
        DatabaseFeedback(open_database(f"sqlite:///{tmp_path / 'x.sqlite3'}")),
        KEYS,
        most_a_day=3,
        now=Clock(),
    )


def assessed(taker: FeedbackTaker, draft: Draft = DRAFT, person: Person = SARA) -> Assessment:
    seen: list[Detected] = []
    assessment = taker.assessor.assess(draft, seen=seen.append)
    taker.remember(assessment, seen[0], person)
    return assessment


def test_answer_from_memory(taker: FeedbackTaker) -> None:
    assessment = assessed(taker)
    rules = {finding.rule for finding in assessment.findings}
    answer = Answer("x-1", Label.KANSLIG, (Category.SOCIAL_SERVICES,), frozenset({*rules, "made.up", SEVERE}))
    receipt = taker.take(answer, SARA)
    (kept,) = taker.store.answers()
    assert (kept.tenant, kept.receipt, kept.day) == (SARA.tenant, receipt, NOW.date())
    assert (kept.said, kept.right, kept.categories) == (assessment.label, Label.KANSLIG, (Category.SOCIAL_SERVICES,))
    assert set(kept.wrong_rules) == rules
    vector = read_vector(kept, KEYS)
    assert vector is not None
    assert vector.columns == (11, 12, 13)
    assert vector.signals["people"] > 0


def test_answer_with_the_draft_again_needs_no_memory(taker: FeedbackTaker) -> None:
    assessed(taker)
    taker.take(Answer("x-1", Label.NONE), SARA)
    (first,) = taker.store.answers()
    other = FeedbackTaker(taker.assessor, taker.vectors, taker.store, KEYS, 3, RecentAssessments(), Clock())
    other.take(Answer("x-1", Label.NONE, draft=Draft("VB", SEVERE)), SARA)
    (second,) = taker.store.answers()
    assert second.receipt == first.receipt
    assert second.salt != first.salt
    assert second.columns != first.columns
    assert read_vector(first, KEYS) == read_vector(second, KEYS)


def test_answer_is_about_what_was_assessed_last_under_the_name(taker: FeedbackTaker) -> None:
    assessed(taker)
    assessed(taker, Draft("", "Skrivaren är trasig.", id="x-1"))
    taker.take(Answer("x-1", Label.NONE), SARA)
    (kept,) = taker.store.answers()
    vector = read_vector(kept, KEYS)
    assert vector is not None
    assert vector.columns == (14,)


def test_another_draft_under_a_known_name_is_not_read(taker: FeedbackTaker) -> None:
    assessed(taker)
    taker.take(Answer("x-1", Label.NONE, draft=Draft("", "Skrivaren är trasig.")), SARA)
    (kept,) = taker.store.answers()
    vector = read_vector(kept, KEYS)
    assert vector is not None
    assert vector.columns == (11, 12, 13)


@pytest.mark.parametrize(("assessment", "person"), [("x-2", SARA), ("", SARA), ("x-1", JOHAN), ("x-1", STRANGER)])
def test_nobody_answers_what_was_not_theirs(assessment: str, person: Person, taker: FeedbackTaker) -> None:
    assessed(taker)
    with pytest.raises(NotFound, match="assessment_unknown"):
        taker.take(Answer(assessment, Label.NONE), person)
    assert list(taker.store.answers()) == []


def test_same_name_of_a_draft_is_anothers_answer(taker: FeedbackTaker) -> None:
    receipts = {taker.take(Answer("x-1", Label.NONE, draft=DRAFT), person) for person in (SARA, JOHAN, STRANGER)}
    assert len(receipts) == 3
    assert sorted(one.tenant for one in taker.store.answers()) == sorted([SARA.tenant, SARA.tenant, STRANGER.tenant])


def test_only_so_many_a_day(taker: FeedbackTaker) -> None:
    for number in range(3):
        taker.take(Answer(f"x-{number}", Label.NONE, draft=DRAFT), SARA)
    with pytest.raises(LimitReached, match="feedback_limit") as caught:
        taker.take(Answer("x-3", Label.NONE, draft=DRAFT), SARA)
    assert caught.value.retry_after == 2 * 3600 - 30 + 1
    taker.take(Answer("x-0", Label.KANSLIG, draft=DRAFT), SARA)
    taker.take(Answer("x-3", Label.NONE, draft=DRAFT), JOHAN)
    assert len(list(taker.store.answers())) == 4


def test_other_key_or_form_cannot_be_read(taker: FeedbackTaker) -> None:
    taker.take(Answer("x-1", Label.NONE, draft=DRAFT), SARA)
    (kept,) = taker.store.answers()
    changes: list[dict[str, Any]] = [
        {"key_id": "0" * 16}, {"form": "words-2:131072"}, {"form": "words-1"}, {"form": "words-1:x"},
        {"form": "words-1:4"}, {"columns": b"abc"}, {"columns": b"\xff" * 4}, {"signals": b"{"}, {"signals": b"[]"},
        {"signals": b'{"a":"b"}'}, {"signals": b'{"a":NaN}'}, {"signals": b"\xff"},
    ]  # fmt: skip
    assert read_vector(kept, KEYS) is not None
    assert read_vector(kept, FeedbackKeys(b"another" * 8)) is None
    assert [change for change in changes if read_vector(replace(kept, **change), KEYS) is not None] == []


def test_repr_shows_no_text() -> None:
    assert "pappa" not in repr(Answer("x-1", Label.NONE, draft=DRAFT))
