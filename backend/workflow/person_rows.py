"""What is kept of one employee, handed out or erased on request (GDPR articles 15 and 17).

person → hashes and addresses → rows of every table → a readable document, or nothing left
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from backend.domain.audit import AuditEntry, AuditRow, Detail, Event
from backend.domain.draft import Mailbox
from backend.domain.forwarding import ForwardRequest, RequestStatus
from backend.domain.notices import NoticeKind
from backend.domain.store import Store, Work
from backend.forwarding.transitions import OPEN
from backend.store.person_rows import DatabasePersonRows, Erasure, PersonHashes, PersonRows
from backend.workflow.feedback_keys import FeedbackKeys
from backend.workflow.forward_notices import ForwardNotices
from backend.workflow.forward_seals import Asked, ForwardSeals, notice_place
from backend.workflow.habit_keys import HabitKeys
from backend.workflow.purge_rows import LOG_KEYS
from backend.workflow.record_keys import RecordKeys
from backend.workflow.sealing import Sealer

_TO_REQUESTER = frozenset(
    {
        NoticeKind.REQUEST_APPROVED,
        NoticeKind.REQUEST_PARTLY_APPROVED,
        NoticeKind.REQUEST_REFUSED,
        NoticeKind.REQUEST_EXPIRED,
    }
)
"""Notices of a request that go to who asked, also once their mailbox is erased."""
Document = dict[str, list[dict[str, Any]]]
"""By kind of row (codes of `texts/audit.toml`): rows by field."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The employee: the id at sign-in (Entra's object id) and, where known, addresses. `repr` shows none of it."""

    tenant: str
    id: str
    addresses: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return "Subject(…)"


def _utc_now() -> datetime:
    return datetime.now(UTC)


class PersonRegister:
    """Looks up and erases employees in one installation. All methods raise Unavailable."""

    def __init__(
        self, rows: DatabasePersonRows, store: Store, secret: bytes, clock: Callable[[], datetime] = _utc_now
    ) -> None:
        self._rows, self._store = rows, store
        self._keys, self._sealer = RecordKeys(secret), Sealer(secret)
        self._feedback, self._habits = FeedbackKeys(secret), HabitKeys(secret)
        self._clock = clock

    def export(self, subject: Subject) -> Document:
        """Every row of the person. That it was handed out is logged; to whom and of whom is not."""
        whole = self._with_known_addresses(subject)
        found = self._find(whole)
        details: dict[str, Detail] = {"rows": sum(found.counts.values())}
        self._rows.note(subject.tenant, AuditEntry(Event.PERSON_EXPORTED, self._clock(), details=details))
        return _document(found, ForwardSeals(self._sealer, subject.tenant))

    def erase(self, subject: Subject) -> tuple[dict[str, int], int]:
        """Erases every row of the person: how many went of which table, and how many are found after that."""
        whole = self._with_known_addresses(subject)
        actor = self._keys.actor(subject.tenant, subject.id)
        for request in self._rows.requests_by(subject.tenant, actor):
            if request.requester == actor and request.status in OPEN:
                self._store.run(subject.tenant, partial(self._withdraw, subject.tenant, request.id))
        found = self._find(whole)
        erasure = Erasure(self._clock(), self._resealed(whole, found.named), _logged)
        counts = self._rows.erase(self._hashes(whole), found, erasure)
        return counts, sum(self._find(whole).counts.values())

    def _withdraw(self, tenant: str, request_id: str, work: Work) -> None:
        """Those who were asked are told that no answer is needed any more."""
        request, now = work.requests.get(request_id, for_update=True), self._clock()
        if request is None or request.status not in OPEN:
            return
        gone = work.requests.save(replace(request, status=RequestStatus.WITHDRAWN, ended_at=now))
        ForwardNotices(self._keys, self._sealer).ended(work, tenant, gone, now)
        details = {"request": request_id, "status": request.status.value}
        work.audit.append(AuditEntry(Event.FORWARD_WITHDRAWN, now, request.requester, details))

    def _find(self, subject: Subject) -> PersonRows:
        own = {one.id for one in self._rows.requests_by(subject.tenant, self._keys.actor(subject.tenant, subject.id))}

        def is_theirs(notice: Mapping[str, Any]) -> bool:
            to = self._sealer.open(subject.tenant, notice_place(notice["id"]), notice["sealed"])
            if to:
                return Mailbox(to["address"]).key in subject.addresses
            return notice["request_id"] in own and notice["kind"] in _TO_REQUESTER

        return self._rows.find(self._hashes(subject), is_theirs)

    def _hashes(self, subject: Subject) -> PersonHashes:
        keys, tenant, addresses = self._keys, subject.tenant, subject.addresses
        return PersonHashes(
            tenant=tenant,
            actor=keys.actor(tenant, subject.id),
            feedback=self._feedback.actor(tenant, subject.id),
            habits=self._habits.actor(tenant, subject.id),
            participant=lambda thread: frozenset(keys.participant(tenant, thread, one) for one in addresses),
            recipient=lambda request: frozenset(keys.recipient(tenant, request, one) for one in addresses),
        )

    def _with_known_addresses(self, subject: Subject) -> Subject:
        """With the addresses under which the person asked and decided."""
        actor = self._keys.actor(subject.tenant, subject.id)
        seals = ForwardSeals(self._sealer, subject.tenant)
        known = {Mailbox(one).key for one in subject.addresses}
        for request in self._rows.requests_by(subject.tenant, actor):
            asked, answered = seals.opened_asked(request), seals.opened_answer(request)
            if asked and request.requester == actor:
                known.add(asked.requester.key)
            if answered and request.decider == actor:
                known.add(answered.decider.key)
        return replace(subject, addresses=frozenset(known - {""}))

    def _resealed(self, subject: Subject, named: Iterable[ForwardRequest]) -> dict[str, bytes]:
        """Questions that were put to the person among others, without the person."""
        seals = ForwardSeals(self._sealer, subject.tenant)
        anew: dict[str, bytes] = {}
        for request in named:
            asked = seals.opened_asked(request)
            if asked:
                told = tuple(one for one in asked.told if one.key not in subject.addresses)
                anew[request.id] = seals.asked(request.id, replace(asked, told=told))
        return anew


def _logged(counts: Mapping[str, int]) -> dict[str, Detail]:
    return {LOG_KEYS[table]: count for table, count in counts.items() if count and table in LOG_KEYS}


def _document(rows: PersonRows, seals: ForwardSeals) -> Document:
    return {
        "send_check": [_plain(one) for one in rows.sends],
        "forward_request": [_asked(one, seals) for one in rows.asked],
        "forward_decided": [_decided(one, seals) for one in rows.decided],
        "forward_approver": [{"request_id": one.id, "asked_at": _told(one.asked_at)} for one in rows.named],
        "forward_recipient": [{"request_id": request} for request, _ in rows.received],
        "notice": [_plain(one) for one in rows.notices],
        "thread_participant": [{"thread_id": thread, "participant_key": key} for thread, key in rows.threads],
        "feedback": [_plain(one) for one in rows.feedback],
        "habit": [{"count": rows.habits}] if rows.habits else [],
        "audit_event": [_logged_row(one) for one in rows.audit],
    }


def _asked(request: ForwardRequest, seals: ForwardSeals) -> dict[str, Any]:
    asked = seals.opened_asked(request) or Asked(Mailbox(""))
    recipients = [seals.opened_recipient(request.id, one) for one in request.recipients]
    # What was said of the person is theirs to know; who said it is of somebody else.
    answered = seals.opened_answer(request)
    return _of_request(request) | {
        "name": asked.requester.name,
        "address": asked.requester.address,
        "title": asked.title,
        "comment": asked.comment,
        "answer_comment": answered.comment if answered else "",
        "recipients": [one.address if one else "" for one in recipients],
        "expires_at": _told(request.expires_at),
    }


def _decided(request: ForwardRequest, seals: ForwardSeals) -> dict[str, Any]:
    # Who asked and for whom is of other people: not handed out with what the decider did.
    answered = seals.opened_answer(request)
    if answered is None:
        return _of_request(request)
    decider = answered.decider
    return _of_request(request) | {"name": decider.name, "address": decider.address, "comment": answered.comment}


def _of_request(request: ForwardRequest) -> dict[str, Any]:
    return {
        "request_id": request.id,
        "status": request.status.value,
        "label": request.label.value,
        "categories": [one.value for one in request.categories],
        "reason": request.reason.value,
        "asked_at": _told(request.asked_at),
        "decided_at": _told(request.decided_at),
        "ended_at": _told(request.ended_at),
    }


def _logged_row(row: AuditRow) -> dict[str, Any]:
    entry = row.entry
    return {"number": row.number, "at": _told(entry.at), "event": entry.event.value, "details": dict(entry.details)}


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row without what only the machine can read: keys, salts, sealed fields."""
    return {name: _told(value) for name, value in row.items() if name != "tenant" and not isinstance(value, bytes)}


def _told(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
