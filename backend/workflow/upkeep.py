"""What has to happen without anybody asking: notices go out, requests run out, old rows go."""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from time import monotonic

import structlog

_LOG = structlog.get_logger("backend.workflow.upkeep")
_SOON = timedelta(minutes=10)
"""When a task that failed is tried again, unless its own time comes sooner."""
_SPREAD = 0.2


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do for each tenant (its id is given), at most once in `every`. May raise anything."""

    name: str
    do: Callable[[str], object]
    every: timedelta = timedelta(0)


def _is_fit(_tenant: str) -> None:
    pass


class Upkeep:
    """Does the tasks of all tenants, in their order. For one thread; other processes may do the same meanwhile.

    `fit` raises WrongSettings where nothing must be done for a tenant, and no task is begun.
    """

    def __init__(
        self,
        tenants: Callable[[], Iterable[str]],
        tasks: Sequence[Task],
        clock: Callable[[], float] = monotonic,
        fit: Callable[[str], None] = _is_fit,
    ) -> None:
        self._tenants = tenants
        self._tasks = tuple(tasks)
        self._clock = clock
        self._fit = fit
        self._due: dict[tuple[str, str], float] = {}

    def check(self) -> None:
        """Raises WrongSettings where nothing must be done for some tenant. To be called before anything begins."""
        for tenant in self._tenants():
            self._fit(tenant)

    def round(self) -> int:
        """Does what is due; how many tasks failed. A failure stops neither other tasks nor other tenants."""
        try:
            tenants = tuple(self._tenants())
        except Exception as error:  # noqa: BLE001 - the next round may find the database again
            _log("tenants", "", error)
            return 1
        return sum(not self._done(task, tenant) for tenant in tenants for task in self._tasks)

    def run_forever(self, stop: Event, every: float = 15.0) -> None:
        """Rounds with about `every` seconds between them, until `stop` is set."""
        while not stop.is_set():
            self.round()
            # Spread, lest all workers of a server ask the database at the same moment.
            stop.wait(every * random.uniform(1 - _SPREAD, 1 + _SPREAD))  # noqa: S311 - no secret

    def _done(self, task: Task, tenant: str) -> bool:
        """Whether the task is done, or has no need to be done now."""
        if self._clock() < self._due.get((task.name, tenant), 0.0):
            return True
        pause = task.every
        try:
            self._fit(tenant)
            task.do(tenant)
        except Exception as error:  # noqa: BLE001 - see `round`
            _log(task.name, tenant, error)
            pause = min(task.every, _SOON)
            return False
        finally:
            self._due[task.name, tenant] = self._clock() + pause.total_seconds()
        return True


def _log(task: str, tenant: str, error: Exception) -> None:
    """By type and code: what an error says may hold what nobody should read in a log."""
    code = getattr(error, "code", "")
    _LOG.error("upkeep_failed", task=task, tenant=tenant, error=type(error).__name__, code=str(code)[:64])
