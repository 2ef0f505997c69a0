"""What the product remembers: codes and keyed hashes, never text, names, addresses or numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backend.domain.label import Label, SendDecision


@dataclass(frozen=True, slots=True)
class SendRecord:
    """One send check. `actor` and `draft` are keyed hashes (hex); `at` is an aware UTC time."""

    tenant: str
    actor: str
    draft: str
    at: datetime
    label: Label
    decision: SendDecision
    categories: tuple[str, ...]
    unmet: tuple[str, ...]
    grounds: tuple[str, ...]
    policy_version: str
    model_version: str


class Records(Protocol):
    """The store as workflows see it. Every call is one transaction and sees one tenant only."""

    def is_flagged(self, tenant: str, thread_keys: Sequence[str]) -> bool:
        """Whether any of the keyed thread hashes is registered as flagged."""

    def record_send(self, record: SendRecord, thread_keys: Sequence[str]) -> None:
        """Keeps a send check; registers the threads as flagged with the record's label. All or nothing."""

    def is_reachable(self) -> bool:
        """Whether the store answers now."""
