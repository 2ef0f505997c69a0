"""What is known at send beside the draft itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.domain.recipient import JudgedRecipients


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the sender has stated and what the service knows of thread and recipients.

    `recipients` are the draft's own, judged; empty where nobody was asked about them. `grounds` maps
    personnummer/sensitive/photo to a ground code. `confirmed` are mailbox keys: a confirmation is one of the whole set,
    and holds for no other. `repr` shows no address.
    """

    recipients: JudgedRecipients = field(default_factory=JudgedRecipients)
    grounds: Mapping[str, str] = field(default_factory=dict)
    confirmed: frozenset[str] = field(default=frozenset(), repr=False)
    flagged_thread: bool = False
    approved: bool = False
