"""The audit log's words: a closed set of events, and codes that say what happened. No text, no third person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Event(StrEnum):
    """What can stand in the log. Tags are the contract and never reused."""

    SEND_ALLOWED = "send_allowed"
    SEND_PROMPTED = "send_prompted"
    SEND_BLOCKED = "send_blocked"
    THREAD_FLAGGED = "thread_flagged"
    FORWARD_REQUESTED = "forward_requested"
    FORWARD_APPROVED = "forward_approved"
    FORWARD_REFUSED = "forward_refused"
    FORWARD_WITHDRAWN = "forward_withdrawn"
    FORWARD_EXPIRED = "forward_expired"
    APPROVAL_USED = "approval_used"
    NOTICE_SENT = "notice_sent"
    NOTICE_GIVEN_UP = "notice_given_up"
    LOG_READ = "log_read"
    LOG_EXPORTED = "log_exported"
    PERSON_EXPORTED = "person_exported"
    PERSON_ERASED = "person_erased"
    ROWS_PURGED = "rows_purged"


Detail = str | int | tuple[str, ...]
"""A code, a count, or codes. Never something that a person wrote."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Something that happened, before it is in the chain. `actor` is a keyed hash; empty for the service itself."""

    event: Event
    at: datetime
    actor: str = ""
    details: Mapping[str, Detail] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An entry in its place. `commitment` binds the actor; `actor` and `salt` are None once they are erased.

    `previous` and `digest` (64 hex digits) chain the rows of one tenant; `number` counts them from 1 without a gap.
    """

    number: int
    entry: AuditEntry
    commitment: str
    salt: str | None
    erased_by: int | None
    previous: str
    digest: str


class AuditLog(Protocol):
    """The log of one tenant inside one transaction."""

    def append(self, entry: AuditEntry) -> int:
        """Puts an entry at the end of the chain; its number. Raises ValueError for details that are not codes."""

    def rows(self, after: int = 0, limit: int | None = None) -> Iterator[AuditRow]:
        """The rows with a higher number than `after`, in order."""
