"""Forward requests in a database, inside a transaction of one tenant."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Select, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from backend.domain.forwarding import ApproverKind, Conflict, ForwardRequest, RequestedRecipient, RequestStatus
from backend.store.request_rows import recipient_columns, recipient_of, request_columns, request_of
from backend.store.tables import ForwardApproverEntry, ForwardRecipientEntry, ForwardRequestEntry

_NEWEST = 10
_OPEN = (RequestStatus.PENDING, RequestStatus.APPROVED)
_UNTRACKED = {"synchronize_session": False}
"""What is read is read anew every time: no object of the session has to follow."""


class DatabaseRequests:
    """The `ForwardRequests` port. With `alone` a requester's questions are asked one after another.

    SQLite needs no more for that than that a step writes alone. In PostgreSQL who looks for a requester's requests
    holds the requester (an advisory lock) until the transaction ends, so that no two steps miss each other's request.
    """

    def __init__(self, session: Session, tenant: str, *, alone: bool = True) -> None:
        self._session = session
        self._tenant = tenant
        self._locks = alone and session.get_bind().dialect.name == "postgresql"

    def get(self, request_id: str, *, for_update: bool = False) -> ForwardRequest | None:
        """The request, or None. With `for_update` its row is held until the transaction ends (PostgreSQL)."""
        query = self._all().where(ForwardRequestEntry.id == request_id)
        found = self._read(query.with_for_update() if for_update else query)
        return found[0] if found else None

    def add(self, request: ForwardRequest) -> None:
        """Keeps a new request. IntegrityError where there is one of this id."""
        row = {"tenant": self._tenant, "id": request.id, **request_columns(request)}
        self._session.execute(insert(ForwardRequestEntry), row)
        self._add_children(request)

    def save(self, request: ForwardRequest) -> ForwardRequest:
        """Keeps a changed request and answers it with its new version. Raises Conflict when it is not the newest."""
        newer = replace(request, version=request.version + 1)
        change = (
            update(ForwardRequestEntry)
            .where(
                ForwardRequestEntry.tenant == self._tenant,
                ForwardRequestEntry.id == request.id,
                ForwardRequestEntry.version == request.version,
            )
            .values(request_columns(newer))
            .returning(ForwardRequestEntry.id)
        )
        if self._session.scalar(change, execution_options=_UNTRACKED) is None:
            raise Conflict
        for table in (ForwardRecipientEntry, ForwardApproverEntry):
            old = delete(table).where(table.tenant == self._tenant, table.request_id == request.id)
            self._session.execute(old, execution_options=_UNTRACKED)
        self._add_children(newer)
        return newer

    def of_requester(self, requester: str, content: str) -> Sequence[ForwardRequest]:
        """A requester's requests for this content, newest first; at most ten."""
        self._hold(requester)
        query = self._all().where(
            ForwardRequestEntry.requester_key == requester, ForwardRequestEntry.content_key == content
        )
        return self._read(query.order_by(ForwardRequestEntry.asked_at.desc(), ForwardRequestEntry.id).limit(_NEWEST))

    def open_of(self, requester: str) -> int:
        """How many requests of this requester wait for an answer."""
        self._hold(requester)
        query = select(func.count()).where(
            ForwardRequestEntry.tenant == self._tenant,
            ForwardRequestEntry.requester_key == requester,
            ForwardRequestEntry.status == RequestStatus.PENDING.value,
        )
        return self._session.scalar(query) or 0

    def asked_since(self, requester: str, since: datetime) -> int:
        """How many requests this requester has asked at `since` or later, however they ended."""
        self._hold(requester)
        query = select(func.count()).where(
            ForwardRequestEntry.tenant == self._tenant,
            ForwardRequestEntry.requester_key == requester,
            ForwardRequestEntry.asked_at >= since,
        )
        return self._session.scalar(query) or 0

    def to_decide(self, decider: str, *, by_role: bool, limit: int = 100) -> Sequence[ForwardRequest]:
        """Requests that wait for this person (all of the tenant's where `by_role`), oldest first. Not the own ones."""
        query = self._all().where(
            ForwardRequestEntry.status == RequestStatus.PENDING.value, ForwardRequestEntry.requester_key != decider
        )
        if not by_role:
            query = query.where(
                exists().where(
                    ForwardApproverEntry.tenant == self._tenant,
                    ForwardApproverEntry.request_id == ForwardRequestEntry.id,
                    ForwardApproverEntry.approver_key == decider,
                )
            )
        return self._read(query.order_by(ForwardRequestEntry.asked_at, ForwardRequestEntry.id).limit(limit))

    def decided_by(self, decider: str, limit: int = 20) -> Sequence[ForwardRequest]:
        """What this person decided, newest first."""
        query = self._all().where(ForwardRequestEntry.decider_key == decider)
        return self._read(query.order_by(ForwardRequestEntry.decided_at.desc(), ForwardRequestEntry.id).limit(limit))

    def due(self, now: datetime, limit: int = 100) -> Sequence[ForwardRequest]:
        """Requests that wait or are approved and whose time is over (`expires_at` is reached), longest over first."""
        is_open = or_(*(ForwardRequestEntry.status == status.value for status in _OPEN))
        query = self._all().where(is_open, ForwardRequestEntry.expires_at <= now)
        return self._read(query.order_by(ForwardRequestEntry.expires_at, ForwardRequestEntry.id).limit(limit))

    def _all(self) -> Select[ForwardRequestEntry]:
        query = select(ForwardRequestEntry).where(ForwardRequestEntry.tenant == self._tenant)
        return query.execution_options(populate_existing=True)

    def _read(self, query: Select[ForwardRequestEntry]) -> list[ForwardRequest]:
        entries = self._session.scalars(query).all()
        ids = [entry.id for entry in entries]
        recipients, approvers = self._recipients(ids), self._approvers(ids)
        return [request_of(entry, recipients[entry.id], approvers[entry.id]) for entry in entries]

    def _recipients(self, ids: Sequence[str]) -> dict[str, list[RequestedRecipient]]:
        query = select(ForwardRecipientEntry).where(
            ForwardRecipientEntry.tenant == self._tenant, ForwardRecipientEntry.request_id.in_(ids)
        )
        query = query.order_by(ForwardRecipientEntry.place).execution_options(populate_existing=True)
        found: dict[str, list[RequestedRecipient]] = defaultdict(list)
        for entry in self._session.scalars(query) if ids else ():
            found[entry.request_id].append(recipient_of(entry))
        return found

    def _approvers(self, ids: Sequence[str]) -> dict[str, list[tuple[str, ApproverKind]]]:
        query = select(ForwardApproverEntry).where(
            ForwardApproverEntry.tenant == self._tenant, ForwardApproverEntry.request_id.in_(ids)
        )
        query = query.order_by(ForwardApproverEntry.approver_key).execution_options(populate_existing=True)
        found: dict[str, list[tuple[str, ApproverKind]]] = defaultdict(list)
        for entry in self._session.scalars(query) if ids else ():
            found[entry.request_id].append((entry.approver_key, ApproverKind(entry.kind)))
        return found

    def _add_children(self, request: ForwardRequest) -> None:
        of = {"tenant": self._tenant, "request_id": request.id}
        recipients = [{**of, "place": place, **recipient_columns(one)} for place, one in enumerate(request.recipients)]
        approvers = [{**of, "approver_key": key, "kind": kind.value} for key, kind in dict(request.approvers).items()]
        # Nothing to insert is a row of defaults to SQLAlchemy.
        if recipients:
            self._session.execute(insert(ForwardRecipientEntry), recipients)
        if approvers:
            self._session.execute(insert(ForwardApproverEntry), approvers)

    def _hold(self, requester: str) -> None:
        if self._locks:
            words = f"forward_request\x1f{self._tenant}\x1f{requester}"
            self._session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(words, 0))))
