"""Writes a file whole or not at all, for nobody else to read."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from backend.domain.errors import WrongSettings


def write_whole(path: Path, lines: Iterable[str]) -> int:
    """Writes lines into the place of what is there; how many. Raises WrongSettings (`folder_unusable`)."""
    count = 0
    try:
        # Beside its place, so that it can be moved there in one step; readable for its owner alone.
        with NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, delete=False) as file:
            try:
                for count, line in enumerate(lines, 1):  # noqa: B007 - told at the end
                    file.write(line)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                with suppress(OSError):
                    Path(file.name).unlink()
                raise
    except OSError as error:
        raise WrongSettings("folder_unusable", f"{path}: {type(error).__name__}") from error
    return count
