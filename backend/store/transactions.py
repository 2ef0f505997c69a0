"""The store behind the `Store` port: one step, one transaction, one tenant."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from random import uniform
from threading import Lock
from time import monotonic, sleep
from typing import NoReturn, TypeVar

from sqlalchemy import Engine, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from backend.domain.audit import AuditLog
from backend.domain.forwarding import Conflict, ForwardRequests
from backend.domain.notices import Notices
from backend.domain.store import SendRecords, Work
from backend.domain.threads import ThreadRegister
from backend.store.audit import DatabaseAudit
from backend.store.faults import as_unavailable, was_in_the_way
from backend.store.notices import DatabaseNotices
from backend.store.requests import DatabaseRequests
from backend.store.sends import DatabaseSends
from backend.store.tables import Base
from backend.store.threads import DatabaseThreads

T = TypeVar("T")
_TRIES = 6
_PATIENCE = 5.0
"""Seconds after which a step is not begun once more."""
_PAUSE = 0.01
"""Seconds at most before the second try; each further one waits twice as long."""
_READS = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class DatabaseWork:
    """The `Work` of one transaction. `alone` says that the step may change something."""

    def __init__(self, session: Session, tenant: str, audit_key: bytes, *, alone: bool) -> None:
        self._session = session
        self._tenant = tenant
        self._audit_key = audit_key
        self._alone = alone

    @cached_property
    def sends(self) -> SendRecords:
        """Send checks."""
        return DatabaseSends(self._session, self._tenant)

    @cached_property
    def threads(self) -> ThreadRegister:
        """Flagged threads."""
        return DatabaseThreads(self._session, self._tenant)

    @cached_property
    def requests(self) -> ForwardRequests:
        """Forward requests."""
        return DatabaseRequests(self._session, self._tenant, alone=self._alone)

    @cached_property
    def notices(self) -> Notices:
        """The outbox."""
        return DatabaseNotices(self._session, self._tenant)

    @cached_property
    def audit(self) -> AuditLog:
        """The audit log."""
        return DatabaseAudit(self._session, self._tenant, self._audit_key)


class DatabaseStore:
    """Steps in a database. `audit_key` is the key of the audit log's chain."""

    def __init__(self, engine: Engine, audit_key: bytes) -> None:
        self._engine = engine
        self._audit_key = audit_key
        self._turn = Lock()

    def run(self, tenant: str, step: Callable[[Work], T]) -> T:
        """Does a step in one transaction; again, from the start, when somebody else was in the way.

        Raises Unavailable: `database_busy` when others were in the way every time, `database_unreachable` when the
        connection was lost. Only in the second case can it be that the step happened.
        """
        until = monotonic() + _PATIENCE
        for tries in range(1, _TRIES):
            try:
                return self._run(tenant, step)
            except (Conflict, SQLAlchemyError) as error:
                if not was_in_the_way(error) or monotonic() > until:
                    _raise(error)
            sleep(uniform(0, _PAUSE * 2**tries))  # noqa: S311 - apart from each other, not secret
        try:
            return self._run(tenant, step)
        except (Conflict, SQLAlchemyError) as error:
            _raise(error)

    def look(self, tenant: str, step: Callable[[Work], T]) -> T:
        """Does a step that only reads: it sees one moment, and waits for no writer. What it tries to change fails."""
        try:
            with self._reading() as session:
                return step(DatabaseWork(session, tenant, self._audit_key, alone=False))
        except SQLAlchemyError as error:
            _raise(error)

    def tenants(self) -> Sequence[str]:
        """Every tenant that has a row in any table, in order."""
        found: set[str] = set()
        with self._reading() as session:
            for table in Base.metadata.sorted_tables:
                # From one to the next by the index: a table of millions of rows is not read through.
                after = select(func.min(table.c.tenant))
                tenant = session.scalar(after)
                while tenant is not None:
                    found.add(tenant)
                    tenant = session.scalar(after.where(table.c.tenant > tenant))
        return sorted(found)

    def is_reachable(self) -> bool:
        """Whether the database answers a trivial question."""
        try:
            with self._engine.connect() as connection:
                connection.execute(select(1))
        except SQLAlchemyError:
            return False
        return True

    def _run(self, tenant: str, step: Callable[[Work], T]) -> T:
        if self._engine.dialect.name != "sqlite":
            return self._in_transaction(tenant, step)
        # SQLite lets those who wait ask again and again, and some come away empty-handed: here they stand in line.
        if not self._turn.acquire(timeout=_PATIENCE):
            raise Conflict
        try:
            return self._in_transaction(tenant, step)
        finally:
            self._turn.release()

    def _in_transaction(self, tenant: str, step: Callable[[Work], T]) -> T:
        with Session(self._engine) as session, session.begin():
            if self._engine.dialect.name == "sqlite":
                # At once, not at the first change: of two that read and then write, one could not go on.
                session.execute(text("BEGIN IMMEDIATE"))
            return step(DatabaseWork(session, tenant, self._audit_key, alone=True))

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with self._engine.connect() as connection:
            if self._engine.dialect.name != "sqlite":
                with Session(connection.execution_options(**_READS)) as session:
                    yield session
                return
            connection.exec_driver_sql("PRAGMA query_only=ON")
            try:
                connection.exec_driver_sql("BEGIN")
                with Session(connection) as session:
                    yield session
            finally:
                connection.rollback()
                connection.exec_driver_sql("PRAGMA query_only=OFF")


def _raise(error: Conflict | SQLAlchemyError) -> NoReturn:
    known = as_unavailable(error)
    if known is None:
        raise error
    raise known from error
