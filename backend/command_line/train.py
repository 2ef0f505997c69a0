"""`python -m backend train`: a model from the project's own corpus, the same every time."""

import argparse
import sys
from pathlib import Path

from backend.domain.errors import WrongSettings
from backend.settings import Settings


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command."""
    parser = commands.add_parser("train", help="träna modellen på projektets egna texter")
    parser.add_argument("--model", type=Path, default=None, help="var modellen sparas")
    parser.add_argument("--corpus", type=Path, default=None, help="mapp med .jsonl")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Writes the model and its card. Exit status 2 when the corpus cannot be used."""
    from backend.texts.catalog import read_texts  # noqa: PLC0415 - as below
    from backend.training.corpus_file import CORPUS_FOLDER  # noqa: PLC0415 - training is never loaded by the service
    from backend.training.train import train  # noqa: PLC0415

    path = arguments.model or settings.model
    try:
        trained = train(arguments.corpus or CORPUS_FOLDER, path)
    except ValueError as error:
        raise WrongSettings("corpus_unusable", str(error)) from error
    told = read_texts().message("trained", version=trained.version, count=str(trained.drafts), path=str(path))
    sys.stdout.write(told + "\n")
    return 0
