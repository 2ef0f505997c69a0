"""The store as workflows see it: one step, one transaction, one tenant."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from backend.domain.audit import AuditLog
from backend.domain.forwarding import ForwardRequests
from backend.domain.notices import Notices
from backend.domain.records import SendRecord
from backend.domain.threads import ThreadRegister

T = TypeVar("T")


class SendRecords(Protocol):
    """Send checks as they are kept."""

    def add(self, record: SendRecord) -> None:
        """Keeps one."""


class Work(Protocol):
    """What a step may read and change. All of it is of one tenant, and all of it happens or nothing."""

    @property
    def sends(self) -> SendRecords:
        """Send checks."""

    @property
    def threads(self) -> ThreadRegister:
        """Flagged threads."""

    @property
    def requests(self) -> ForwardRequests:
        """Forward requests."""

    @property
    def notices(self) -> Notices:
        """The outbox."""

    @property
    def audit(self) -> AuditLog:
        """The audit log. Its end is held until the transaction ends: append last."""


class Store(Protocol):
    """Runs steps."""

    def run(self, tenant: str, step: Callable[[Work], T]) -> T:
        """Does a step in one transaction and answers what it answers. What the step raises undoes it.

        It is done again, from the start, when somebody else was in the way (a few times at most): a step has no effect
        outside the store. Raises Unavailable (`database_busy`) when it could not be done for others.
        """

    def look(self, tenant: str, step: Callable[[Work], T]) -> T:
        """The same for a step that only reads: it never waits for a writer."""

    def tenants(self) -> Sequence[str]:
        """Every tenant that has rows of a kind that a worker looks after."""

    def is_reachable(self) -> bool:
        """Whether the database answers now."""
