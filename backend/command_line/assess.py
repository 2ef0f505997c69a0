"""`python -m backend assess`: real mail from files, explained in Swedish or as JSON lines."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from backend.api.answers import assessment_answer, error_answer
from backend.command_line.explain import explain, explain_error
from backend.domain.draft import Draft
from backend.domain.encoder import NoEncoder
from backend.domain.errors import CodedError
from backend.extraction.draft_document import parse_draft
from backend.extraction.read_file import read_draft_bytes, read_drafts
from backend.settings import Settings
from backend.workflow.assess_draft import Assessor

_STDIN = "-"
Source = tuple[str, Callable[[], Draft]]
"""An input's id, and what reads its draft (raising CodedError)."""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", words: Mapping[str, str]) -> None:
    """Declares the command; `words` are its help texts."""
    parser = commands.add_parser("assess", help=words["assess"])
    parser.add_argument("files", nargs="*", metavar="FIL", help=words["assess_files"])
    parser.add_argument("--json", action="store_true", help=words["assess_json"])
    parser.add_argument("--jsonl", metavar="FIL", help=words["assess_jsonl"])
    parser.add_argument("--policy", default=None, help=words["policy"])
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit status: 0 good, 1 some input failed, 2 wrong usage or settings."""
    # The model takes a second to load: only commands that assess pay for it.
    from backend.assembly import build_assessor

    assessor = build_assessor(arguments.policy or settings.policy, settings)
    _ = assessor.classifier.version  # a model that cannot be used is told once, not for every input
    if assessor.classifier.no_encoder in (NoEncoder.MISSING, NoEncoder.UNKNOWN):
        sys.stderr.write(assessor.texts.message("smaller_model") + "\n")
    if not arguments.files and not arguments.jsonl:
        sys.stderr.write(assessor.texts.message("nothing_to_assess") + "\n")
        return 2
    sources = list(_file_sources(arguments.files))
    failed = 0
    if sources:
        failed += _assess(assessor, iter(sources), as_json=arguments.json or bool(arguments.jsonl))
    if arguments.jsonl:
        failed += _assess_rows(assessor, arguments.jsonl)
    return 1 if failed else 0


def _assess(assessor: Assessor, sources: Iterator[Source], *, as_json: bool) -> int:
    failed = 0
    for name, read in sources:
        try:
            assessment = assessor.assess(read())
        except CodedError as error:
            failed += 1
            _write(
                json.dumps(error_answer(assessor.texts, error, name), ensure_ascii=False)
                if as_json
                else explain_error(assessor.texts, error, name)
            )
            continue
        _write(
            json.dumps(assessment_answer(assessment), ensure_ascii=False)
            if as_json
            else explain(assessment, assessor.policy, assessor.texts, name)
        )
    return failed


def _assess_rows(assessor: Assessor, name: str) -> int:
    try:
        lines = sys.stdin.buffer if name == _STDIN else Path(name).open("rb")  # noqa: SIM115 - closed with the process or below
    except OSError as error:
        raise CodedError("file_not_found", name) from error
    with lines:
        rows = (_row(number, line) for number, line in enumerate(lines, start=1) if line.strip())
        return _assess(assessor, rows, as_json=True)


def _row(number: int, line: bytes) -> Source:
    return f"{number}", partial(parse_draft, line, lenient=True)


def _file_sources(names: list[str]) -> Iterator[Source]:
    for name in names:
        if name == _STDIN:
            yield name, partial(read_draft_bytes, sys.stdin.buffer.read(), _STDIN)
        else:
            yield from _drafts_of(name)


def _drafts_of(name: str) -> Iterator[Source]:
    """The drafts of one file: a calendar file may hold several bookings."""
    try:
        drafts = list(read_drafts(Path(name)))
    except CodedError as error:
        yield name, _raiser(error)
        return
    for draft in drafts:
        yield name, partial(_given, draft)


def _given(draft: Draft) -> Draft:
    return draft


def _raiser(error: CodedError) -> Callable[[], Draft]:
    def fail() -> Draft:
        raise error

    return fail


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
