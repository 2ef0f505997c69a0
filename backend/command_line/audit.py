"""`python -m backend audit verify|export`: shows that the audit log is whole, and hands it out."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from backend.command_line.forgetting import as_id, engine_of, secret_of, tenants_meant
from backend.command_line.whole_file import write_whole
from backend.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from backend.store.audit import AuditQuery
    from backend.store.audit_verification import Verification

_FORMATS = ("csv", "jsonl")


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", _words: Mapping[str, str]) -> None:
    """Declares the command. Its help texts are with the log's other words."""
    from backend.texts.audit_words import read_audit_words

    words = {code: swedish for code, (swedish, _) in read_audit_words().help.items()}
    parser = commands.add_parser("audit", help=words["audit"])
    parser.add_argument("action", choices=["verify", "export"], help=words["audit_action"])
    parser.add_argument("--tenant", default=None, help=words["tenant"])
    parser.add_argument("--expect", default="", metavar="KEDJEVÄRDE", help=words["expect"])
    parser.add_argument("--format", choices=_FORMATS, default="jsonl", help=words["format"])
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=None, help=words["from_day"])
    parser.add_argument("--to", dest="last", type=date.fromisoformat, default=None, help=words["to_day"])
    parser.add_argument("--person", default=None, metavar="OID", help=words["log_person"])
    parser.add_argument("--output", type=Path, default=None, help=words["output"])
    parser.set_defaults(run=run, usage=parser.error)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Exit status 1 when a log is not whole: nothing is exported then."""
    from backend.texts.audit_words import read_audit_words

    if arguments.expect and arguments.tenant is None:
        arguments.usage("--expect + --tenant")
    secret, engine = secret_of(settings), engine_of(settings)
    try:
        meant = tenants_meant(engine, settings, arguments.tenant)
        arguments.tenant = arguments.tenant and meant[0]
        found = _verified(engine, secret, arguments)
        whole = all(one.fault is None for one in found.values())
        if arguments.action == "verify":
            sys.stdout.writelines(_told(tenant, one) + "\n" for tenant, one in found.items())
            if not found:
                sys.stdout.write(read_audit_words().message("no_logs") + "\n")
        elif whole:
            _export(engine, secret, arguments, list(found))
        else:
            sys.stderr.writelines(_told(tenant, one) + "\n" for tenant, one in found.items() if one.fault)
            sys.stderr.write(read_audit_words().message("export_refused") + "\n")
    finally:
        engine.dispose()
    return 0 if whole else 1


def _verified(engine: "Engine", secret: bytes, arguments: argparse.Namespace) -> dict[str, "Verification"]:
    from sqlalchemy.orm import Session

    from backend.store.audit_verification import audit_tenants, verify
    from backend.workflow.record_keys import RecordKeys

    key = RecordKeys(secret).audit
    with Session(engine) as session:
        tenants = audit_tenants(session) if arguments.tenant is None else [arguments.tenant]
        return {tenant: verify(session, tenant, key, arguments.expect) for tenant in tenants}


def _told(tenant: str, found: "Verification") -> str:
    from backend.texts.audit_words import read_audit_words

    words = read_audit_words()
    if found.fault:
        kind = found.fault.kind.value
        told = {"number": str(found.fault.number), "fault": words.faults[kind][0], "code": kind}
        return words.message("chain_broken", tenant=tenant, **told)
    if not found.rows:
        return words.message("log_empty", tenant=tenant)
    counts = {"rows": found.rows, "first": found.first, "last": found.last, "erased": found.erased}
    told = {name: str(count) for name, count in counts.items()}
    return words.message("chain_holds", tenant=tenant, digest=found.digest, **told)


def _export(engine: "Engine", secret: bytes, arguments: argparse.Namespace, tenants: list[str]) -> None:
    from backend.texts.audit_words import read_audit_words

    lines = _lines(engine, secret, arguments, tenants)
    if arguments.output is None:
        sys.stdout.writelines(lines)
        return
    count = write_whole(arguments.output, lines) - (arguments.format == "csv")
    sys.stderr.write(read_audit_words().message("exported", count=str(count), path=str(arguments.output)) + "\n")


def _lines(engine: "Engine", secret: bytes, arguments: argparse.Namespace, tenants: list[str]) -> Iterator[str]:
    """The lines of all tenants' logs. CSV has its column names once."""
    from backend.domain.audit import AuditEntry, Event
    from backend.store.transactions import DatabaseStore
    from backend.workflow.audit_export import EXPORTERS
    from backend.workflow.audit_trail import exported_rows
    from backend.workflow.record_keys import RecordKeys

    keys = RecordKeys(secret)
    store = DatabaseStore(engine, keys.audit)
    entry = AuditEntry(Event.LOG_EXPORTED, datetime.now(UTC), details={"format": arguments.format})
    exporter = EXPORTERS[arguments.format]
    query_of = _query(arguments, keys.actor)
    parts = []
    for place, tenant in enumerate(tenants):
        store.run(tenant, lambda work: work.audit.append(entry))
        lines = exporter(tenant, exported_rows(store, tenant, query_of(tenant)))
        parts.append(islice(lines, 1, None) if place and arguments.format == "csv" else lines)
    return chain.from_iterable(parts)


def _query(arguments: argparse.Namespace, actor: Callable[[str, str], str]) -> Callable[[str], "AuditQuery"]:
    from backend.store.audit import AuditQuery

    since = arguments.first and datetime.combine(arguments.first, time(), UTC)
    until = arguments.last and datetime.combine(arguments.last + timedelta(days=1), time(), UTC)
    person = arguments.person and as_id(arguments.person)
    return lambda tenant: AuditQuery(since=since, until=until, actor=person and actor(tenant, person))
