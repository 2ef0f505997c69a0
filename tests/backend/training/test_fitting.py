"""Fitting on a small part of the corpus, with an encoder that needs no model."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backend.classification.combined_model import CombinedModel
from backend.classification.model_file import StoredModel, store_model
from backend.classification.vectors import NGRAM_COLUMNS, sentence_counts
from backend.detection.engine import Detector
from backend.domain.classified import Classified
from backend.domain.detected import Detected, Identity, Sentence
from backend.domain.label import Label
from backend.training import fitting
from backend.training.corpus_file import read_corpus
from backend.training.examples import Example, examples_of
from backend.training.feedback_examples import FeedbackExample
from backend.training.fitting import Fitted, fit
from backend.training.linear_fitting import regression
from tests.backend.training.word_encoder import WordEncoder

EVERY = 50
STRANGE = "zaffran"
"""A word that the corpus does not have."""


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return examples_of(read_corpus()[::EVERY], Detector())


@pytest.fixture(scope="module")
def fitted(examples: list[Example]) -> Fitted:
    return fit(examples, WordEncoder())


def _probabilities(said: Sequence[Classified]) -> list[float]:
    return [number for one in said for number in (one.sensitive, one.severe, *one.categories.values())]


def test_every_variant_answers_for_every_draft(examples: list[Example], fitted: Fitted) -> None:
    assert fitted.held_out.keys() == {"signals and n-grams", "sentence encoder", "all together"}
    for said in fitted.held_out.values():
        assert len(said) == len(examples) > 100
        assert all(0.0 < one < 1.0 for one in _probabilities(said))
        for one, example in zip(said, examples, strict=True):
            assert one.moving is None or one.moving in example.detected.sentences
            assert set(one.said) <= set(example.detected.sentences)
            assert all(0.0 < number < 1.0 for number in one.said.values())


def test_probabilities_are_calibrated_on_the_whole(examples: list[Example], fitted: Fitted) -> None:
    share = np.mean([example.label is not Label.NONE for example in examples])
    for said in fitted.held_out.values():
        assert abs(np.mean([one.sensitive for one in said]) - share) < 0.02


def test_something_is_learned(examples: list[Example], fitted: Fitted) -> None:
    sensitive = np.array([example.label is not Label.NONE for example in examples])
    for name in ("signals and n-grams", "all together"):
        said = np.array([one.sensitive for one in fitted.held_out[name]])
        assert said[sensitive].mean() > said[~sensitive].mean() + 0.2


def test_fitted_model_answers(examples: list[Example], fitted: Fitted) -> None:
    model = CombinedModel(fitted.linear, fitted.sentence_part, WordEncoder())
    assert model.encoder_version == "words-1"
    said = [model.classify(example.detected) for example in examples]
    assert all(0.0 < one < 1.0 for one in _probabilities(said))
    smaller = [fitted.linear.classify(example.detected) for example in examples]
    assert said != smaller


def test_without_an_encoder_the_linear_part_is_the_same(
    examples: list[Example], fitted: Fitted, tmp_path: Path
) -> None:
    alone = fit(examples)
    assert alone.sentence_part is None
    assert alone.held_out == {"signals and n-grams": fitted.held_out["signals and n-grams"]}
    for name, one in (("alone", alone), ("together", fitted)):
        store_model(StoredModel(one.linear, None), tmp_path / name)
    assert (tmp_path / "alone").read_bytes() == (tmp_path / "together").read_bytes()


def test_fitting_twice_gives_the_same_bytes(examples: list[Example], fitted: Fitted, tmp_path: Path) -> None:
    again = fit(examples, WordEncoder())
    for name, one in (("one", fitted), ("two", again)):
        store_model(StoredModel(one.linear, one.sentence_part), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert again.held_out == fitted.held_out


class _Spy:
    """Keeps which rows every regression learned from."""

    def __init__(self) -> None:
        self.learned: list[list[int]] = []

    def __call__(self, matrix: Any, question: Any, chosen: Any, weights: Any) -> Any:  # noqa: ANN401 - passes on
        self.learned.append(chosen.tolist())
        return regression(matrix, question, chosen, weights)


@pytest.mark.parametrize("by", ["author", "scenario"])
def test_nobody_is_on_both_sides(by: str, examples: list[Example], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "regression", spy := _Spy())
    some = examples[::2]
    fit(some, by=by)
    group = [getattr(example, by) for example in some]
    folds = {tuple(rows) for rows in spy.learned} - {tuple(range(len(some)))}
    assert len(folds) == 5
    for rows in folds:
        unseen = set(range(len(some))) - set(rows)
        assert unseen
        assert not {group[row] for row in rows} & {group[row] for row in unseen}
    assert sum(len(some) - len(rows) for rows in folds) == len(some)


def test_few_authors_are_split_by_scenario(examples: list[Example], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting, "regression", spy := _Spy())
    fit([replace(example, author="one") for example in examples[::2]])
    assert len({tuple(rows) for rows in spy.learned}) == 6


def _answer(label: Label) -> FeedbackExample:
    counts = sentence_counts([Sentence("body", 0, 1, STRANGE)])
    columns = [int(column) for column in counts.indices if column < NGRAM_COLUMNS // 2]
    return FeedbackExample({}, columns, label, Label.NONE, frozenset(), frozenset(), "feedback:x")


def _about(examples: Sequence[Example]) -> Detected:
    sentences = (Sentence("body", 0, 1, f"vi köper {STRANGE} till kaffet"),)
    return Detected((), Identity(), sentences, dict.fromkeys(examples[0].detected.signals, 0.0))


def test_answers_move_the_linear_part(examples: list[Example]) -> None:
    some, given = examples[::2], _about(examples)
    taught = [fit(some, answers=[_answer(label)] * 20) for label in (Label.NONE, Label.KANSLIG)]
    untaught = fit(some)
    less, more = (one.linear.classify(given).sensitive for one in taught)
    assert less < untaught.linear.classify(given).sensitive < more
    assert len({one.linear.version for one in (*taught, untaught)}) == 3
    assert {len(one.held_out["signals and n-grams"]) for one in taught} == {len(some)}
