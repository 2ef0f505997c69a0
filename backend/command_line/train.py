"""`python -m backend train`: a model from the project's own corpus, the same every time."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from backend.command_line.floors import tell_floors
from backend.domain.errors import WrongSettings
from backend.settings import Settings

if TYPE_CHECKING:
    from backend.training.feedback_examples import FeedbackExample


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("train", help=words["train"])
    parser.add_argument("--model", type=Path, default=None, help=words["train_model"])
    parser.add_argument("--corpus", type=Path, default=None, help=words["train_corpus"])
    parser.add_argument("--card", type=Path, default=None, help=words["train_card"])
    parser.add_argument("--with-feedback", action="store_true", help=words["train_with_feedback"])
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Writes the model and its card. Exit status 1 when the card breaks a floor, 2 when the corpus cannot be used."""
    from backend.classification.feedback_vector import known_words_path
    from backend.encoding.open_encoder import open_encoder
    from backend.texts.catalog import read_texts
    from backend.training.corpus_file import CORPUS_FOLDER, read_corpus
    from backend.training.known_words import write_known_words
    from backend.training.train import train

    answers = _answers(settings) if arguments.with_feedback else []
    path, corpus = arguments.model or settings.model, arguments.corpus or CORPUS_FOLDER
    try:
        path.parent.mkdir(parents=True, exist_ok=True)  # told now, not after the training
        encoder = open_encoder(settings.encoder)
        trained = train(corpus, path, encoder, answers)
        write_known_words(corpus, known_words_path(path))
    except ValueError as error:
        raise WrongSettings("corpus_unusable", str(error)) from error
    except OSError as error:
        raise WrongSettings("folder_unusable", f"{path.parent}: {type(error).__name__}") from error
    told = read_texts().message("trained", version=trained.version, count=str(trained.drafts), path=str(path))
    sys.stdout.write(told + "\n")
    if arguments.card:
        from backend.training.model_card import write_model_card

        checked = write_model_card(read_corpus(corpus), trained.fitted, encoder, arguments.card)
        return tell_floors(checked, read_texts())
    return 0


def _answers(settings: Settings) -> "list[FeedbackExample]":
    """What people have answered, and a line that tells how much of it counts. Raises WrongSettings."""
    from backend.command_line.feedback import open_feedback
    from backend.command_line.forgetting import secret_of
    from backend.texts.catalog import read_texts
    from backend.training.feedback_examples import read_feedback
    from backend.workflow.feedback_keys import FeedbackKeys

    read = read_feedback(open_feedback(settings).answers(), FeedbackKeys(secret_of(settings)))
    left_out = {name: str(getattr(read, name)) for name in ("unreadable", "contradicted", "repeated", "beyond_limit")}
    sys.stdout.write(read_texts().message("feedback_read", count=str(len(read.examples)), **left_out) + "\n")
    return read.examples
