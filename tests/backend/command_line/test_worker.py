"""The worker: every task of every tenant in its time, whatever fails beside it; it ends when it is asked to."""

import signal
import subprocess
import sys
import time
from datetime import timedelta
from threading import Event, active_count

import pytest
from structlog.testing import capture_logs

from backend.command_line.worker import start_in_background, work
from backend.domain.errors import Unavailable, WrongSettings
from backend.settings import PROJECT_FOLDER
from backend.workflow.upkeep import Task, Upkeep

DAY = timedelta(days=1)
MINUTE = 60.0


class Diary:
    """What was done, when, and what goes wrong."""

    def __init__(self, *tenants: str) -> None:
        self.now = 1000.0
        self.done: list[tuple[str, str]] = []
        self.wrong: dict[tuple[str, str], Exception] = {}
        self.tenants = tenants
        self.gone = False

    def task(self, name: str, every: timedelta = timedelta(0)) -> Task:
        def do(tenant: str) -> None:
            self.done.append((name, tenant))
            if (name, tenant) in self.wrong:
                raise self.wrong[name, tenant]

        return Task(name, do, every)

    def everybody(self) -> tuple[str, ...]:
        if self.gone:
            raise Unavailable("database_unreachable", retry_after=1)
        return self.tenants

    def upkeep(self, *tasks: Task) -> Upkeep:
        return Upkeep(self.everybody, tasks, lambda: self.now)


def test_tasks_are_done_in_their_order_for_every_tenant() -> None:
    diary = Diary("granvik", "hällby")
    assert diary.upkeep(diary.task("expire"), diary.task("deliver")).round() == 0
    assert diary.done == [(name, tenant) for tenant in ("granvik", "hällby") for name in ("expire", "deliver")]


def test_failure_stops_neither_other_tasks_nor_other_tenants() -> None:
    diary = Diary("granvik", "hällby")
    upkeep = diary.upkeep(diary.task("expire"), diary.task("deliver"))
    diary.wrong["expire", "granvik"] = RuntimeError("kanarie@granvik.example")
    diary.wrong["deliver", "hällby"] = Unavailable("database_busy", "kanarie", retry_after=1)
    with capture_logs() as logs:
        assert upkeep.round() == 2
    assert len(diary.done) == 4
    assert [(one["task"], one["tenant"], one["error"], one["code"]) for one in logs] == [
        ("expire", "granvik", "RuntimeError", ""),
        ("deliver", "hällby", "Unavailable", "database_busy"),
    ]
    assert "kanarie" not in repr(logs)


def test_database_that_is_gone_stops_one_round_only() -> None:
    diary = Diary("granvik")
    upkeep = diary.upkeep(diary.task("deliver"))
    diary.gone = True
    with capture_logs() as logs:
        assert upkeep.round() == 1
    assert [one["task"] for one in logs] == ["tenants"]
    diary.gone = False
    assert upkeep.round() == 0
    assert diary.done == [("deliver", "granvik")]


def test_daily_task_is_done_once_a_day_for_each_tenant() -> None:
    diary = Diary("granvik", "hällby")
    upkeep = diary.upkeep(diary.task("purge", DAY), diary.task("deliver"))
    for _ in range(4 * 24):
        upkeep.round()
        diary.now += 15 * MINUTE
    assert [diary.done.count(("purge", tenant)) for tenant in ("granvik", "hällby")] == [1, 1]
    assert diary.done.count(("deliver", "hällby")) == 4 * 24
    upkeep.round()
    assert diary.done.count(("purge", "granvik")) == 2


def test_daily_task_that_fails_is_tried_again_soon_but_not_at_once() -> None:
    diary = Diary("granvik")
    upkeep = diary.upkeep(diary.task("purge", DAY))
    diary.wrong["purge", "granvik"] = RuntimeError()
    with capture_logs():
        assert [upkeep.round(), upkeep.round()] == [1, 0]
        diary.now += 10 * MINUTE
        assert upkeep.round() == 1
    diary.wrong.clear()
    diary.now += 10 * MINUTE
    assert [upkeep.round(), len(diary.done)] == [0, 3]
    diary.now += 12 * 60 * MINUTE
    assert [upkeep.round(), len(diary.done)] == [0, 3]


@pytest.mark.parametrize(("wrong", "status"), [({}, 0), ({("deliver", "granvik"): RuntimeError()}, 1)], ids=str)
def test_one_round_tells_by_its_status(wrong: dict[tuple[str, str], Exception], status: int) -> None:
    diary = Diary("granvik")
    diary.wrong = wrong
    with capture_logs():
        assert work(diary.upkeep(diary.task("deliver")), once=True) == status
    assert diary.done == [("deliver", "granvik")]


def _other(_tenant: str) -> None:
    raise WrongSettings("other_secret_key", "granvik")


def test_nothing_is_done_for_a_tenant_of_another_key() -> None:
    diary = Diary("granvik")
    upkeep = Upkeep(diary.everybody, [diary.task("expire"), diary.task("deliver")], lambda: diary.now, _other)
    with capture_logs() as logs:
        assert upkeep.round() == 2
    assert (diary.done, [one["code"] for one in logs]) == ([], ["other_secret_key"] * 2)
    with pytest.raises(WrongSettings, match="other_secret_key"):
        upkeep.check()
    diary.upkeep().check()


def test_background_works_and_stops() -> None:
    before, rounds = active_count(), Event()
    stop = start_in_background(Upkeep(lambda: ["granvik"], [Task("deliver", lambda _: rounds.set())]), every=0.01)
    assert rounds.wait(10)
    assert active_count() == before + 1
    stop()
    stop()
    assert active_count() == before


ENDLESS = """
import sys, time
from backend.command_line.worker import work
from backend.workflow.upkeep import Task, Upkeep

def deliver(tenant):
    print("begun", flush=True)
    time.sleep(0.5)
    print("ended", flush=True)

sys.exit(work(Upkeep(lambda: ["granvik"], [Task("deliver", deliver)]), once=False))
"""


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_worker_ends_what_is_under_way_when_it_is_asked_to_end(asked: signal.Signals) -> None:
    words = [sys.executable, "-c", ENDLESS]
    with subprocess.Popen(words, cwd=PROJECT_FOLDER, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603 - ours
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        began = time.monotonic()
        process.send_signal(asked)
        told, complaints = process.communicate(timeout=20)
    assert (process.returncode, told, complaints) == (0, b"ended\n", b"")
    assert time.monotonic() - began < 5
