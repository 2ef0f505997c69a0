"""What a failed transaction means: somebody was in the way, the database is gone, or the mistake is ours."""

import sqlite3

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection

from backend.domain.errors import Unavailable
from backend.domain.forwarding import Conflict

_LOG = structlog.get_logger("backend.store")
_RETRY_AFTER = 2
_SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SQLITE_UNIQUE = frozenset(
    {sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_ROWID}
)
_SQLITE_GONE = frozenset(
    {
        sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOTADB,
    }
)  # fmt: skip
"""The file cannot be written or read now: disk full, mounted read-only, gone, or damaged."""
_POSTGRES_IN_THE_WAY = frozenset({"23505", "40001", "40P01", "55P03"})
"""unique_violation, serialization_failure, deadlock_detected, lock_not_available."""
_POSTGRES_GONE = ("08", "53", "57")
"""Classes of connection exceptions, insufficient resources and operator intervention."""


def was_in_the_way(error: Exception) -> bool:
    """Whether the same step can succeed when it is done again, for it failed because of another one."""
    if isinstance(error, Conflict | NoConnection):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        # The low byte is the kind of error, the rest says more of it (sqlite.org/rescode.html).
        code = getattr(cause, "sqlite_errorcode", 0)
        return code & 0xFF in _SQLITE_BUSY or code in _SQLITE_UNIQUE
    return getattr(cause, "sqlstate", None) in _POSTGRES_IN_THE_WAY


def as_unavailable(error: Conflict | SQLAlchemyError) -> Unavailable | None:
    """What the caller is told when a step is not done again; None where the error itself is to be seen.

    A key that is taken every time is no coincidence but a mistake of ours.
    """
    if isinstance(error, IntegrityError):
        return None
    if was_in_the_way(error):
        return Unavailable("database_busy", type(error).__name__, retry_after=_RETRY_AFTER)
    if _is_gone(error):
        name = _name(error)
        _LOG.error("database_unreachable", error=name)
        return Unavailable("database_unreachable", name, retry_after=_RETRY_AFTER)
    return None


def _is_gone(error: Exception) -> bool:
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in _SQLITE_GONE
    if not isinstance(error, OperationalError):
        return False
    # Without a state it is the driver that speaks: there is nobody at the other end.
    state = getattr(cause, "sqlstate", None) or "08"
    return error.connection_invalidated or state.startswith(_POSTGRES_GONE)


def _name(error: Exception) -> str:
    """SQLite's own name for it, such as SQLITE_FULL; without the statement, which may hold what was written."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    return str(getattr(cause, "sqlite_errorname", type(error).__name__))
