"""Goes through a tenant's log from end to end and tells the first place where it is not what was written.

One statement reads rows and head: it sees one moment of the database, however many append meanwhile. Memory does not
grow with the log, but for a few numbers for each erasure.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, String, func, select, type_coerce
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from backend.domain.audit import Event
from backend.store.audit_chain import GENESIS, ErasedRows, Head, Link, commitment_of, digest_of, seal_of
from backend.store.audit_details import read_details
from backend.store.tables import AuditEventEntry, AuditHead, Base

_LOG = frozenset({AuditEventEntry.__tablename__, AuditHead.__tablename__})
_LOGGED = [table for table in Base.metadata.sorted_tables if table.name not in {"feedback", "habit"}]
"""The tables whose rows are never written without an entry in the log, and the log's own."""
_AT_ONCE = 1000


class FaultKind(StrEnum):
    """What is wrong. Codes are the contract; words are in `texts/audit.toml`."""

    ROW_MISSING = "row_missing"
    """The next number is not there."""
    ROW_EXTRA = "row_extra"
    """A number that has no place: before the first, or twice."""
    ROW_UNREADABLE = "row_unreadable"
    ORDER = "order"
    """The row does not follow the one before it."""
    ROW_CHANGED = "row_changed"
    ACTOR_CHANGED = "actor_changed"
    ACTOR_REMOVED = "actor_removed"
    """The actor is gone without an erasure that accounts for it."""
    START_CHANGED = "start_changed"
    """The log does not begin where the last purge left it."""
    END_CHANGED = "end_changed"
    """The log does not end where its head says: rows are gone or added at the end, or the head is changed."""
    LOG_MISSING = "log_missing"
    """There is no log, but other rows of the tenant, which are never written without an entry."""
    EXPECTED_ABSENT = "expected_absent"
    """The digest that was noted elsewhere is not in the log: its end was cut off, or all of it was made anew."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The first fault: at which number, and of what kind."""

    number: int
    kind: FaultKind


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found. `digest` is the last row's: note it elsewhere to compare with later."""

    rows: int
    first: int
    last: int
    digest: str
    erased: int
    fault: Fault | None = None


def audit_tenants(session: Session) -> list[str]:
    """Every tenant that has a log, or should have one."""
    found: set[str] = set()
    for table in _LOGGED:
        # From one to the next by the index: a table of millions of rows is not read through.
        after = select(func.min(table.c.tenant))
        tenant = session.scalar(after)
        while tenant is not None:
            found.add(tenant)
            tenant = session.scalar(after.where(table.c.tenant > tenant))
    return sorted(found)


def verify(session: Session, tenant: str, key: bytes, expect: str = "") -> Verification:
    """Goes through the log of `tenant`. With `expect` one of its rows must have that digest."""
    walk = _Walk(tenant, key, expect)
    try:
        with session.execute(_rows_with_head(tenant)) as found:
            for row in found:
                walk.step(row)
                if walk.fault:
                    break
    except (SQLAlchemyError, ValueError, TypeError) as error:
        if isinstance(error, SQLAlchemyError) and "decode" not in str(error).lower():
            raise
        # SQLite keeps in a column whatever it was given.
        walk.fault = Fault(walk.next_number, FaultKind.ROW_UNREADABLE)
    if walk.fault is None and walk.rows == 0:
        walk.fault = _missing(session, tenant)
    walk.close()
    first = walk.next_number - walk.rows
    return Verification(walk.rows, first, walk.next_number - 1, walk.previous, walk.erased, walk.fault)


def _missing(session: Session, tenant: str) -> Fault | None:
    """What is wrong where no rows were found. The log is looked for last: somebody may just begin it."""
    others = [table for table in _LOGGED if table.name not in _LOG]
    known = any(session.execute(select(one.c.tenant).where(one.c.tenant == tenant).limit(1)).first() for one in others)
    if session.execute(_head_without_rows(tenant)).first() is not None:
        return Fault(1, FaultKind.END_CHANGED)
    row = AuditEventEntry
    begun = session.execute(select(row.number).where(row.tenant == tenant).limit(1)).first()
    return Fault(1, FaultKind.LOG_MISSING) if known and begun is None else None


def _rows_with_head(tenant: str) -> Select[Any]:
    row, head = AuditEventEntry, AuditHead
    query = select(
        *(row.__table__.c[name] for name in _COLUMNS),
        # As SQLite has it: its driver would stumble over what is no time.
        type_coerce(row.__table__.c["at"], String).label("at"),
        head.number.label("head_number"),
        head.digest.label("head_digest"),
        head.first_number,
        head.anchor,
        head.seal,
    )
    joined = query.select_from(row).outerjoin(head, head.tenant == row.tenant)
    return joined.where(row.tenant == tenant).order_by(row.number).execution_options(yield_per=_AT_ONCE)


_COLUMNS = ("number", "event", "actor", "salt", "commitment", "details", "previous", "digest", "erased_by")


def _head_without_rows(tenant: str) -> Select[Any]:
    row, head = AuditEventEntry, AuditHead
    query = select(head.number).outerjoin(row, row.tenant == head.tenant)
    return query.where(head.tenant == tenant, row.number.is_(None)).limit(1)


@dataclass(slots=True)
class _Walk:
    tenant: str
    key: bytes
    expect: str
    rows: int = 0
    erased: int = 0
    next_number: int = 1
    previous: str = GENESIS
    fault: Fault | None = None
    head: tuple[Any, ...] | None = None
    """Its number, digest, first number, anchor and seal."""
    removed: tuple[int, str] = (0, GENESIS)
    """The last purged row's number and digest, as the last purge said."""
    seen: dict[int, ErasedRows] = field(default_factory=dict)
    """By erasing row: the rows that say they were erased by it."""
    purged: dict[int, ErasedRows] = field(default_factory=dict)
    told: dict[int, tuple[int, str]] = field(default_factory=dict)
    """By erasing row: how many rows, and their sum, it says it erased."""

    def step(self, row: Row[Any]) -> None:
        """Takes in the next row."""
        if self.head is None:
            self._begin(row)
        kind = self._misplaced(row.number) or self._broken(row)
        if kind:
            self.fault = Fault(self.next_number, kind)
            return
        self._note(row)
        self.rows += 1
        self.next_number, self.previous = row.number + 1, row.digest

    def close(self) -> None:
        """Looks at what only the whole log tells."""
        faults = (self._at_start(), self._at_end(), self._at_erasures(), self._at_expected())
        self.fault = self.fault or next((fault for fault in faults if fault), None)

    def _begin(self, row: Row[Any]) -> None:
        self.head = (row.head_number, row.head_digest, row.first_number, row.anchor, row.seal)
        if isinstance(row.first_number, int) and row.first_number > 0 and isinstance(row.anchor, str):
            self.next_number, self.previous = row.first_number, row.anchor
        self._expected_in(self.previous)

    def _misplaced(self, number: object) -> FaultKind | None:
        if not isinstance(number, int):
            return FaultKind.ROW_UNREADABLE
        if number == self.next_number:
            return None
        return FaultKind.ROW_MISSING if number > self.next_number else FaultKind.ROW_EXTRA

    def _broken(self, row: Row[Any]) -> FaultKind | None:
        at = row.at if isinstance(row.at, datetime) else datetime.fromisoformat(row.at)
        if row.previous != self.previous:
            return FaultKind.ORDER
        link = Link(self.tenant, row.number, at, row.event, row.commitment, row.details, row.previous)
        if row.digest != digest_of(self.key, link):
            return FaultKind.ROW_CHANGED
        if row.actor is None and row.salt is None and isinstance(row.erased_by, int):
            return None if row.erased_by > row.number else FaultKind.ACTOR_REMOVED
        if row.actor is None or row.salt is None:
            return FaultKind.ACTOR_REMOVED
        if row.erased_by is not None or row.commitment != commitment_of(row.salt, row.actor):
            return FaultKind.ACTOR_CHANGED
        return None

    def _note(self, row: Row[Any]) -> None:
        self._expected_in(row.digest)
        if row.actor is None:
            self.erased += 1
            self.seen.setdefault(row.erased_by, ErasedRows()).add(self.key, self.tenant, [row.number])
        if row.event == Event.PERSON_ERASED:
            details = read_details(row.details)
            self.told[row.number] = (int(str(details["audit_rows"])), str(details["rows_digest"]))
        elif row.event == Event.ROWS_PURGED and "last_removed" in (details := read_details(row.details)):
            self.removed = (int(str(details["last_removed"])), str(details["last_digest"]))
            for one in details.get("removed_erased", ()):  # type: ignore[union-attr]  # only ever codes
                by, count, total = one.split(":")
                self.purged.setdefault(int(by), ErasedRows()).take_in(int(count), total)

    def _expected_in(self, digest: object) -> None:
        if self.expect and digest == self.expect:
            self.expect = ""

    def _at_start(self) -> Fault | None:
        if self.head is None:
            return None
        begun = (self.removed[0] + 1, self.removed[1])
        return None if self.head[2:4] == begun else Fault(begun[0], FaultKind.START_CHANGED)

    def _at_end(self) -> Fault | None:
        if self.head is None:
            return None
        head = Head(self.next_number - 1, self.previous, self.removed[0] + 1, self.removed[1])
        holds = self.head[:2] == (head.number, head.digest) and self.head[4] == seal_of(self.key, self.tenant, head)
        return None if holds else Fault(self.next_number, FaultKind.END_CHANGED)

    def _at_erasures(self) -> Fault | None:
        for number in sorted(self.seen.keys() | self.told.keys()):
            rows = ErasedRows()
            for part in (self.seen.get(number), self.purged.get(number)):
                if part:
                    rows.take_in(part.count, part.digest)
            if self.told.get(number) != (rows.count, rows.digest):
                return Fault(number, FaultKind.ACTOR_REMOVED)
        return None

    def _at_expected(self) -> Fault | None:
        return Fault(self.next_number, FaultKind.EXPECTED_ABSENT) if self.expect else None
