"""`python -m backend evaluate`: how good the labels are on labelled drafts, and whether that is good enough."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backend.command_line.floors import tell_floors
from backend.domain.errors import WrongSettings
from backend.settings import Settings
from backend.texts.catalog import Texts

if TYPE_CHECKING:
    from backend.training.measured_sets import MeasuredSet

_STDOUT = "-"


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("evaluate", help=words["evaluate"])
    parser.add_argument("files", nargs="+", type=Path, metavar="FIL", help=words["evaluate_files"])
    parser.add_argument("--json", metavar="FIL", help=words["evaluate_json"])
    parser.add_argument("--html", type=Path, metavar="FIL", help=words["evaluate_html"])
    parser.add_argument("--floors", type=Path, metavar="FIL", help=words["evaluate_floors"])
    parser.add_argument("--no-floors", action="store_true", help=words["evaluate_no_floors"])
    parser.add_argument("--policy", default=None, help=words["policy"])
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Measures each file and all together; each draft is assessed once.

    Exit status: 0 good, 1 a figure does not keep its floor, 2 a file or setting that cannot be used.
    """
    # Training is never loaded by the service, and the model takes a second: only this command pays for them.
    from backend.assembly import build_assessor
    from backend.training.floors import FLOORS_FILE, check_floors, read_floors
    from backend.training.measured_sets import judge_set, read_set
    from backend.training.report import render
    from backend.training.report.document import evaluation_document

    _refuse_unwritable([arguments.json, arguments.html])
    floors = {} if arguments.no_floors else read_floors(arguments.floors or FLOORS_FILE)
    read = [(path, read_set(path)) for path in arguments.files]
    assessor = build_assessor(arguments.policy or settings.policy, settings)
    sets = [judge_set(path, rows, assessor) for path, rows in read]
    checked = [one for each in sets for one in check_floors(each.name, each.figures, floors)]
    document = evaluation_document(sets, checked, assessor)
    if arguments.json:
        _write(arguments.json, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    if arguments.json != _STDOUT:
        sys.stdout.write(render.table(document))
    if arguments.html:
        _write(arguments.html, render.page(document, assessor.policy, datetime.now(UTC).date().isoformat()))
    _tell_duplicates(sets, assessor.texts)
    return tell_floors(checked, assessor.texts)


def _refuse_unwritable(places: Iterable[str | Path | None]) -> None:
    """Told now, not after everything has been measured."""
    for place in places:
        if place and place != _STDOUT and not Path(place).parent.is_dir():
            raise WrongSettings("folder_unusable", str(Path(place).parent))


def _write(place: str | Path, text: str) -> None:
    if place == _STDOUT:
        sys.stdout.write(text)
        return
    try:
        Path(place).write_text(text, "utf-8")
    except OSError as error:
        raise WrongSettings("folder_unusable", f"{place}: {type(error).__name__}") from error


def _tell_duplicates(sets: Iterable["MeasuredSet"], texts: Texts) -> None:
    for one in sets:
        if one.duplicates:
            ids, count = ", ".join(one.duplicates), str(len(one.duplicates))
            sys.stderr.write(texts.message("duplicate_ids", name=one.name, count=count, ids=ids) + "\n")
