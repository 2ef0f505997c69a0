"""The model file: the same bytes for the same model, and nothing built that is not named."""

import zipfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import skops.io

from backend.classification.combined_model import CombinedModel
from backend.classification.model import Head, LinearModel
from backend.classification.model_file import FORMAT, StoredModel, load_model, store_model
from backend.classification.vectors import NGRAM_COLUMNS, sentence_counts
from backend.domain.detected import Detected, Identity, Sentence
from backend.domain.errors import WrongSettings
from backend.domain.label import Category
from tests.backend.classification.made_up_model import FakeEncoder, linear, part, words
from tests.backend.classification.made_up_model import detected as two_signals


def _head(seed: int) -> Head:
    numbers = np.random.default_rng(seed)
    return Head(numbers.normal(size=2), numbers.normal(size=NGRAM_COLUMNS), 0.1, 1.5, -0.2)


def _model() -> LinearModel:
    return LinearModel(
        "linear-x", ("a", "b"), np.zeros(2), np.ones(2), _head(1), _head(2), {Category.HEALTH: _head(3)}, words()
    )  # fmt: skip


def _stored(version: str = "linear-x") -> StoredModel:
    return StoredModel(replace(_model(), version=version), None)


def _detected(*words: str) -> Detected:
    sentences = tuple(Sentence("body", 10 * at, 10 * at + 5, word) for at, word in enumerate(words))
    return Detected((), Identity(), sentences, {"a": 1.0, "b": 2.0})


def test_model_comes_back_as_it_was(tmp_path: Path) -> None:
    store_model(_stored(), tmp_path / "new" / "m.skops")
    read = load_model(tmp_path / "new" / "m.skops")
    given = _detected("hej", "sjuk i dag")
    assert read.sentence_part is None
    assert read.linear.version == "linear-x"
    assert read.linear.classify(given) == _model().classify(given)


def test_sentence_part_comes_back_as_it_was(tmp_path: Path) -> None:
    stored = StoredModel(linear(), part())
    for name in ("one", "two"):
        store_model(stored, tmp_path / name)
    read, given = load_model(tmp_path / "one"), two_signals("hon är sjuk", "det är hemlig")
    before = CombinedModel(stored.linear, stored.sentence_part, FakeEncoder())
    after = CombinedModel(read.linear, read.sentence_part, FakeEncoder())
    assert (after.version, after.encoder_version) == (before.version, "fake-1")
    assert after.classify(given) == before.classify(given) != linear().classify(given)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    store_model(read, tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == (tmp_path / "one").read_bytes()


def test_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    contents = set()
    for name in ("one", "two"):
        store_model(_stored(), tmp_path / name)
        contents.add((tmp_path / name).read_bytes())
    store_model(_stored("linear-y"), tmp_path / "other")
    assert len(contents) == 1
    assert (tmp_path / "other").read_bytes() not in contents
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "other", "two"]


def test_cut_off_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.skops"
    store_model(_stored(), path)
    whole = path.read_bytes()
    for size in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(WrongSettings, match="model_unreadable"):
            load_model(path)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(WrongSettings, match="model_missing"):
            load_model(path)


@pytest.mark.parametrize("number", [0, 1, FORMAT + 1])
def test_other_format_is_outdated(number: int, tmp_path: Path) -> None:
    (tmp_path / "m.skops").write_bytes(skops.io.dumps({"format": number, "version": "linear-x"}))
    with pytest.raises(WrongSettings, match="model_outdated"):
        load_model(tmp_path / "m.skops")


@pytest.mark.parametrize("lost", ["linear", "sentence_part"])
def test_part_that_is_lost(lost: str, tmp_path: Path) -> None:
    content = {"format": FORMAT, "linear": {}, "sentence_part": None}
    del content[lost]
    (tmp_path / "m.skops").write_bytes(skops.io.dumps(content))
    with pytest.raises(WrongSettings, match="model_unreadable"):
        load_model(tmp_path / "m.skops")


def test_foreign_types_are_never_built(tmp_path: Path) -> None:
    (tmp_path / "m.skops").write_bytes(skops.io.dumps({"format": FORMAT, "linear": Path("x"), "sentence_part": None}))
    with pytest.raises(WrongSettings, match="model_unreadable"):
        load_model(tmp_path / "m.skops")
    assert zipfile.is_zipfile(tmp_path / "m.skops")


def test_moving_sentence_is_the_one_that_weighs_most() -> None:
    weights = np.zeros(NGRAM_COLUMNS)
    weights[sentence_counts(_detected("sjuk").sentences).indices] = 1.0
    model = replace(_model(), sensitive=replace(_head(1), ngram_weights=weights))
    assert model.classify(_detected()).moving is None
    moving = model.classify(_detected("hej", "sjuk", "du")).moving
    assert moving is not None
    assert moving.words == "sjuk"


@pytest.mark.parametrize("score", [-1e9, -1.0, 0.0, 1.0, 1e9])
def test_probability_is_one(score: float) -> None:
    assert 0.0 < _head(1).probability(score) < 1.0
