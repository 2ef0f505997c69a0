"""Old rows of the audit log go from its start, and an entry at its end says up to where: the chain still holds."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Row, delete, func, select
from sqlalchemy.orm import Session

from backend.domain.audit import AuditEntry, Event
from backend.store.audit import DatabaseAudit
from backend.store.audit_chain import ErasedRows
from backend.store.tables import AuditEventEntry

_AT_ONCE = 5000
_MOST_ERASURES = 50
"""Of one entry: their rows are accounted for in it."""
_UNTRACKED = {"synchronize_session": False}
_Row = Row[int, str, int | None]
"""Number, digest, erased_by."""


def old_audit_rows(session: Session, tenant: str, limit: datetime) -> int:
    """How many rows at the log's start are older than `limit`: those before the first one that is not."""
    return session.scalar(select(func.count()).where(*_old(session, tenant, limit))) or 0


def purge_audit_rows(session: Session, tenant: str, key: bytes, limit: datetime, now: datetime) -> int:
    """Deletes some of them and appends ROWS_PURGED; how many. 0 when there are none."""
    if not old_audit_rows(session, tenant, limit):
        # Not held either: that would begin a log where there is none.
        return 0
    row = AuditEventEntry
    query = select(row.number, row.digest, row.erased_by).where(*_old(session, tenant, limit))
    log = DatabaseAudit(session, tenant, key)
    log.hold()
    rows = _with_few_erasures(session.execute(query.order_by(row.number).limit(_AT_ONCE)).all())
    if not rows:
        return 0
    last = rows[-1]
    details = {
        "audit_rows": len(rows),
        "last_removed": last.number,
        "last_digest": last.digest,
        "removed_erased": _accounted(rows, tenant, key),
    }
    log.append(AuditEntry(Event.ROWS_PURGED, now, details=details))
    gone = delete(row).where(row.tenant == tenant, row.number <= last.number)
    session.execute(gone, execution_options=_UNTRACKED)
    log.begin_after(last.number, last.digest)
    return len(rows)


def _old(session: Session, tenant: str, limit: datetime) -> list[ColumnElement[bool]]:
    own = AuditEventEntry.tenant == tenant
    kept = session.scalar(select(func.min(AuditEventEntry.number)).where(own, AuditEventEntry.at >= limit))
    return [own] if kept is None else [own, AuditEventEntry.number < kept]


def _with_few_erasures(rows: Sequence[_Row]) -> Sequence[_Row]:
    seen: set[int | None] = set()
    for count, row in enumerate(rows):
        seen.add(row.erased_by)
        if len(seen) > _MOST_ERASURES:
            return rows[:count]
    return rows


def _accounted(rows: Sequence[_Row], tenant: str, key: bytes) -> tuple[str, ...]:
    """For each erasure whose entry stays: how many of its rows go, and their sum, as `number:count:sum`."""
    groups: dict[int, ErasedRows] = {}
    for row in rows:
        if row.erased_by is not None and row.erased_by > rows[-1].number:
            groups.setdefault(row.erased_by, ErasedRows()).add(key, tenant, [row.number])
    return tuple(f"{number}:{group.count}:{group.digest}" for number, group in sorted(groups.items()))
