"""Deletes rows whose time is over: some at a time, so that nobody waits long, and never another tenant's."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Engine, and_, func, or_, select, text, tuple_
from sqlalchemy import delete as delete_from
from sqlalchemy.orm import Session

from backend.domain.audit import AuditEntry
from backend.domain.notices import NoticeState
from backend.store.audit import DatabaseAudit
from backend.store.audit_purge import old_audit_rows, purge_audit_rows
from backend.store.audit_verification import Verification
from backend.store.ended_rows import erase_addresses, has_addresses, purge_requests, purge_threads
from backend.store.tables import (
    Base,
    FeedbackEntry,
    FlaggedThreadEntry,
    ForwardRequestEntry,
    HabitEntry,
    NoticeEntry,
    SendCheckEntry,
)
from backend.store.turns import affected, in_turn

_AT_ONCE = 500
Counts = Mapping[str, int]
"""Rows by table; `request_addresses` are requests whose sealed fields were erased."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of rows with a time of its own. `old` says which are over; `purge` takes some of them."""

    table: type[Base]
    old: Callable[[datetime], ColumnElement[bool]]
    purge: Callable[[Session, str, ColumnElement[bool]], Counts]


class DatabaseRetention:
    """Rows that are over, in one database. `audit_key` is the key of the audit log's chain."""

    def __init__(self, engine: Engine, audit_key: bytes) -> None:
        self._engine = engine
        self._key = audit_key

    def purge(self, tenant: str, kind: str, limit: datetime, now: datetime) -> Counts:
        """Deletes all rows of a kind that are older than `limit`; how many of which table."""
        total: Counter[str] = Counter()
        while True:
            counts = in_turn(self._engine, lambda session: self._some(session, tenant, kind, (limit, now)))
            total.update(counts)
            if not any(counts.values()):
                return total

    def left(self, tenant: str, kind: str, limit: datetime) -> int:
        """How many rows of a kind are older than `limit` now."""
        with Session(self._engine) as session:
            if kind == AUDIT:
                return old_audit_rows(session, tenant, limit)
            rule = KINDS[kind]
            own = cast("Any", rule.table).tenant == tenant
            query = select(func.count()).select_from(rule.table).where(own, rule.old(limit))
            return session.scalar(query) or 0

    def verify(self, tenant: str) -> Verification:
        """Whether the tenant's log is whole."""
        with Session(self._engine) as session:
            return DatabaseAudit(session, tenant, self._key).verify()

    def note(self, tenant: str, entry: AuditEntry) -> None:
        """Appends to the tenant's log."""
        in_turn(self._engine, lambda session: DatabaseAudit(session, tenant, self._key).append(entry))

    def settle(self) -> bool:
        """Writes deletions through to the database file and empties the log beside it (SQLite).

        False when somebody read meanwhile, and what was deleted can still be in that log. PostgreSQL needs VACUUM,
        which its own autovacuum runs. sqlite.org/pragma.html#pragma_wal_checkpoint
        """
        if self._engine.dialect.name != "sqlite":
            return True
        with self._engine.connect() as connection:
            busy: int = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
            connection.rollback()
        return not busy

    def _some(self, session: Session, tenant: str, kind: str, times: tuple[datetime, datetime]) -> Counts:
        limit, now = times
        if kind == AUDIT:
            return {"audit_event": purge_audit_rows(session, tenant, self._key, limit, now)}
        rule = KINDS[kind]
        return rule.purge(session, tenant, rule.old(limit))


def _rows_of(table: type[Base]) -> Callable[[Session, str, ColumnElement[bool]], Counts]:
    """Deletes some rows of a table that nothing hangs on."""
    columns = table.__table__.c
    keys = [column for column in table.__table__.primary_key if column.name != "tenant"]

    def purge(session: Session, tenant: str, old: ColumnElement[bool]) -> Counts:
        some = select(*keys).where(columns["tenant"] == tenant, old).limit(_AT_ONCE)
        gone = delete_from(table).where(columns["tenant"] == tenant, tuple_(*keys).in_(some))
        return {table.__tablename__: affected(session, gone)}

    return purge


def _is_over(limit: datetime) -> ColumnElement[bool]:
    # What could not be sent for so long is not news any more; the time of one that is done counts from then.
    waits = NoticeEntry.state == NoticeState.WAITING.value
    return or_(and_(waits, NoticeEntry.made_at < limit), and_(~waits, NoticeEntry.done_at < limit))


AUDIT = "audit"
KINDS: Mapping[str, Kind] = {
    "send_checks": Kind(SendCheckEntry, lambda limit: SendCheckEntry.checked_at < limit, _rows_of(SendCheckEntry)),
    "flagged_threads": Kind(FlaggedThreadEntry, lambda limit: FlaggedThreadEntry.last_at < limit, purge_threads),
    "forward_requests": Kind(ForwardRequestEntry, lambda limit: ForwardRequestEntry.ended_at < limit, purge_requests),
    "request_addresses": Kind(
        ForwardRequestEntry, lambda limit: and_(ForwardRequestEntry.ended_at < limit, has_addresses()), erase_addresses
    ),
    "notices": Kind(NoticeEntry, _is_over, _rows_of(NoticeEntry)),
    # Of these only the day is known: the day on which a row's time is over, it stays.
    "feedback": Kind(FeedbackEntry, lambda limit: FeedbackEntry.given_on < limit.date(), _rows_of(FeedbackEntry)),
    "habits": Kind(HabitEntry, lambda limit: HabitEntry.sent_on < limit.date(), _rows_of(HabitEntry)),
}
"""By the names that a policy's retention has for them. The audit log (`AUDIT`) goes its own way."""
