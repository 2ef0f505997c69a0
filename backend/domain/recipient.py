"""Who a recipient turns out to be, and the port that answers it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from backend.domain.draft import Mailbox


class RecipientVerdict(StrEnum):
    """What the directory says of an address. Codes are the contract."""

    VERIFIED = "verified"
    OTHER_UNIT = "other_unit"
    GROUP = "group"
    EXTERNAL = "external"
    UNKNOWN = "unknown"
    DISABLED = "disabled"
    LOOKALIKE = "lookalike"
    PRIVATE = "private"
    UNVERIFIABLE = "unverifiable"


INSIDE = frozenset({RecipientVerdict.VERIFIED, RecipientVerdict.OTHER_UNIT, RecipientVerdict.GROUP})
"""Verdicts of people whom the directory knows as the municipality's own."""


class Directory(Protocol):
    """Looks people up. One municipality's directory; never asked across tenants."""

    def verify(self, mailboxes: Sequence[Mailbox]) -> list[RecipientVerdict]:
        """One verdict for each mailbox, in order. Answers `UNVERIFIABLE` rather than failing."""
