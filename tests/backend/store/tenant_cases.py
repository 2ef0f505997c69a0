"""Every public method of the store's classes, with what it answers for a tenant that has rows and for another one."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from backend.domain.audit import AuditEntry, Event
from backend.domain.feedback import FeedbackRecord
from backend.domain.forwarding import Conflict, ForwardRequests, RequestStatus
from backend.domain.habits import Gathering
from backend.domain.label import Label
from backend.domain.notices import Notices, NoticeState
from backend.domain.store import Work
from backend.domain.threads import Block, BlockMatch, FlaggedThread, Mark, MarkKind, Print, Registration, ThreadRegister
from backend.store.audit import AuditQuery, DatabaseAudit
from backend.store.feedback import DatabaseFeedback
from backend.store.habits import DatabaseHabits
from backend.store.person_rows import DatabasePersonRows, Erasure, PersonHashes
from backend.store.retention import DatabaseRetention
from backend.store.transactions import DatabaseStore
from tests.backend.store.rows import AT, AUDIT_KEY, CONTENT, HOUR, KERSTIN, SARA, forward_request, notice, recipient
from tests.backend.store.rows import send as send_record

DAY = date(2026, 11, 21)
DRAFT, RECEIPT, RECIPIENT = "2" * 64, "4" * 64, "5" * 32
THREAD, PARTICIPANT = "6" * 32, "8" * 64
MARK = Mark(MarkKind.CONVERSATION, "7" * 64)
REQUEST = forward_request(recipients=(recipient(1),))
DECIDED = replace(REQUEST, status=RequestStatus.APPROVED, decider=KERSTIN, decided_at=AT, expires_at=AT)
LATER = AT + timedelta(days=999)


def answer(tenant: str, receipt: str, right: Label) -> FeedbackRecord:
    return FeedbackRecord(
        tenant, receipt, SARA, DAY, Label.KANSLIG, right, None, (), b"{}", b"", bytes(16), "0" * 16, "words-1:0",
        "linear-0",
    )  # fmt: skip


def gathering(*, labelled: bool) -> Gathering:
    return Gathering(DRAFT, DAY, labelled, frozenset({RECIPIENT}))


def registration(label: Label) -> Registration:
    return Registration(THREAD, label, AT, (MARK,), (Block((Print(1),)),), frozenset({PARTICIPANT}))


def fill(engine: Engine, tenant: str) -> None:
    """A row in every table."""

    def step(work: Work) -> None:
        work.sends.add(send_record(tenant=tenant))
        work.threads.register(registration(Label.KANSLIG))
        work.requests.add(REQUEST)
        work.notices.add(notice())
        work.audit.append(AuditEntry(Event.FORWARD_REQUESTED, AT, SARA))

    DatabaseStore(engine, AUDIT_KEY).run(tenant, step)
    DatabaseFeedback(engine).put(answer(tenant, RECEIPT, Label.NONE), 1)
    DatabaseHabits(engine).remember(tenant, SARA, gathering(labelled=False))


@dataclass(frozen=True, slots=True)
class Case:
    """A call, what it answers for the tenant that has rows, and what for another one with the same hashes."""

    call: Callable[[Engine, str], object]
    own: object = None
    other: object = None


def stepping(step: Callable[[Work], object], own: object = None, other: object = None) -> Case:
    """A call inside a step of the tenant."""
    return Case(lambda on, tenant: DatabaseStore(on, AUDIT_KEY).run(tenant, step), own, other)


def threads(call: Callable[[ThreadRegister], object], own: object = None, other: object = None) -> Case:
    return stepping(lambda work: call(work.threads), own, other)


def requests(call: Callable[[ForwardRequests], object], own: object = None, other: object = None) -> Case:
    return stepping(lambda work: call(work.requests), own, other)


def notices(call: Callable[[Notices], object], own: object = None, other: object = None) -> Case:
    return stepping(lambda work: call(work.notices), own, other)


def audit(call: Callable[[DatabaseAudit], object], own: object = None, other: object = None) -> Case:
    def in_transaction(on: Engine, tenant: str) -> object:
        with Session(on) as session, session.begin():
            return call(DatabaseAudit(session, tenant, AUDIT_KEY))

    return Case(in_transaction, own, other)


def retention(call: Callable[[DatabaseRetention, str], object], own: object = None, other: object = None) -> Case:
    return Case(lambda on, tenant: call(DatabaseRetention(on, AUDIT_KEY), tenant), own, other)


def person(call: Callable[[DatabasePersonRows, PersonHashes], object], own: object, other: object = None) -> Case:
    def of_sara(on: Engine, tenant: str) -> object:
        parts = (lambda _: frozenset({PARTICIPANT}), lambda _: frozenset({recipient(1).key}))
        return call(DatabasePersonRows(on, AUDIT_KEY), PersonHashes(tenant, SARA, SARA, SARA, *parts))

    return Case(of_sara, own, other)


def erased(rows: DatabasePersonRows, who: PersonHashes) -> dict[str, int]:
    """Of which table how many rows went."""
    return dict(+Counter(rows.erase(who, rows.find(who, lambda _: True), Erasure(AT, {}, lambda _: {}))))


def decided(requests: ForwardRequests) -> bool:
    """Whether there was a request to decide."""
    try:
        requests.save(DECIDED)
    except Conflict:
        return False
    return list(requests.due(AT)) == list(requests.decided_by(KERSTIN)) == [replace(DECIDED, version=2)]


def numbers(rows: Any) -> list[int]:  # noqa: ANN401 - an iterator of audit rows
    return [row.number for row in rows]


CLAIMED = notice(due_at=LATER)
OF_SARA = dict.fromkeys(
    (
        "send_check", "forward_request", "forward_recipient", "notice", "thread_participant", "feedback", "habit",
        "audit_event",
    ),
    1,
)  # fmt: skip
CASES = {
    "DatabaseSends.add": Case(
        lambda on, tenant: DatabaseStore(on, AUDIT_KEY).run(
            tenant, lambda work: work.sends.add(send_record(tenant=tenant))
        )
    ),
    "DatabaseThreads.by_marks": threads(
        lambda register: register.by_marks([MARK]),
        own=[FlaggedThread(THREAD, Label.KANSLIG, frozenset({MarkKind.CONVERSATION}))],
        other=[],
    ),
    "DatabaseThreads.by_content": threads(
        lambda register: [replace(one, block=0) for one in register.by_content([1, 2], 1)],
        own=[BlockMatch(THREAD, 0, 1, 1, 0, 0)],
        other=[],
    ),
    "DatabaseThreads.threads": threads(
        lambda register: register.threads([THREAD]), own=[FlaggedThread(THREAD, Label.KANSLIG)], other=[]
    ),
    "DatabaseThreads.participants": threads(
        lambda register: register.participants(THREAD), own=frozenset({PARTICIPANT}), other=frozenset()
    ),
    "DatabaseThreads.register": threads(lambda register: register.register(registration(Label.MYCKET_KANSLIG))),
    "DatabaseRequests.get": requests(lambda requests: requests.get(REQUEST.id), own=REQUEST),
    "DatabaseRequests.add": requests(lambda requests: requests.add(forward_request(1))),
    "DatabaseRequests.save": requests(decided, own=True, other=False),
    "DatabaseRequests.of_requester": requests(
        lambda requests: requests.of_requester(SARA, CONTENT), own=[REQUEST], other=[]
    ),
    "DatabaseRequests.open_of": requests(lambda requests: requests.open_of(SARA), own=1, other=0),
    "DatabaseRequests.asked_since": requests(lambda requests: requests.asked_since(SARA, AT), own=1, other=0),
    "DatabaseRequests.to_decide": requests(
        lambda requests: requests.to_decide(KERSTIN, by_role=False), own=[REQUEST], other=[]
    ),
    "DatabaseRequests.to_decide (by role)": requests(
        lambda requests: requests.to_decide("0" * 64, by_role=True), own=[REQUEST], other=[]
    ),
    "DatabaseRequests.decided_by": requests(decided, own=True, other=False),
    "DatabaseRequests.due": requests(lambda requests: requests.due(LATER), own=[REQUEST], other=[]),
    "DatabaseNotices.add": notices(lambda outbox: outbox.add(notice(1))),
    "DatabaseNotices.claim": notices(lambda outbox: outbox.claim(AT, LATER), own=[CLAIMED], other=[]),
    "DatabaseNotices.save": notices(lambda outbox: outbox.save(notice(state=NoticeState.DEAD))),
    "DatabaseNotices.newest": notices(lambda outbox: outbox.newest(), own=[notice()], other=[]),
    "DatabaseAudit.append": audit(lambda log: log.append(AuditEntry(Event.LOG_READ, AT, SARA)), own=2, other=1),
    "DatabaseAudit.rows": audit(lambda log: numbers(log.rows()), own=[1], other=[]),
    "DatabaseAudit.oldest": audit(lambda log: numbers(log.oldest(AuditQuery())), own=[1], other=[]),
    "DatabaseAudit.newest": audit(lambda log: numbers(log.newest(AuditQuery())), own=[1], other=[]),
    "DatabaseAudit.end": audit(lambda log: log.end().number, own=1, other=0),
    "DatabaseAudit.hold": audit(lambda log: log.hold()),
    "DatabaseAudit.begin_after": audit(lambda log: log.begin_after(0, "0" * 64)),
    "DatabaseAudit.verify": audit(lambda log: (log.verify().rows, log.verify().fault), own=(1, None), other=(0, None)),
    "DatabaseAudit.erase": audit(lambda log: log.erase(SARA, AT, lambda _: {}), own=1, other=0),
    "DatabaseRetention.purge": retention(
        lambda rows, tenant: dict(+Counter(rows.purge(tenant, "send_checks", LATER, LATER))),
        own={"send_check": 1},
        other={},
    ),
    "DatabaseRetention.left": retention(
        lambda rows, tenant: rows.left(tenant, "flagged_threads", LATER), own=1, other=0
    ),
    "DatabaseRetention.verify": retention(lambda rows, tenant: rows.verify(tenant).rows, own=1, other=0),
    "DatabaseRetention.note": retention(
        lambda rows, tenant: rows.note(tenant, AuditEntry(Event.LOG_READ, AT + HOUR, SARA))
    ),
    "DatabasePersonRows.requests_by": person(
        lambda rows, who: rows.requests_by(who.tenant, who.actor), own=[REQUEST], other=[]
    ),
    "DatabasePersonRows.find": person(
        lambda rows, who: dict(+Counter(rows.find(who, lambda _: True).counts)), own=OF_SARA, other={}
    ),
    "DatabasePersonRows.erase": person(erased, own=OF_SARA | {"forward_approver": 1}, other={}),
    "DatabasePersonRows.note": person(
        lambda rows, who: rows.note(who.tenant, AuditEntry(Event.LOG_READ, AT, SARA)), own=None
    ),
    # One a day: what another tenant's person of the same hash has given does not count.
    "DatabaseFeedback.put": Case(
        lambda on, tenant: DatabaseFeedback(on).put(answer(tenant, "6" * 64, Label.KANSLIG), 1), own=False, other=True
    ),
    "DatabaseFeedback.put (again)": Case(
        lambda on, tenant: DatabaseFeedback(on).put(answer(tenant, RECEIPT, Label.KANSLIG), 1), own=True, other=True
    ),
    "DatabaseFeedback.forget_actor": Case(
        lambda on, tenant: DatabaseFeedback(on).forget_actor(tenant, SARA), own=1, other=0
    ),
    "DatabaseHabits.remember": Case(
        lambda on, tenant: DatabaseHabits(on).remember(tenant, SARA, gathering(labelled=True))
    ),
    "DatabaseHabits.gatherings": Case(
        lambda on, tenant: DatabaseHabits(on).gatherings(tenant, SARA), own=[gathering(labelled=False)], other=[]
    ),
    "DatabaseHabits.forget_actor": Case(
        lambda on, tenant: DatabaseHabits(on).forget_actor(tenant, SARA), own=1, other=0
    ),
}
WHOLE_INSTALLATION = {
    "DatabaseStore.run": "every case of a step goes through it",
    "DatabaseStore.look": "the same, without changes",
    "DatabaseStore.tenants": "tells the tenants themselves",
    "DatabaseStore.is_reachable": "reads no row",
    "DatabaseRetention.settle": "writes to the disk what is deleted already",
    "DatabaseFeedback.answers": "training at the command line; each answer tells its tenant",
    "DatabaseFeedback.forget_before": "what is too old is too old everywhere",
    "DatabaseHabits.forget_before": "the same",
}
