"""`python -m backend evaluate`: figures on labelled drafts, and the model's own by cross-validation."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from backend.domain.errors import UnreadableInput
from backend.settings import Settings


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("evaluate", help=words["evaluate"])
    parser.add_argument("files", nargs="+", type=Path, metavar="FIL")
    parser.add_argument("--policy", default=None, help=words["policy"])
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Prints one JSON object per file. Exit status 2 when a file cannot be used."""
    from backend.app import build_assessor  # noqa: PLC0415 - loads the model
    from backend.training.corpus_file import read_labelled  # noqa: PLC0415
    from backend.training.cross_validation import outcomes_of  # noqa: PLC0415
    from backend.training.evaluation import measure  # noqa: PLC0415

    assessor = build_assessor(arguments.policy or settings.policy, settings)
    for path in arguments.files:
        try:
            rows = list(read_labelled(path))
        except (OSError, ValueError) as error:
            raise UnreadableInput("corpus_unusable", str(error)) from error
        outcomes = outcomes_of(rows, assessor.detector, assessor.classifier, assessor.policy)
        sys.stdout.write(json.dumps({"file": path.name, **measure(outcomes)}, ensure_ascii=False, indent=1) + "\n")
    return 0
