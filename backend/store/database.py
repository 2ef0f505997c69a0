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


def open_database(url: str) -> Engine:
    """An engine for `url` (SQLAlchemy form), its schema up to date. Raises WrongSettings (`database_unusable`)."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _set_pragmas)
        _forget_connections_in_children(engine)
        migrate(engine)
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
    """Runs the migrations that are missing."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """Readers do not wait for the writer, and a writer waits up to five seconds for another (sqlite.org/wal.html)."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA busy_timeout=5000")
    # What is deleted is overwritten, and does not stay in free pages (sqlite.org/pragma.html#pragma_secure_delete).
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()
