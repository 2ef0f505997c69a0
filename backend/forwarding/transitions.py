"""What can become of a forward request. Each function answers the changed request, or the same one: nothing to keep."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from backend.domain.errors import Forbidden, Refused, UnreadableInput
from backend.domain.forwarding import ForwardRequest, RequestStatus

OPEN = frozenset({RequestStatus.PENDING, RequestStatus.APPROVED})
"""Where time still matters."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision about a request. `recipients` are keyed hashes; `until` is when an approval ends.

    `sealed` holds, encrypted, who decided and the comment.
    """

    decider: str
    approve: bool
    recipients: frozenset[str]
    until: datetime
    sealed: bytes | None = field(default=None, repr=False)


def is_over(request: ForwardRequest, now: datetime) -> bool:
    """Whether a request that waits or is approved has run out of time."""
    return request.status in OPEN and now >= request.expires_at


def decided(request: ForwardRequest, ruling: Ruling, now: datetime) -> ForwardRequest:
    """The request after the first decision; the same one when this person has decided just so already.

    Raises Forbidden (`own_request`), Refused (`request_decided`, `request_expired`, `request_withdrawn`) and
    UnreadableInput (`recipients_missing`, `recipients_not_asked_for`).
    """
    if ruling.decider == request.requester:
        raise Forbidden("own_request", "nobody decides about their own request")
    wanted = ruling.recipients if ruling.approve else frozenset()
    if request.decided_at is not None and (request.decider, request.approved_keys) == (ruling.decider, wanted):
        return request
    if request.status is not RequestStatus.PENDING:
        raise _not_open(request)
    if is_over(request, now):
        raise Refused("request_expired", "nobody answered in time")
    if ruling.approve and not wanted:
        raise UnreadableInput("recipients_missing", "an approval is for somebody")
    if not wanted <= {one.key for one in request.recipients}:
        raise UnreadableInput("recipients_not_asked_for", "only those who were asked for can be approved")
    return replace(
        request,
        status=RequestStatus.APPROVED if ruling.approve else RequestStatus.REFUSED,
        recipients=tuple(replace(one, approved=one.key in wanted) for one in request.recipients),
        expires_at=ruling.until if ruling.approve else request.expires_at,
        decided_at=now,
        decider=ruling.decider,
        ended_at=None if ruling.approve else now,
        sealed_answer=ruling.sealed,
    )


def withdrawn(request: ForwardRequest, requester: str, now: datetime) -> ForwardRequest:
    """The request given up by who asked; the same one when it was already.

    Raises Forbidden (`not_the_requester`) and Refused (`request_decided`, `request_expired`) when nothing is left.
    """
    if requester != request.requester:
        raise Forbidden("not_the_requester", "only who asked can withdraw")
    if request.status is RequestStatus.WITHDRAWN:
        return request
    if is_over(request, now):
        raise Refused("request_expired", "its time is over")
    if request.status not in OPEN:
        raise _not_open(request)
    return replace(request, status=RequestStatus.WITHDRAWN, ended_at=now)


def expired(request: ForwardRequest, now: datetime) -> ForwardRequest:
    """The request after its time; the same one when there is time left, or it has ended."""
    return replace(request, status=RequestStatus.EXPIRED, ended_at=now) if is_over(request, now) else request


def used(request: ForwardRequest, session: str | None, now: datetime) -> ForwardRequest:
    """The approval spent by a compose session (a keyed hash); the same one when this very session has spent it.

    Without a session an approval is spent once and not again. Raises Refused (`approval_not_usable`).
    """
    if not may_use(request, session, now):
        raise Refused("approval_not_usable", request.status.value)
    if request.status is RequestStatus.USED:
        return request
    return replace(request, status=RequestStatus.USED, used_by=session, ended_at=now)


def may_use(request: ForwardRequest, session: str | None, now: datetime) -> bool:
    """Whether the approval stands for this compose session: unspent, or spent by it, and its time not over."""
    if now >= request.expires_at:
        return False
    if request.status is RequestStatus.USED:
        return session is not None and request.used_by == session
    return request.status is RequestStatus.APPROVED


def _not_open(request: ForwardRequest) -> Refused:
    """Why a request that has ended, or was answered, takes no more answers."""
    if request.decided_at is None and request.status is RequestStatus.EXPIRED:
        return Refused("request_expired", request.status.value)
    if request.decided_at is None and request.status is RequestStatus.WITHDRAWN:
        return Refused("request_withdrawn", request.status.value)
    return Refused("request_decided", request.status.value)
