"""Several who act at the same moment, each with connections of its own, as processes have."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from backend.store.database import open_database
from backend.store.transactions import DatabaseStore
from tests.backend.store.rows import AUDIT_KEY

T = TypeVar("T")
ACTORS = 8


def at_once(url: str, act: Callable[[DatabaseStore, int], T], actors: int = ACTORS) -> list[T]:
    """What each act answers; `act` gets a store and its number."""
    engines = [open_database(url) for _ in range(actors)]
    gate = Barrier(actors)

    def begin(number: int) -> T:
        gate.wait(timeout=30)
        return act(DatabaseStore(engines[number], AUDIT_KEY), number)

    try:
        with ThreadPoolExecutor(actors) as pool:
            return [one.result(timeout=60) for one in [pool.submit(begin, number) for number in range(actors)]]
    finally:
        for engine in engines:
            engine.dispose()
