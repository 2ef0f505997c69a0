"""Old rows go: each kind when the policy's time for it is over (M13). Counted, counted again, and kept in the log."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from backend.decision.policy_file import Retention
from backend.domain.audit import AuditEntry, Event
from backend.store.audit_verification import Fault
from backend.store.retention import AUDIT, KINDS, DatabaseRetention


@dataclass(frozen=True, slots=True)
class PurgedKind:
    """A kind of rows: for how many days it is kept, how many rows went by table, and how many old ones are left."""

    kind: str
    days: int
    counts: Mapping[str, int] = field(default_factory=dict)
    left: int = 0

    @property
    def count(self) -> int:
        """How many rows went."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge did. `fault` is the audit log's: nothing is purged of a log that is not whole.

    `settled` is False where the database file may still hold what was deleted (SQLite, while somebody read).
    """

    kinds: tuple[PurgedKind, ...]
    fault: Fault | None = None
    settled: bool = True

    @property
    def left(self) -> int:
        """How many old rows are left of all kinds."""
        return sum(one.left for one in self.kinds)


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _nothing(_tenant: str) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class RowPurge:
    """Purges for one installation. `expire` ends the requests of a tenant whose time is over, before they are counted.

    All methods raise Unavailable.
    """

    retention: DatabaseRetention
    expire: Callable[[str], int] = _nothing
    clock: Callable[[], datetime] = _utc_now

    def purge(self, tenant: str, days: Retention) -> Purged:
        """Deletes what is older than the policy keeps it."""
        now = self.clock()
        self.expire(tenant)
        kinds = [self._purged(tenant, kind, days, now) for kind in KINDS]
        total = {table: count for one in kinds for table, count in one.counts.items() if count}
        if total:
            details = {LOG_KEYS[table]: count for table, count in total.items()}
            self.retention.note(tenant, AuditEntry(Event.ROWS_PURGED, now, details=details))
        fault = self.retention.verify(tenant).fault if self._left(tenant, AUDIT, days, now) else None
        audit = PurgedKind(AUDIT, days.audit, left=self._left(tenant, AUDIT, days, now))
        kinds.append(audit if fault else self._purged(tenant, AUDIT, days, now))
        return Purged(tuple(kinds), fault, self.retention.settle())

    def look(self, tenant: str, days: Retention) -> Purged:
        """What `purge` would delete: `left` of each kind, before requests are ended. Changes nothing."""
        now = self.clock()
        return Purged(
            tuple(
                PurgedKind(kind, getattr(days, kind), left=self._left(tenant, kind, days, now))
                for kind in (*KINDS, AUDIT)
            )
        )

    def _purged(self, tenant: str, kind: str, days: Retention, now: datetime) -> PurgedKind:
        kept: int = getattr(days, kind)
        counts = self.retention.purge(tenant, kind, now - timedelta(days=kept), now)
        return PurgedKind(kind, kept, counts, self._left(tenant, kind, days, now))

    def _left(self, tenant: str, kind: str, days: Retention, now: datetime) -> int:
        return self.retention.left(tenant, kind, now - timedelta(days=getattr(days, kind)))


LOG_KEYS = {
    "send_check": "send_checks",
    "flagged_thread": "flagged_threads",
    "thread_mark": "thread_marks",
    "thread_participant": "thread_participants",
    "thread_block": "thread_blocks",
    "thread_print": "thread_prints",
    "forward_request": "forward_requests",
    "forward_recipient": "forward_recipients",
    "forward_approver": "forward_approvers",
    "request_addresses": "request_addresses",
    "notice": "notices",
    "feedback": "feedback",
    "habit": "habits",
}
"""The key of each table's count in the log."""
