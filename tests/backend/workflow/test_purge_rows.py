"""A purge by the policy: each kind at its own time, told in the log, and nothing of a log that is not whole."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from backend.decision.policy import read_policy
from backend.decision.policy_file import Retention
from backend.domain.forwarding import RequestStatus
from backend.store.database import open_database
from backend.store.retention import AUDIT, KINDS, DatabaseRetention
from backend.store.tables import Base
from backend.store.transactions import DatabaseStore
from backend.workflow.forward_expiry import ForwardExpiry
from backend.workflow.forward_notices import ForwardNotices
from backend.workflow.purge_rows import LOG_KEYS, RowPurge
from tests.backend.store import rows
from tests.backend.store.every_row import AT, KEYS, SEALER, Employee, content, counted, leave_rows

SARA, KERSTIN = Employee("granvik", "sara"), Employee("granvik", "kerstin")
STRANGERS = Employee("elsewhere", "sara"), Employee("elsewhere", "kerstin")
DAY = timedelta(days=1)


def kept(**days: int) -> Retention:
    """For 100 days but for what is said."""
    return Retention(**(dict.fromkeys(Retention.model_fields, 100) | days))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{tmp_path / 'records.sqlite3'}")
    for number, age in enumerate((400, 50, 0)):
        leave_rows(engine, SARA, KERSTIN, number, AT - age * DAY)
        leave_rows(engine, *STRANGERS, number, AT - age * DAY)
    yield engine
    engine.dispose()


@pytest.fixture
def purge(engine: Engine) -> RowPurge:
    store = DatabaseStore(engine, KEYS.audit)
    expiry = ForwardExpiry(store, ForwardNotices(KEYS, SEALER), lambda: AT)
    return RowPurge(DatabaseRetention(engine, KEYS.audit), expiry.expire_due, lambda: AT)


def test_every_time_of_the_policy_is_kept() -> None:
    assert {*KINDS, AUDIT} == set(Retention.model_fields)
    assert set(LOG_KEYS) == set(Base.metadata.tables) - {"audit_event", "audit_head"} | {"request_addresses"}


def test_all_that_is_over_goes(purge: RowPurge, engine: Engine) -> None:
    strangers = content(engine, "elsewhere")
    done = purge.purge("granvik", kept())
    assert (done.left, done.fault, done.settled) == (0, None, True)
    assert {one.kind: one.count for one in done.kinds} == {
        "send_checks": 1, "flagged_threads": 5, "forward_requests": 5, "request_addresses": 0, "notices": 0,
        "feedback": 1, "habits": 1, "audit": 1,
    }  # fmt: skip
    after = counted(engine, "granvik")
    # Of the log one row went, and two tell of it.
    expected = dict.fromkeys(Base.metadata.tables, 2) | {"notice": 4, "audit_event": 4, "audit_head": 1}
    assert after == expected
    assert content(engine, "elsewhere") == strangers


@pytest.mark.parametrize("kind", [*KINDS, AUDIT])
def test_each_kind_has_its_own_time(kind: str, purge: RowPurge) -> None:
    policy = dict.fromkeys(Retention.model_fields, 500) | {kind: 40}
    done = purge.purge("granvik", Retention(**policy))
    assert {one.kind for one in done.kinds if one.count} == {kind}


def test_purge_is_told_in_the_log(purge: RowPurge, engine: Engine) -> None:
    purge.purge("granvik", kept())
    log = DatabaseStore(engine, KEYS.audit).look("granvik", lambda work: [row.entry for row in work.audit.rows()])
    counts, audit = [entry.details for entry in log if entry.event == "rows_purged"]
    assert (counts["send_checks"], counts["thread_prints"], counts["forward_requests"]) == (1, 1, 1)
    assert (audit["audit_rows"], audit["last_removed"]) == (1, 1)
    before = len(log)
    purge.purge("granvik", kept())
    after = DatabaseStore(engine, KEYS.audit).look("granvik", lambda work: list(work.audit.rows()))
    assert len(after) == before


def test_look_changes_nothing(purge: RowPurge, engine: Engine) -> None:
    before = content(engine, "granvik")
    done = purge.look("granvik", kept())
    assert {one.kind: one.left for one in done.kinds if one.left} == {
        "send_checks": 1, "flagged_threads": 1, "forward_requests": 1, "request_addresses": 1, "notices": 2,
        "feedback": 1, "habits": 1, "audit": 1,
    }  # fmt: skip
    assert content(engine, "granvik") == before


def test_open_request_is_ended_by_time_and_kept_from_then(purge: RowPurge, engine: Engine) -> None:
    store = DatabaseStore(engine, KEYS.audit)
    old = rows.forward_request(99, asked_at=AT - 300 * DAY, expires_at=AT - 299 * DAY)
    store.run("granvik", lambda work: work.requests.add(old))
    purge.purge("granvik", kept())
    request = store.look("granvik", lambda work: work.requests.get(old.id))
    assert request
    assert (request.status, request.ended_at) == (RequestStatus.EXPIRED, AT)


def test_log_that_is_not_whole_is_left_as_it_is(purge: RowPurge, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE audit_event SET event = 'log_read' WHERE number = 2 AND tenant = 'granvik'"))
    done = purge.purge("granvik", kept())
    assert done.fault
    assert (done.fault.number, done.left) == (2, 1)
    assert {one.kind: one.left for one in done.kinds if one.left} == {"audit": 1}


def test_times_of_the_standard_policy(purge: RowPurge) -> None:
    done = purge.purge("granvik", read_policy("standard").rules.retention)
    assert {one.kind for one in done.kinds if one.count} == {
        "send_checks", "request_addresses", "notices", "feedback", "habits"
    }  # fmt: skip


def test_nothing_to_do_for_a_tenant_without_rows(purge: RowPurge, engine: Engine) -> None:
    done = purge.purge("nowhere", kept())
    assert (done.left, sum(one.count for one in done.kinds)) == (0, 0)
    assert not any(counted(engine, "nowhere").values())
