"""What is known at send beside the draft itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.domain.recipient import JudgedRecipients
from backend.domain.threads import ThreadStanding


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the sender has stated and what the service knows of thread and recipients.

    `recipients` are the draft's own, judged; empty where nobody was asked about them. `grounds` maps
    personnummer/sensitive/photo to a ground code. `confirmed` are mailbox keys: a confirmation is one of the whole set,
    and holds for no other. `thread` is None where nobody has looked: then the draft itself is all there is to go by.
    `approved`: somebody with the right to do so has approved this forward. `repr` shows no address.
    """

    recipients: JudgedRecipients = field(default_factory=JudgedRecipients)
    grounds: Mapping[str, str] = field(default_factory=dict)
    confirmed: frozenset[str] = field(default=frozenset(), repr=False)
    thread: ThreadStanding | None = None
    approved: bool = False
