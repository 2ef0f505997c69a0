"""Threads and requests that are over, with the rows that hang on them; and addresses of requests that have ended."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from backend.store.tables import (
    FlaggedThreadEntry,
    ForwardApproverEntry,
    ForwardRecipientEntry,
    ForwardRequestEntry,
    NoticeEntry,
    ThreadBlock,
    ThreadMark,
    ThreadParticipant,
    ThreadPrint,
)
from backend.store.turns import affected

_THREADS_AT_ONCE = 50
_REQUESTS_AT_ONCE = 200


def purge_threads(session: Session, tenant: str, which: ColumnElement[bool]) -> Mapping[str, int]:
    """Deletes some threads with their marks, participants, blocks and fingerprints."""
    thread, block = FlaggedThreadEntry, ThreadBlock
    # Held: a thread that something is sent in meanwhile is not over any more.
    some = select(thread.id).where(thread.tenant == tenant, which).limit(_THREADS_AT_ONCE).with_for_update()
    ids = session.scalars(some).all()
    if not ids:
        return {}
    of_threads = select(block.block).where(block.tenant == tenant, block.thread_id.in_(ids))
    prints = delete(ThreadPrint).where(ThreadPrint.tenant == tenant, ThreadPrint.block.in_(of_threads))
    counts = {"thread_print": affected(session, prints)}
    for table in (ThreadBlock, ThreadMark, ThreadParticipant):
        gone = delete(table).where(table.tenant == tenant, table.thread_id.in_(ids))
        counts[table.__tablename__] = affected(session, gone)
    threads = delete(thread).where(thread.tenant == tenant, thread.id.in_(ids))
    return counts | {"flagged_thread": affected(session, threads)}


def purge_requests(session: Session, tenant: str, which: ColumnElement[bool]) -> Mapping[str, int]:
    """Deletes some requests with their recipients, approvers and notices."""
    ids = _requests(session, tenant, which)
    if not ids:
        return {}
    counts: dict[str, int] = {}
    for table in (ForwardRecipientEntry, ForwardApproverEntry, NoticeEntry):
        gone = delete(table).where(table.tenant == tenant, table.request_id.in_(ids))
        counts[table.__tablename__] = affected(session, gone)
    request = ForwardRequestEntry
    requests = delete(request).where(request.tenant == tenant, request.id.in_(ids))
    return counts | {"forward_request": affected(session, requests)}


def erase_addresses(session: Session, tenant: str, which: ColumnElement[bool]) -> Mapping[str, int]:
    """Erases names, addresses and comments of some requests."""
    ids = _requests(session, tenant, which)
    if not ids:
        return {}
    request, recipient = ForwardRequestEntry, ForwardRecipientEntry
    of_recipients = update(recipient).where(recipient.tenant == tenant, recipient.request_id.in_(ids))
    affected(session, of_recipients.values(sealed=None))
    of_requests = update(request).where(request.tenant == tenant, request.id.in_(ids))
    return {"request_addresses": affected(session, of_requests.values(sealed=None, sealed_answer=None))}


def has_addresses() -> ColumnElement[bool]:
    """Whether anything of a request is sealed still."""
    request, recipient = ForwardRequestEntry, ForwardRecipientEntry
    of_recipients: Any = exists().where(
        recipient.tenant == request.tenant, recipient.request_id == request.id, recipient.sealed.is_not(None)
    )
    return or_(request.sealed.is_not(None), request.sealed_answer.is_not(None), of_recipients)


def _requests(session: Session, tenant: str, which: ColumnElement[bool]) -> Sequence[str]:
    request = ForwardRequestEntry
    some = select(request.id).where(request.tenant == tenant, which).limit(_REQUESTS_AT_ONCE).with_for_update()
    return session.scalars(some).all()
