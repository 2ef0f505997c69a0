"""Labelled drafts as training reads them: which sentences decide."""

import pytest

from backend.detection.engine import Detector
from backend.domain.draft import Draft
from backend.domain.label import Category, Label
from backend.training.corpus_file import LabelledDraft, read_corpus
from backend.training.examples import examples_of
from tests.backend.factories import draft

DETECTOR = Detector()
BODY = "Hej!\nHon har fått cancer. Hon orkar inte mer.\nVi ses på fredag.\n\nHej!"


def _row(deciding: str, given: Draft) -> LabelledDraft:
    health = frozenset({Category.HEALTH})
    return LabelledDraft(given, Label.KANSLIG, health, "s1", "a1", hard=False, group="", deciding=deciding)


def _decides(deciding: str, given: Draft | None = None) -> list[str]:
    """What the sentences that decide say, as it was written."""
    given = given or draft(BODY, subject="Möte")
    (example,) = examples_of([_row(deciding, given)], DETECTOR)
    texts = {"body": given.body, "subject": given.subject}
    sentences = [example.detected.sentences[number] for number in sorted(example.deciding)]
    return [texts[one.part][one.start : one.end].strip() for one in sentences]


@pytest.mark.parametrize(
    ("deciding", "sentences"),
    [
        ("Hon har fått cancer.", ["Hon har fått cancer"]),
        ("fått cancer", ["Hon har fått cancer"]),
        ("cancer. Hon orkar", ["Hon har fått cancer", "Hon orkar inte mer"]),
        ("inte mer.\nVi", ["Hon orkar inte mer", "Vi ses på fredag"]),
        ("Möte", ["Möte"]),
        ("står inte här", []),
        ("hon har fått", []),
        ("", []),
        (" \n", []),
    ],
)
def test_deciding_sentences(deciding: str, sentences: list[str]) -> None:
    assert _decides(deciding) == sentences


def test_deciding_words_in_both_parts() -> None:
    assert _decides("cancer", draft("Hon har cancer.", subject="Om cancer")) == ["Om cancer", "Hon har cancer"]


def test_answer_comes_along() -> None:
    (example,) = examples_of([_row("cancer", draft(BODY))], DETECTOR)
    assert (example.label, example.scenario, example.author) == (Label.KANSLIG, "s1", "a1")
    assert example.categories == {Category.HEALTH}
    assert examples_of([], DETECTOR) == []


def test_shipped_corpus_says_what_decides() -> None:
    told = [row for row in read_corpus() if row.label is not Label.NONE and row.deciding.strip()][::20]
    assert len(told) > 30
    marked = [bool(example.deciding) for example in examples_of(told, DETECTOR)]
    assert sum(marked) >= 0.97 * len(marked)
