"""The audit log: one gapless chain, codes only, and every change, deletion, reorder and insertion is found."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from backend.domain.audit import AuditEntry, Event
from backend.domain.forwarding import Conflict
from backend.store.audit import AuditQuery, DatabaseAudit, End
from backend.store.audit_verification import audit_tenants, verify
from tests.backend.store.audit_rows import AT, KEY, OMAR, SARA, append, entry, fill, verified


@contextmanager
def log_of(engine: Engine, tenant: str = "granvik") -> Iterator[DatabaseAudit]:
    with Session(engine) as session, session.begin():
        yield DatabaseAudit(session, tenant, KEY)


FULL = {
    "label": "kanslig", "categories": ("health", "union"), "recipients": 3, "request": "a" * 32, "policy": "2026.1+ab",
}  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        entry(),
        entry(actor=""),
        entry(details=FULL),
        entry(at=datetime(2026, 11, 22, 23, 59, 59, 999999, tzinfo=UTC)),
        entry(at=datetime(2026, 11, 22, tzinfo=UTC)),
    ],
    ids=["ordinary", "the service", "details", "end of a day", "midnight"],
)
def test_entry_comes_back_as_it_was(given: AuditEntry, engine: Engine) -> None:
    append(engine, given)
    with log_of(engine) as log:
        (row,) = log.rows()
    assert row.entry == given
    assert (row.number, row.previous, row.erased_by) == (1, "0" * 64, None)
    assert verified(engine).fault is None


def test_time_of_another_zone_is_the_same_moment(engine: Engine) -> None:
    append(engine, entry(at=AT.astimezone(timezone(timedelta(hours=2)))))
    with log_of(engine) as log:
        (row,) = log.rows()
    assert row.entry.at == AT
    assert row.entry.at.tzinfo is UTC
    assert verified(engine).fault is None


REFUSED: list[dict[str, Any]] = [
    {"text": "kanslig"},
    {"label": "Känslig"},
    {"label": "sara lindqvist"},
    {"label": "sara.lindqvist"},
    {"label": ""},
    {"label": 3},
    {"categories": ("health", "19000101-9801")},
    {"categories": ["health"]},
    {"grounds": ("070-1740605",)},
    {"grounds": ("19000101-9801",)},
    {"unmet": "sara.lindqvist@granvik.example"},
    {"unmet": "a" * 81},
    {"request": "sara"},
    {"request": "a" * 33},
    {"policy": "2026.1 för Granvik"},
    {"recipients": -1},
    {"recipients": True},
    {"recipients": 1.5},
    {"recipients": 190001019801},
    {"recipients": "3"},
    {"signals": None},
    {"categories": ("health",) * 101},
]


@pytest.mark.parametrize("details", REFUSED, ids=str)
def test_details_are_codes_and_counts(details: dict[str, Any], engine: Engine) -> None:
    with log_of(engine) as log, pytest.raises(ValueError, match=f"^{next(iter(details))}$"):
        log.append(entry(details=details))
    assert verified(engine).rows == 0


def test_time_without_a_zone_is_refused(engine: Engine) -> None:
    with log_of(engine) as log, pytest.raises(ValueError, match="at"):
        log.append(entry(at=AT.replace(tzinfo=None)))


def test_rows_are_numbered_and_found(engine: Engine) -> None:
    fill(engine)
    with log_of(engine) as log:
        assert [row.number for row in log.rows()] == list(range(1, 13))
        assert [row.number for row in log.rows(after=4, limit=3)] == [5, 6, 7]
        assert [row.number for row in log.newest(AuditQuery(before=4))] == [3, 2, 1]
        newest = log.newest(AuditQuery(event=Event.SEND_PROMPTED, actor=SARA), limit=2)
        assert all(row.entry.actor == SARA and row.entry.event is Event.SEND_PROMPTED for row in newest)
        stretch = AuditQuery(since=AT + timedelta(hours=2), until=AT + timedelta(hours=4))
        assert [row.number for row in log.newest(stretch)] == [4, 3]
        assert log.end().number == 12
    with log_of(engine, "elsewhere") as log:
        assert log.end() == End(0, "0" * 64)


def test_each_tenant_has_its_own_chain(engine: Engine) -> None:
    fill(engine)
    fill(engine, "elsewhere", 3)
    with Session(engine) as session:
        assert audit_tenants(session) == ["elsewhere", "granvik"]
    assert [verified(engine, tenant).rows for tenant in ("granvik", "elsewhere", "nowhere")] == [12, 3, 0]


def test_appended_at_once_is_one_chain(engine: Engine) -> None:
    gate = Barrier(4)

    def write(_: int) -> None:
        gate.wait(timeout=30)
        done = 0
        while done < 10:
            try:
                append(engine, entry(), entry(actor=OMAR))
            except (Conflict, IntegrityError, OperationalError):
                continue
            done += 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    found = verified(engine)
    assert (found.rows, found.last, found.fault) == (80, 80, None)


def test_what_is_undone_leaves_no_gap(engine: Engine) -> None:
    fill(engine)
    with Session(engine) as session:
        DatabaseAudit(session, "granvik", KEY).append(entry())
        session.rollback()
    append(engine, entry())
    assert (verified(engine).last, verified(engine).fault) == (13, None)


def test_verification_goes_on_while_others_append(engine: Engine) -> None:
    fill(engine)
    with Session(engine) as session:
        append(engine, entry())
        assert verify(session, "granvik", KEY).fault is None
