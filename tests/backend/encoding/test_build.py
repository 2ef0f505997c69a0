"""Building the encoder: whole or not at all, the same bytes every time, and damage is told by a code."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from backend.domain.errors import WrongSettings
from backend.encoding.build import build_encoder
from backend.encoding.files import DESCRIPTION, EMBEDDINGS, GRAPH, VOCABULARY, describe, read_description
from backend.encoding.onnx_encoder import OnnxEncoder
from backend.encoding.open_encoder import open_encoder
from tests.backend.encoding.tiny_weights import tiny_weight_file

FILES = {GRAPH, VOCABULARY, EMBEDDINGS, DESCRIPTION}


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    build_encoder(tiny_weight_file(), tmp_path / "encoder")
    return tmp_path / "encoder"


def test_two_builds_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    description = build_encoder(tiny_weight_file(), tmp_path / "new" / "encoder")
    assert _contents(tmp_path / "new" / "encoder") == _contents(folder)
    assert _contents(folder).keys() == FILES
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["encoder"]
    assert read_description(folder) == description
    assert (tmp_path / "new" / "encoder").stat().st_mode & 0o777 == 0o755


def test_other_weights_have_another_version(folder: Path, tmp_path: Path) -> None:
    other = build_encoder(tiny_weight_file(seed=1), tmp_path / "encoder")
    known = read_description(folder)
    assert known
    assert other.version != known.version
    assert {other.version[:9], known.version[:9]} == {"e5-small-"}


def test_new_build_takes_the_place_of_the_old(built: Path) -> None:
    (built / "left").touch()
    new = build_encoder(tiny_weight_file(seed=1), built)
    assert {path.name for path in built.iterdir()} == FILES
    assert read_description(built) == new


def test_build_that_fails_leaves_the_old_one(built: Path) -> None:
    before = _contents(built)
    for content in (b"", tiny_weight_file()[:-10]):
        with pytest.raises(WrongSettings, match="encoder_unreadable"):
            build_encoder(content, built)
    assert _contents(built) == before
    assert [path.name for path in built.parent.iterdir()] == ["encoder"]


def test_no_encoder(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        assert read_description(place) is None
        assert open_encoder(place) is None
        with pytest.raises(WrongSettings, match="encoder_missing"):
            OnnxEncoder(place)


@pytest.mark.parametrize("name", [GRAPH, VOCABULARY, EMBEDDINGS])
@pytest.mark.parametrize(
    "damage",
    [Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-1]), lambda path: path.write_bytes(b"x")],
    ids=["gone", "cut off", "other"],
)
def test_damaged_file(name: str, damage: Callable[[Path], object], built: Path) -> None:
    damage(built / name)
    with pytest.raises(WrongSettings, match="encoder_unreadable"):
        open_encoder(built)


@pytest.mark.parametrize("name", [GRAPH, VOCABULARY, EMBEDDINGS])
def test_file_that_was_never_readable(name: str, built: Path) -> None:
    (built / name).write_bytes(b"x" * 100)
    describe(built)
    with pytest.raises(WrongSettings, match="encoder_unreadable"):
        open_encoder(built)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "5", "null", "{}", '{"version": "x", "sha256": 5, "format": 1}',
     '{"version": "x", "sha256": {}, "format": 1}', '{"version": "x", "sha256": ["ab"], "format": 1}', "\udc80"],
)  # fmt: skip
def test_damaged_description(content: str, built: Path) -> None:
    (built / DESCRIPTION).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(WrongSettings, match="encoder_unreadable"):
        open_encoder(built)


def test_other_format_is_refused(built: Path) -> None:
    content = json.loads((built / DESCRIPTION).read_text("utf-8"))
    (built / DESCRIPTION).write_text(json.dumps(content | {"format": 0}), "utf-8")
    with pytest.raises(WrongSettings, match="encoder_unreadable"):
        open_encoder(built)
