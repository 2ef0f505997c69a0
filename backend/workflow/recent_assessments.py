"""The last assessments of this process, so that one can be answered without sending the draft again. No text."""

import time
from array import array
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from backend.domain.feedback import DraftVector
from backend.domain.label import Label


@dataclass(frozen=True, slots=True)
class Recent:
    """What an answer needs of an assessment: what was said, by which rules, and the draft's vector."""

    said: Label
    rules: frozenset[str]
    model_version: str
    vector: DraftVector = field(repr=False)


class RecentAssessments:
    """Bounded in number, per person too, and in time. Safe to call from several threads; each process has its own.

    Keys are keyed hashes: neither a person's id nor what a client calls its draft lies here.
    """

    def __init__(
        self,
        most: int = 1000,
        most_of_one: int = 40,
        seconds: float = 1800,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._most_of_one = most_of_one
        self._seconds = seconds
        self._clock = clock
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, str], tuple[float, Recent]] = OrderedDict()
        self._of: dict[str, OrderedDict[str, None]] = {}

    def keep(self, actor: str, receipt: str, recent: Recent) -> None:
        """Keeps an assessment in the place of an earlier one of the same receipt; the oldest make room."""
        vector = recent.vector
        small = DraftVector(vector.signals, array("I", vector.columns), vector.space)
        recent = Recent(recent.said, recent.rules, recent.model_version, small)
        with self._lock:
            self._drop(actor, receipt)
            self._kept[actor, receipt] = self._clock(), recent
            own = self._of.setdefault(actor, OrderedDict())
            own[receipt] = None
            if len(own) > self._most_of_one:
                self._drop(actor, next(iter(own)))
            while len(self._kept) > self._most or self._is_stale(next(iter(self._kept.values()))[0]):
                self._drop(*next(iter(self._kept)))

    def find(self, actor: str, receipt: str) -> Recent | None:
        """The assessment, if this process made it a short while ago."""
        with self._lock:
            found = self._kept.get((actor, receipt))
        return None if found is None or self._is_stale(found[0]) else found[1]

    def __len__(self) -> int:
        return len(self._kept)

    def _is_stale(self, kept_at: float) -> bool:
        return self._clock() - kept_at > self._seconds

    def _drop(self, actor: str, receipt: str) -> None:
        if self._kept.pop((actor, receipt), None) is None:
            return
        own = self._of[actor]
        del own[receipt]
        if not own:
            del self._of[actor]
