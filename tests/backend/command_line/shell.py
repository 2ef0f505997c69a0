"""The command line as a process of its own, and files of JSON lines."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from backend.settings import PROJECT_FOLDER
from tests.backend.served import model_path

Run = Callable[..., tuple[int, str, str]]


def process(*words: object, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Runs `python -m backend` as its own process."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "backend", *map(str, words)],
        cwd=PROJECT_FOLDER,
        env={"PATH": os.environ["PATH"], "SANDKOLL_MODEL": str(model_path()), **environment},
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
    )


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def write(path: Path, *lines: object) -> Path:
    """A file of JSON lines; what is bytes is written as it is."""
    content = [line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode() for line in lines]
    path.write_bytes(b"".join(line + b"\n" for line in content))
    return path
