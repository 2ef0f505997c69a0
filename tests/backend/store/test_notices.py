"""The outbox in the database, on SQLite and on PostgreSQL: kept, claimed by one, never sent back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from backend.domain.notices import Notice, NoticeKind, Notices, NoticeState
from backend.domain.store import T
from backend.store.transactions import DatabaseStore
from tests.backend.store.at_once import ACTORS, at_once
from tests.backend.store.rows import AT, AUDIT_KEY, HOUR, notice

EACH = 6


@pytest.fixture
def store(engine: Engine) -> DatabaseStore:
    return DatabaseStore(engine, AUDIT_KEY)


def on(store: DatabaseStore, step: Callable[[Notices], T], tenant: str = "granvik") -> T:
    return store.run(tenant, lambda work: step(work.notices))


def kept(store: DatabaseStore, *notices: Notice, tenant: str = "granvik") -> None:
    def step(outbox: Notices) -> None:
        for one in notices:
            outbox.add(one)

    on(store, step, tenant)


def numbers(found: Sequence[Notice]) -> list[int]:
    return [int(one.id, 16) for one in found]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        *({"kind": kind} for kind in NoticeKind),
        {"sealed": None, "state": NoticeState.SENT, "tries": 1, "done_at": AT + HOUR},
        {"sealed": bytes(2_000), "state": NoticeState.DEAD, "tries": 99, "error": "e" * 64, "done_at": AT},
    ],
    ids=str,
)
def test_notice_comes_back_as_it_was(fields: dict[str, Any], store: DatabaseStore) -> None:
    kept(store, notice(**fields))
    assert list(on(store, lambda outbox: outbox.newest())) == [notice(**fields)]
    assert list(store.look("granvik", lambda work: work.notices.newest())) == [notice(**fields)]


def test_same_id_twice(store: DatabaseStore) -> None:
    kept(store, notice())
    kept(store, notice(), tenant="elsewhere")
    with pytest.raises(IntegrityError):
        kept(store, notice())


def test_newest_come_first(store: DatabaseStore) -> None:
    kept(store, *(notice(number, made_at=AT + number % 3 * HOUR) for number in range(6)))
    assert numbers(on(store, lambda outbox: outbox.newest())) == [2, 5, 1, 4, 0, 3]
    assert numbers(on(store, lambda outbox: outbox.newest(2))) == [2, 5]


def test_due_notices_are_put_off_when_claimed(store: DatabaseStore) -> None:
    kept(
        store,
        notice(0, due_at=AT),
        notice(1, due_at=AT + HOUR),
        notice(2, due_at=AT - HOUR),
        notice(3, state=NoticeState.SENT),
        notice(4, state=NoticeState.DEAD),
    )
    claimed = on(store, lambda outbox: outbox.claim(AT, AT + 2 * HOUR))
    assert claimed == [notice(2, due_at=AT + 2 * HOUR), notice(0, due_at=AT + 2 * HOUR)]
    assert on(store, lambda outbox: outbox.claim(AT, AT + 2 * HOUR)) == []
    assert numbers(on(store, lambda outbox: outbox.claim(AT + HOUR, AT + 3 * HOUR))) == [1]
    # Whoever claimed them has not come back: they are due again.
    assert numbers(on(store, lambda outbox: outbox.claim(AT + 2 * HOUR, AT + 3 * HOUR))) == [0, 2]


def test_so_many_at_a_time(store: DatabaseStore) -> None:
    kept(store, *(notice(number, due_at=AT - number * HOUR) for number in range(25)))
    claims = [numbers(on(store, lambda outbox: outbox.claim(AT, AT + HOUR))) for _ in range(3)]
    assert claims == [list(range(24, 4, -1)), list(range(4, -1, -1)), []]


@pytest.mark.parametrize(
    ("first", "then", "kept_state"),
    [
        (NoticeState.WAITING, NoticeState.SENT, NoticeState.SENT),
        (NoticeState.WAITING, NoticeState.DEAD, NoticeState.DEAD),
        (NoticeState.SENT, NoticeState.WAITING, NoticeState.SENT),
        (NoticeState.SENT, NoticeState.DEAD, NoticeState.SENT),
        (NoticeState.DEAD, NoticeState.SENT, NoticeState.SENT),
        (NoticeState.DEAD, NoticeState.WAITING, NoticeState.WAITING),
    ],
)
def test_what_was_sent_stays_sent(
    first: NoticeState, then: NoticeState, kept_state: NoticeState, store: DatabaseStore
) -> None:
    kept(store, notice(), notice(1))
    for state in (first, then):
        ended = notice(state=state, tries=3, error="timeout", due_at=AT + HOUR, done_at=AT, sealed=None)
        on(store, lambda outbox, one=ended: outbox.save(one))  # type: ignore[misc]  # mypy infers no lambda with a default
    ended = notice(state=kept_state, tries=3, error="timeout", due_at=AT + HOUR, done_at=AT, sealed=None)
    assert list(on(store, lambda outbox: outbox.newest())) == [ended, notice(1)]


def test_erased_mailbox_does_not_come_back(store: DatabaseStore) -> None:
    kept(store, notice(sealed=None), notice(1))
    for number in range(2):
        on(store, lambda outbox, n=number: outbox.save(notice(n, sealed=b"another", state=NoticeState.SENT)))  # type: ignore[misc]  # mypy infers no lambda with a default
    assert [one.sealed for one in on(store, lambda outbox: outbox.newest())] == [None, notice().sealed]


def test_notice_that_is_purged_meanwhile_does_not_come_back(store: DatabaseStore) -> None:
    on(store, lambda outbox: outbox.save(notice(state=NoticeState.SENT)))
    assert on(store, lambda outbox: outbox.newest()) == []


def test_nothing_of_a_step_that_fails_goes_out(store: DatabaseStore) -> None:
    def step(outbox: Notices) -> None:
        outbox.add(notice())
        assert len(outbox.claim(AT, AT + HOUR)) == 1
        raise InterruptedError

    with pytest.raises(InterruptedError):
        on(store, step)
    assert on(store, lambda outbox: outbox.newest()) == []


def test_no_two_workers_claim_the_same_notice(url: str, store: DatabaseStore) -> None:
    kept(store, *(notice(number) for number in range(ACTORS * EACH)))

    def claim(own: DatabaseStore, _number: int) -> list[int]:
        taken: list[int] = []
        for _ in range(EACH):
            taken += numbers(on(own, lambda outbox: outbox.claim(AT, AT + HOUR, limit=2)))
        return taken

    taken = [number for one in at_once(url, claim) for number in one]
    assert len(taken) == len(set(taken))
    # A worker passes over what another one is claiming, so some may be left for the next round.
    taken += numbers(on(store, lambda outbox: outbox.claim(AT, AT + HOUR, limit=ACTORS * EACH)))
    assert sorted(taken) == list(range(ACTORS * EACH))


def test_sent_or_put_off_but_not_both(url: str, store: DatabaseStore) -> None:
    """The lease of all but one has run out; all come back, one of them with a success."""
    kept(store, notice())

    def end(own: DatabaseStore, number: int) -> None:
        state = NoticeState.SENT if number == 0 else NoticeState.WAITING
        on(own, lambda outbox: outbox.save(replace(notice(), state=state)))

    at_once(url, end)
    assert [one.state for one in on(store, lambda outbox: outbox.newest())] == [NoticeState.SENT]
