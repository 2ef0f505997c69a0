"""Gatherings in the database, on SQLite and on PostgreSQL: kept, replaced, limited, forgotten, quick."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from backend.domain.habits import Gathering
from backend.store.database import open_database
from backend.store.habits import DatabaseHabits

DAY = date(2026, 11, 21)
SARA = "1" * 64
WRITERS = 4


def key(number: int) -> str:
    return f"{number:032x}"


def gathering(number: int = 0, **fields: Any) -> Gathering:  # noqa: ANN401 - Gathering's fields
    ordinary: dict[str, Any] = {
        "draft": f"{number:064}", "day": DAY, "labelled": True, "recipients": frozenset({key(1), key(2)}),
    }  # fmt: skip
    return Gathering(**(ordinary | fields))


@pytest.fixture
def store(engine: Engine) -> DatabaseHabits:
    return DatabaseHabits(engine)


def drafts(store: DatabaseHabits, actor: str = SARA, tenant: str = "granvik") -> list[int]:
    return [int(one.draft) for one in store.gatherings(tenant, actor)]


@pytest.mark.parametrize(
    "given",
    [
        gathering(),
        gathering(labelled=False),
        gathering(recipients=frozenset({key(0)})),
        gathering(recipients=frozenset({"f" * 32, "0" * 31 + "a", "a" + "0" * 31})),
        gathering(recipients=frozenset(map(key, range(500)))),
    ],
    ids=["ordinary", "no label", "one recipient", "odd hashes", "fullest"],
)
def test_gathering_comes_back_as_it_was(given: Gathering, store: DatabaseHabits) -> None:
    store.remember("t" * 64, SARA, given)
    assert store.gatherings("t" * 64, SARA) == [given]


@pytest.mark.parametrize("hash_", ["", "ab", "0" * 30, "0" * 64, "x" * 32], ids=str)
def test_hash_of_another_length_is_refused(hash_: str, store: DatabaseHabits) -> None:
    with pytest.raises(ValueError, match=r"16|hexadecimal"):
        store.remember("granvik", SARA, gathering(recipients=frozenset({key(1), hash_})))
    assert drafts(store) == []


def test_draft_checked_again_replaces_its_gathering(store: DatabaseHabits) -> None:
    store.remember("granvik", SARA, gathering(1))
    store.remember("granvik", SARA, gathering(2))
    again = gathering(1, day=DAY + timedelta(days=1), labelled=False, recipients=frozenset({key(3)}))
    store.remember("granvik", SARA, again)
    assert store.gatherings("granvik", SARA) == [again, gathering(2)]


@pytest.mark.parametrize("recipients", [0, 501])
def test_nobody_and_too_many_are_not_learned(recipients: int, store: DatabaseHabits) -> None:
    for number in (0, 1):
        store.remember("granvik", SARA, gathering(number))
    for number in (1, 2):
        store.remember("granvik", SARA, gathering(number, recipients=frozenset(map(key, range(recipients)))))
    assert drafts(store) == [0]


def test_newest_two_hundred_are_kept(store: DatabaseHabits, engine: Engine) -> None:
    store.remember("granvik", "2" * 64, gathering(999, day=DAY - timedelta(days=999)))
    for number in range(205):
        store.remember("granvik", SARA, gathering(number, day=DAY + timedelta(days=number)))
    assert drafts(store) == list(range(204, 4, -1))
    assert drafts(store, "2" * 64) == [999]
    store.remember("granvik", SARA, gathering(0, day=DAY))
    assert drafts(store) == list(range(204, 4, -1))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM habit")).scalar() == 201


def test_newest_day_comes_first(store: DatabaseHabits) -> None:
    for number, days in enumerate([3, 0, 9, 3]):
        store.remember("granvik", SARA, gathering(number, day=DAY - timedelta(days=days)))
    assert drafts(store) == [1, 0, 3, 2]


def test_old_gatherings_are_forgotten(store: DatabaseHabits) -> None:
    for number in range(4):
        store.remember(f"t{number % 2}", SARA, gathering(number, day=DAY - timedelta(days=number)))
    assert [store.forget_before(DAY - timedelta(days=1)) for _ in range(2)] == [2, 0]
    assert (drafts(store, tenant="t0"), drafts(store, tenant="t1")) == ([0], [1])


def test_one_sender_is_forgotten(store: DatabaseHabits) -> None:
    senders = [("granvik", SARA), ("granvik", "2" * 64), ("elsewhere", SARA)]
    for tenant, actor in senders:
        store.remember(tenant, actor, gathering(1))
        store.remember(tenant, actor, gathering(2))
    assert [store.forget_actor("granvik", SARA) for _ in range(2)] == [2, 0]
    assert [drafts(store, actor, tenant) for tenant, actor in senders] == [[], [1, 2], [1, 2]]


def test_several_processes_at_once(url: str, engine: Engine) -> None:
    """Each with a connection of its own, as processes have: the same draft and one of its own, at the limit."""
    store = DatabaseHabits(engine)
    for number in range(199):
        store.remember("granvik", SARA, gathering(1000 + number, day=DAY - timedelta(days=number)))
    engines = [open_database(url) for _ in range(WRITERS)]
    gate = Barrier(WRITERS)

    def write(writer: int) -> None:
        for round_ in range(10):
            gate.wait(timeout=30)
            recipients = frozenset(key(10 * writer + one) for one in range(writer + 1))
            for draft in (round_, 100 * (writer + 1) + round_):
                DatabaseHabits(engines[writer]).remember("granvik", SARA, gathering(draft, recipients=recipients))

    with ThreadPoolExecutor(WRITERS) as pool:
        for done in [pool.submit(write, writer) for writer in range(WRITERS)]:
            done.result(timeout=60)
    for one in engines:
        one.dispose()
    kept = store.gatherings("granvik", SARA)
    assert len({one.draft for one in kept}) == len(kept) == 200
    assert set(range(10)) < set(drafts(store))
    # Each is one writer's own, none is of two.
    assert {frozenset(int(one, 16) // 10 for one in kept[at].recipients) for at in range(10)} <= {
        frozenset({writer}) for writer in range(WRITERS)
    }


def test_fullest_sender_is_read_quickly(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    store = DatabaseHabits(engine)
    for number in range(200):
        given = gathering(number, recipients=frozenset(key(7 * number + one) for one in range(50)))
        for actor in (SARA, "2" * 64):
            store.remember("granvik", actor, replace(given, day=DAY - timedelta(days=number)))
    seconds = []
    for _ in range(20):
        start = perf_counter()
        assert len(store.gatherings("granvik", SARA)) == 200
        seconds.append(perf_counter() - start)
    engine.dispose()
    assert min(seconds) < 0.020


def test_no_column_tells_the_hour_or_the_order(engine: Engine) -> None:
    columns = {column["name"]: str(column["type"]) for column in inspect(engine).get_columns("habit")}
    assert columns["sent_on"] == "DATE"
    assert not [name for name, kind in columns.items() if "TIME" in kind or "INT" in kind]
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT wr FROM pragma_table_list WHERE name = 'habit'")).scalars().all()
        assert rows == [1]
