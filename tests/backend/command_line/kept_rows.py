"""A database with rows of two people in two tenants, and settings that lead to it."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy import Engine

from backend.settings import read_settings
from backend.store.database import open_database
from backend.texts.catalog import read_texts
from tests.backend.store.every_row import AT, KEY, Employee, leave_rows

SARA, KERSTIN = Employee("granvik", "sara"), Employee("granvik", "kerstin")
STRANGERS = Employee("elsewhere", "sara"), Employee("elsewhere", "kerstin")
OTHER_KEYS = [("x" * 40, "other_secret_key"), ("short", "settings_incomplete.*>= 32")]
"""Keys that nothing must be written or erased with, and how that is told."""
__all__ = ["AT", "KERSTIN", "OTHER_KEYS", "SARA", "STRANGERS"]


def kept_rows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    url = f"sqlite:///{folder / 'records.sqlite3'}"
    monkeypatch.setenv("SANDKOLL_DATABASE_URL", url)
    monkeypatch.setenv("SANDKOLL_SECRET_KEY", KEY)
    engine = open_database(url)
    for one, other in ((SARA, KERSTIN), STRANGERS):
        leave_rows(engine, one, other)
        leave_rows(engine, other, one)
    yield engine
    engine.dispose()


def runner(command: ModuleType, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs one command here: exit status, standard output, standard error."""

    def here(*words: object) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        command.add_parser(parser.add_subparsers(required=True), read_texts().help)
        try:
            arguments = parser.parse_args([command.__name__.rpartition(".")[2], *map(str, words)])
            status: int = arguments.run(arguments, read_settings())
        except SystemExit as error:
            status = int(error.code or 0)
        return status, *capsys.readouterr()

    return here
