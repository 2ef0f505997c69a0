"""Whatever somebody without the key does to the rows of a log, it is found."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from backend.store.database import open_database
from backend.store.tables import AuditEventEntry, AuditHead
from tests.backend.store.audit_rows import fill, verified

ROWS = 12
COLUMNS = [column.name for column in AuditEventEntry.__table__.columns]
HEAD = [column.name for column in AuditHead.__table__.columns if column.name != "tenant"]
NUMBERS = st.integers(1, ROWS)
VALUES = st.one_of(st.none(), st.integers(-5, 20), st.text("0123456789abcdef", max_size=64), st.binary(max_size=4))
CHANGES = st.one_of(
    st.tuples(st.just("change"), NUMBERS, st.sampled_from(COLUMNS), VALUES),
    st.tuples(st.just("head"), st.just(0), st.sampled_from(HEAD), VALUES),
    st.tuples(st.just("delete"), NUMBERS, st.just(""), st.none()),
    st.tuples(st.just("swap"), NUMBERS, st.sampled_from(COLUMNS[2:]), NUMBERS),
    st.tuples(st.just("copy"), NUMBERS, st.just(""), st.integers(ROWS + 1, ROWS + 3)),
)


def _content(connection: Connection) -> list[Any]:
    tables = ("audit_event", "audit_head")
    return [list(connection.execute(text(f"SELECT * FROM {one} ORDER BY 1, 2"))) for one in tables]  # noqa: S608 - our own names


def _tamper(connection: Connection, kind: str, number: int, column: str, value: object) -> None:
    told = {"number": number, "value": value}
    if kind == "change":
        connection.execute(text(f"UPDATE OR IGNORE audit_event SET {column} = :value WHERE number = :number"), told)  # noqa: S608 - our own names
    elif kind == "head":
        connection.execute(text(f"UPDATE OR IGNORE audit_head SET {column} = :value"), told)  # noqa: S608 - our own names
    elif kind == "delete":
        connection.execute(text("DELETE FROM audit_event WHERE number = :number"), told)
    elif kind == "swap":
        query = text(f"SELECT {column} FROM audit_event WHERE number = :number")  # noqa: S608 - our own names
        one, other = (connection.execute(query, {"number": place}).scalar() for place in (number, value))
        change = text(f"UPDATE audit_event SET {column} = :value WHERE number = :number")  # noqa: S608 - our own names
        connection.execute(change, {"number": number, "value": other})
        connection.execute(change, {"number": value, "value": one})
    else:
        others = ", ".join(one if one != "number" else ":value" for one in COLUMNS)
        names = ", ".join(COLUMNS)
        copy = f"INSERT INTO audit_event ({names}) SELECT {others} FROM audit_event WHERE number = :number"  # noqa: S608 - our own names
        connection.execute(text(copy), told)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "records.sqlite3"
    engine = open_database(f"sqlite:///{path}")
    fill(engine, count=ROWS)
    engine.dispose()
    return path


@pytest.fixture(scope="module")
def tampered(untouched: Path) -> Iterator[Engine]:
    path = untouched.with_name("tampered.sqlite3")
    shutil.copy(untouched, path)
    engine = open_database(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHANGES, min_size=1, max_size=3))
def test_any_change_is_found(tampered: Engine, changes: list[tuple[str, int, str, object]]) -> None:
    # SQLite refuses a NULL where there must be none: then nothing happened.
    with tampered.connect() as connection:
        before = _content(connection)
        connection.rollback()
    with tampered.begin() as connection:
        for change in changes:
            try:
                _tamper(connection, *change)
            except DBAPIError:
                continue
        after = _content(connection)
    try:
        assert (verified(tampered).fault is None) == (after == before)
    finally:
        _restore(tampered, before)


def _restore(engine: Engine, content: list[Any]) -> None:
    with engine.begin() as connection:
        for table, rows in zip(("audit_event", "audit_head"), content, strict=True):
            connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - our own names
            for row in rows:
                names = ", ".join(row._fields)
                places = ", ".join(f":{name}" for name in row._fields)
                connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), dict(row._mapping))  # noqa: S608, SLF001 - our own names, and SQLAlchemy's way to a row as a mapping


STRANGE = [
    "UPDATE audit_event SET at = 'long ago' WHERE number = 5",
    "UPDATE audit_event SET at = 5 WHERE number = 5",
    "UPDATE audit_event SET details = CAST(x'ff' AS TEXT) WHERE number = 5",
    "UPDATE audit_event SET digest = x'ff' WHERE number = 5",
    "UPDATE audit_event SET event = x'ff' WHERE number = 5",
    "UPDATE audit_event SET number = 'five' WHERE number = 5",
    "UPDATE audit_event SET erased_by = 'five', actor = NULL WHERE number = 5",
    "UPDATE audit_head SET first_number = 'five'",
]


@pytest.mark.parametrize("change", STRANGE)
def test_what_sqlite_lets_stand_in_a_column_is_found(change: str, tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    fill(engine)
    with engine.begin() as connection:
        connection.execute(text(change))
    assert verified(engine).fault
    engine.dispose()
