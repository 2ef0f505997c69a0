"""What the product remembers: codes and keyed hashes, never text, names, addresses or numbers."""

from dataclasses import dataclass
from datetime import datetime

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
