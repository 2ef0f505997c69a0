"""What is kept when somebody says that an assessment was wrong: numbers and codes, never text or a name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from backend.domain.detected import Detected
from backend.domain.label import Category, Label


@dataclass(frozen=True, slots=True)
class DraftVector:
    """What learning may keep of a draft.

    `signals` are rounded to two significant digits. `columns` are the n-gram columns, in rising order, of those of the
    draft's words that the corpus knows; `space` is how many n-gram columns there are. No counts, no order, no pairs,
    no letters (docs/privacy.md says why). `repr` shows none of it.
    """

    signals: Mapping[str, float] = field(repr=False)
    columns: Sequence[int] = field(repr=False)
    space: int


class DraftVectors(Protocol):
    """Makes vectors of drafts."""

    def of(self, detected: Detected) -> DraftVector:
        """The vector of one draft. Deterministic; safe to call from several threads."""


@dataclass(frozen=True, slots=True)
class FeedbackRecord:
    """One answer as it is stored.

    `receipt` is a keyed hash of tenant, person and assessment; `actor` one of tenant and person (both hex). `day` is
    UTC. `categories` is None where the sender said nothing of them. `columns` are hidden under the installation's key
    and `salt`; `key_id` tells which key, `form` how signals and columns are written.
    """

    tenant: str
    receipt: str
    actor: str
    day: date
    said: Label
    right: Label
    categories: tuple[Category, ...] | None
    wrong_rules: tuple[str, ...]
    signals: bytes = field(repr=False)
    columns: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    key_id: str
    form: str
    model_version: str


class FeedbackStore(Protocol):
    """Where answers lie. Every call is one transaction."""

    def put(self, record: FeedbackRecord, most_a_day: int) -> bool:
        """Keeps an answer, in the place of an earlier one with the same tenant and receipt.

        False, and nothing kept, when the actor has given `most_a_day` others on this day. Several calls at the very
        same time may each see room for one more.
        """

    def answers(self) -> Iterator[FeedbackRecord]:
        """Every tenant's answers, oldest day first, then by receipt."""

    def forget_before(self, day: date) -> int:
        """Deletes the answers of earlier days in every tenant; how many there were."""

    def forget_actor(self, tenant: str, actor: str) -> int:
        """Deletes one person's answers; how many there were."""
