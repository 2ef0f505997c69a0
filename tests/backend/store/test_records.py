"""Records of send checks and flagged threads, on SQLite and on PostgreSQL."""

from collections import UserList
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from backend.domain.label import Category, Label, SendDecision
from backend.domain.records import SendRecord
from backend.store.database import open_database
from backend.store.records import DatabaseRecords
from backend.store.tables import FlaggedThread, SendCheckEntry

KEYS = ["a" * 64, "b" * 64]
WRITERS, EACH = 4, 15


def record(**fields: Any) -> SendRecord:  # noqa: ANN401 - SendRecord's fields
    ordinary: dict[str, Any] = {
        "tenant": "granvik", "actor": "1" * 64, "draft": "2" * 64, "at": datetime(2026, 11, 21, 12, tzinfo=UTC),
        "label": Label.KANSLIG, "decision": SendDecision.PROMPT, "categories": ("health",), "unmet": ("set_label",),
        "grounds": ("photo:consent",), "policy_version": "1+0", "model_version": "linear-0",
    }  # fmt: skip
    return SendRecord(**(ordinary | fields))


def _count(engine: Engine, table: type[SendCheckEntry | FlaggedThread]) -> int | None:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(table))


def _labels(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(FlaggedThread.label)))


def test_flagged_threads_are_found_again(engine: Engine) -> None:
    records = DatabaseRecords(engine)
    assert not records.is_flagged("granvik", KEYS)
    records.record_send(record(), KEYS[:1])
    assert records.is_flagged("granvik", KEYS)
    assert records.is_flagged("granvik", KEYS[:1])
    assert not records.is_flagged("granvik", KEYS[1:])
    assert not records.is_flagged("granvik", [])


def test_tenants_do_not_see_each_other(engine: Engine) -> None:
    records = DatabaseRecords(engine)
    records.record_send(record(tenant="elsewhere"), KEYS)
    assert not records.is_flagged("granvik", KEYS)
    assert records.is_flagged("elsewhere", KEYS)


@pytest.mark.parametrize(
    ("first", "then", "kept"),
    [(Label.KANSLIG, Label.MYCKET_KANSLIG, "mycket_kanslig"), (Label.MYCKET_KANSLIG, Label.KANSLIG, "mycket_kanslig")],
)
def test_label_only_becomes_stricter(first: Label, then: Label, kept: str, engine: Engine) -> None:
    records = DatabaseRecords(engine)
    records.record_send(record(label=first), KEYS[:1])
    records.record_send(record(label=then), KEYS[:1])
    assert _labels(engine) == [kept]


def test_fullest_record_fits(engine: Engine) -> None:
    full = record(
        tenant="t" * 64,
        categories=tuple(Category),
        unmet=("request_forward_approval",) * 14,
        grounds=("personnummer:secure_identification", "photo:agreement", "sensitive:employment_social_protection"),
        policy_version="1" * 73,
        model_version="m" * 80,
        label=Label.MYCKET_KANSLIG,
    )
    DatabaseRecords(engine).record_send(full, KEYS)
    assert _count(engine, SendCheckEntry) == 1


def test_all_or_nothing(engine: Engine) -> None:
    class Halfway(UserList[str]):
        def __iter__(self) -> Iterator[str]:
            yield KEYS[0]
            raise InterruptedError

    with pytest.raises(InterruptedError):
        DatabaseRecords(engine).record_send(record(), Halfway())
    assert (_count(engine, SendCheckEntry), _count(engine, FlaggedThread)) == (0, 0)


def test_several_write_at_once(url: str, engine: Engine) -> None:
    """Each with a connection of its own, as processes have; all flag the same threads."""
    engines = [open_database(url) for _ in range(WRITERS)]
    gate = Barrier(WRITERS)

    def write(number: int) -> None:
        gate.wait(timeout=30)
        for _ in range(EACH):
            DatabaseRecords(engines[number]).record_send(record(actor=f"{number:064}"), KEYS)

    _at_once(write)
    for one in engines:
        one.dispose()
    assert _count(engine, SendCheckEntry) == WRITERS * EACH
    assert _count(engine, FlaggedThread) == len(KEYS)


def test_first_flag_of_a_thread_may_come_from_two_at_once(engine: Engine) -> None:
    records = DatabaseRecords(engine)
    gate = Barrier(WRITERS)

    def write(number: int) -> None:
        for round_ in range(EACH):
            gate.wait(timeout=30)
            records.record_send(record(actor=f"{number:064}"), [f"{round_:064}"])

    _at_once(write)
    assert _count(engine, FlaggedThread) == EACH
    assert _count(engine, SendCheckEntry) == WRITERS * EACH


def _at_once(write: Callable[[int], None]) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(write, number) for number in range(WRITERS)]:
            done.result(timeout=60)


def test_reachable(engine: Engine) -> None:
    assert DatabaseRecords(engine).is_reachable()
