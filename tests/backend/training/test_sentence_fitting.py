"""What the networks that judge sentences learn from, and that no author teaches what is asked about the author."""

from typing import Any

import numpy as np
import pytest

from backend.classification.sentence_network import SentenceJudge
from backend.detection.engine import Detector
from backend.domain.detected import Detected, Identity, Sentence
from backend.domain.label import Category, Label
from backend.training import fitting
from backend.training.corpus_file import read_corpus
from backend.training.examples import Example, examples_of
from backend.training.sentence_fitting import (
    encoded,
    logits_of,
    moving_of,
    networks_of,
    projection_of,
    targets_of,
    tops_of,
)
from tests.backend.training.word_encoder import WIDTH, WordEncoder

HEALTH = frozenset({Category.HEALTH})
NAMES = ["health", "criminal"]


def _example(label: Label, *words: str, deciding: int | None = None) -> Example:
    sentences = tuple(Sentence("body", 10 * at, 10 * at + 5, one) for at, one in enumerate(words))
    decides = frozenset() if deciding is None else frozenset({deciding})
    categories = frozenset() if label is Label.NONE else HEALTH
    return Example(Detected((), Identity(), sentences, {}), label, categories, "s", "a", decides)


DRAFTS = [
    _example(Label.KANSLIG, "vi ses då", "hon är sjuk", deciding=1),
    _example(Label.MYCKET_KANSLIG, "ord " * 50, "vi ses", deciding=0),
    _example(Label.NONE, "vi ses då", "hon är frisk", deciding=1),
    _example(Label.NONE),
    _example(Label.KANSLIG, "hon är sjuk igen"),
]
READ = encoded(DRAFTS, WordEncoder())


def test_pieces_that_teach() -> None:
    targets, teaches = targets_of(DRAFTS, READ.units, NAMES)
    assert READ.draft.tolist() == [0, 0, 1, 1, 1, 2, 2, 4]
    assert teaches.tolist() == [False, True, True, True, False, True, True, False]
    assert targets[teaches].tolist() == [[1, 0, 1, 0], [1, 1, 1, 0], [1, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 0]]


def test_highest_piece_stands_for_its_draft() -> None:
    logits = np.arange(16, dtype=float).reshape(8, 2)[::-1]
    tops = tops_of(logits, READ.draft, len(DRAFTS))
    assert tops.tolist() == [[14, 15], [10, 11], [4, 5], [-20, -20], [0, 1]]
    assert moving_of(logits, READ) == [0, 0, 0, None, 0]
    assert moving_of(-logits, READ) == [1, 1, 1, None, 0]


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return examples_of(read_corpus()[::80], Detector())


def test_service_reads_what_was_trained(examples: list[Example]) -> None:
    """One draft at a time in service gives the numbers that training saw for all of them together."""
    read = encoded(examples, WordEncoder())
    projection, inputs = projection_of(read)
    targets, teaches = targets_of(examples, read.units, NAMES)
    networks = networks_of(inputs[teaches], targets[teaches])
    together = logits_of(networks, inputs)
    judge = SentenceJudge(projection, networks)
    for draft in range(0, len(examples), 7):
        one = judge.logits(read.vectors[read.draft == draft], read.marks[read.draft == draft])
        assert np.allclose(one, together[read.draft == draft], atol=1e-4)
    assert projection.axes.shape[0] == WIDTH


def test_no_author_on_both_sides(examples: list[Example], monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[str, Any]] = []

    def learn(inputs: Any, answers: Any) -> Any:  # noqa: ANN401 - passes on
        rows.append(("learned", inputs))
        return networks_of(inputs, answers)

    def ask(networks: Any, inputs: Any) -> Any:  # noqa: ANN401 - passes on
        rows.append(("asked", inputs))
        return logits_of(networks, inputs)

    monkeypatch.setattr(fitting, "networks_of", learn)
    monkeypatch.setattr(fitting, "logits_of", ask)
    fitting.fit(examples, WordEncoder())
    assert [kind for kind, _ in rows] == ["learned", "asked"] * 5 + ["learned"]
    read = encoded(examples, WordEncoder())
    _, inputs = projection_of(read)
    authors: dict[bytes, set[str]] = {}
    for row, draft in zip(inputs, read.draft, strict=True):
        authors.setdefault(row.tobytes(), set()).add(examples[draft].author)
    written = {row: one.pop() for row, one in authors.items() if len(one) == 1}
    sides = [{written.get(row.tobytes(), "") for row in inputs} - {""} for _, inputs in rows]
    for learned, asked in zip(sides[:10:2], sides[1:10:2], strict=True):
        assert learned
        assert asked
        assert not learned & asked
    assert set().union(*sides[1:10:2]) == {example.author for example in examples}
