"""Requests whose time is over: marked by whoever comes first, a reader or the worker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.domain.audit import AuditEntry, Event
from backend.domain.errors import NotFound
from backend.domain.forwarding import ForwardRequest
from backend.domain.store import Store, Work
from backend.forwarding.transitions import expired, is_over
from backend.workflow.approval_use import is_request_id
from backend.workflow.forward_notices import ForwardNotices

_AT_ONCE = 100
_MOST_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class ForwardExpiry:
    """Ends requests for one installation. `clock` gives aware UTC."""

    store: Store
    notices: ForwardNotices
    clock: Callable[[], datetime]

    def expire_due(self, tenant: str) -> int:
        """Ends all of a tenant whose time is over, each in a transaction of its own; how many this call ended."""
        ended = 0
        for _ in range(_MOST_ROUNDS):
            due = self._due(tenant)
            ended += sum(self._expire(tenant, request.id)[1] for request in due)
            if len(due) < _AT_ONCE:
                break
        return ended

    def current(self, tenant: str, request_id: str) -> ForwardRequest:
        """The request as it stands now. Raises NotFound (`forward_request_unknown`)."""
        if not is_request_id(request_id):
            raise unknown()
        request = self.store.look(tenant, lambda work: work.requests.get(request_id))
        if request is None:
            raise unknown()
        return self._expire(tenant, request_id)[0] if is_over(request, self.clock()) else request

    def _due(self, tenant: str) -> Sequence[ForwardRequest]:
        now = self.clock()
        return self.store.look(tenant, lambda work: work.requests.due(now, _AT_ONCE))

    def _expire(self, tenant: str, request_id: str) -> tuple[ForwardRequest, bool]:
        return self.store.run(tenant, lambda work: self._step(work, tenant, request_id))

    def _step(self, work: Work, tenant: str, request_id: str) -> tuple[ForwardRequest, bool]:
        now = self.clock()
        request = work.requests.get(request_id, for_update=True)
        if request is None:
            raise unknown()
        changed = expired(request, now)
        if changed is request:
            return request, False
        saved = work.requests.save(changed)
        self.notices.ended(work, tenant, saved, now)
        details = {"request": request.id, "status": request.status.value}
        work.audit.append(AuditEntry(Event.FORWARD_EXPIRED, now, details=details))
        return saved, True


def unknown() -> NotFound:
    """What everybody is told who may not see a request."""
    return NotFound("forward_request_unknown", "no such request, or not this person's to see")
