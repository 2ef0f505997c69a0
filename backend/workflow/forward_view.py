"""What is asked of, and told about, a forward request. Only these leave the workflow."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from backend.domain.draft import Draft, Mailbox
from backend.domain.forwarding import DisclosureReason, RequestStatus
from backend.domain.label import Category, Label
from backend.domain.person import Person
from backend.domain.recipient import Concern, RecipientVerdict


@dataclass(frozen=True, slots=True)
class ForwardQuestion:
    """May this draft go to these? `recipients` are addresses; all of the draft's where empty. `repr` shows no text."""

    draft: Draft
    reason: DisclosureReason
    verdict: str = ""
    recipients: tuple[str, ...] = ()
    comment: str = ""

    def __repr__(self) -> str:
        return f"ForwardQuestion({self.draft!r})"


@dataclass(frozen=True, slots=True)
class ForwardDecision:
    """An answer. `recipients` are the addresses to approve; all where None. `repr` shows none."""

    approve: bool
    recipients: frozenset[str] | None = field(default=None, repr=False)
    comment: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RecipientView:
    """A recipient as the approver sees it. The mailbox is None once it is erased."""

    mailbox: Mailbox | None
    verdict: RecipientVerdict
    concerns: tuple[Concern, ...]
    approved: bool


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request as one person may see it. `own`: it is the person's. `may_decide`: it waits for this person."""

    id: str
    status: RequestStatus
    label: Label
    categories: tuple[Category, ...]
    reason: DisclosureReason
    recipients: tuple[RecipientView, ...]
    asked_at: datetime
    expires_at: datetime
    own: bool
    may_decide: bool
    requester: Mailbox | None = None
    requester_title: str = ""
    comment: str = ""
    decided_at: datetime | None = None
    decider: Mailbox | None = None
    answer: str = ""


class ForwardDesk(Protocol):
    """The use cases. Whoever may not see a request is told that there is none (NotFound, `forward_request_unknown`)."""

    def ask(self, question: ForwardQuestion, person: Person) -> tuple[RequestView, bool]:
        """Keeps a request, and whether it is new: the same question while it waits is the same request."""

    def seen(self, request_id: str, person: Person) -> RequestView:
        """The request, for its requester and for those who may decide it."""

    def decide(self, request_id: str, decision: ForwardDecision, person: Person) -> RequestView:
        """The request after the decision. The same decision by the same person again changes nothing.

        Raises Forbidden (`own_request`, `not_an_approver`), Refused (`request_decided`, `request_over`, …).
        """

    def withdraw(self, request_id: str, person: Person) -> RequestView:
        """The requester needs no answer any more, or gives an unused approval back. Again changes nothing."""

    def waiting(self, person: Person) -> Sequence[RequestView]:
        """Requests that wait for this person, oldest first."""

    def decided(self, person: Person) -> Sequence[RequestView]:
        """What this person decided lately, newest first."""
