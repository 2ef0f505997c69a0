"""Rows of one employee in every table, as the product writes them: keyed hashes, sealed mailboxes, one moment."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from backend.domain.audit import AuditEntry, Event
from backend.domain.draft import Mailbox
from backend.domain.forwarding import ApproverKind, RequestStatus
from backend.domain.notices import NoticeState
from backend.domain.store import Work
from backend.store.tables import (
    Base,
    FeedbackEntry,
    FlaggedThreadEntry,
    HabitEntry,
    ThreadBlock,
    ThreadMark,
    ThreadParticipant,
    ThreadPrint,
)
from backend.store.transactions import DatabaseStore
from backend.workflow.feedback_keys import FeedbackKeys
from backend.workflow.forward_seals import Answered, Asked, ForwardSeals
from backend.workflow.habit_keys import HabitKeys
from backend.workflow.record_keys import RecordKeys
from backend.workflow.sealing import Sealer
from tests.backend.store import rows

KEY = "k" * 40
SECRET = KEY.encode()
KEYS = RecordKeys(SECRET)
SEALER = Sealer(SECRET)
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Employee:
    """Somebody of a tenant."""

    tenant: str
    id: str

    @property
    def mailbox(self) -> Mailbox:
        return Mailbox(f"{self.id}@{self.tenant}.example", self.id.title())

    @property
    def actor(self) -> str:
        return KEYS.actor(self.tenant, self.id)


def leave_rows(engine: Engine, who: Employee, decider: Employee, number: int = 0, at: datetime = AT) -> None:
    """One of each kind of row of `who`, whose request `decider` has approved. `number` tells several rounds apart."""
    number = 2 * number + (who.id > decider.id)

    def step(work: Work) -> None:
        work.sends.add(rows.send(tenant=who.tenant, actor=who.actor, at=at))
        work.audit.append(AuditEntry(Event.SEND_PROMPTED, at, who.actor, {"label": "kanslig"}))
        _ask(work, who, decider, (number, at))

    DatabaseStore(engine, KEYS.audit).run(who.tenant, step)
    with Session(engine) as session, session.begin():
        session.add_all([*_thread(who, number, at), *_learned(who, number, at)])


def _ask(work: Work, who: Employee, decider: Employee, what: tuple[int, datetime]) -> None:
    number, at = what
    seals, request_id = ForwardSeals(SEALER, who.tenant), f"{number:032x}"
    third = Mailbox("bo.lind@example.se", "Bo Lind")
    key = KEYS.recipient(who.tenant, request_id, third.key)
    recipient = rows.recipient(number, key=key, sealed=seals.recipient(request_id, key, third), approved=True)
    request = rows.forward_request(
        number, requester=who.actor, recipients=(recipient,), approvers=((decider.actor, ApproverKind.MANAGER),),
        sealed=seals.asked(request_id, Asked(who.mailbox, "Rektor", "Bo behöver det.", (decider.mailbox,))),
        asked_at=at, expires_at=at + timedelta(days=1),
    )  # fmt: skip
    work.requests.add(request)
    answer = seals.answered(request_id, Answered(decider.mailbox, "Gärna."))
    end: dict[str, Any] = {
        "decided_at": at,
        "decider": decider.actor,
        "ended_at": at,
        "used_by": "5" * 64,
        "threads": (f"{number:032x}",),
        "sealed_answer": answer,
    }
    work.requests.save(replace(request, status=RequestStatus.USED, **end))
    for place, to in enumerate((who.mailbox, decider.mailbox)):
        notice_id = f"{2 * number + place:032x}"
        fields: dict[str, Any] = {"state": NoticeState.DEAD, "done_at": at, "made_at": at, "request_id": request_id}
        work.notices.add(rows.notice(id=notice_id, sealed=seals.notice(notice_id, to), **fields))


def _thread(who: Employee, number: int, at: datetime) -> list[Base]:
    thread = f"{number:032x}"
    key = KEYS.participant(who.tenant, thread, who.mailbox.key)
    return [
        FlaggedThreadEntry(tenant=who.tenant, id=thread, label="kanslig", flagged_at=at, last_at=at),
        ThreadMark(tenant=who.tenant, mark_key=f"{number:064x}", thread_id=thread, kind="conversation"),
        ThreadParticipant(tenant=who.tenant, thread_id=thread, participant_key=key),
        ThreadBlock(tenant=who.tenant, block=number, thread_id=thread, kept=1, kept_particular=0),
        ThreadPrint(tenant=who.tenant, value=7, block=number, particular=False),
    ]


def _learned(who: Employee, number: int, at: datetime) -> list[Base]:
    feedback = FeedbackEntry(
        tenant=who.tenant, receipt=f"{number:064x}", given_on=at.date(),
        actor_key=FeedbackKeys(SECRET).actor(who.tenant, who.id), said_label="kanslig", right_label="none",
        categories="health", wrong_rules="", signals=b"{}", columns=b"", salt=b"s", key_id="0" * 16, form="words-1:8",
        model_version="linear-0",
    )  # fmt: skip
    actor = HabitKeys(SECRET).actor(who.tenant, who.id)
    habit = HabitEntry(
        tenant=who.tenant, actor_key=actor, draft_key=f"{number:064x}", sent_on=at.date(), labelled=True,
        recipient_keys=bytes(16),
    )  # fmt: skip
    return [feedback, habit]


def counted(engine: Engine, tenant: str) -> dict[str, int]:
    """How many rows each table has of a tenant."""
    return {name: len(found) for name, found in content(engine, tenant).items()}


def content(engine: Engine, tenant: str) -> dict[str, list[Any]]:
    """All of a tenant's rows by table."""
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(table).where(table.c.tenant == tenant))), key=repr)
            for name, table in Base.metadata.tables.items()
        }
