"""The audit log as other programs read it: JSON lines with the names of the Elastic Common Schema, and CSV.

ECS: www.elastic.co/guide/en/ecs/current (fields `event`, `user`, `organization`, `labels`). Codes and hashes only: all
of it is ASCII, so a file needs no byte order mark.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator

from backend.domain.audit import AuditRow, Detail, Event
from backend.store.audit_details import written_details

_ECS_VERSION = "8.11.0"
_FAILURES = frozenset({Event.SEND_BLOCKED, Event.FORWARD_REFUSED, Event.FORWARD_EXPIRED, Event.NOTICE_GIVEN_UP})
_ALLOWED, _DENIED, _TOLD = ("email", "allowed"), ("email", "denied"), ("email", "info")
_KINDS = {
    Event.SEND_ALLOWED: _ALLOWED,
    Event.SEND_PROMPTED: _TOLD,
    Event.SEND_BLOCKED: _DENIED,
    Event.THREAD_FLAGGED: _TOLD,
    Event.FORWARD_REQUESTED: _TOLD,
    Event.FORWARD_APPROVED: _ALLOWED,
    Event.FORWARD_REFUSED: _DENIED,
    Event.FORWARD_WITHDRAWN: ("email", "end"),
    Event.FORWARD_EXPIRED: ("email", "end"),
    Event.APPROVAL_USED: _ALLOWED,
    Event.NOTICE_SENT: _TOLD,
    Event.NOTICE_GIVEN_UP: ("email", "error"),
    Event.LOG_READ: ("database", "access"),
    Event.LOG_EXPORTED: ("database", "access"),
    Event.PERSON_EXPORTED: ("database", "access"),
    Event.PERSON_ERASED: ("database", "deletion"),
    Event.ROWS_PURGED: ("database", "deletion"),
}
"""`event.category` and `event.type`, of the values that ECS allows."""
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_CSV_COLUMNS = ("tenant", "number", "at", "event", "actor", "details", "erased_by", "commitment", "previous", "digest")
Exporter = Callable[[str, Iterable[AuditRow]], Iterator[str]]


def json_lines(tenant: str, rows: Iterable[AuditRow]) -> Iterator[str]:
    """One JSON object a line, each with its line feed."""
    for row in rows:
        yield json.dumps(_ecs(tenant, row), separators=(",", ":")) + "\n"


def csv_lines(tenant: str, rows: Iterable[AuditRow]) -> Iterator[str]:
    """A row of column names, then one a row, each with CR LF (RFC 4180). No cell is read as a formula."""
    yield _csv_line(_CSV_COLUMNS)
    for row in rows:
        entry = row.entry
        yield _csv_line(
            (
                tenant,
                str(row.number),
                entry.at.isoformat(timespec="microseconds"),
                entry.event.value,
                entry.actor,
                "; ".join(f"{key}={' '.join(_values(value))}" for key, value in sorted(entry.details.items())),
                "" if row.erased_by is None else str(row.erased_by),
                row.commitment,
                row.previous,
                row.digest,
            )
        )


EXPORTERS: dict[str, Exporter] = {"csv": csv_lines, "jsonl": json_lines}


def _ecs(tenant: str, row: AuditRow) -> dict[str, object]:
    entry = row.entry
    category, kind = _KINDS[entry.event]
    line: dict[str, object] = {
        "@timestamp": entry.at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "ecs.version": _ECS_VERSION,
        "event.kind": "event",
        "event.module": "sandkoll",
        "event.dataset": "sandkoll.audit",
        "event.category": [category],
        "event.type": [kind],
        "event.action": entry.event.value,
        "event.outcome": "failure" if entry.event in _FAILURES else "success",
        "event.sequence": row.number,
        "event.hash": row.digest,
        "organization.id": tenant,
        # Labels are keywords: numbers are written as words.
        "labels": {key: _keyword(value) for key, value in sorted(entry.details.items())},
        # With these and the key the chain can be gone through elsewhere (docs/audit.md).
        "sandkoll.commitment": row.commitment,
        "sandkoll.previous": row.previous,
        "sandkoll.details": written_details(entry.details),
    }
    erased = {} if row.erased_by is None else {"sandkoll.erased_by": row.erased_by}
    return line | erased | ({"user.id": entry.actor} if entry.actor else {})


def _values(value: Detail) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _keyword(value: Detail) -> str | list[str]:
    return list(value) if isinstance(value, tuple) else str(value)


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    # A spreadsheet takes a cell that begins so for a formula (owasp.org, CSV Injection).
    csv.writer(line).writerow(f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell for cell in cells)
    return line.getvalue()
