"""The store behind the `AuditLog` port: one gapless chain of rows for each tenant."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, Row, Select, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from backend.domain.audit import AuditEntry, AuditRow, Detail, Event
from backend.domain.forwarding import Conflict
from backend.store.audit_chain import (
    GENESIS,
    ErasedRows,
    Head,
    Link,
    commitment_of,
    digest_of,
    in_utc,
    new_salt,
    seal_of,
)
from backend.store.audit_details import read_details, written_details
from backend.store.audit_verification import Verification, verify
from backend.store.tables import AuditEventEntry, AuditHead

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which rows: of numbers above `after` and below `before`, of an event, a stretch of time, an actor.

    None asks for all. `since` is part of the stretch, `until` is not.
    """

    after: int | None = None
    before: int | None = None
    event: Event | None = None
    since: datetime | None = None
    until: datetime | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class End:
    """Where the log ends: the last row's number (0 where there is none) and digest."""

    number: int
    digest: str


class DatabaseAudit:
    """The log of one tenant inside one transaction. `key` is the chain's."""

    def __init__(self, session: Session, tenant: str, key: bytes) -> None:
        self._session = session
        self._tenant = tenant
        self._key = key

    def append(self, entry: AuditEntry) -> int:
        """Puts an entry at the end of the chain; its number.

        The end is held until the transaction ends. Raises ValueError for details that are not codes or counts and for a
        time without a zone, Conflict when somebody else appended meanwhile.
        """
        details = written_details(entry.details)
        if entry.at.tzinfo is None:
            raise ValueError("at")
        head, seal = self._held()
        salt = new_salt()
        link = Link(
            tenant=self._tenant,
            number=head.number + 1,
            at=in_utc(entry.at),
            event=entry.event.value,
            commitment=commitment_of(salt, entry.actor),
            details=details,
            previous=head.digest,
        )
        digest = digest_of(self._key, link)
        values = {field: getattr(link, field) for field in _LINK_FIELDS}
        self._session.execute(insert(AuditEventEntry).values(**values, actor=entry.actor, salt=salt, digest=digest))
        self._move(head, seal, replace(head, number=link.number, digest=digest))
        return link.number

    def rows(self, after: int = 0, limit: int | None = None) -> Iterator[AuditRow]:
        """The rows with a higher number than `after`, in order."""
        return self.oldest(AuditQuery(after=after), limit)

    def oldest(self, query: AuditQuery, limit: int | None = None) -> Iterator[AuditRow]:
        """The rows that a query asks for, in order."""
        return self._read(self._select(*_conditions(query)).order_by(AuditEventEntry.number).limit(limit))

    def newest(self, query: AuditQuery, limit: int | None = None) -> Iterator[AuditRow]:
        """The rows that a query asks for, newest first."""
        return self._read(self._select(*_conditions(query)).order_by(AuditEventEntry.number.desc()).limit(limit))

    def end(self) -> End:
        """Where the log ends now."""
        head = select(AuditHead.number, AuditHead.digest).where(AuditHead.tenant == self._tenant)
        row = self._session.execute(head).first()
        return End(*row) if row else End(0, GENESIS)

    def verify(self, expect: str = "") -> Verification:
        """Goes through the whole log. With `expect` one of its rows must have that digest."""
        return verify(self._session, self._tenant, self._key, expect)

    def erase(self, actor: str, at: datetime, counts: Callable[[int], dict[str, Detail]]) -> int:
        """Takes a person out of the log; how many rows were theirs.

        An entry PERSON_ERASED says how many and which, and `counts` (given how many) what else; it names nobody.
        """
        if not actor:
            raise ValueError("actor")
        self._held()
        theirs = (AuditEventEntry.tenant == self._tenant, AuditEventEntry.actor == actor)
        numbers = self._session.scalars(select(AuditEventEntry.number).where(*theirs)).all()
        erased = ErasedRows()
        erased.add(self._key, self._tenant, numbers)
        details = {**counts(erased.count), "audit_rows": erased.count, "rows_digest": erased.digest}
        number = self.append(AuditEntry(Event.PERSON_ERASED, at, details=details))
        self._session.execute(
            update(AuditEventEntry)
            .where(*theirs)
            .values(actor=None, salt=None, erased_by=number)
            .execution_options(synchronize_session=False)
        )
        return erased.count

    def hold(self) -> None:
        """Holds the end until the transaction ends: what was read of the log is still its end when it is changed."""
        self._held()

    def begin_after(self, number: int, digest: str) -> None:
        """The rows up to `number`, whose digest is given, are purged: the log begins after them."""
        head, seal = self._held()
        self._move(head, seal, replace(head, first_number=number + 1, anchor=digest))

    def _move(self, held: Head, seal: str, head: Head) -> None:
        """Puts the head where it belongs now. Raises Conflict when somebody else moved it meanwhile.

        A head whose seal does not hold was changed by somebody without the key: the log goes on, lest nobody can send a
        mail, but it is not sealed again, and every verification from now on tells.
        """
        holds = seal == seal_of(self._key, self._tenant, held)
        moved = self._session.execute(
            update(AuditHead)
            .where(AuditHead.tenant == self._tenant, AuditHead.number == held.number, AuditHead.digest == held.digest)
            .values(**asdict(head), seal=seal_of(self._key, self._tenant, head) if holds else seal)
            .execution_options(synchronize_session=False)
        )
        if cast("CursorResult[Any]", moved).rowcount != 1:
            raise Conflict

    def _held(self) -> tuple[Head, str]:
        """The head and its seal, held. On SQLite whoever writes holds the whole database."""
        columns = (AuditHead.number, AuditHead.digest, AuditHead.first_number, AuditHead.anchor, AuditHead.seal)
        head = select(*columns).where(AuditHead.tenant == self._tenant).with_for_update()
        row = self._session.execute(head).first()
        if row is None:
            begin = Head()
            first = asdict(begin) | {"tenant": self._tenant, "seal": seal_of(self._key, self._tenant, begin)}
            bind = self._session.get_bind()
            dialect = postgresql if bind.dialect.name == "postgresql" else sqlite
            # Two may begin the same log at once: one of them does nothing here, and waits below.
            self._session.execute(dialect.insert(AuditHead).values(**first).on_conflict_do_nothing())
            row = self._session.execute(head).one()
        return Head(*row[:-1]), row[-1]

    def _select(self, *which: ColumnElement[bool]) -> Select[Any]:
        return select(*AuditEventEntry.__table__.columns).where(AuditEventEntry.tenant == self._tenant, *which)

    def _read(self, query: Select[Any]) -> Iterator[AuditRow]:
        with self._session.execute(query.execution_options(yield_per=_AT_ONCE)) as found:
            for row in found:
                yield audit_row(row)


_LINK_FIELDS = ("tenant", "number", "at", "event", "commitment", "details", "previous")


def audit_row(row: Row[Any]) -> AuditRow:
    """A row of the table as the domain has it. Raises ValueError for an unknown event or unreadable details."""
    entry = AuditEntry(Event(row.event), in_utc(row.at), row.actor or "", read_details(row.details))
    return AuditRow(row.number, entry, row.commitment, row.salt, row.erased_by, row.previous, row.digest)


def _conditions(query: AuditQuery) -> Iterator[ColumnElement[bool]]:
    row = AuditEventEntry
    if query.after is not None:
        yield row.number > query.after
    if query.before is not None:
        yield row.number < query.before
    if query.event is not None:
        yield row.event == query.event.value
    if query.since is not None:
        yield row.at >= in_utc(query.since)
    if query.until is not None:
        yield row.at < in_utc(query.until)
    if query.actor is not None:
        yield row.actor == query.actor
