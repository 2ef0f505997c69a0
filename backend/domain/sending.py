"""What is known at send beside the draft itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from backend.domain.recipient import RecipientVerdict


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the sender has stated and what the service knows of thread and recipients.

    `verdicts` stand in the order of the draft's recipients. `grounds` maps personnummer/sensitive/photo to a ground
    code. `confirmed` are mailbox keys. `repr` shows no address.
    """

    verdicts: Sequence[RecipientVerdict] = ()
    grounds: Mapping[str, str] = field(default_factory=dict)
    confirmed: frozenset[str] = field(default=frozenset(), repr=False)
    flagged_thread: bool = False
    approved: bool = False
