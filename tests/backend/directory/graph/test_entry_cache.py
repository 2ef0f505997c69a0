"""What is kept, for how long, and who asks when several want the same."""

from concurrent.futures import TimeoutError as NotYet

import pytest

from backend.directory.graph.access import GraphLimits
from backend.directory.graph.entry_cache import EntryCache
from backend.directory.graph.look_up import Told
from backend.domain.directory import DirectoryEntry, EntryKind, NotTold
from tests.backend.directory.graph.test_breaker import Clock


def entry(number: int = 0) -> DirectoryEntry:
    return DirectoryEntry(str(number), EntryKind.PERSON, f"p{number}@granvik.example", f"Person {number}")


@pytest.mark.parametrize(
    ("told", "seconds", "kept"),
    [
        (Told(entry()), 899, True),
        (Told(entry()), 901, False),
        (Told(), 119, True),
        (Told(), 121, False),
        (Told(entry(), lasting=False), 0, False),
        (Told(lasting=False), 0, False),
        (Told(reason=NotTold.DIRECTORY_DOWN), 0, False),
        (Told(reason=NotTold.NOT_PERMITTED), 0, False),
    ],
)
def test_kept(told: Told, seconds: float, kept: bool) -> None:  # noqa: FBT001 - a column of the table
    clock = Clock()
    cache = EntryCache(GraphLimits(), clock)
    assert cache.take(["a"]).own == ["a"]
    cache.bring_home({"a": told})
    clock.now += seconds
    assert cache.take(["a"]).told == ({"a": told} if kept else {})


def test_one_asks_and_the_others_wait() -> None:
    cache = EntryCache(GraphLimits())
    assert cache.take(["a", "b"]).own == ["a", "b"]
    second = cache.take(["b", "c"])
    assert (list(second.awaited), second.own) == (["b"], ["c"])
    with pytest.raises(NotYet):
        second.awaited["b"].result(0)
    cache.bring_home({"a": Told(), "b": Told(entry())})
    assert second.awaited["b"].result(0) == Told(entry())


def test_failure_reaches_those_who_wait_and_nobody_after() -> None:
    cache = EntryCache(GraphLimits())
    cache.take(["a"])
    waiting = cache.take(["a"]).awaited["a"]
    cache.bring_home({"a": Told(reason=NotTold.DIRECTORY_SLOW)})
    assert waiting.result(0).reason is NotTold.DIRECTORY_SLOW
    assert cache.take(["a"]).own == ["a"]


def test_entries_are_those_of_the_last_quarter_and_no_more_than_the_limit() -> None:
    clock = Clock()
    cache = EntryCache(GraphLimits(cached=3), clock)
    cache.bring_home({f"k{number}": Told(entry(number)) for number in range(5)})
    assert [one.id for one in cache.entries()] == ["2", "3", "4"]
    cache.bring_home({"alias": Told(entry(2), near=(entry(7),))})
    assert [one.id for one in cache.entries()] == ["4", "2", "7"]
    clock.now += 901
    assert cache.entries() == []


def test_no_more_keys_than_the_limit() -> None:
    cache = EntryCache(GraphLimits(cached=3))
    cache.bring_home({f"k{number}": Told() for number in range(5)})
    assert len(cache.take([f"k{number}" for number in range(5)]).told) == 3
