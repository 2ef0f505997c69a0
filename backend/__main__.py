"""The command line."""

import argparse
import os
import sys
from io import TextIOWrapper

import structlog

from backend.command_line import (
    assess,
    audit,
    database,
    demo,
    encoder,
    evaluate,
    feedback,
    habits,
    person,
    purge,
    serve,
    train,
    worker,
)
from backend.domain.errors import CodedError
from backend.settings import read_settings
from backend.texts.catalog import read_texts

_COMMANDS = (
    assess, demo, serve, worker, train, encoder, evaluate, audit, purge, person, feedback, habits, database,
)  # fmt: skip


def main(words: list[str] | None = None) -> int:
    """Runs one command. Exit status: 0 good, 1 some input failed, 2 wrong usage or settings."""
    texts = read_texts()
    parser = argparse.ArgumentParser(prog="python -m backend", description="Sändkoll")
    commands = parser.add_subparsers(required=True, metavar="KOMMANDO")
    for command in _COMMANDS:
        command.add_parser(commands, texts.help)
    arguments = parser.parse_args(words)
    _write_utf8()
    # Answers go to standard output; what is logged beside them must not stand among them.
    structlog.configure(logger_factory=lambda *_: structlog.PrintLogger(sys.stderr))
    try:
        status: int = arguments.run(arguments, read_settings())
    except CodedError as error:
        detail = f" [{error.detail}]" if error.detail else ""
        sys.stderr.write(f"{texts.told(error)} ({error.code}){detail}\n")
        return 2
    except BrokenPipeError:
        # Whoever read has had enough. Python's own flush at exit would complain once more (docs.python.org, signal).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _write_utf8() -> None:
    """Swedish and JSON come out whole whatever the terminal's code page; an odd file name does not stop the rest."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
