"""What all tables hold of one employee: found to be handed out, and erased. Everybody is a keyed hash here."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, select
from sqlalchemy.orm import Session

from backend.domain.audit import AuditEntry, AuditRow, Detail
from backend.domain.forwarding import ForwardRequest
from backend.store.audit import AuditQuery, DatabaseAudit
from backend.store.person_parts import (
    Part,
    Row,
    erase_decisions,
    erase_own_requests,
    gone,
    leave,
    parts_in_requests,
    parts_in_threads,
    reseal,
    rows_of,
)
from backend.store.requests import DatabaseRequests
from backend.store.tables import (
    FeedbackEntry,
    ForwardApproverEntry,
    ForwardRecipientEntry,
    ForwardRequestEntry,
    HabitEntry,
    NoticeEntry,
    SendCheckEntry,
    ThreadParticipant,
)
from backend.store.turns import in_turn

NOT_OF_A_PERSON = frozenset({"flagged_thread", "thread_mark", "thread_block", "thread_print", "audit_head"})
"""Tables that tell of threads and of the log itself. All others can hold something of an employee."""


@dataclass(frozen=True, slots=True)
class PersonHashes:
    """One person of a tenant as the tables have them.

    `actor` stands in send checks, requests and the audit log. `participant` (given a thread) and `recipient` (given a
    request) tell the hashes that the person has there; none where no address is known.
    """

    tenant: str
    actor: str
    feedback: str
    habits: str
    participant: Callable[[str], frozenset[str]]
    recipient: Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class PersonRows:
    """All rows of one person. `asked`, `decided` and `named` are requests: own, decided, and named to decide.

    `received` are the person's parts in requests as a recipient, `threads` those in threads. `notices` go to the
    person.
    """

    sends: Sequence[Row]
    asked: Sequence[ForwardRequest]
    decided: Sequence[ForwardRequest]
    named: Sequence[ForwardRequest]
    received: Sequence[Part]
    notices: Sequence[Row]
    threads: Sequence[Part]
    feedback: Sequence[Row]
    habits: int
    audit: Sequence[AuditRow]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows of which table."""
        return {
            "send_check": len(self.sends),
            "forward_request": len({one.id for one in (*self.asked, *self.decided)}),
            "forward_approver": len(self.named),
            "forward_recipient": len(self.received),
            "notice": len(self.notices),
            "thread_participant": len(self.threads),
            "feedback": len(self.feedback),
            "habit": self.habits,
            "audit_event": len(self.audit),
        }


@dataclass(frozen=True, slots=True)
class Erasure:
    """What goes with an erasure.

    `resealed` are, by request, the questions that named the person, without the name. `details` are what the log says
    of the erasure, given how many rows went of which table.
    """

    at: datetime
    resealed: Mapping[str, bytes] = field(repr=False)
    details: Callable[[Mapping[str, int]], dict[str, Detail]]


class DatabasePersonRows:
    """Finds and erases, in one database. `audit_key` is the key of the audit log's chain."""

    def __init__(self, engine: Engine, audit_key: bytes) -> None:
        self._engine = engine
        self._key = audit_key

    def requests_by(self, tenant: str, actor: str) -> Sequence[ForwardRequest]:
        """The requests that somebody made or decided."""
        request = ForwardRequestEntry
        with Session(self._engine) as session:
            return _requests(session, tenant, (request.requester_key == actor) | (request.decider_key == actor))

    def find(self, who: PersonHashes, is_theirs: Callable[[Row], bool]) -> PersonRows:
        """All rows of the person. `is_theirs` tells whether a notice goes to the person."""
        request, approver, notice = ForwardRequestEntry, ForwardApproverEntry, NoticeEntry
        named = select(approver.request_id).where(approver.tenant == who.tenant, approver.approver_key == who.actor)
        with Session(self._engine) as session:
            log = DatabaseAudit(session, who.tenant, self._key)
            return PersonRows(
                sends=rows_of(session, SendCheckEntry, *_sends(who)),
                asked=_requests(session, who.tenant, request.requester_key == who.actor),
                decided=_requests(session, who.tenant, request.decider_key == who.actor),
                named=_requests(session, who.tenant, request.id.in_(named)),
                received=parts_in_requests(session, who.tenant, who.recipient),
                notices=list(filter(is_theirs, rows_of(session, notice, notice.tenant == who.tenant))),
                threads=parts_in_threads(session, who.tenant, who.participant),
                feedback=rows_of(session, FeedbackEntry, *_feedback(who)),
                habits=len(rows_of(session, HabitEntry, *_habits(who))),
                audit=list(log.oldest(AuditQuery(actor=who.actor))),
            )

    def erase(self, who: PersonHashes, rows: PersonRows, erasure: Erasure) -> dict[str, int]:
        """Erases what was found, in one transaction; how many rows of which table.

        Own requests go; of others' requests the person's part goes.
        """
        return in_turn(self._engine, lambda session: self._erase(session, who, rows, erasure))

    def note(self, tenant: str, entry: AuditEntry) -> None:
        """Appends to the tenant's log."""
        in_turn(self._engine, lambda session: DatabaseAudit(session, tenant, self._key).append(entry))

    def _erase(self, session: Session, who: PersonHashes, rows: PersonRows, erasure: Erasure) -> dict[str, int]:
        notice, approver = NoticeEntry, ForwardApproverEntry
        counts: Counter[str] = Counter()
        counts["send_check"] = gone(session, SendCheckEntry, *_sends(who))
        counts["feedback"] = gone(session, FeedbackEntry, *_feedback(who))
        counts["habit"] = gone(session, HabitEntry, *_habits(who))
        for one in rows.notices:
            counts["notice"] += gone(session, notice, notice.tenant == who.tenant, notice.id == one["id"])
        counts.update(erase_own_requests(session, who.tenant, [one.id for one in rows.asked]))
        counts["forward_request"] += erase_decisions(session, who.tenant, who.actor)
        reseal(session, who.tenant, rows.named, erasure.resealed)
        of_person = (approver.tenant == who.tenant, approver.approver_key == who.actor)
        counts["forward_approver"] += gone(session, approver, *of_person)
        counts.update(
            leave(session, who.tenant, {ThreadParticipant: rows.threads, ForwardRecipientEntry: rows.received})
        )
        log = DatabaseAudit(session, who.tenant, self._key)
        counts["audit_event"] = log.erase(who.actor, erasure.at, lambda _: erasure.details(counts))
        return dict(counts)


def _sends(who: PersonHashes) -> tuple[ColumnElement[bool], ...]:
    return SendCheckEntry.tenant == who.tenant, SendCheckEntry.actor_key == who.actor


def _feedback(who: PersonHashes) -> tuple[ColumnElement[bool], ...]:
    return FeedbackEntry.tenant == who.tenant, FeedbackEntry.actor_key == who.feedback


def _habits(who: PersonHashes) -> tuple[ColumnElement[bool], ...]:
    return HabitEntry.tenant == who.tenant, HabitEntry.actor_key == who.habits


def _requests(session: Session, tenant: str, which: ColumnElement[bool]) -> list[ForwardRequest]:
    ids = select(ForwardRequestEntry.id).where(ForwardRequestEntry.tenant == tenant, which)
    requests = DatabaseRequests(session, tenant, alone=False)
    found = (requests.get(one) for one in session.scalars(ids.order_by(ForwardRequestEntry.asked_at)).all())
    return [one for one in found if one is not None]
