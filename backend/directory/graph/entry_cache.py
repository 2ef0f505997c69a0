"""What was told lately, and what is being asked just now, of one tenant. In memory only."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from cachetools import TTLCache

from backend.directory.graph.access import GraphLimits
from backend.directory.graph.look_up import Told
from backend.domain.directory import DirectoryEntry


@dataclass(slots=True)
class Taken:
    """Keys in three parts: told already, being asked by another, and this caller's to ask and to bring home."""

    told: dict[str, Told] = field(default_factory=dict)
    awaited: dict[str, Future[Told]] = field(default_factory=dict)
    own: list[str] = field(default_factory=list)


class EntryCache:
    """Keeps what was found and, for a shorter time, what was not. Thread-safe. `clock` in seconds."""

    def __init__(self, limits: GraphLimits, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._lasts = limits.found
        self._found: TTLCache[str, Told] = TTLCache(limits.cached, limits.found, clock)
        self._absent: TTLCache[str, Told] = TTLCache(limits.cached, limits.absent, clock)
        self._most = limits.cached
        self._entries: dict[str, tuple[float, DirectoryEntry]] = {}
        self._flights: dict[str, Future[Told]] = {}

    def take(self, keys: Iterable[str]) -> Taken:
        """Who asks what. Everything in `own` must be brought home, or others wait for it in vain."""
        taken = Taken()
        with self._lock:
            for key in keys:
                if known := self._found.get(key) or self._absent.get(key):
                    taken.told[key] = known
                elif flight := self._flights.get(key):
                    taken.awaited[key] = flight
                else:
                    self._flights[key] = Future()
                    taken.own.append(key)
        return taken

    def bring_home(self, told: Mapping[str, Told]) -> None:
        """Hands what was told to those who wait for it and keeps what lasts. Failures are never kept."""
        with self._lock:
            landed = {key: self._flights.pop(key, None) for key in told}
            ends = self._clock() + self._lasts
            for key, one in told.items():
                if one.reason or not one.lasting:
                    continue
                (self._found if one.entry else self._absent)[key] = one
                for entry in (one.entry, *one.near):
                    if entry:
                        self._keep(entry, ends)
        for key, flight in landed.items():
            if flight:
                flight.set_result(told[key])

    def entries(self) -> Sequence[DirectoryEntry]:
        """All entries known at this moment, each once."""
        with self._lock:
            entries = list(self._entries.values())
        now = self._clock()
        return [entry for ends, entry in entries if now < ends]

    def _keep(self, entry: DirectoryEntry, ends: float) -> None:
        """The newest last, so that the oldest goes when there are too many."""
        self._entries.pop(entry.id, None)
        self._entries[entry.id] = ends, entry
        if len(self._entries) > self._most:
            del self._entries[next(iter(self._entries))]
