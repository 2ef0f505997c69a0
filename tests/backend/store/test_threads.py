"""The register of flagged threads, on SQLite and on PostgreSQL: found by marks and by content, kept once, quick."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Barrier
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.orm import Session

from backend.domain.label import Label
from backend.domain.threads import Block, BlockMatch, FlaggedThread, Mark, MarkKind, Print, Registration
from backend.store.tables import FlaggedThreadEntry, ThreadBlock, ThreadMark, ThreadParticipant, ThreadPrint
from backend.store.threads import COMMON_FROM, DatabaseThreads

KANSLIG, MYCKET = Label.KANSLIG, Label.MYCKET_KANSLIG
AT = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
CONVERSATION = Mark(MarkKind.CONVERSATION, "c" * 64)
MESSAGE = Mark(MarkKind.MESSAGE, "d" * 64)
LEAST = 2
WRITERS = 4
TABLES = (FlaggedThreadEntry, ThreadMark, ThreadParticipant, ThreadBlock, ThreadPrint)


def block(*values: int, particular: int = 0) -> Block:
    return Block(tuple(Print(value, particular=number < particular) for number, value in enumerate(values)))


def registration(thread: int = 1, **fields: Any) -> Registration:  # noqa: ANN401 - Registration's fields
    ordinary: dict[str, Any] = {"thread": f"{thread:032x}", "label": KANSLIG, "at": AT}
    return Registration(**(ordinary | fields))


@contextmanager
def register_of(engine: Engine, tenant: str = "granvik") -> Iterator[DatabaseThreads]:
    with Session(engine) as session, session.begin():
        yield DatabaseThreads(session, tenant)


def keep(engine: Engine, *given: Registration, tenant: str = "granvik") -> None:
    for one in given:
        with register_of(engine, tenant) as threads:
            threads.register(one)


def rows(engine: Engine) -> list[int]:
    with Session(engine) as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def found(engine: Engine, *values: int, tenant: str = "granvik") -> list[tuple[int, int, int, int, int]]:
    """(thread, shared, kept, shared particular, kept particular) of every block that is found."""
    with register_of(engine, tenant) as threads:
        matches = threads.by_content(values, LEAST)
    return sorted(
        (int(one.thread, 16), one.shared, one.kept, one.shared_particular, one.kept_particular) for one in matches
    )


def test_thread_is_found_by_any_of_its_marks(engine: Engine) -> None:
    keep(engine, registration(1, marks=(CONVERSATION, MESSAGE)), registration(2, marks=(MESSAGE,), label=MYCKET))
    with register_of(engine) as threads:
        strict = FlaggedThread(f"{2:032x}", MYCKET, frozenset({MarkKind.MESSAGE}))
        both = FlaggedThread(f"{1:032x}", KANSLIG, frozenset({MarkKind.MESSAGE, MarkKind.CONVERSATION}))
        assert threads.by_marks([CONVERSATION, MESSAGE]) == [strict, both]
        assert [one.id for one in threads.by_marks([CONVERSATION])] == [both.id]
        assert threads.by_marks([]) == threads.by_marks([Mark(MarkKind.MESSAGE, "e" * 64)]) == []
        assert threads.threads([both.id, "f" * 32]) == [FlaggedThread(both.id, KANSLIG)]
        assert threads.threads([]) == []


@pytest.mark.parametrize("label", [KANSLIG, MYCKET])
@pytest.mark.parametrize("second", [KANSLIG, MYCKET])
def test_label_only_rises_and_time_only_moves_on(label: Label, second: Label, engine: Engine) -> None:
    later = AT + timedelta(hours=1)
    keep(engine, registration(label=label, at=later), registration(label=second))
    with Session(engine) as session:
        (entry,) = session.scalars(select(FlaggedThreadEntry))
        assert entry.label == max(label, second, key=lambda one: one.rank)
        assert [one.replace(tzinfo=UTC) for one in (entry.flagged_at, entry.last_at)] == [later, later]
    keep(engine, registration(at=later + timedelta(days=1)))
    with Session(engine) as session:
        last = session.scalars(select(FlaggedThreadEntry.last_at)).one()
        assert last.replace(tzinfo=UTC) == later + timedelta(days=1)


def test_participants_come_together(engine: Engine) -> None:
    keep(engine, registration(participants=frozenset({"a" * 64, "b" * 64})))
    keep(engine, registration(participants=frozenset({"b" * 64, "c" * 64})), registration(2))
    with register_of(engine) as threads:
        assert threads.participants(f"{1:032x}") == {"a" * 64, "b" * 64, "c" * 64}
        assert threads.participants(f"{2:032x}") == threads.participants("unknown") == frozenset()


def test_content_is_found_with_its_counts(engine: Engine) -> None:
    keep(engine, registration(1, blocks=(block(1, 2, 3, 4, particular=2), block(-5, -6, 2**63 - 1, -(2**63)))))
    keep(engine, registration(2, blocks=(block(3, 4, 8, 9, particular=1),)))
    assert found(engine, 1, 3, 4, 99) == [(1, 3, 4, 1, 2), (2, 2, 4, 1, 1)]
    assert found(engine, -5, 2**63 - 1, -(2**63)) == [(1, 3, 4, 0, 0)]
    assert found(engine, 1, 8, 99) == found(engine) == []


def test_look_up_of_many_fingerprints(engine: Engine) -> None:
    keep(engine, registration(blocks=(block(*range(24)),)))
    assert found(engine, *range(100_000)) == [(1, 24, 24, 0, 0)]


def test_common_phrase_is_neither_counted_nor_kept_again(engine: Engine) -> None:
    for number in range(1, COMMON_FROM):
        keep(engine, registration(number, blocks=(block(1, 2, 3, number * 10, number * 10 + 1),)))
    assert len(found(engine, 1, 2, 3)) == COMMON_FROM - 1
    for number in range(COMMON_FROM, COMMON_FROM + 3):
        keep(engine, registration(number, blocks=(block(1, 2, 3, number * 10, number * 10 + 1),)))
    assert found(engine, 1, 2, 3) == []
    assert found(engine, 1, 2, 3, 10, 11) == [(1, 2, 5, 0, 0)]
    last = COMMON_FROM + 2
    assert found(engine, 1, 2, 3, last * 10, last * 10 + 1) == [(last, 2, 2, 0, 0)]
    with Session(engine) as session:
        kept = session.scalar(select(func.count()).where(ThreadPrint.value == 1))
    assert kept == COMMON_FROM


def test_the_same_again_changes_nothing(engine: Engine) -> None:
    given = registration(marks=(CONVERSATION, MESSAGE), blocks=(block(1, 2, 3, 4),), participants=frozenset({"a" * 64}))
    keep(engine, given)
    once = rows(engine)
    keep(engine, given, given)
    assert rows(engine) == once == [1, 2, 1, 1, 4]


def test_what_is_quoted_again_is_not_kept_again(engine: Engine) -> None:
    keep(engine, registration(blocks=(block(1, 2, 3, 4), block(5, 6, 7, 8))))
    keep(engine, registration(blocks=(block(20, 21, 22, 23), block(3, 4, 5, 24), block(20, 21, 30, 31))))
    assert rows(engine)[3:] == [3, 12]


def test_tenants_see_nothing_of_each_other(engine: Engine) -> None:
    given = registration(marks=(CONVERSATION,), blocks=(block(1, 2, 3),), participants=frozenset({"a" * 64}))
    keep(engine, given, tenant="elsewhere")
    with register_of(engine) as threads:
        assert threads.by_marks([CONVERSATION]) == threads.threads([given.thread]) == []
        assert threads.participants(given.thread) == frozenset()
    assert found(engine, 1, 2, 3) == []
    keep(engine, given)
    assert found(engine, 1, 2, 3) == found(engine, 1, 2, 3, tenant="elsewhere") == [(1, 3, 3, 0, 0)]


def test_what_fails_afterwards_leaves_nothing(engine: Engine) -> None:
    class Failed(Exception):
        pass

    def fail() -> None:
        with register_of(engine) as threads:
            threads.register(registration(marks=(CONVERSATION,), blocks=(block(1, 2, 3),)))
            raise Failed

    with pytest.raises(Failed):
        fail()
    assert rows(engine) == [0] * len(TABLES)


def test_two_at_once_keep_it_once(engine: Engine) -> None:
    barrier = Barrier(WRITERS)

    def write(number: int) -> None:
        label = MYCKET if number == 1 else KANSLIG
        barrier.wait()
        takes_part = frozenset({"a" * 64})
        keep(
            engine, registration(label=label, marks=(CONVERSATION,), blocks=(block(1, 2, 3),), participants=takes_part)
        )

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    assert rows(engine) == [1, 1, 1, 1, 3]
    with register_of(engine) as threads:
        assert [one.label for one in threads.by_marks([CONVERSATION])] == [MYCKET]
    assert found(engine, 1, 2, 3) == [(1, 3, 3, 0, 0)]


def test_look_up_among_many_is_quick(engine: Engine) -> None:
    chance = random.Random(1)  # noqa: S311 - the same numbers in every run
    messages, kept = 5000, 20
    prints: list[dict[str, Any]] = [
        {"tenant": "granvik", "value": chance.getrandbits(64) - 2**63, "block": block, "particular": False}
        for block in range(messages)
        for _ in range(kept)
    ]
    blocks = [
        {"tenant": "granvik", "block": block, "thread_id": f"{block:032x}", "kept": kept, "kept_particular": 0}
        for block in range(messages)
    ]
    with engine.begin() as connection:
        connection.execute(insert(ThreadBlock), blocks)
        connection.execute(insert(ThreadPrint), prints)
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
    own = [row["value"] for row in prints if row["block"] == messages // 2]
    asked = [*own, *(chance.getrandbits(64) - 2**63 for _ in range(150))]
    times = []
    matches: list[BlockMatch] = []
    for _ in range(10):
        started = perf_counter()
        with register_of(engine) as threads:
            matches += threads.by_content(asked, LEAST)
        times.append(perf_counter() - started)
    assert set(matches) == {BlockMatch(f"{messages // 2:032x}", messages // 2, kept, kept, 0, 0)}
    assert min(times) < 0.05, "20 times what it takes on an idle machine"
