"""`python -m backend serve`: production. Refuses to start half-configured."""

import argparse
from collections.abc import Mapping

from backend.settings import Settings, refuse_unfit_for_production


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("serve", help=words["serve"])
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit status 2 with what is missing."""
    refuse_unfit_for_production(settings)
    return 0
