"""Where a person has a part in rows that are not theirs alone: other people's requests, and threads."""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby, islice
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from backend.domain.forwarding import ForwardRequest
from backend.domain.notices import NoticeKind, NoticeState
from backend.store.tables import (
    Base,
    ForwardApproverEntry,
    ForwardRecipientEntry,
    ForwardRequestEntry,
    NoticeEntry,
    ThreadParticipant,
)
from backend.store.turns import affected

_AT_ONCE = 1000
_REQUESTS_AT_ONCE = 500
_KEY_BYTES = 32
Row = Mapping[str, Any]
Part = tuple[str, str]
"""A thread or request, and the keyed hash that a person has in it."""


def rows_of(session: Session, table: type[Base], *which: ColumnElement[bool]) -> list[Row]:
    """Rows of a table by column name."""
    return [dict(row) for row in session.execute(select(*table.__table__.columns).where(*which)).mappings()]


def gone(session: Session, table: type[Base], *which: ColumnElement[bool]) -> int:
    """Deletes rows; how many."""
    return affected(session, delete(table).where(*which))


def parts_in_requests(session: Session, tenant: str, hashed: Callable[[str], frozenset[str]]) -> list[Part]:
    """Requests that a person is a recipient of. `hashed` tells the person's hashes in one."""
    row = ForwardRecipientEntry
    query = select(row.request_id, row.recipient_key).where(row.tenant == tenant).order_by(row.request_id)
    return _parts(session, query, hashed)


def parts_in_threads(session: Session, tenant: str, hashed: Callable[[str], frozenset[str]]) -> list[Part]:
    """Threads that a person takes part in."""
    row = ThreadParticipant
    query = select(row.thread_id, row.participant_key).where(row.tenant == tenant).order_by(row.thread_id)
    return _parts(session, query, hashed)


def leave(session: Session, tenant: str, parts: Mapping[type[Base], Sequence[Part]]) -> dict[str, int]:
    """Deletes a person's parts in others' requests, and makes those in threads nobody's; how many rows of which table.

    A thread without anybody would be one of which nobody knows who takes part: it would let go whoever is new.
    """
    counts: dict[str, int] = {}
    for table, found in parts.items():
        columns = table.__table__.c
        of, key = (columns[name] for name in _KEYS[table])
        which = [(columns["tenant"] == tenant, of == place, key == hashed) for place, hashed in found]
        if table is ThreadParticipant:
            counts[table.__tablename__] = sum(_made_nobodys(session, *one) for one in which)
        else:
            counts[table.__tablename__] = sum(gone(session, table, *one) for one in which)
    return counts


def _made_nobodys(session: Session, *which: ColumnElement[bool]) -> int:
    nobody = secrets.token_hex(_KEY_BYTES)
    return affected(session, update(ThreadParticipant).where(*which).values(participant_key=nobody))


def erase_own_requests(session: Session, tenant: str, ids: Iterable[str]) -> dict[str, int]:
    """Deletes requests with recipients, approvers and notices, but for news of the withdrawal that waits to go out."""
    counts = dict.fromkeys(("forward_recipient", "forward_approver", "notice", "forward_request"), 0)
    left = iter(ids)
    while some := list(islice(left, _REQUESTS_AT_ONCE)):
        for table in (ForwardRecipientEntry, ForwardApproverEntry):
            counts[table.__tablename__] += gone(session, table, table.tenant == tenant, table.request_id.in_(some))
        notice = NoticeEntry
        news = (notice.kind == NoticeKind.REQUEST_WITHDRAWN.value) & (notice.state == NoticeState.WAITING.value)
        counts["notice"] += gone(session, notice, notice.tenant == tenant, notice.request_id.in_(some), ~news)
        request = ForwardRequestEntry
        counts["forward_request"] += gone(session, request, request.tenant == tenant, request.id.in_(some))
    return counts


def erase_decisions(session: Session, tenant: str, decider: str) -> int:
    """Takes who decided, and the answer's words, out of other people's requests; how many there were."""
    request = ForwardRequestEntry
    theirs = update(request).where(request.tenant == tenant, request.decider_key == decider)
    return affected(session, theirs.values(decider_key=None, sealed_answer=None, version=request.version + 1))


def reseal(session: Session, tenant: str, requests: Iterable[ForwardRequest], sealed: Mapping[str, bytes]) -> None:
    """Puts the question of requests anew, without the person in it."""
    request = ForwardRequestEntry
    for one in requests:
        if one.id in sealed:
            anew = update(request).where(request.tenant == tenant, request.id == one.id)
            affected(session, anew.values(sealed=sealed[one.id], version=request.version + 1))


def _parts(session: Session, query: Select[str, str], hashed: Callable[[str], frozenset[str]]) -> list[Part]:
    found: list[Part] = []
    with session.execute(query.execution_options(yield_per=_AT_ONCE)) as rows:
        for place, keys in groupby(rows, key=lambda row: row[0]):
            theirs = hashed(place)
            found.extend((place, key) for _, key in keys if key in theirs)
    return found


_KEYS: Mapping[type[Base], Part] = {
    ThreadParticipant: ("thread_id", "participant_key"),
    ForwardRecipientEntry: ("request_id", "recipient_key"),
}
