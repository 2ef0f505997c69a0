"""A request to forward something sensitive, from the question to the one use of the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from backend.domain.draft import Mailbox
from backend.domain.label import Category, Label
from backend.domain.recipient import Concern, RecipientVerdict


class RequestStatus(StrEnum):
    """Where a request stands. Codes are the contract. Only PENDING and APPROVED lead anywhere."""

    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    USED = "used"


class DisclosureReason(StrEnum):
    """The ground on which secret information may be disclosed (OSL, 2009:400). Codes are the contract."""

    CONSENT = "consent_12_2"
    NECESSARY = "necessary_10_2"
    GENERAL_CLAUSE = "general_clause_10_27"
    DUTY = "duty_10_28"
    SAME_CASE = "same_case"


class ApproverKind(StrEnum):
    """Why somebody may decide. Codes are the policy's."""

    INFORMATION_OWNER = "information_owner"
    MANAGER = "manager"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who is asked. `account` is the person's id at sign-in; empty where only the role counts.

    `mailbox` is where the notice goes. `repr` shows neither.
    """

    kind: ApproverKind
    account: str = field(default="", repr=False)
    mailbox: Mailbox = field(default=Mailbox(""), repr=False)


@dataclass(frozen=True, slots=True)
class RequestedRecipient:
    """One recipient of the forward. `key` is a keyed hash; `sealed` the mailbox, encrypted, None once it is erased."""

    key: str
    verdict: RecipientVerdict
    concerns: tuple[Concern, ...] = ()
    sealed: bytes | None = field(default=None, repr=False)
    approved: bool = False


@dataclass(frozen=True, slots=True)
class ForwardRequest:
    """A request as it is kept. Persons are keyed hashes (64 hex digits); times are aware UTC.

    `content` and `own` are keyed digests of what is forwarded and of what the sender wrote above it. `sealed` holds,
    encrypted, who asks and the comment, `sealed_answer` who answered and the comment; None once erased. `approvers`
    maps the keyed hash of everybody named to decide to why. `used_by` tells the compose session that used it.
    `threads` are the ids of the flagged threads that the draft belonged to: of no other may it be a forward. A file
    whose content was unknown is in `content` by its name alone: an approval does not tell what stands in it.
    `version` counts its changes: whoever writes must have read the newest.
    """

    id: str
    requester: str
    status: RequestStatus
    label: Label
    categories: tuple[Category, ...]
    reason: DisclosureReason
    content: str
    own: str
    recipients: tuple[RequestedRecipient, ...]
    asked_at: datetime
    expires_at: datetime
    policy_version: str
    approvers: tuple[tuple[str, ApproverKind], ...] = ()
    sealed: bytes | None = field(default=None, repr=False)
    sealed_answer: bytes | None = field(default=None, repr=False)
    decided_at: datetime | None = None
    decider: str | None = None
    ended_at: datetime | None = None
    used_by: str | None = None
    threads: tuple[str, ...] = ()
    version: int = 1

    @property
    def approved_keys(self) -> frozenset[str]:
        """Keyed hashes of the recipients that were approved."""
        return frozenset(one.key for one in self.recipients if one.approved)


class Conflict(Exception):
    """Somebody else changed the row in between."""


class ForwardRequests(Protocol):
    """The requests of one tenant inside one transaction."""

    def get(self, request_id: str, *, for_update: bool = False) -> ForwardRequest | None:
        """The request, or None. With `for_update` nobody else changes it until the transaction ends, if possible."""

    def add(self, request: ForwardRequest) -> None:
        """Keeps a new request."""

    def save(self, request: ForwardRequest) -> ForwardRequest:
        """Keeps a changed request and answers it with its new version. Raises Conflict when it is not the newest."""

    def of_requester(self, requester: str, content: str) -> Sequence[ForwardRequest]:
        """A requester's requests for this content, newest first; at most ten."""

    def open_of(self, requester: str) -> int:
        """How many requests of this requester wait for an answer."""

    def asked_since(self, requester: str, since: datetime) -> int:
        """How many requests this requester has asked at `since` or later, however they ended."""

    def to_decide(self, decider: str, *, by_role: bool, limit: int = 100) -> Sequence[ForwardRequest]:
        """Requests that wait for this person (all of the tenant's where `by_role`), oldest first. Not the own ones."""

    def decided_by(self, decider: str, limit: int = 20) -> Sequence[ForwardRequest]:
        """What this person decided, newest first."""

    def due(self, now: datetime, limit: int = 100) -> Sequence[ForwardRequest]:
        """Requests that wait or are approved and whose time is over."""
