"""Forward requests in the database, on SQLite and on PostgreSQL: kept, found, changed by one at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.domain.errors import Unavailable
from backend.domain.forwarding import (
    ApproverKind,
    Conflict,
    DisclosureReason,
    ForwardRequest,
    ForwardRequests,
    RequestStatus,
)
from backend.domain.label import Category, Label
from backend.domain.recipient import Concern, RecipientVerdict
from backend.domain.store import T
from backend.store.requests import DatabaseRequests
from backend.store.transactions import DatabaseStore
from tests.backend.store.at_once import ACTORS, at_once
from tests.backend.store.rows import AT, AUDIT_KEY, CONTENT, HOUR, KERSTIN, OMAR, SARA, forward_request, recipient


@pytest.fixture
def store(engine: Engine) -> DatabaseStore:
    return DatabaseStore(engine, AUDIT_KEY)


def on(store: DatabaseStore, step: Callable[[ForwardRequests], T], tenant: str = "granvik") -> T:
    return store.run(tenant, lambda work: step(work.requests))


def kept(store: DatabaseStore, *requests: ForwardRequest, tenant: str = "granvik") -> None:
    for request in requests:
        on(store, lambda requests, one=request: requests.add(one), tenant)  # type: ignore[misc]  # mypy infers no lambda with a default


def numbers(found: Any) -> list[int]:  # noqa: ANN401 - a sequence of requests
    return [int(one.id, 16) for one in found]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"recipients": (), "approvers": (), "categories": (), "sealed": None, "expires_at": AT},
        {"recipients": tuple(recipient(number) for number in range(100, 0, -1))},
        {"recipients": (recipient(1, concerns=(), sealed=None, approved=True),)},
        {"asked_at": AT.replace(microsecond=1), "expires_at": (AT + HOUR).astimezone(timezone(timedelta(hours=5)))},
        {
            "status": RequestStatus.USED, "label": Label.MYCKET_KANSLIG, "categories": tuple(Category),
            "reason": DisclosureReason.GENERAL_CLAUSE, "policy_version": "p" * 80, "sealed": bytes(4_000),
            "sealed_answer": b"\x00\xff", "decided_at": AT + HOUR, "decider": KERSTIN, "ended_at": AT + 2 * HOUR,
            "used_by": "s" * 64, "version": 9, "threads": tuple(f"{number:032x}" for number in range(51)),
            "approvers": tuple((f"{one:064}", kind) for one, kind in enumerate(ApproverKind)),
            "recipients": (recipient(1, verdict=RecipientVerdict.UNVERIFIABLE, concerns=tuple(Concern)),),
        },
    ],
    ids=["ordinary", "barest", "a hundred recipients", "erased", "another zone", "fullest"],
)  # fmt: skip
def test_request_comes_back_as_it_was(fields: dict[str, Any], store: DatabaseStore) -> None:
    given = forward_request(**fields)
    kept(store, given)
    for found in (
        on(store, lambda requests: requests.get(given.id)),
        on(store, lambda requests: requests.get(given.id, for_update=True)),
        store.look("granvik", lambda work: work.requests.get(given.id)),
    ):
        assert found == given
        assert found.asked_at.utcoffset() == found.expires_at.utcoffset() == timedelta()


def test_changed_request_comes_back_with_its_new_version(store: DatabaseStore) -> None:
    given = forward_request()
    kept(store, given, forward_request(1))
    changed = replace(
        given, status=RequestStatus.APPROVED, decider=KERSTIN, decided_at=AT + HOUR, sealed_answer=b"yes", sealed=None,
        recipients=(replace(given.recipients[0], approved=True, sealed=None), given.recipients[1]),
    )  # fmt: skip
    answered = on(store, lambda requests: requests.save(changed))
    assert answered == replace(changed, version=2)
    assert on(store, lambda requests: requests.get(given.id)) == answered
    assert on(store, lambda requests: requests.get(forward_request(1).id)) == forward_request(1)


def test_change_is_seen_by_who_made_it(store: DatabaseStore) -> None:
    kept(store, forward_request())

    def step(requests: ForwardRequests) -> None:
        first = requests.get("0" * 32, for_update=True)
        assert first
        second = requests.save(replace(first, status=RequestStatus.WITHDRAWN))
        assert requests.get("0" * 32) == second
        assert requests.save(second).version == 3

    on(store, step)


@pytest.mark.parametrize("version", [0, 2, 99])
def test_only_the_newest_version_is_changed(version: int, engine: Engine) -> None:
    kept(DatabaseStore(engine, AUDIT_KEY), forward_request())
    with Session(engine) as session, pytest.raises(Conflict):
        DatabaseRequests(session, "granvik").save(forward_request(version=version))


def test_request_that_is_not_there(engine: Engine, store: DatabaseStore) -> None:
    assert on(store, lambda requests: requests.get("0" * 32)) is None
    assert on(store, lambda requests: requests.get("0" * 32, for_update=True)) is None
    with Session(engine) as session, pytest.raises(Conflict):
        DatabaseRequests(session, "granvik").save(forward_request())


def test_same_id_twice(store: DatabaseStore) -> None:
    kept(store, forward_request())
    kept(store, forward_request(), tenant="elsewhere")
    with pytest.raises(IntegrityError):
        kept(store, forward_request(requester=OMAR))


def test_requests_of_a_requester(store: DatabaseStore) -> None:
    kept(store, *(forward_request(number, asked_at=AT + number * HOUR) for number in range(12)))
    kept(store, forward_request(20, requester=OMAR), forward_request(21, content="e" * 64))
    assert numbers(on(store, lambda requests: requests.of_requester(SARA, CONTENT))) == list(range(11, 1, -1))
    assert numbers(on(store, lambda requests: requests.of_requester(SARA, "e" * 64))) == [21]
    assert numbers(on(store, lambda requests: requests.of_requester(KERSTIN, CONTENT))) == []


def test_open_requests_are_those_that_wait(store: DatabaseStore) -> None:
    kept(store, *(forward_request(number, status=status) for number, status in enumerate(RequestStatus)))
    kept(store, forward_request(20), forward_request(21, requester=OMAR))
    assert [on(store, lambda requests, one=one: requests.open_of(one)) for one in (SARA, OMAR, KERSTIN)] == [2, 1, 0]  # type: ignore[misc]  # mypy infers no lambda with a default


def test_what_was_asked_since_counts_however_it_ended(store: DatabaseStore) -> None:
    ends = [RequestStatus.WITHDRAWN, RequestStatus.PENDING, RequestStatus.USED]
    kept(store, *(forward_request(number, status=one, asked_at=AT + number * HOUR) for number, one in enumerate(ends)))
    kept(store, forward_request(9, requester=OMAR))
    for since, count in ((AT, 3), (AT + HOUR, 2), (AT + 3 * HOUR, 0)):
        assert on(store, lambda requests, since=since: requests.asked_since(SARA, since)) == count  # type: ignore[misc]  # mypy infers no lambda with a default


def test_what_waits_for_whom(store: DatabaseStore) -> None:
    both = ((KERSTIN, ApproverKind.MANAGER), (OMAR, ApproverKind.INFORMATION_OWNER))
    kept(
        store,
        forward_request(0, asked_at=AT + HOUR),
        forward_request(1, approvers=both),
        forward_request(2, approvers=()),
        forward_request(3, requester=KERSTIN, approvers=both),
        *(forward_request(10 + n, status=one) for n, one in enumerate(RequestStatus) if one != RequestStatus.PENDING),
    )
    found = {
        (who, by_role): numbers(on(store, lambda requests, w=who, b=by_role: requests.to_decide(w, by_role=b)))  # type: ignore[misc]  # mypy infers no lambda with a default
        for who in (SARA, KERSTIN, OMAR)
        for by_role in (False, True)
    }
    assert found == {
        (SARA, False): [], (SARA, True): [3],
        (KERSTIN, False): [1, 0], (KERSTIN, True): [1, 2, 0],
        (OMAR, False): [1, 3], (OMAR, True): [1, 2, 3, 0],
    }  # fmt: skip
    assert numbers(on(store, lambda requests: requests.to_decide(OMAR, by_role=True, limit=2))) == [1, 2]


def test_what_somebody_decided(store: DatabaseStore) -> None:
    for number in range(4):
        decider, at = (KERSTIN, OMAR)[number % 2], AT + number * HOUR
        kept(store, forward_request(number, status=RequestStatus.REFUSED, decider=decider, decided_at=at))
    kept(store, forward_request(4))
    assert numbers(on(store, lambda requests: requests.decided_by(KERSTIN))) == [2, 0]
    assert numbers(on(store, lambda requests: requests.decided_by(KERSTIN, limit=1))) == [2]


def test_whose_time_is_over(store: DatabaseStore) -> None:
    for number, status in enumerate(RequestStatus):
        kept(store, forward_request(number, status=status, expires_at=AT - number * HOUR))
    kept(store, forward_request(20, expires_at=AT + timedelta(microseconds=1)))
    assert numbers(on(store, lambda requests: requests.due(AT))) == [1, 0]
    assert numbers(on(store, lambda requests: requests.due(AT, limit=1))) == [1]
    assert numbers(on(store, lambda requests: requests.due(AT - timedelta(microseconds=1)))) == [1]


@pytest.mark.parametrize("for_update", [False, True])
def test_of_several_decisions_one_counts(for_update: bool, url: str, store: DatabaseStore) -> None:  # noqa: FBT001 - a column of the table
    kept(store, forward_request())

    def decide(own: DatabaseStore, number: int) -> bool:
        def step(requests: ForwardRequests) -> bool:
            request = requests.get("0" * 32, for_update=for_update)
            assert request
            if request.status is not RequestStatus.PENDING:
                return False
            requests.save(replace(request, status=RequestStatus.APPROVED, decider=f"{number:064}"))
            return True

        return on(own, step)

    won = at_once(url, decide)
    last = on(store, lambda requests: requests.get("0" * 32))
    assert last
    assert sorted(won) == [False] * (ACTORS - 1) + [True]
    assert (last.version, last.decider) == (2, f"{won.index(True):064}")


def test_no_change_is_lost(url: str, store: DatabaseStore) -> None:
    kept(store, forward_request(recipients=()))

    def add_one(own: DatabaseStore, number: int) -> None:
        def step(requests: ForwardRequests) -> None:
            request = requests.get("0" * 32, for_update=True)
            assert request
            requests.save(replace(request, recipients=(*request.recipients, recipient(number))))

        on(own, step)

    at_once(url, add_one)
    last = on(store, lambda requests: requests.get("0" * 32))
    assert last
    assert (last.version, len(last.recipients)) == (1 + ACTORS, ACTORS)


def test_same_version_saved_by_several_is_kept_once(url: str, store: DatabaseStore) -> None:
    kept(store, forward_request())

    def save(own: DatabaseStore, number: int) -> bool:
        try:
            on(own, lambda requests: requests.save(forward_request(decider=f"{number:064}")))
        except Unavailable:
            return False
        return True

    assert sorted(at_once(url, save)) == [False] * (ACTORS - 1) + [True]
    last = on(store, lambda requests: requests.get("0" * 32))
    assert last
    assert last.version == 2


def test_same_question_asked_by_several_at_once_is_one_request(url: str, store: DatabaseStore) -> None:
    def ask(own: DatabaseStore, number: int) -> str:
        def step(requests: ForwardRequests) -> str:
            found = requests.of_requester(SARA, CONTENT)
            if found:
                return found[0].id
            assert requests.open_of(SARA) == 0
            requests.add(forward_request(number))
            return forward_request(number).id

        return on(own, step)

    assert len(set(at_once(url, ask))) == 1
    assert on(store, lambda requests: requests.open_of(SARA)) == 1
