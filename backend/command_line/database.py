"""`python -m backend db upgrade`: brings a database's schema up to date."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from backend.domain.errors import WrongSettings
from backend.settings import Settings


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("db", help=words["database"])
    parser.add_argument("action", choices=["upgrade"])
    parser.add_argument("--database", type=Path, default=None, help=words["database_database"])
    parser.add_argument("--url", default=None, help=words["database_url"])
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit status 2 when the database cannot be opened."""
    from backend.store.database import open_database

    file = f"sqlite:///{arguments.database.resolve()}" if arguments.database else ""
    url = arguments.url or file or settings.database_url
    if not url:
        raise WrongSettings("settings_incomplete", "SANDKOLL_DATABASE_URL")
    open_database(url).dispose()
    return 0
