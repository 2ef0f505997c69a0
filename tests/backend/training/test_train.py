"""Training from a folder of labelled drafts to a model file."""

import json
from pathlib import Path

import pytest

from backend.classification.combined_model import CombinedModel
from backend.classification.model_file import load_model
from backend.training.corpus_file import CORPUS_FOLDER
from backend.training.train import train
from tests.backend.training.word_encoder import WordEncoder


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some drafts of every file."""
    folder = Path(tmp_path_factory.mktemp("corpus"))
    for path in CORPUS_FOLDER.glob("*.jsonl"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        (folder / path.name).write_text("".join(lines[:: max(1, len(lines) // 6)]), "utf-8")
    return folder


def test_model_is_stored(corpus: Path, tmp_path: Path) -> None:
    trained = train(corpus, tmp_path / "new" / "m.skops", WordEncoder())
    stored = load_model(tmp_path / "new" / "m.skops")
    assert stored.linear.version == trained.fitted.linear.version
    assert trained.drafts == sum(len(path.read_text("utf-8").splitlines()) for path in corpus.glob("*.jsonl"))
    assert stored.sentence_part is not None
    assert stored.sentence_part.encoder_version == "words-1"
    model = CombinedModel(stored.linear, stored.sentence_part, WordEncoder())
    assert model.version == trained.version == stored.sentence_part.version


def test_without_an_encoder(corpus: Path, tmp_path: Path) -> None:
    trained = train(corpus, tmp_path / "m.skops")
    assert load_model(tmp_path / "m.skops").sentence_part is None
    assert trained.fitted.sentence_part is None


@pytest.mark.parametrize("rows", [[], [{"id": "a", "subject": "", "body": "x", "label": "none"}]], ids=["none", "one"])
def test_too_little(rows: list[object], tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    with pytest.raises(ValueError, match=r".+"):
        train(tmp_path, tmp_path / "m.skops")
    assert not (tmp_path / "m.skops").exists()
