"""Opens the database and brings its schema up to date. SQLite is the embedded default; PostgreSQL for more machines."""

import os
from pathlib import Path
from weakref import ref

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from backend.domain.errors import WrongSettings

_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT = 5000
"""Milliseconds that a connection waits for another one's lock."""
_ALONE = {
    "sqlite": ("PRAGMA busy_timeout=600000", "BEGIN IMMEDIATE"),
    "postgresql": ("SET LOCAL lock_timeout = 0", "SELECT pg_advisory_xact_lock(hashtext('sandkoll migrations'))"),
}
"""What makes a migrating process the only one. The others wait until it is through, however long that takes."""


def open_database(url: str) -> Engine:
    """An engine for `url` (SQLAlchemy form), its schema up to date. Raises WrongSettings (`database_unusable`)."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        if engine.dialect.name in _PREPARE:
            event.listen(engine, "connect", _PREPARE[engine.dialect.name])
        _forget_connections_in_children(engine)
        try:
            migrate(engine)
        except BaseException:
            engine.dispose()
            raise
    # ImportError: the driver that the address names is not installed. CommandError: the schema is of a newer version.
    except (SQLAlchemyError, CommandError, ImportError, OSError) as error:
        raise WrongSettings("database_unusable", f"{type(error).__name__}: {_shown(url)}") from error
    return engine


def _shown(url: str) -> str:
    """The address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return "?"


def _forget_connections_in_children(engine: Engine) -> None:
    """A server's workers are forked: two processes on one connection would read each other's answers.

    docs.sqlalchemy.org, "Using Connection Pools with Multiprocessing or os.fork()".
    """
    remembered = ref(engine)

    def forget() -> None:
        inherited = remembered()
        if inherited is not None:
            inherited.dispose(close=False)

    os.register_at_fork(after_in_child=forget)


def migrate(engine: Engine) -> None:
    """Runs the migrations that are missing: all of them or none, and one process at a time."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.connect() as connection:
        for statement in _ALONE[engine.dialect.name]:
            connection.exec_driver_sql(statement)
        try:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            connection.commit()
        finally:
            connection.rollback()
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA busy_timeout={_WAIT}")


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Readers do not wait for the writer, and a writer waits up to five seconds for another (sqlite.org/wal.html)."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_WAIT}")
    cursor.execute("PRAGMA journal_mode=WAL")
    # What is committed is on the disk: with NORMAL, a power failure takes the last answers with it.
    cursor.execute("PRAGMA synchronous=FULL")
    # What is deleted is overwritten, and does not stay in free pages (sqlite.org/pragma.html#pragma_secure_delete).
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _prepare_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Whoever waits for a lock waits as long as in SQLite."""
    cursor = connection.cursor()
    cursor.execute(f"SET lock_timeout = {_WAIT}")
    cursor.close()
    connection.commit()


_PREPARE = {"sqlite": _prepare_sqlite, "postgresql": _prepare_postgresql}
