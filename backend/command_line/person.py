"""`python -m backend person export|erase`: hands out, or erases, what is kept of one employee."""

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.command_line.forgetting import as_id, engine_of, secret_of, tenants_meant
from backend.command_line.whole_file import write_whole
from backend.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from backend.workflow.person_rows import Document, PersonRegister, Subject


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", _words: Mapping[str, str]) -> None:
    """Declares the command. Its help texts are with the audit log's words."""
    from backend.texts.audit_words import read_audit_words

    words = {code: swedish for code, (swedish, _) in read_audit_words().help.items()}
    parser = commands.add_parser("person", help=words["person"])
    parser.add_argument("action", choices=["export", "erase"], help=words["person_action"])
    parser.add_argument("--tenant", required=True, help=words["one_tenant"])
    parser.add_argument("--person", required=True, metavar="OID", help=words["person_id"])
    parser.add_argument("--address", action="append", default=[], help=words["person_address"])
    parser.add_argument("--output", type=Path, default=None, help=words["output"])
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit status 1 when something of the person is left after an erasure."""
    from backend.texts.audit_words import read_audit_words
    from backend.workflow.person_rows import Subject

    if not arguments.address:
        sys.stderr.write(read_audit_words().message("person_no_address") + "\n")
    secret, engine = secret_of(settings), engine_of(settings)
    try:
        (tenant,) = tenants_meant(engine, settings, arguments.tenant)
        subject = Subject(tenant, as_id(arguments.person), frozenset(arguments.address))
        register = _register(engine, secret)
        if arguments.action == "erase":
            return _erase(register, subject, engine, secret)
        text = json.dumps(_labelled(register.export(subject)), ensure_ascii=False, indent=2) + "\n"
    finally:
        engine.dispose()
    if arguments.output is None:
        sys.stdout.write(text)
    else:
        write_whole(arguments.output, [text])
    return 0


def _register(engine: "Engine", secret: bytes) -> "PersonRegister":
    from backend.store.person_rows import DatabasePersonRows
    from backend.store.transactions import DatabaseStore
    from backend.workflow.person_rows import PersonRegister
    from backend.workflow.record_keys import RecordKeys

    key = RecordKeys(secret).audit
    return PersonRegister(DatabasePersonRows(engine, key), DatabaseStore(engine, key), secret)


def _erase(register: "PersonRegister", subject: "Subject", engine: "Engine", secret: bytes) -> int:
    from backend.store.retention import DatabaseRetention
    from backend.texts.audit_words import read_audit_words
    from backend.workflow.record_keys import RecordKeys

    words = read_audit_words()
    counts, left = register.erase(subject)
    settled = DatabaseRetention(engine, RecordKeys(secret).audit).settle()
    lines = [words.message("person_erased", tenant=subject.tenant)]
    lines += [f"  {words.kinds[table][0]}: {count}" for table, count in sorted(counts.items())]
    lines.append(words.message("person_left", count=str(left)) if left else words.message("person_clean"))
    if not settled:
        lines.append(words.message("unsettled"))
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if left or not settled else 0


def _labelled(document: "Document") -> dict[str, list[dict[str, Any]]]:
    """With Swedish words for kinds and fields; codes are as they are kept."""
    from backend.texts.audit_words import read_audit_words

    words = read_audit_words()

    def name_of(field: str) -> str:
        return words.fields.get(field, (field,))[0]

    return {
        words.kinds[kind][0]: [{name_of(field): value for field, value in row.items()} for row in found]
        for kind, found in document.items()
    }
