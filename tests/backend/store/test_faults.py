"""What SQLite's errors mean to a caller, as SQLite itself raises them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from structlog.testing import capture_logs

from backend.domain.errors import Unavailable
from backend.store.database import open_database
from backend.store.transactions import DatabaseStore
from tests.backend.store import rows


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    yield engine
    engine.dispose()


def _full(engine: Engine) -> None:
    """No page more: as on a disk that is full. The pool has one connection here."""
    with engine.connect() as connection:
        connection.execute(text("PRAGMA max_page_count=1"))


def _read_only(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.execute(text("PRAGMA query_only=ON"))


def _damaged(engine: Engine) -> None:
    path = Path(engine.url.database or "")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    path.write_bytes(b"no database at all. " * 2000)


FAULTS = {"SQLITE_FULL": _full, "SQLITE_READONLY": _read_only, "SQLITE_NOTADB": _damaged}


@pytest.mark.parametrize(("name", "bring"), FAULTS.items(), ids=FAULTS)
def test_file_that_cannot_be_written(name: str, bring: Callable[[Engine], None], engine: Engine) -> None:
    store = DatabaseStore(engine, b"k" * 32)

    def fill(work: object) -> None:
        for number in range(500):
            work.requests.add(rows.forward_request(number))  # type: ignore[attr-defined]  # beyond the port

    bring(engine)
    with capture_logs() as logs, pytest.raises(Unavailable) as raised:
        store.run("granvik", fill)
    assert (raised.value.code, raised.value.detail) == ("database_unreachable", name)
    assert [(one["event"], one["error"]) for one in logs] == [("database_unreachable", name)]
