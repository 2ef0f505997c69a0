"""What a sender's earlier mail tells of whom they write to: keyed hashes only, forgettable, and one sender's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Gathering:
    """Those who got one draft together. `recipients` are keyed hashes (hex) that mean nothing for another sender.

    `draft` is a keyed digest: a draft that is checked again replaces what was kept of it. `labelled` says whether it
    had a label. `day` is the day (UTC) it was sent.
    """

    draft: str
    day: date
    labelled: bool
    recipients: frozenset[str]


class Habits(Protocol):
    """The store as workflows see it. Every call is one transaction and sees one sender of one tenant only."""

    def remember(self, tenant: str, actor: str, gathering: Gathering) -> None:
        """Keeps a gathering in place of an earlier one of the same draft. Beyond the newest 200 the oldest go."""

    def gatherings(self, tenant: str, actor: str) -> Sequence[Gathering]:
        """The sender's gatherings, newest day first; at most 200."""

    def forget_before(self, day: date) -> int:
        """Deletes gatherings of earlier days in every tenant; how many there were."""

    def forget_actor(self, tenant: str, actor: str) -> int:
        """Deletes everything of one sender; how many gatherings there were."""
