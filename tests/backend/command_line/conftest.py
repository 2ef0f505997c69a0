"""The command line inside this process."""

import os

import pytest

from backend.__main__ import main
from tests.backend.command_line.shell import Run
from tests.backend.served import model_path


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command here: exit status, standard output, standard error."""
    for name in [name for name in os.environ if name.startswith("SANDKOLL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SANDKOLL_MODEL", str(model_path()))

    def here(*words: object) -> tuple[int, str, str]:
        try:
            status = main([str(word) for word in words])
        except SystemExit as error:
            status = int(error.code or 0)
        return status, *capsys.readouterr()

    return here
