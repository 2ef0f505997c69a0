"""What the model still sees when findings are taken out."""

import pytest

from backend.decision.telling import is_in, nothing_telling_left
from backend.domain.detected import Sentence
from backend.domain.label import Category
from tests.backend.decision.explaining import SENTENCES, at

FIRST, SECOND = SENTENCES[:2]
FINDINGS = (at(Category.HEALTH), at(Category.UNION, sentence=2))


@pytest.mark.parametrize(
    ("said", "removed", "expected"),
    [
        ({}, (0, 1), False),
        ({FIRST: 0.9, SECOND: 0.1}, (0,), True),
        ({FIRST: 0.9, SECOND: 0.35}, (0,), False),
        ({FIRST: 0.9, SECOND: 0.9}, (0, 1), True),
        ({FIRST: 0.9, SECOND: 0.9}, (), False),
        ({FIRST: 0.1, SECOND: 0.34}, (), True),
    ],
)
def test_nothing_telling_left(said: dict[Sentence, float], removed: tuple[int, ...], *, expected: bool) -> None:
    assert nothing_telling_left(said, FINDINGS, removed, 0.35) is expected


def test_which_sentence() -> None:
    assert [is_in(finding, FIRST) for finding in FINDINGS] == [True, False]
    assert [is_in(finding, SECOND) for finding in FINDINGS] == [False, True]
