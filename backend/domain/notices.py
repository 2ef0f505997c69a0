"""Notices: short mails that say that something waits, and nothing of what. Kept until they are delivered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from backend.domain.draft import Mailbox


class NoticeKind(StrEnum):
    """What a notice is about. Its words are data (`texts/notices.toml`)."""

    APPROVAL_ASKED = "approval_asked"
    REQUEST_APPROVED = "request_approved"
    REQUEST_PARTLY_APPROVED = "request_partly_approved"
    REQUEST_REFUSED = "request_refused"
    REQUEST_EXPIRED = "request_expired"
    REQUEST_WITHDRAWN = "request_withdrawn"
    """To those who were asked: no answer is needed any more."""


class NoticeState(StrEnum):
    """Where a notice stands."""

    WAITING = "waiting"
    SENT = "sent"
    DEAD = "dead"
    """Given up after the last try: somebody has to look."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it is kept. `sealed` is the mailbox it goes to, encrypted, None once erased. Times are aware UTC."""

    id: str
    kind: NoticeKind
    request_id: str
    made_at: datetime
    due_at: datetime
    sealed: bytes | None = field(default=None, repr=False)
    state: NoticeState = NoticeState.WAITING
    tries: int = 0
    error: str = ""
    done_at: datetime | None = None


class Notices(Protocol):
    """The outbox of one tenant inside one transaction."""

    def add(self, notice: Notice) -> None:
        """Keeps a new notice: it goes out after the transaction has ended, and only then."""

    def claim(self, now: datetime, until: datetime, limit: int = 20) -> Sequence[Notice]:
        """Waiting notices that are due, oldest first, put off to `until` so that nobody else takes them meanwhile."""

    def save(self, notice: Notice) -> None:
        """Keeps how a delivery ended."""

    def newest(self, limit: int = 50) -> Sequence[Notice]:
        """The newest notices in any state, newest first."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice in words. `message_id` is the same at every try, so that a mail system can drop a second copy."""

    message_id: str
    to: Mailbox = field(repr=False)
    subject: str
    text: str


class Courier(Protocol):
    """Delivers letters."""

    def deliver(self, letter: Letter) -> None:
        """Hands a letter over. Raises Undelivered."""


class Undelivered(Exception):
    """The letter was not taken. `code` is stable and says why; `again` whether another try can help."""

    def __init__(self, code: str, *, again: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.again = again
