"""The command line."""

import argparse
import sys

from backend.command_line import assess, database, demo, evaluate, serve, train
from backend.domain.errors import CodedError
from backend.settings import read_settings
from backend.texts.catalog import read_texts


def main(words: list[str] | None = None) -> int:
    """Runs one command. Exit status: 0 good, 1 some input failed, 2 wrong usage or settings."""
    parser = argparse.ArgumentParser(prog="python -m backend", description="Sändkoll")
    commands = parser.add_subparsers(required=True, metavar="KOMMANDO")
    for command in (assess, demo, serve, train, evaluate, database):
        command.add_parser(commands)
    arguments = parser.parse_args(words)
    try:
        status: int = arguments.run(arguments, read_settings())
    except CodedError as error:
        detail = f" [{error.detail}]" if error.detail else ""
        sys.stderr.write(f"{read_texts().told(error)} ({error.code}){detail}\n")
        return 2
    except BrokenPipeError:
        return 0
    return status


if __name__ == "__main__":
    sys.exit(main())
