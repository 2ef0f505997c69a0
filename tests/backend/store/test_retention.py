"""Rows whose time is over go, in every table; no others, and no other tenant's."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from backend.domain.audit import AuditEntry, Event
from backend.store.audit_verification import FaultKind
from backend.store.database import open_database
from backend.store.retention import AUDIT, KINDS, DatabaseRetention
from backend.store.tables import Base
from backend.store.transactions import DatabaseStore
from tests.backend.store.every_row import AT, KEYS, Employee, content, counted, leave_rows

SARA, KERSTIN = Employee("granvik", "sara"), Employee("granvik", "kerstin")
STRANGERS = Employee("elsewhere", "sara"), Employee("elsewhere", "kerstin")
DAY = timedelta(days=1)
OF_KIND = {
    "send_checks": {"send_check"},
    "flagged_threads": {"flagged_thread", "thread_mark", "thread_participant", "thread_block", "thread_print"},
    "forward_requests": {"forward_request", "forward_recipient", "forward_approver", "notice"},
    "request_addresses": set[str](),
    "notices": {"notice"},
    "feedback": {"feedback"},
    "habits": {"habit"},
}
"""Tables that lose rows with each kind."""


@pytest.fixture
def retention(engine: Engine) -> DatabaseRetention:
    """Rows of ten days ago and of today, in two tenants."""
    for age in (10, 0):
        leave_rows(engine, SARA, KERSTIN, age, AT - age * DAY)
        leave_rows(engine, *STRANGERS, age, AT - age * DAY)
    return DatabaseRetention(engine, KEYS.audit)


def test_every_table_is_purged_by_some_kind() -> None:
    assert set(OF_KIND) == set(KINDS)
    assert set.union(*OF_KIND.values()) | {"audit_event", "audit_head"} == set(Base.metadata.tables)


@pytest.mark.parametrize("kind", KINDS)
def test_old_rows_go_and_others_stay(kind: str, retention: DatabaseRetention, engine: Engine) -> None:
    limit, strangers, before = AT - 5 * DAY, content(engine, "elsewhere"), counted(engine, "granvik")
    assert retention.left("granvik", kind, limit) == 1 + (kind == "notices")
    counts = retention.purge("granvik", kind, limit, AT)
    assert retention.left("granvik", kind, limit) == 0
    after = counted(engine, "granvik")
    assert {table for table in after if after[table] < before[table]} == OF_KIND[kind]
    assert all(after[table] == before[table] / 2 for table in OF_KIND[kind])
    assert {table: before[table] - after[table] for table in OF_KIND[kind]} == {
        table: count for table, count in counts.items() if table in before
    }
    assert content(engine, "elsewhere") == strangers
    assert not any(retention.purge("granvik", kind, limit, AT).values())


@pytest.mark.parametrize("kind", KINDS)
def test_the_moment_itself_is_not_over(kind: str, retention: DatabaseRetention) -> None:
    assert retention.left("granvik", kind, AT - 10 * DAY) == 0
    assert retention.left("granvik", kind, AT - 10 * DAY + DAY) > 0


def test_addresses_of_ended_requests_are_erased(retention: DatabaseRetention, engine: Engine) -> None:
    assert retention.purge("granvik", "request_addresses", AT - 5 * DAY, AT) == {"request_addresses": 1}
    requests = DatabaseStore(engine, KEYS.audit).look("granvik", lambda work: work.requests.decided_by(KERSTIN.actor))
    new, old = requests
    assert (old.sealed, old.sealed_answer, [one.sealed for one in old.recipients]) == (None, None, [None])
    assert None not in (new.sealed, new.sealed_answer, *(one.sealed for one in new.recipients))


def test_many_rows_go_in_several_batches(engine: Engine) -> None:
    for number in range(120):
        leave_rows(engine, SARA, KERSTIN, number, AT - 10 * DAY)
    retention = DatabaseRetention(engine, KEYS.audit)
    assert retention.purge("granvik", "flagged_threads", AT, AT)["flagged_thread"] == 120
    assert retention.purge("granvik", "notices", AT, AT) == {"notice": 240}
    assert retention.purge("granvik", "habits", AT, AT) == {"habit": 120}


def _log(engine: Engine, ages: list[int]) -> DatabaseRetention:
    store = DatabaseStore(engine, KEYS.audit)
    for age in ages:
        entry = AuditEntry(Event.SEND_ALLOWED, AT - age * DAY, [SARA, KERSTIN][age % 2].actor)
        store.run("granvik", lambda work, entry=entry: work.audit.append(entry))  # type: ignore[misc]  # mypy infers no lambda with a default
    return DatabaseRetention(engine, KEYS.audit)


def _erase(engine: Engine, who: Employee) -> None:
    DatabaseStore(engine, KEYS.audit).run(
        who.tenant,
        lambda work: work.audit.erase(who.actor, AT, lambda _: {}),  # type: ignore[attr-defined]  # beyond the port
    )


def test_chain_holds_after_its_start_is_purged(engine: Engine) -> None:
    retention = _log(engine, [9, 8, 7, 6, 2, 1, 0])
    noted = retention.verify("granvik").digest
    assert retention.left("granvik", AUDIT, AT - 5 * DAY) == 4
    assert retention.purge("granvik", AUDIT, AT - 5 * DAY, AT) == {"audit_event": 4}
    found = retention.verify("granvik")
    assert (found.first, found.last, found.fault) == (5, 8, None)
    assert retention.purge("granvik", AUDIT, AT - 5 * DAY, AT) == {"audit_event": 0}
    assert retention.purge("granvik", AUDIT, AT, AT + DAY) == {"audit_event": 2}
    assert retention.verify("granvik").fault is None
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit_event WHERE digest = :it"), {"it": noted}).scalar()


def test_whole_log_can_be_over(engine: Engine) -> None:
    retention = _log(engine, [9, 8, 7])
    assert retention.purge("granvik", AUDIT, AT, AT) == {"audit_event": 3}
    found = retention.verify("granvik")
    assert (found.first, found.last, found.fault) == (4, 4, None)


def test_row_behind_a_newer_one_waits_for_it(engine: Engine) -> None:
    retention = _log(engine, [9, 1, 8, 0])
    assert retention.purge("granvik", AUDIT, AT - 5 * DAY, AT) == {"audit_event": 1}
    assert retention.verify("granvik").first == 2


def test_purge_of_erased_rows_keeps_count_of_them(engine: Engine) -> None:
    retention = _log(engine, [9, 8, 7, 6, 5, 4, 3, 2])
    _erase(engine, SARA)
    for limit in (7, 6, 3):
        retention.purge("granvik", AUDIT, AT - limit * DAY, AT)
        assert retention.verify("granvik").fault is None
    _erase(engine, KERSTIN)
    assert retention.verify("granvik").fault is None
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET erased_by = NULL, actor = 'x' WHERE erased_by IS NOT NULL"))
    assert retention.verify("granvik").fault


def test_actor_blanked_after_a_purge_is_found(engine: Engine) -> None:
    retention = _log(engine, [9, 8, 7, 6, 5, 4, 3, 2])
    _erase(engine, SARA)
    retention.purge("granvik", AUDIT, AT - 6 * DAY, AT)
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET actor = NULL, salt = NULL, erased_by = 9 WHERE number = 5"))
    fault = retention.verify("granvik").fault
    assert fault
    assert (fault.number, fault.kind) == (9, FaultKind.ACTOR_REMOVED)


def test_more_of_the_start_cannot_be_taken_than_the_log_says(engine: Engine) -> None:
    retention = _log(engine, [9, 8, 7, 6, 2, 1, 0])
    retention.purge("granvik", AUDIT, AT - 5 * DAY, AT)
    with engine.begin() as connection:
        digest = connection.execute(text("SELECT digest FROM audit_event WHERE number = 5")).scalar_one()
        connection.execute(text("DELETE FROM audit_event WHERE number = 5"))
        connection.execute(text("UPDATE audit_head SET first_number = 6, anchor = :digest"), {"digest": digest})
    fault = retention.verify("granvik").fault
    assert fault
    assert (fault.number, fault.kind) == (5, FaultKind.START_CHANGED)


def test_sqlite_file_holds_nothing_of_what_was_deleted(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    for number in range(30):
        leave_rows(engine, SARA, KERSTIN, number, AT - 10 * DAY)
    retention = DatabaseRetention(engine, KEYS.audit)
    canaries = [SARA.actor.encode(), b"c" * 64, b"approval_asked", b"words-1"]

    def found() -> list[bytes]:
        files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        return [canary for canary in canaries if canary in files]

    assert found() == canaries
    for kind in (*KINDS, AUDIT):
        retention.purge("granvik", kind, AT, AT)
    assert retention.settle()
    assert found() == []
    assert (tmp_path / "records.sqlite3-wal").stat().st_size == 0
    engine.dispose()
