"""What can become of a request, whatever happens in whatever order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.errors import CodedError
from backend.domain.forwarding import DisclosureReason, ForwardRequest, RequestedRecipient, RequestStatus
from backend.domain.label import Category, Label
from backend.domain.recipient import RecipientVerdict
from backend.domain.threads import NO_STANDING, ThreadStanding
from backend.forwarding.coverage import Forwarded, covers
from backend.forwarding.transitions import OPEN, Ruling, decided, expired, is_over, may_use, used, withdrawn

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ENDED = frozenset(RequestStatus) - OPEN


def request(status: RequestStatus = RequestStatus.PENDING, **fields: object) -> ForwardRequest:
    recipients = tuple(RequestedRecipient(key, RecipientVerdict.VERIFIED) for key in ("r1", "r2"))
    fresh = ForwardRequest(
        id="1" * 32,
        requester="asks",
        status=RequestStatus.PENDING,
        label=Label.KANSLIG,
        categories=(Category.HEALTH, Category.UNION),
        reason=DisclosureReason.SAME_CASE,
        content="content",
        own="own",
        recipients=recipients,
        asked_at=NOW,
        expires_at=NOW + 10 * HOUR,
        policy_version="1",
    )
    made = fresh
    if status in (RequestStatus.APPROVED, RequestStatus.USED):
        made = decided(fresh, ruling(), NOW)
    if status is RequestStatus.USED:
        made = used(made, "session", NOW)
    if status is RequestStatus.REFUSED:
        made = decided(fresh, ruling(approve=False), NOW)
    if status is RequestStatus.WITHDRAWN:
        made = withdrawn(fresh, "asks", NOW)
    if status is RequestStatus.EXPIRED:
        made = expired(fresh, NOW + 10 * HOUR)
    assert made.status is status
    return replace(made, **fields)  # type: ignore[arg-type]  # a test's own fields


def ruling(decider: str = "decides", *recipients: str, approve: bool = True) -> Ruling:
    return Ruling(decider, approve, frozenset(recipients or ("r1", "r2")), NOW + 20 * HOUR, b"sealed")


def code(call: object, *args: object) -> str:
    assert callable(call)
    with pytest.raises(CodedError) as caught:
        call(*args)
    return caught.value.code


def test_an_approval_is_for_some_or_all_and_has_its_own_time() -> None:
    some = decided(request(), ruling("decides", "r2"), NOW)
    assert (some.status, some.approved_keys, some.decider) == (RequestStatus.APPROVED, frozenset({"r2"}), "decides")
    assert (some.expires_at, some.ended_at, some.decided_at) == (NOW + 20 * HOUR, None, NOW)
    refused = decided(request(), ruling(approve=False), NOW)
    assert (refused.status, refused.approved_keys, refused.ended_at) == (RequestStatus.REFUSED, frozenset(), NOW)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (RequestStatus.APPROVED, "request_decided"),
        (RequestStatus.REFUSED, "request_decided"),
        (RequestStatus.USED, "request_decided"),
        (RequestStatus.EXPIRED, "request_expired"),
        (RequestStatus.WITHDRAWN, "request_withdrawn"),
    ],
)
def test_a_second_decision_is_told_how_it_stands(status: RequestStatus, expected: str) -> None:
    for second in (ruling("another"), ruling("another", approve=False), ruling("decides", "r1")):
        assert code(decided, request(status), second, NOW) == expected


@pytest.mark.parametrize("status", [RequestStatus.APPROVED, RequestStatus.USED, RequestStatus.REFUSED])
def test_the_same_decision_again_changes_nothing(status: RequestStatus) -> None:
    known = request(status)
    same = ruling(approve=status is not RequestStatus.REFUSED)
    assert decided(known, same, NOW + 100 * HOUR) is known


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (ruling("asks"), "own_request"),
        (ruling("asks", approve=False), "own_request"),
        (Ruling("decides", approve=True, recipients=frozenset(), until=NOW), "recipients_missing"),
        (ruling("decides", "r1", "r3"), "recipients_not_asked_for"),
    ],
)
def test_what_is_no_decision(given: Ruling, expected: str) -> None:
    assert code(decided, request(), given, NOW) == expected


def test_over_time_nothing_goes() -> None:
    late = NOW + 10 * HOUR
    assert code(decided, request(), ruling(), late) == "request_expired"
    assert code(withdrawn, request(), "asks", late) == "request_expired"
    assert code(used, request(RequestStatus.APPROVED), "session", NOW + 20 * HOUR) == "approval_not_usable"
    assert not may_use(request(RequestStatus.USED), "session", NOW + 20 * HOUR)


@pytest.mark.parametrize("status", list(RequestStatus))
def test_withdrawing(status: RequestStatus) -> None:
    known = request(status)
    assert code(withdrawn, known, "decides", NOW) == "not_the_requester"
    if status in OPEN:
        assert withdrawn(known, "asks", NOW).status is RequestStatus.WITHDRAWN
    elif status is RequestStatus.WITHDRAWN:
        assert withdrawn(known, "asks", NOW + HOUR) is known
    else:
        assert code(withdrawn, known, "asks", NOW) in {"request_decided", "request_expired"}


@pytest.mark.parametrize("status", sorted(ENDED))
def test_what_has_ended_does_not_expire(status: RequestStatus) -> None:
    known = request(status)
    assert expired(known, NOW + 1000 * HOUR) is known


def test_an_approval_is_used_once() -> None:
    spent = used(request(RequestStatus.APPROVED), "session", NOW)
    assert (spent.status, spent.used_by, spent.ended_at) == (RequestStatus.USED, "session", NOW)
    assert used(spent, "session", NOW + HOUR) is spent
    assert code(used, spent, "another", NOW) == "approval_not_usable"
    without = used(request(RequestStatus.APPROVED), None, NOW)
    for session in (None, "session"):
        assert code(used, without, session, NOW) == "approval_not_usable"


FORWARDED = Forwarded("content", "own", Label.KANSLIG, frozenset({Category.HEALTH}), Label.KANSLIG, NO_STANDING)


@pytest.mark.parametrize(
    ("changed", "holds"),
    [
        ({}, True),
        ({"content": "other"}, False),
        ({"own": "other"}, False),
        ({"own": "other", "own_label": Label.NONE}, True),
        ({"label": Label.MYCKET_KANSLIG}, False),
        ({"label": Label.NONE}, True),
        ({"categories": frozenset({Category.HEALTH, Category.CRIMINAL})}, False),
        ({"categories": frozenset()}, True),
        ({"standing": None}, False),
        ({"standing": ThreadStanding(Label.KANSLIG, ("t1",))}, True),
        ({"standing": ThreadStanding(Label.KANSLIG, ("t2", "t1"))}, True),
        ({"standing": ThreadStanding(Label.KANSLIG, ("t1", "t3"))}, False),
        ({"standing": ThreadStanding(Label.MYCKET_KANSLIG, ("t1",))}, False),
    ],
)
def test_what_a_request_covers(changed: dict[str, object], holds: bool) -> None:  # noqa: FBT001 - a table's column
    assert covers(request(threads=("t1", "t2")), replace(FORWARDED, **changed)) is holds  # type: ignore[arg-type]  # a table's column


STEPS = st.one_of(
    st.tuples(
        st.just("decide"),
        st.builds(
            Ruling,
            decider=st.sampled_from(["asks", "d1", "d2"]),
            approve=st.booleans(),
            recipients=st.frozensets(st.sampled_from(["r1", "r2", "r3"])),
            until=st.just(NOW + 12 * HOUR),
        ),
    ),
    st.tuples(st.just("withdraw"), st.sampled_from(["asks", "d1"])),
    st.tuples(st.just("expire"), st.none()),
    st.tuples(st.just("use"), st.sampled_from([None, "s1", "s2"])),
    st.tuples(st.just("wait"), st.integers(0, 9)),
)


@given(st.lists(STEPS, max_size=30))
def test_whatever_happens_a_request_only_goes_forward(steps: list[tuple[str, object]]) -> None:
    known, now, uses = request(), NOW, 0
    calls = {"decide": decided, "withdraw": withdrawn, "use": used}
    for name, given_to in steps:
        if name == "wait":
            now += HOUR * int(str(given_to))
            continue
        before = known
        try:
            known = expired(known, now) if name == "expire" else calls[name](known, given_to, now)  # type: ignore[operator]  # one of three
        except CodedError:
            continue
        if known is before:
            continue
        assert before.status in OPEN
        assert known.status is not RequestStatus.PENDING
        assert known.decider != known.requester
        assert known.approved_keys <= {"r1", "r2"}
        uses += known.status is RequestStatus.USED
        if known.status in ENDED:
            assert known.ended_at == now
        if known.status in (RequestStatus.APPROVED, RequestStatus.USED):
            assert known.approved_keys
            assert not is_over(before, now)
    assert uses <= 1
