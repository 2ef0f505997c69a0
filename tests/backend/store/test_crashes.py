"""A process is killed (SIGKILL) in the middle of a step: nothing is left of it, and the next one goes on at once."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter, sleep

import pytest
from sqlalchemy import Engine, text

from backend.store.transactions import DatabaseStore
from tests.backend.store.rows import AUDIT_KEY, SARA, forward_request

ROOT = Path(__file__).parents[3]
TABLES = ("send_check", "forward_request", "notice", "audit_event")


def begun(url: str, place: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.backend.store.stopped_step", url, place]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own command


def counted(engine: Engine) -> set[int]:
    with engine.connect() as connection:
        return {connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one() for name in TABLES}  # noqa: S608 - our own names


@pytest.mark.parametrize(("place", "kept"), [("begun", 0), ("changed", 0), ("committed", 1)])
def test_killed_step(place: str, kept: int, url: str, engine: Engine) -> None:
    with begun(url, place) as process:
        assert process.stdout
        assert process.stdout.readline() == "here\n"
        process.kill()
    start = perf_counter()
    store = DatabaseStore(engine, AUDIT_KEY)
    assert store.run("granvik", lambda work: work.requests.open_of(SARA)) == kept
    store.run("granvik", lambda work: work.requests.add(forward_request(1_000_000)))
    assert perf_counter() - start < 1
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM forward_request WHERE id = :id"), {"id": forward_request(1_000_000).id})
    assert counted(engine) == {kept}


@pytest.mark.parametrize("milliseconds", [3, 20, 50])
def test_killed_at_any_moment(milliseconds: int, url: str, engine: Engine) -> None:
    with begun(url, "never") as process:
        assert process.stdout
        told = [process.stdout.readline()]
        sleep(milliseconds / 1000)
        process.kill()
        told += process.stdout.readlines()
    # What was told is kept; one more may have been kept that nobody was told of. Nothing is kept by halves.
    whole = len([line for line in told if line.endswith("\n")])
    (kept,) = counted(engine)
    assert whole <= kept <= whole + 1
