"""Marks: what the rules say of each sentence, in its own row."""

from dataclasses import replace

import numpy as np
import pytest

from backend.classification.marks import MARKS, marks_of
from backend.classification.units import Unit, units_of
from backend.domain.detected import Detected, Identity, Sentence
from backend.domain.finding import Finding
from backend.domain.label import Category
from tests.backend.factories import finding

WORDS = ("hej xnamn", "hon är sjuk nu", "vi ses 0 xtal xtal", "svar från xnamn xnamn xnamn xnamn")
SENTENCES = (*(Sentence("body", 20 * at, 20 * at + 20, words) for at, words in enumerate(WORDS[:3])),
             Sentence("quoted", 0, 40, WORDS[3]))  # fmt: skip
UNITS = [Unit(number, sentence.words) for number, sentence in enumerate(SENTENCES)]
ORDER = list(Category)


def _detected(*findings: Finding) -> Detected:
    return Detected(findings, Identity(), SENTENCES, {})


def _at(category: Category, start: int, end: int, *, about: bool = True, part: str = "body") -> Finding:
    return replace(finding(category, about=about, part=part, confidence=0.7), start=start, end=end)


@pytest.mark.parametrize(
    ("found", "rows"),
    [
        (_at(Category.HEALTH, 27, 31), [1]),
        (_at(Category.HEALTH, 15, 25), [0, 1]),
        (_at(Category.HEALTH, 20, 40), [1]),
        (_at(Category.HEALTH, 0, 60), [0, 1, 2]),
        (_at(Category.HEALTH, 5, 9, part="quoted"), [3]),
        (_at(Category.HEALTH, 60, 70), []),
        (_at(Category.HEALTH, 5, 9, part="subject"), []),
    ],
)
def test_a_finding_marks_the_sentences_it_stands_in(found: Finding, rows: list[int]) -> None:
    marks = marks_of(_detected(found), UNITS)
    assert np.flatnonzero(marks[:, ORDER.index(Category.HEALTH)]).tolist() == rows
    assert np.flatnonzero(marks[:, len(ORDER) + ORDER.index(Category.HEALTH)]).tolist() == rows


def test_strongest_finding_counts_and_of_nobody_is_told_apart() -> None:
    weak = replace(_at(Category.UNION, 25, 30), confidence=0.2)
    marks = marks_of(_detected(weak, _at(Category.UNION, 25, 30, about=False)), UNITS)
    column = ORDER.index(Category.UNION)
    assert marks[1, [column, len(ORDER) + column]].tolist() == pytest.approx([0.7, 0.2])


def test_wording() -> None:
    marks = marks_of(_detected(), UNITS)[:, 2 * len(ORDER) :]
    assert marks.shape[1] == MARKS - 2 * len(ORDER)
    assert marks[0].tolist() == pytest.approx([1 / 3, 0, 0, 0, 0, 2 / 40])
    assert marks[2].tolist() == pytest.approx([0, 0, 2 / 3, 0, 0, 5 / 40])
    assert marks[3].tolist() == pytest.approx([1, 0, 0, 0, 1, 6 / 40])


def test_pieces_of_a_long_sentence_share_its_marks() -> None:
    long = Sentence("body", 0, 900, "ord " * 90)
    detected = Detected((_at(Category.HEALTH, 800, 810),), Identity(), (long,), {})
    marks = marks_of(detected, units_of(detected.sentences))
    assert marks.shape == (3, MARKS)
    assert (marks == marks[0]).all()


def test_some_of_the_sentences() -> None:
    marks = marks_of(_detected(_at(Category.HEALTH, 0, 60)), [UNITS[2], UNITS[0]])
    assert marks[:, ORDER.index(Category.HEALTH)].tolist() == pytest.approx([0.7, 0.7])
    assert marks_of(_detected(), []).shape == (0, MARKS)


def test_all_marks_lie_between_nothing_and_one() -> None:
    marks = marks_of(_detected(*(_at(one, 0, 60) for one in Category)), UNITS)
    assert 0.0 <= marks.min() <= marks.max() <= 1.0
