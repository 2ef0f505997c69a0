"""`encoder build`: what it leaves behind, and how it refuses."""

from pathlib import Path

import pytest

from backend.encoding import wheel
from backend.encoding.files import read_description
from tests.backend.command_line.shell import Run
from tests.backend.encoding.tiny_weights import tiny_weight_file


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """A weight file in miniature stands for the real one."""
    monkeypatch.setattr(wheel, "weight_file_of", lambda _wheel: tiny_weight_file())


@pytest.mark.usefixtures("fetched")
def test_folder_of_the_settings(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDKOLL_ENCODER", str(tmp_path / "new" / "encoder"))
    status, out, err = run("encoder", "build")
    description = read_description(tmp_path / "new" / "encoder")
    assert (status, err) == (0, "")
    assert description is not None
    assert description.version in out


@pytest.mark.usefixtures("fetched")
def test_given_folder(tmp_path: Path, run: Run) -> None:
    assert run("encoder", "build", "--folder", tmp_path / "here")[0] == 0
    assert read_description(tmp_path / "here") is not None
    status, _, err = run("encoder", "build", "--folder", "/proc/nowhere/encoder")
    assert status == 2
    assert "folder_unusable" in err


@pytest.mark.parametrize(("content", "code"), [(None, "encoder_wheel_missing"), (b"PK", "encoder_wheel_wrong")])
def test_wheel_that_cannot_be_used(content: bytes | None, code: str, tmp_path: Path, run: Run) -> None:
    if content is not None:
        (tmp_path / "x.whl").write_bytes(content)
    status, out, err = run("encoder", "build", "--wheel", tmp_path / "x.whl", "--folder", tmp_path / "here")
    assert (status, out) == (2, "")
    assert code in err
    assert not (tmp_path / "here").exists()


def test_something_has_to_be_done(run: Run) -> None:
    assert run("encoder")[0] == 2
    assert run("encoder", "burn")[0] == 2
