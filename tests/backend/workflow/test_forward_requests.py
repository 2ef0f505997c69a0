"""Asking to forward, answering, withdrawing: what everybody sees and is told. On both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from backend.domain.errors import Refused
from backend.domain.forwarding import DisclosureReason, RequestStatus
from backend.domain.label import Category, Label
from backend.domain.recipient import RecipientVerdict
from backend.workflow.forward_view import ForwardDecision, RequestView
from tests.backend.store.conftest import engine, postgresql, postgresql_url, url  # noqa: F401 - fixtures
from tests.backend.workflow.asking import (
    BENGT,
    GUNNEL,
    JOHAN_ADDRESS,
    KERSTIN,
    OMAR,
    OMAR_ADDRESS,
    ROLE_MAILBOX,
    SARA,
    STRANGER,
    Asking,
    code,
    forward,
    open_asking,
)

YES, NO = ForwardDecision(approve=True), ForwardDecision(approve=False)
BOTH = (JOHAN_ADDRESS, OMAR_ADDRESS)


@pytest.fixture
def asking(engine: Engine, tmp_path: Path) -> Asking:  # noqa: F811 - the fixture
    return open_asking(engine, tmp_path)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Asking:
    from backend.store.database import open_database  # noqa: PLC0415 - beside the fixtures

    return open_asking(open_database(f"sqlite:///{tmp_path / 'records.sqlite3'}"), tmp_path)


def test_a_question_is_kept_told_and_logged(asking: Asking) -> None:
    question = asking.question(forward("", *BOTH), comment="Behövs före mötet på torsdag.")
    view, is_new = asking.desk.ask(question, SARA)
    assert is_new
    assert (view.status, view.label, view.categories) == (
        RequestStatus.PENDING,
        Label.MYCKET_KANSLIG,
        (Category.HEALTH,),
    )
    assert (view.own, view.may_decide) == (True, False)
    assert [one.mailbox.address for one in view.recipients if one.mailbox] == list(BOTH)
    assert {one.verdict for one in view.recipients} == {RecipientVerdict.OTHER_UNIT}
    assert asking.notices() == [
        ("approval_asked", ROLE_MAILBOX.address),
        ("approval_asked", KERSTIN.address),
    ]
    (row,) = asking.log()
    assert row.entry.event.value == "forward_requested"
    assert row.entry.details["request"] == view.id
    assert row.entry.details["recipients"] == 2
    assert (view.expires_at - view.asked_at).total_seconds() == 72 * 3600


def test_an_approver_sees_who_asks_and_never_the_text(asking: Asking) -> None:
    request = asking.asked(comment="Hon tar över efter mig.")
    view = asking.desk.seen(request, KERSTIN)
    assert view.requester is not None
    assert (view.requester.address, view.requester_title) == (SARA.address, "Socialsekreterare")
    assert view.comment == "Hon tar över efter mig."
    assert (view.own, view.may_decide) == (False, True)


@pytest.mark.parametrize(
    ("decision", "status", "notice", "event"),
    [
        (YES, RequestStatus.APPROVED, "request_approved", "forward_approved"),
        (
            ForwardDecision(approve=True, recipients=frozenset({OMAR_ADDRESS})),
            RequestStatus.APPROVED,
            "request_partly_approved",
            "forward_approved",
        ),
        (NO, RequestStatus.REFUSED, "request_refused", "forward_refused"),
    ],
)
def test_a_decision_has_one_outcome_told_to_who_asked(
    asking: Asking, decision: ForwardDecision, status: RequestStatus, notice: str, event: str
) -> None:
    request = asking.asked(forward("", *BOTH))
    first = asking.desk.decide(request, replace(decision, comment="Ring mig först."), KERSTIN)
    again = asking.desk.decide(request, decision, KERSTIN)
    assert first == again
    assert first.status is status
    assert first.decider is not None
    assert (first.decider.address, first.answer) == (KERSTIN.address, "Ring mig först.")
    assert asking.desk.seen(request, SARA).answer == "Ring mig först."
    assert asking.notices_of(request).count((notice, SARA.address)) == 1
    assert asking.events() == ["forward_requested", event]
    approved = {one.mailbox.address for one in first.recipients if one.approved and one.mailbox}
    expected = set(BOTH) if decision.recipients is None else set(decision.recipients)
    assert approved == (expected if decision.approve else set())


def test_who_has_decided_otherwise_or_second_is_told_how_it_stands(asking: Asking) -> None:
    request = asking.asked()
    asking.desk.decide(request, YES, KERSTIN)
    for decision, person in ((NO, KERSTIN), (YES, GUNNEL), (NO, GUNNEL)):
        with pytest.raises(Refused) as caught:
            asking.desk.decide(request, decision, person)
        assert (caught.value.code, caught.value.detail) == ("request_decided", "approved")
    assert asking.events() == ["forward_requested", "forward_approved"]


def test_nobody_decides_about_an_own_request(asking: Asking) -> None:
    request = asking.asked(person=KERSTIN)
    assert code(asking.desk.decide, request, YES, KERSTIN) == "own_request"
    # A second account of the same person is the same person.
    assert code(asking.desk.decide, request, YES, replace(KERSTIN, id="kerstin-admin")) == "own_request"
    assert code(asking.desk.decide, request, YES, OMAR) == "not_an_approver"
    assert asking.desk.decide(request, YES, BENGT).status is RequestStatus.APPROVED


def test_others_are_told_that_there_is_no_such_request(asking: Asking) -> None:
    request = asking.asked()
    for person in (OMAR, STRANGER):
        assert code(asking.desk.seen, request, person) == "forward_request_unknown"
        assert code(asking.desk.withdraw, request, person) == "forward_request_unknown"
    assert code(asking.desk.decide, request, YES, STRANGER) == "forward_request_unknown"
    for unknown in ("", "0" * 32, "x" * 32, f"{request}\x00", "å" * 32, "0" * 100_000):
        assert code(asking.desk.seen, unknown, KERSTIN) == "forward_request_unknown"
        assert code(asking.desk.decide, unknown, YES, KERSTIN) == "forward_request_unknown"


@pytest.mark.parametrize("people", [8])
def test_approvers_at_once_make_one_outcome(asking: Asking, people: int) -> None:
    request = asking.asked()
    approvers = [replace(KERSTIN, id=f"approver-{number}", address="") for number in range(people)]

    def decide(number: int) -> str:
        try:
            asking.desk.decide(request, YES if number % 2 else NO, approvers[number])
        except Refused as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(people) as pool:
        outcomes = sorted(pool.map(decide, range(people)))
    assert outcomes == ["done", *["request_decided"] * (people - 1)]
    assert len(asking.events()) == 2
    assert len([one for one in asking.notices_of(request) if one[1] == SARA.address]) == 1


def test_time_runs_out_for_a_question_and_for_an_approval(asking: Asking) -> None:
    unanswered, unused = asking.asked(), asking.asked(reason=DisclosureReason.DUTY)
    asking.desk.decide(unused, YES, KERSTIN)
    asking.clock.forward(48)
    assert asking.desk.seen(unused, SARA).status is RequestStatus.EXPIRED
    asking.clock.forward(24)
    assert [one.id for one in asking.desk.waiting(KERSTIN)] == []
    assert code(asking.desk.decide, unanswered, YES, KERSTIN) == "request_expired"
    assert asking.kept(unanswered).status is RequestStatus.EXPIRED
    # The decision stands: who repeats it is told how it ended.
    assert asking.desk.decide(unused, YES, KERSTIN).status is RequestStatus.EXPIRED
    assert asking.notices().count(("request_expired", SARA.address)) == 2


def test_the_worker_ends_all_that_is_due(asking: Asking) -> None:
    requests = [asking.asked(reason=reason) for reason in DisclosureReason]
    assert asking.expiry.expire_due("granvik") == 0
    asking.clock.forward(72)
    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(asking.expiry.expire_due, ["granvik"] * 4))
    assert sum(ended) == len(requests)
    assert asking.events().count("forward_expired") == len(requests)
    assert asking.notices().count(("request_expired", SARA.address)) == len(requests)


def test_a_question_is_withdrawn_and_those_asked_are_told(asking: Asking) -> None:
    request = asking.asked()
    assert code(asking.desk.withdraw, request, KERSTIN) == "not_the_requester"
    first, again = (asking.desk.withdraw(request, SARA) for _ in range(2))
    assert first == again
    assert first.status is RequestStatus.WITHDRAWN
    assert code(asking.desk.decide, request, YES, KERSTIN) == "request_withdrawn"
    told = [one for one in asking.notices_of(request) if one[0] == "request_withdrawn"]
    assert told == [("request_withdrawn", ROLE_MAILBOX.address), ("request_withdrawn", KERSTIN.address)]
    assert asking.events() == ["forward_requested", "forward_withdrawn"]


def test_an_unused_approval_is_given_back(asking: Asking) -> None:
    request = asking.asked()
    asking.desk.decide(request, YES, KERSTIN)
    assert asking.desk.withdraw(request, SARA).status is RequestStatus.WITHDRAWN
    assert asking.usable(request, asking.leaving(forward())) is None
    assert not [one for one in asking.notices() if one[0] == "request_withdrawn"]


def test_what_waits_and_what_was_decided(asking: Asking) -> None:
    of_sara, of_kerstin = asking.asked(), asking.asked(person=KERSTIN)
    assert [one.id for one in asking.desk.waiting(KERSTIN)] == [of_sara]
    assert [one.id for one in asking.desk.waiting(BENGT)] == [of_kerstin]
    assert {one.id for one in asking.desk.waiting(GUNNEL)} == {of_sara, of_kerstin}
    assert asking.desk.waiting(OMAR) == []
    asking.desk.decide(of_sara, NO, GUNNEL)
    assert [one.id for one in asking.desk.decided(GUNNEL)] == [of_sara]
    assert asking.desk.decided(KERSTIN) == []


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [(frozenset(), "recipients_missing"), (frozenset({OMAR_ADDRESS}), "recipients_not_asked_for")],
)
def test_only_those_asked_for_are_approved(on_sqlite: Asking, chosen: frozenset[str], expected: str) -> None:
    request = on_sqlite.asked()
    assert code(on_sqlite.desk.decide, request, ForwardDecision(approve=True, recipients=chosen), KERSTIN) == expected
    assert on_sqlite.kept(request).status is RequestStatus.PENDING


def test_who_cannot_be_shown_is_not_approved_unseen(asking: Asking) -> None:
    request = asking.asked(forward("", *BOTH))
    kept = asking.kept(request)
    first, second = kept.recipients
    # As somebody with access to the database could do it: another's address, one that cannot be read, none at all.
    for sealed in (second.sealed, b"", b"garbage", bytes(40), None):
        changed = replace(asking.kept(request), recipients=(replace(first, sealed=sealed), second))
        asking.store.run("granvik", lambda work, changed=changed: work.requests.save(changed))  # type: ignore[misc]  # mypy infers no lambda with a default
        assert code(asking.desk.decide, request, YES, KERSTIN) == "recipients_not_asked_for"
    assert asking.kept(request).status is RequestStatus.PENDING
    alone = ForwardDecision(approve=True, recipients=frozenset({OMAR_ADDRESS}))
    view = asking.desk.decide(request, alone, KERSTIN)
    assert [one.approved for one in view.recipients] == [False, True]


def test_a_refusal_needs_nobody_shown(asking: Asking) -> None:
    request = asking.asked()
    kept = asking.kept(request)
    bare = replace(kept, recipients=tuple(replace(one, sealed=None) for one in kept.recipients))
    asking.store.run("granvik", lambda work: work.requests.save(bare))
    assert asking.desk.decide(request, NO, KERSTIN).status is RequestStatus.REFUSED


def test_erased_fields_leave_the_outcome(asking: Asking) -> None:
    request = asking.asked()
    asking.desk.decide(request, YES, KERSTIN)
    bare = replace(
        asking.kept(request),
        sealed=None,
        sealed_answer=None,
        recipients=tuple(replace(one, sealed=None) for one in asking.kept(request).recipients),
    )
    asking.store.run("granvik", lambda work: work.requests.save(bare))
    view: RequestView = asking.desk.seen(request, SARA)
    assert (view.requester, view.decider, view.comment, view.recipients[0].mailbox) == (None, None, "", None)
    assert view.status is RequestStatus.APPROVED
    assert asking.desk.decide(request, YES, KERSTIN).status is RequestStatus.APPROVED
