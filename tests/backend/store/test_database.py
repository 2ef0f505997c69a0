"""Opening a database: migrations up and down, SQLite's pragmas, and addresses that lead nowhere."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, inspect, text

from backend.domain.errors import WrongSettings
from backend.store.database import open_database
from backend.store.tables import Base

MIGRATIONS = Path("backend/store/migrations")


def _alembic(engine: Engine, action: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[3] / MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        getattr(command, action)(config, revision)


def test_newest_schema_is_that_of_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_down_and_up_again(engine: Engine) -> None:
    _alembic(engine, "downgrade", "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    _alembic(engine, "upgrade", "head")
    assert set(inspect(engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_opening_twice_changes_nothing(url: str) -> None:
    for _ in range(2):
        engine = open_database(url)
        with engine.begin() as connection:
            assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1
        engine.dispose()


def test_every_row_has_a_tenant_and_no_column_holds_text() -> None:
    columns = [column for table in Base.metadata.tables.values() for column in table.columns]
    assert not any(table.columns["tenant"].nullable for table in Base.metadata.tables.values())
    # What stands there is checked code by code before it is kept.
    assert [str(column) for column in columns if "TEXT" in str(column.type)] == ["audit_event.details"]


def test_sqlite_lets_readers_read_while_one_writes(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'a' / 'b' / 'records.sqlite3'}")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 5000


def test_folder_with_a_percent_sign(tmp_path: Path) -> None:
    open_database(f"sqlite:///{tmp_path / '100%' / 'records.sqlite3'}").dispose()


ADDRESSES = [
    "",
    "nonsense",
    "nosuch://x",
    "postgresql+nosuch://x",
    "mysql://x/y",
    "sqlite:////proc/nowhere/records.sqlite3",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_unusable_address(url: str) -> None:
    with pytest.raises(WrongSettings, match="database_unusable"):
        open_database(url)


def test_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_bytes(b"not a database " * 100)
    with pytest.raises(WrongSettings, match="database_unusable"):
        open_database(f"sqlite:///{tmp_path / 'x.sqlite3'}")


def test_schema_of_a_newer_version(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite3'}"
    open_database(url).dispose()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(WrongSettings, match="database_unusable"):
        open_database(url)


def test_error_tells_no_password() -> None:
    with pytest.raises(WrongSettings) as caught:
        open_database("postgresql+psycopg://user:hunter2@/x?host=/nowhere")
    assert "hunter2" not in str(caught.value)
