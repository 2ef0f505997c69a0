"""Entries of an audit log to look into."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from backend.domain.audit import AuditEntry, Event
from backend.store.audit import DatabaseAudit
from backend.store.audit_verification import Verification, verify

KEY = b"k" * 32
SARA, OMAR = "a" * 64, "b" * 64
AT = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


def entry(**fields: Any) -> AuditEntry:  # noqa: ANN401 - AuditEntry's fields
    ordinary: dict[str, Any] = {"event": Event.SEND_PROMPTED, "at": AT, "actor": SARA, "details": {"label": "kanslig"}}
    return AuditEntry(**(ordinary | fields))


def append(engine: Engine, *entries: AuditEntry, tenant: str = "granvik") -> None:
    with Session(engine) as session, session.begin():
        log = DatabaseAudit(session, tenant, KEY)
        for one in entries:
            log.append(one)


def fill(engine: Engine, tenant: str = "granvik", count: int = 12) -> None:
    """Rows by turns of Sara and Omar, an hour between them."""
    entries = [
        entry(
            event=list(Event)[number % 8],
            at=AT + timedelta(hours=number),
            actor=[SARA, OMAR][number % 2],
            details={"recipients": number},
        )
        for number in range(count)
    ]
    append(engine, *entries, tenant=tenant)


def verified(engine: Engine, tenant: str = "granvik", expect: str = "") -> Verification:
    with Session(engine) as session:
        return verify(session, tenant, KEY, expect)
