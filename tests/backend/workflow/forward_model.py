"""What must be of a forward request, for the state machine to compare the store with."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from backend.domain.errors import CodedError
from backend.domain.person import Person

PENDING_HOURS, APPROVED_HOURS = 72, 48


@dataclass
class Model:
    """What must be of one request."""

    requester: Person
    question: tuple[str, str, frozenset[str]]
    asked_at: int
    status: str = "pending"
    approved: frozenset[str] = frozenset()
    decider: str = ""
    ends_at: int = 0
    session: str = ""
    events: list[str] = field(default_factory=lambda: ["forward_requested"])
    told: Counter[str] = field(default_factory=Counter)

    def pass_time(self, now: int) -> None:
        if self.status in ("pending", "approved") and now >= self.ends_at:
            self.status = "expired"
            self.events.append("forward_expired")
            self.told["request_expired"] += 1


def attempt(call: Callable[[], object]) -> object:
    """What came of it: the answer, or the code of the refusal."""
    try:
        return call()
    except CodedError as error:
        return error.code
