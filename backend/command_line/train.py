"""`python -m backend train`: a model from the project's own corpus, the same every time."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from backend.domain.errors import WrongSettings
from backend.settings import Settings


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("train", help=words["train"])
    parser.add_argument("--model", type=Path, default=None, help=words["train_model"])
    parser.add_argument("--corpus", type=Path, default=None, help=words["train_corpus"])
    parser.add_argument("--card", type=Path, default=None, help=words["train_card"])
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Writes the model and its card. Exit status 2 when the corpus cannot be used."""
    from backend.texts.catalog import read_texts  # noqa: PLC0415 - as below
    from backend.training.corpus_file import CORPUS_FOLDER, read_corpus  # noqa: PLC0415 - training is never loaded by the service
    from backend.training.train import train  # noqa: PLC0415

    path, corpus = arguments.model or settings.model, arguments.corpus or CORPUS_FOLDER
    try:
        path.parent.mkdir(parents=True, exist_ok=True)  # told now, not after the training
        trained = train(corpus, path)
    except ValueError as error:
        raise WrongSettings("corpus_unusable", str(error)) from error
    except OSError as error:
        raise WrongSettings("folder_unusable", f"{path.parent}: {type(error).__name__}") from error
    told = read_texts().message("trained", version=trained.version, count=str(trained.drafts), path=str(path))
    sys.stdout.write(told + "\n")
    if arguments.card:
        from backend.training.model_card import write_model_card  # noqa: PLC0415

        write_model_card(read_corpus(corpus), trained.version, arguments.card)
    return 0
