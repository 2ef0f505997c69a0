"""Verification of the audit log: what was changed, cut off, put in or erased is told, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from backend.store.audit import DatabaseAudit
from backend.store.audit_verification import Fault, FaultKind, audit_tenants, verify
from backend.store.tables import Base
from tests.backend.store.audit_rows import AT, KEY, OMAR, SARA, append, entry, fill, verified
from tests.backend.store.every_row import Employee, leave_rows


@contextmanager
def log_of(engine: Engine, tenant: str = "granvik") -> Iterator[DatabaseAudit]:
    with Session(engine) as session, session.begin():
        yield DatabaseAudit(session, tenant, KEY)


FULL = {
    "label": "kanslig", "categories": ("health", "union"), "recipients": 3, "request": "a" * 32, "policy": "2026.1+ab",
}  # fmt: skip


def test_another_key_finds_everything_changed(engine: Engine) -> None:
    fill(engine)
    with Session(engine) as session:
        fault = verify(session, "granvik", b"another").fault
    assert fault
    assert (fault.number, fault.kind) == (1, FaultKind.ROW_CHANGED)


def test_noted_digest(engine: Engine) -> None:
    """An old copy of the log's end, put in place with its own head, holds: only what was noted elsewhere tells."""
    fill(engine, count=5)
    with engine.begin() as connection:
        (old,) = connection.execute(text("SELECT * FROM audit_head")).mappings()
    fill(engine)
    noted = verified(engine).digest
    append(engine, entry())
    assert verified(engine, expect=noted).fault is None
    with engine.begin() as connection:
        _cut(connection, 5, seal=old["seal"])
    assert verified(engine).fault is None
    fault = verified(engine, expect=noted).fault
    assert fault
    assert fault.kind is FaultKind.EXPECTED_ABSENT


def _cut(connection: Any, last: int, seal: str | None = None) -> None:  # noqa: ANN401 - a connection
    """The end is cut off together with its head, as only somebody who can write both can do."""
    connection.execute(text(f"DELETE FROM audit_event WHERE number > {last}"))  # noqa: S608 - our own number
    connection.execute(
        text(
            "UPDATE audit_head SET number = (SELECT max(number) FROM audit_event), seal = COALESCE(:seal, seal), "
            "digest = (SELECT digest FROM audit_event ORDER BY number DESC LIMIT 1)"
        ),
        {"seal": seal},
    )


def test_end_cut_off_with_its_head_is_found_from_then_on(engine: Engine) -> None:
    """What is appended later puts no seal on it."""
    fill(engine)
    with engine.begin() as connection:
        _cut(connection, 5)
    found = verified(engine).fault
    append(engine, entry(), entry())
    later = verified(engine)
    assert (found, later.fault) == tuple(Fault(number, FaultKind.END_CHANGED) for number in (6, 8))
    _erase(engine, SARA)
    assert verified(engine).fault


def test_seal_of_another_tenant_does_not_hold(engine: Engine) -> None:
    fill(engine)
    fill(engine, "elsewhere")
    with engine.begin() as connection:
        seal = "SELECT seal FROM audit_head WHERE tenant = 'elsewhere'"
        connection.execute(text(f"UPDATE audit_head SET seal = ({seal}) WHERE tenant = 'granvik'"))  # noqa: S608 - our own names
    assert verified(engine).fault == Fault(13, FaultKind.END_CHANGED)
    assert verified(engine, "elsewhere").fault is None


@pytest.mark.parametrize(("table", "missing"), [("notice", True), ("send_check", True), ("feedback", False)])
def test_log_that_is_gone_is_missed(table: str, missing: bool, engine: Engine) -> None:  # noqa: FBT001 - a table
    for one, other in (("sara", "kerstin"), ("kerstin", "sara")):
        leave_rows(engine, Employee("granvik", one), Employee("granvik", other))
    with engine.begin() as connection:
        for one in reversed(Base.metadata.sorted_tables):
            if one.name != table:
                connection.execute(one.delete())
    with Session(engine) as session:
        assert audit_tenants(session) == (["granvik"] if missing else [])
        assert verify(session, "granvik", KEY).fault == (Fault(1, FaultKind.LOG_MISSING) if missing else None)
        assert verify(session, "elsewhere", KEY).fault is None


INSERT = (
    "INSERT INTO audit_event SELECT tenant, :number, at, event, actor, salt, commitment, details, digest, digest, NULL "
    "FROM audit_event WHERE number = 12"
)
CHANGES: dict[str, tuple[str, FaultKind]] = {
    "event": ("UPDATE audit_event SET event = 'send_allowed' WHERE number = 5", FaultKind.ROW_CHANGED),
    "details": ("UPDATE audit_event SET details = '{}' WHERE number = 5", FaultKind.ROW_CHANGED),
    "time": ("UPDATE audit_event SET at = '2020-01-01 00:00:00.000000' WHERE number = 5", FaultKind.ROW_CHANGED),
    "actor": ("UPDATE audit_event SET actor = 'eeee' WHERE number = 5", FaultKind.ACTOR_CHANGED),
    "salt": ("UPDATE audit_event SET salt = 'eeee' WHERE number = 5", FaultKind.ACTOR_CHANGED),
    "no actor": ("UPDATE audit_event SET actor = NULL WHERE number = 5", FaultKind.ACTOR_REMOVED),
    "blanked": ("UPDATE audit_event SET actor = NULL, salt = NULL WHERE number = 5", FaultKind.ACTOR_REMOVED),
    "blanked by another row": (
        "UPDATE audit_event SET actor = NULL, salt = NULL, erased_by = 7 WHERE number = 5", FaultKind.ACTOR_REMOVED,
    ),
    "erased, it says": ("UPDATE audit_event SET erased_by = 7 WHERE number = 5", FaultKind.ACTOR_CHANGED),
    "middle gone": ("DELETE FROM audit_event WHERE number = 5", FaultKind.ROW_MISSING),
    "start gone": ("DELETE FROM audit_event WHERE number = 1", FaultKind.ROW_MISSING),
    "end gone": ("DELETE FROM audit_event WHERE number = 12", FaultKind.END_CHANGED),
    "all gone": ("DELETE FROM audit_event", FaultKind.END_CHANGED),
    "head gone": ("DELETE FROM audit_head", FaultKind.START_CHANGED),
    "head's number": ("UPDATE audit_head SET number = 11", FaultKind.END_CHANGED),
    "head's digest": ("UPDATE audit_head SET digest = 'eeee'", FaultKind.END_CHANGED),
    "head's start": ("UPDATE audit_head SET first_number = 2", FaultKind.ROW_EXTRA),
    "head's seal": ("UPDATE audit_head SET seal = 'eeee'", FaultKind.END_CHANGED),
    "head's anchor": ("UPDATE audit_head SET anchor = 'eeee'", FaultKind.ORDER),
    "moved to another tenant": (
        "UPDATE audit_event SET tenant = 'elsewhere' WHERE number = 12", FaultKind.END_CHANGED,
    ),
    "inserted": (INSERT.replace(":number", "13"), FaultKind.ROW_CHANGED),
    "before the start": (INSERT.replace(":number", "0"), FaultKind.ROW_EXTRA),
}  # fmt: skip


@pytest.mark.parametrize(("change", "kind"), CHANGES.values(), ids=CHANGES)
def test_change_is_found(change: str, kind: FaultKind, engine: Engine) -> None:
    fill(engine)
    with engine.begin() as connection:
        connection.execute(text(change))
    fault = verified(engine).fault
    assert fault
    assert fault.kind is kind


def test_start_cut_off_with_its_head_is_found(engine: Engine) -> None:
    fill(engine)
    with engine.begin() as connection:
        anchor = connection.execute(text("SELECT digest FROM audit_event WHERE number = 4")).scalar_one()
        connection.execute(text("DELETE FROM audit_event WHERE number <= 4"))
        connection.execute(text("UPDATE audit_head SET first_number = 5, anchor = :anchor"), {"anchor": anchor})
    fault = verified(engine).fault
    assert fault
    assert (fault.number, fault.kind) == (1, FaultKind.START_CHANGED)


def _erase(engine: Engine, actor: str, tenant: str = "granvik") -> int:
    with log_of(engine, tenant) as log:
        return log.erase(actor, AT, lambda _: {"send_checks": 2})


def test_one_person_is_erased_and_the_chain_holds(engine: Engine) -> None:
    fill(engine)
    fill(engine, "elsewhere", 3)
    head = verified(engine).digest
    assert _erase(engine, SARA) == 6
    found = verified(engine, expect=head)
    assert (found.rows, found.erased, found.fault) == (13, 6, None)
    with log_of(engine) as log:
        rows = list(log.rows())
    assert {row.entry.actor for row in rows} == {"", OMAR}
    assert {row.salt is None for row in rows if row.entry.actor == OMAR} == {False}
    assert rows[-1].entry.details["audit_rows"] == 6
    with log_of(engine, "elsewhere") as log:
        assert {row.entry.actor for row in log.rows()} == {SARA, OMAR}
    assert _erase(engine, SARA) == 0
    assert _erase(engine, OMAR) == 6
    assert verified(engine).fault is None


def test_nobody_cannot_be_erased(engine: Engine) -> None:
    with log_of(engine) as log, pytest.raises(ValueError, match="actor"):
        log.erase("", AT, lambda _: {})


ABUSES: dict[str, str] = {
    "one more": "UPDATE audit_event SET actor = NULL, salt = NULL, erased_by = 13 WHERE number = 2",
    "another": "UPDATE audit_event SET erased_by = 14 WHERE number = 1",
    "put back": "UPDATE audit_event SET actor = 'eeee', salt = 'eeee', erased_by = NULL WHERE number = 1",
}


@pytest.mark.parametrize("change", ABUSES.values(), ids=ABUSES)
def test_erasure_cannot_be_abused(change: str, engine: Engine) -> None:
    fill(engine)
    _erase(engine, SARA)
    with engine.begin() as connection:
        connection.execute(text(change))
    assert verified(engine).fault
