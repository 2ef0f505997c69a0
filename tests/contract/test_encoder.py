"""With the sentence encoder, without it, and with one that the model does not know: the service says which answers."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from backend.app import create_app
from backend.classification.model_file import StoredModel, store_model
from backend.detection.engine import Detector
from backend.encoding.build import build_encoder
from backend.encoding.files import DESCRIPTION, GRAPH
from backend.encoding.onnx_encoder import OnnxEncoder
from backend.training.corpus_file import read_corpus
from backend.training.examples import examples_of
from backend.training.fitting import fit
from tests.backend.encoding.tiny_weights import tiny_weight_file
from tests.backend.served import settings_for, signed_in
from tests.contract.openapi import faults

EVERY = 50
DRAFT = {"subject": "Tuva", "body": "Tuva Lind mår dåligt och har fått en diagnos. Vi ses på fredag."}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two encoders in miniature, two damaged ones, and a model that knows the first."""
    made = Path(tmp_path_factory.mktemp("encoders"))
    for name, seed in (("known", 0), ("other", 1), ("damaged", 0), ("cut", 0)):
        build_encoder(tiny_weight_file(seed), made / name)
    (made / "damaged" / GRAPH).write_bytes(b"x")
    (made / "cut" / DESCRIPTION).write_text("{")
    fitted = fit(examples_of(read_corpus()[::EVERY], Detector()), OnnxEncoder(made / "known"))
    store_model(StoredModel(fitted.linear, fitted.sentence_part), made / "m.skops")
    return made


def _client(folder: Path, tmp_path: Path, encoder: str) -> FlaskClient:
    settings = settings_for(tmp_path).model_copy(update={"model": folder / "m.skops", "encoder": folder / encoder})
    return signed_in(create_app(settings))


def test_with_its_encoder(folder: Path, tmp_path: Path) -> None:
    client, version = _client(folder, tmp_path, "known"), OnnxEncoder(folder / "known").version
    answer = client.post("/api/v1/assessments", json=DRAFT).get_json()
    ready = client.get("/readyz")
    assert faults(client, "AssessmentAnswer", answer) == []
    assert (ready.status_code, ready.get_json()["encoder"], answer["model"]["encoder"]) == (200, version, version)
    assert ready.get_json()["model"] == answer["model"]["version"]
    assert answer["model"]["version"].startswith("sentence-")


@pytest.mark.parametrize(
    ("encoder", "state"), [("nowhere", "missing"), ("other", "unknown"), ("damaged", "damaged"), ("cut", "damaged")]
)
def test_without_its_encoder(encoder: str, state: str, folder: Path, tmp_path: Path) -> None:
    client = _client(folder, tmp_path, encoder)
    answer = client.post("/api/v1/assessments", json=DRAFT).get_json()
    ready = client.get("/readyz")
    assert faults(client, "AssessmentAnswer", answer) == []
    assert (ready.status_code, ready.get_json()["encoder"], answer["model"]["encoder"]) == (200, state, None)
    assert str(folder) not in ready.text
    assert answer["model"]["version"].startswith("linear-")
    assert {finding["category"] for finding in answer["findings"]} >= {"health"}
