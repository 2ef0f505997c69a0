"""Migrations on rows, on SQLite and on PostgreSQL: up, down, all or nothing, one process at a time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from alembic import command, op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, func, inspect, select, text

from backend.domain.errors import WrongSettings
from backend.domain.label import Label
from backend.domain.threads import FlaggedThread, Mark, MarkKind, Registration
from backend.store.database import open_database
from backend.store.tables import Base
from backend.store.transactions import DatabaseStore
from tests.backend.store.rows import AT, AUDIT_KEY, HOUR

FOLDER = Path(__file__).parents[3] / "backend" / "store" / "migrations"
REVISIONS = [one.revision for one in ScriptDirectory(str(FOLDER)).walk_revisions()]
THREADS = [
    ("granvik", "a" * 64, "kanslig", AT),
    ("granvik", "b" * 64, "mycket_kanslig", AT + HOUR),
    ("elsewhere", "a" * 64, "mycket_kanslig", AT - HOUR),
]
OLD_ROWS: dict[str, list[dict[str, Any]]] = {
    "flagged_thread": [dict(zip(("tenant", "thread_key", "label", "flagged_at"), one, strict=True)) for one in THREADS],
    "send_check": [
        {
            "tenant": "granvik", "checked_at": AT, "actor_key": "1" * 64, "draft_digest": "2" * 64, "label": "kanslig",
            "decision": "prompt", "categories": "health", "unmet": "set_label", "grounds": "photo:consent",
            "policy_version": "1+0", "model_version": "linear-0",
        }
    ],
    "feedback": [
        {
            "tenant": "granvik", "receipt": "3" * 64, "given_on": date(2026, 11, 21), "actor_key": "1" * 64,
            "said_label": "none", "right_label": "kanslig", "categories": None, "wrong_rules": "", "signals": b"{}",
            "columns": b"\x00\xff", "salt": bytes(16), "key_id": "0" * 16, "form": "words-1:0", "model_version": "x",
        }
    ],
    "habit": [
        {
            "tenant": "granvik", "actor_key": "1" * 64, "draft_key": "2" * 64, "sent_on": date(2026, 11, 21),
            "labelled": True, "recipient_keys": bytes(range(16)),
        }
    ],
}  # fmt: skip


def migrated(connection: Connection, action: str, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    getattr(command, action)(config, revision)


@pytest.fixture
def old(url: str) -> Iterator[Engine]:
    """A database as the version before left it, with rows in every table."""
    engine = create_engine(url)
    with engine.begin() as connection:
        migrated(connection, "upgrade", "0003")
    tables = reflected(engine)
    with engine.begin() as connection:
        for name, rows in OLD_ROWS.items():
            connection.execute(tables[name].insert(), rows)
    yield engine
    engine.dispose()


def reflected(engine: Engine) -> dict[str, Table]:
    metadata = MetaData()
    metadata.reflect(engine)
    return dict(metadata.tables)


def rows(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in the tables of the old version, times as SQLite tells them: in UTC, without saying so."""
    with engine.connect() as connection:
        return {
            name: sorted(
                tuple(plain(row[column]) for column in OLD_ROWS[name][0])
                for row in connection.execute(select(table)).mappings()
            )
            for name, table in reflected(engine).items()
            if name in OLD_ROWS and OLD_ROWS[name][0].keys() <= set(table.columns.keys())
        }


def plain(value: object) -> object:
    if isinstance(value, datetime):
        at = value - (value.utcoffset() or timedelta())
        return at.replace(tzinfo=None)
    return value


@pytest.fixture
def url_of_old(url: str, old: Engine) -> str:
    old.dispose()
    return url


def test_old_threads_are_found_by_what_they_were_known_by(url_of_old: str) -> None:
    engine = open_database(url_of_old)
    store = DatabaseStore(engine, AUDIT_KEY)
    for tenant, key, label, _ in THREADS:
        found = store.look(tenant, lambda work, key=key: work.threads.by_marks([Mark(MarkKind.MESSAGE, key)]))  # type: ignore[misc]  # mypy infers no lambda with a default
        assert found == [FlaggedThread(key[:32], Label(label), frozenset({MarkKind.CONVERSATION}))]
    assert store.look("granvik", lambda work: work.threads.by_marks([Mark(MarkKind.MESSAGE, "c" * 64)])) == []
    with engine.connect() as connection:
        entries = Base.metadata.tables["flagged_thread"]
        kept = connection.execute(select(entries.c.tenant, entries.c.id, entries.c.flagged_at, entries.c.last_at)).all()
    assert sorted(kept) == sorted((tenant, key[:32], at, at) for tenant, key, _, at in THREADS)
    engine.dispose()


def test_rows_that_have_nothing_to_do_with_it_stay(url_of_old: str) -> None:
    before = create_engine(url_of_old)
    expected = rows(before)
    before.dispose()
    engine = open_database(url_of_old)
    expected.pop("flagged_thread")
    assert rows(engine) == expected
    engine.dispose()


def test_down_again_nothing_is_forgotten(url_of_old: str) -> None:
    before = create_engine(url_of_old)
    expected = rows(before)
    before.dispose()
    engine = open_database(url_of_old)
    with engine.begin() as connection:
        migrated(connection, "downgrade", "0003")
    assert rows(engine) == expected
    engine.dispose()


def test_down_with_new_rows(url: str) -> None:
    """Of two threads that a mark leads to the stricter label stays; marks that the old version cannot use do not."""
    engine = open_database(url)
    store = DatabaseStore(engine, AUDIT_KEY)
    shared, own = Mark(MarkKind.CONVERSATION, "a" * 64), Mark(MarkKind.MESSAGE, "b" * 64)
    gone = (Mark(MarkKind.SESSION, "c" * 64), Mark(MarkKind.DRAFT, "d" * 64))
    for registration in (
        Registration("1" * 32, Label.MYCKET_KANSLIG, AT + HOUR, (shared, own)),
        Registration("2" * 32, Label.KANSLIG, AT, (shared, *gone), participants=frozenset({"e" * 64})),
    ):
        store.run("granvik", lambda work, one=registration: work.threads.register(one))  # type: ignore[misc]  # mypy infers no lambda with a default
    with engine.begin() as connection:
        migrated(connection, "downgrade", "0003")
    naive = AT.replace(tzinfo=None)
    assert rows(engine)["flagged_thread"] == [
        ("granvik", "a" * 64, "mycket_kanslig", naive),
        ("granvik", "b" * 64, "mycket_kanslig", naive + HOUR),
    ]
    engine.dispose()


@pytest.mark.parametrize("revision", REVISIONS)
def test_each_revision_down_to_the_ground_and_up_again(revision: str, url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        migrated(connection, "upgrade", revision)
    expected = schema(engine)
    for from_, again in (("base", revision), ("base", "head")):
        with engine.begin() as connection:
            migrated(connection, "downgrade", from_)
        assert schema(engine) == ({"alembic_version"}, set())
        with engine.begin() as connection:
            migrated(connection, "upgrade", again)
        assert again == "head" or schema(engine) == expected
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def schema(engine: Engine) -> tuple[set[str], set[str | None]]:
    """Names of tables and of indexes."""
    seen = inspect(engine)
    tables = set(seen.get_table_names())
    return tables, {index["name"] for table in tables for index in seen.get_indexes(table)}


def test_primary_keys_are_named_for_their_tables(postgresql_url: str) -> None:
    engine = open_database(postgresql_url)
    for _ in range(2):
        seen = inspect(engine)
        names = {table: seen.get_pk_constraint(table)["name"] for table in Base.metadata.tables}
        assert names == {table: f"{table}_pkey" for table in Base.metadata.tables}
        with engine.begin() as connection:
            migrated(connection, "downgrade", "0003")
        assert inspect(engine).get_pk_constraint("flagged_thread")["name"] == "flagged_thread_pkey"
        with engine.begin() as connection:
            migrated(connection, "upgrade", "head")
    engine.dispose()


@pytest.mark.parametrize("statement", ["drop_table", "create_table", "create_index", "execute"])
def test_migration_that_breaks_off_leaves_what_was(
    statement: str, url_of_old: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = create_engine(url_of_old)
    expected = rows(before), schema(before)
    before.dispose()
    with monkeypatch.context() as patch:
        calls = []
        real = getattr(op, statement)

        def breaking(*arguments: Any, **more: Any) -> Any:  # noqa: ANN401 - whatever the operation takes and answers
            calls.append(arguments)
            # The first of what is dropped is the old table, with all its rows.
            if len(calls) == 2 or statement == "drop_table":
                raise OSError
            return real(*arguments, **more)

        patch.setattr(op, statement, breaking)
        with pytest.raises(WrongSettings, match="database_unusable"):
            open_database(url_of_old)
    engine = create_engine(url_of_old)
    assert (rows(engine), schema(engine)) == expected
    engine.dispose()
    open_database(url_of_old).dispose()


def test_several_processes_begin_at_once(url_of_old: str) -> None:
    gate = Barrier(4)

    def begin(_number: int) -> Engine:
        gate.wait(timeout=30)
        return open_database(url_of_old)

    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(begin, range(4)))
    with engines[0].connect() as connection:
        assert connection.execute(select(func.count()).select_from(Base.metadata.tables["thread_mark"])).scalar() == 3
    for engine in engines:
        engine.dispose()


def test_database_of_a_newer_version_is_refused_and_left_alone(url: str) -> None:
    engine = open_database(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    expected = schema(engine)
    with pytest.raises(WrongSettings, match="database_unusable"):
        open_database(url)
    assert schema(engine) == expected
    engine.dispose()
