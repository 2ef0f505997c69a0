"""`python -m backend evaluate`: figures on labelled drafts, and the model's own by cross-validation."""

import argparse
import json
import sys
from pathlib import Path

from backend.domain.errors import UnreadableInput
from backend.settings import Settings


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declares the command."""
    parser = commands.add_parser("evaluate", help="mät mot märkta utkast (.jsonl)")
    parser.add_argument("files", nargs="+", type=Path, metavar="FIL")
    parser.add_argument("--policy", default=None, help="standard, motala, ronneby eller en sökväg")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Prints one JSON object per file. Exit status 2 when a file cannot be used."""
    from backend.app import build_assessor  # noqa: PLC0415 - loads the model
    from backend.training.corpus_file import read_labelled  # noqa: PLC0415
    from backend.training.evaluation import Outcome, measure  # noqa: PLC0415

    assessor = build_assessor(arguments.policy or settings.policy, settings)
    for path in arguments.files:
        try:
            rows = list(read_labelled(path))
        except (OSError, ValueError) as error:
            raise UnreadableInput("corpus_unusable", str(error)) from error
        outcomes = []
        for row in rows:
            said = assessor.assess(row.draft)
            outcomes.append(
                Outcome(
                    id=row.draft.id,
                    right=row.label,
                    right_categories=row.categories,
                    said=said.label,
                    said_categories=frozenset(said.categories),
                    hard=row.hard,
                    kind=row.draft.kind.value,
                )
            )
        sys.stdout.write(json.dumps({"file": path.name, **measure(outcomes)}, ensure_ascii=False, indent=1) + "\n")
    return 0
