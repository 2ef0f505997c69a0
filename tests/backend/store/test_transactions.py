"""Steps: all or nothing, done again when somebody was in the way, and never in the way of a reader. Both databases."""

import sqlite3
from dataclasses import replace
from threading import Event as Flag
from threading import Thread
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from backend.domain.audit import AuditEntry, Event
from backend.domain.errors import Unavailable
from backend.domain.forwarding import Conflict, RequestStatus
from backend.domain.label import Label
from backend.domain.store import Work
from backend.domain.threads import Registration
from backend.store.database import open_database
from backend.store.tables import Base
from backend.store.transactions import DatabaseStore
from tests.backend.store.at_once import ACTORS, at_once
from tests.backend.store.rows import AT, AUDIT_KEY, SARA, forward_request, notice, send

IMPATIENT = {"sqlite": "PRAGMA busy_timeout=20", "postgresql": "SET lock_timeout = 20"}


@pytest.fixture
def store(engine: Engine) -> DatabaseStore:
    return DatabaseStore(engine, AUDIT_KEY)


def impatient(connection: Any, _entry: object) -> None:  # noqa: ANN401 - of either driver
    connection.execute(IMPATIENT["sqlite" if isinstance(connection, sqlite3.Connection) else "postgresql"])
    connection.commit()


def everything(work: Work, number: int = 0) -> None:
    """A row of each kind that a step can leave."""
    work.sends.add(send(draft=f"{number:064}"))
    work.threads.register(Registration(f"{number:032x}", Label.KANSLIG, AT))
    work.requests.add(forward_request(number))
    work.notices.add(notice(number))
    work.audit.append(AuditEntry(Event.FORWARD_REQUESTED, AT, SARA))


def rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        counted = {
            name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608 - our own names
            for name in Base.metadata.tables
        }
    return {name: number for name, number in counted.items() if number}


ALL_ROWS = {
    "send_check": 1, "flagged_thread": 1, "forward_request": 1, "forward_recipient": 2, "forward_approver": 1,
    "notice": 1, "audit_event": 1, "audit_head": 1,
}  # fmt: skip


def test_all_that_a_step_does_happens(store: DatabaseStore, engine: Engine) -> None:
    store.run("granvik", everything)
    assert rows(engine) == ALL_ROWS


@pytest.mark.parametrize("error", [InterruptedError(), ValueError(), KeyboardInterrupt()])
def test_step_that_raises_leaves_nothing(error: BaseException, store: DatabaseStore, engine: Engine) -> None:
    calls = []

    def step(work: Work) -> None:
        calls.append(work)
        everything(work)
        raise error

    with pytest.raises(type(error)):
        store.run("granvik", step)
    assert len(calls) == 1
    assert rows(engine) == {}
    store.run("granvik", everything)
    assert rows(engine) == ALL_ROWS


@pytest.mark.parametrize("times", [1, 5])
def test_step_is_done_again_when_somebody_was_in_the_way(times: int, store: DatabaseStore, engine: Engine) -> None:
    seen = []

    def step(work: Work) -> str:
        seen.append(work.requests.get("0" * 32))
        everything(work)
        if len(seen) <= times:
            raise Conflict
        return "done"

    assert store.run("granvik", step) == "done"
    assert seen == [None] * (times + 1)
    assert rows(engine) == ALL_ROWS


def test_step_is_given_up_when_somebody_is_always_in_the_way(store: DatabaseStore, engine: Engine) -> None:
    calls = []

    def step(work: Work) -> None:
        calls.append(work)
        everything(work)
        raise Conflict

    with pytest.raises(Unavailable, match="database_busy") as caught:
        store.run("granvik", step)
    assert (len(calls), caught.value.retry_after) == (6, 2)
    assert rows(engine) == {}


def test_same_key_every_time_is_a_mistake_and_no_busy_database(store: DatabaseStore) -> None:
    store.run("granvik", everything)
    with pytest.raises(IntegrityError):
        store.run("granvik", everything)


def test_missing_value_is_not_tried_again(store: DatabaseStore) -> None:
    calls = []

    def step(work: Work) -> None:
        calls.append(work)
        work.requests.add(replace(forward_request(), content=None))  # type: ignore[arg-type]  # what must be refused

    with pytest.raises(IntegrityError):
        store.run("granvik", step)
    assert len(calls) == 1


def test_record_of_another_tenant_is_refused(store: DatabaseStore, engine: Engine) -> None:
    with pytest.raises(ValueError, match="tenant"):
        store.run("granvik", lambda work: work.sends.add(send(tenant="elsewhere")))
    assert rows(engine) == {}


def test_who_only_looks_changes_nothing(store: DatabaseStore, engine: Engine) -> None:
    with pytest.raises((DBAPIError, Unavailable)):
        store.look("granvik", everything)
    assert rows(engine) == {}
    # The same connection writes again.
    store.run("granvik", everything)
    assert store.look("granvik", lambda work: work.requests.get("0" * 32)) == forward_request()


def test_who_looks_sees_one_moment_and_waits_for_nobody(store: DatabaseStore) -> None:
    store.run("granvik", everything)

    def change(work: Work) -> None:
        request = work.requests.get("0" * 32, for_update=True)
        assert request
        work.requests.save(replace(request, status=RequestStatus.APPROVED))

    def look(work: Work) -> list[RequestStatus]:
        first = work.requests.get("0" * 32)
        store.run("granvik", change)
        second = work.requests.get("0" * 32)
        assert first
        assert second
        return [first.status, second.status]

    assert store.look("granvik", look) == [RequestStatus.PENDING] * 2
    with held(store):
        start = perf_counter()
        seen = store.look("granvik", lambda work: work.requests.get("0" * 32))
        assert perf_counter() - start < 1
    assert seen
    assert seen.status is RequestStatus.APPROVED


class held:  # noqa: N801 - reads as a word
    """Somebody else is in the middle of a step that has changed the request."""

    def __init__(self, store: DatabaseStore) -> None:
        self._inside, self._go_on = Flag(), Flag()
        self._thread = Thread(target=lambda: store.run("granvik", self._step))

    def _step(self, work: Work) -> None:
        request = work.requests.get("0" * 32, for_update=True)
        assert request
        work.requests.save(replace(request, decider=SARA))
        self._inside.set()
        self._go_on.wait(timeout=30)

    def __enter__(self) -> None:
        self._thread.start()
        assert self._inside.wait(timeout=30)

    def __exit__(self, *_: object) -> None:
        self._go_on.set()
        self._thread.join(timeout=30)


def test_busy_database_is_told_as_such(url: str, store: DatabaseStore) -> None:
    store.run("granvik", everything)
    engine = open_database(url)
    # Connections that are made from now on do not wait long.
    engine.dispose()
    event.listen(engine, "connect", impatient)
    other = DatabaseStore(engine, AUDIT_KEY)
    with held(store), pytest.raises(Unavailable, match="database_busy"):
        other.run("granvik", lambda work: work.requests.get("0" * 32, for_update=True))
    assert other.run("granvik", lambda work: work.requests.get("0" * 32, for_update=True))
    engine.dispose()


def test_steps_of_many_at_once_all_happen(url: str, engine: Engine) -> None:
    def act(own: DatabaseStore, number: int) -> None:
        for round_ in range(5):
            own.run("granvik", lambda work, n=100 * number + round_: everything(work, n))  # type: ignore[misc]  # mypy infers no lambda with a default

    at_once(url, act)
    counted = rows(engine)
    assert {counted[name] for name in ("send_check", "flagged_thread", "forward_request", "notice", "audit_event")} == {
        5 * ACTORS
    }


def test_tenants_are_those_with_rows(store: DatabaseStore) -> None:
    assert store.tenants() == []
    store.run("d", lambda work: work.threads.register(Registration("0" * 32, Label.KANSLIG, AT)))
    store.run("e", lambda work: work.sends.add(send(tenant="e")))
    store.run("b", lambda work: work.notices.add(notice()))
    store.run("c", lambda work: work.requests.add(forward_request()))
    store.run("a", lambda work: work.audit.append(AuditEntry(Event.LOG_READ, AT)))
    assert store.tenants() == ["a", "b", "c", "d", "e"]


def test_reachable(store: DatabaseStore) -> None:
    assert store.is_reachable()


def test_nobody_at_the_other_end() -> None:
    store = DatabaseStore(create_engine("postgresql+psycopg://x@127.0.0.1:1/x"), AUDIT_KEY)
    assert not store.is_reachable()
    for act in (store.run, store.look):
        with pytest.raises(Unavailable, match="database_unreachable"):
            act("granvik", everything)


def test_connection_lost_in_the_middle(postgresql_engine: Engine) -> None:
    store = DatabaseStore(postgresql_engine, AUDIT_KEY)

    def step(work: Work) -> None:
        everything(work)
        with postgresql_engine.connect() as other:
            other.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        work.requests.get("0" * 32)

    with pytest.raises(Unavailable, match="database_unreachable"):
        store.run("granvik", step)
    assert rows(postgresql_engine) == {}
    store.run("granvik", everything)
    assert rows(postgresql_engine) == ALL_ROWS
