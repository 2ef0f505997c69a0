"""Nothing crosses tenants: every method of every store, with the same hashes in two tenants, on both databases.

A table or a method without a case here fails the test.
"""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from inspect import getmembers, isclass, isfunction
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import DeclarativeBase

import backend.store
from backend.domain.feedback import FeedbackRecord
from backend.domain.habits import Gathering
from backend.domain.label import Label, SendDecision
from backend.domain.records import SendRecord
from backend.store.feedback import DatabaseFeedback
from backend.store.habits import DatabaseHabits
from backend.store.records import DatabaseRecords
from backend.store.tables import Base

DAY = date(2026, 11, 21)
ACTOR, DRAFT, THREAD, RECEIPT, RECIPIENT = "1" * 64, "2" * 64, "3" * 64, "4" * 64, "5" * 32
OWN, OTHER = "granvik", "elsewhere"


def send(tenant: str, label: Label) -> SendRecord:
    at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    return SendRecord(tenant, ACTOR, DRAFT, at, label, SendDecision.PROMPT, (), (), (), "1+0", "linear-0")


def answer(tenant: str, receipt: str, right: Label) -> FeedbackRecord:
    return FeedbackRecord(
        tenant,
        receipt,
        ACTOR,
        DAY,
        Label.KANSLIG,
        right,
        None,
        (),
        b"{}",
        b"",
        bytes(16),
        "0" * 16,
        "words-1:0",
        "linear-0",
    )


def gathering(*, labelled: bool) -> Gathering:
    return Gathering(DRAFT, DAY, labelled, frozenset({RECIPIENT}))


def fill(engine: Engine, tenant: str) -> None:
    """A row in every table."""
    DatabaseRecords(engine).record_send(send(tenant, Label.KANSLIG), [THREAD])
    DatabaseFeedback(engine).put(answer(tenant, RECEIPT, Label.NONE), 1)
    DatabaseHabits(engine).remember(tenant, ACTOR, gathering(labelled=False))


@dataclass(frozen=True, slots=True)
class Case:
    """A call, what it answers for the tenant that has rows, and what for another one with the same hashes."""

    call: Callable[[Engine, str], object]
    own: object = None
    other: object = None


CASES = {
    "DatabaseRecords.is_flagged": Case(
        lambda on, tenant: DatabaseRecords(on).is_flagged(tenant, [THREAD]), own=True, other=False
    ),
    "DatabaseRecords.record_send": Case(
        lambda on, tenant: DatabaseRecords(on).record_send(send(tenant, Label.MYCKET_KANSLIG), [THREAD])
    ),
    # One a day: what another tenant's person of the same hash has given does not count.
    "DatabaseFeedback.put": Case(
        lambda on, tenant: DatabaseFeedback(on).put(answer(tenant, "6" * 64, Label.KANSLIG), 1), own=False, other=True
    ),
    "DatabaseFeedback.put (again)": Case(
        lambda on, tenant: DatabaseFeedback(on).put(answer(tenant, RECEIPT, Label.KANSLIG), 1), own=True, other=True
    ),
    "DatabaseFeedback.forget_actor": Case(
        lambda on, tenant: DatabaseFeedback(on).forget_actor(tenant, ACTOR), own=1, other=0
    ),
    "DatabaseHabits.remember": Case(
        lambda on, tenant: DatabaseHabits(on).remember(tenant, ACTOR, gathering(labelled=True))
    ),
    "DatabaseHabits.gatherings": Case(
        lambda on, tenant: DatabaseHabits(on).gatherings(tenant, ACTOR), own=[gathering(labelled=False)], other=[]
    ),
    "DatabaseHabits.forget_actor": Case(
        lambda on, tenant: DatabaseHabits(on).forget_actor(tenant, ACTOR), own=1, other=0
    ),
}
WHOLE_INSTALLATION = {
    "DatabaseRecords.is_reachable": "reads no row",
    "DatabaseFeedback.answers": "training at the command line; each answer tells its tenant",
    "DatabaseFeedback.forget_before": "what is too old is too old everywhere",
    "DatabaseHabits.forget_before": "the same",
}


def _methods() -> Iterator[str]:
    """Public methods of the classes that stand in the store's modules and are no tables."""
    for module in pkgutil.iter_modules(backend.store.__path__, "backend.store."):
        if module.ispkg:
            continue
        for class_name, cls in getmembers(import_module(module.name), isclass):
            if cls.__module__ == module.name and not issubclass(cls, DeclarativeBase):
                yield from (f"{class_name}.{name}" for name, _ in getmembers(cls, isfunction) if name[0] != "_")


def _rows(engine: Engine, tenant: str) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            name: list(connection.execute(select(table).where(table.c.tenant == tenant)))
            for name, table in Base.metadata.tables.items()
        }


def test_every_method_has_a_case() -> None:
    assert sorted(_methods()) == sorted({name.partition(" ")[0] for name in CASES} | WHOLE_INSTALLATION.keys())


def test_same_hashes_in_two_tenants_are_rows_of_their_own_in_every_table(engine: Engine) -> None:
    fill(engine, OWN)
    before = _rows(engine, OWN)
    assert {name: len(rows) for name, rows in before.items()} == dict.fromkeys(Base.metadata.tables, 1)
    assert not any(_rows(engine, OTHER).values())
    fill(engine, OTHER)
    assert all(_rows(engine, OTHER).values())
    assert _rows(engine, OWN) == before


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_call_sees_and_changes_its_own_tenant_only(case: Case, engine: Engine) -> None:
    fill(engine, OWN)
    before = _rows(engine, OWN)
    assert case.call(engine, OTHER) == case.other
    assert _rows(engine, OWN) == before
    assert case.call(engine, OWN) == case.own


@pytest.mark.parametrize("tenant", ["", "GRANVIK", "granvik ", "granvi", "granvik_", "%", "granvik' OR '1'='1"])
def test_tenant_is_compared_whole(tenant: str, engine: Engine) -> None:
    fill(engine, OWN)
    before = _rows(engine, OWN)
    for name in ("DatabaseRecords.is_flagged", "DatabaseHabits.gatherings", "DatabaseHabits.forget_actor"):
        assert CASES[name].call(engine, tenant) == CASES[name].other
    for case in CASES.values():
        case.call(engine, tenant)
    assert _rows(engine, OWN) == before
