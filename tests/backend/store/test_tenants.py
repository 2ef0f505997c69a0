"""Two municipalities in one database: every call that the store offers, with the same hashes in two tenants.

A table or a method without a case (`tenant_cases.py`) fails the test. On both databases.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isclass, isfunction
from typing import Any

import pytest
from sqlalchemy import Engine, select

import backend.store
from backend.store.tables import Base
from tests.backend.store.tenant_cases import CASES, WHOLE_INSTALLATION, Case, fill

OWN, OTHER = "granvik", "elsewhere"


def _methods() -> Iterator[str]:
    """Public methods of the classes that the store's modules offer to others."""
    for module in pkgutil.iter_modules(backend.store.__path__, "backend.store."):
        if module.ispkg:
            continue
        for class_name, cls in getmembers(import_module(module.name), isclass):
            if cls.__module__ == module.name and class_name.startswith("Database"):
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
    for name in ("DatabaseThreads.by_marks", "DatabaseHabits.gatherings", "DatabaseHabits.forget_actor"):
        assert CASES[name].call(engine, tenant) == CASES[name].other
    for case in CASES.values():
        case.call(engine, tenant)
    assert _rows(engine, OWN) == before
