"""Why a draft got its label, told to the person who wrote it, and what would lower the label."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.domain.label import Category, Label


class Role(StrEnum):
    """A reason's part in the label: it falls without it, others carry it too, or it has no part in it."""

    DECIDES = "decides"
    SHARES = "shares"
    ADDS = "adds"


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a part. `number` counts the part's sentences from 1; None where the text is in no sentence."""

    part: str
    start: int
    end: int
    number: int | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that the draft says, once or many times.

    `findings` are indices into the assessment's findings; empty for what makes people findable without a finding
    (an address, many names). `sentence` is where the strongest finding stands, `places` where all of them do, in
    reading order. `confidence` is in 0–1.
    """

    text: str
    categories: tuple[Category, ...]
    findings: tuple[int, ...]
    rules: tuple[str, ...]
    sentence: Place | None
    places: tuple[Place, ...]
    confidence: float
    role: Role


@dataclass(frozen=True, slots=True)
class LoweringStep:
    """What to take out of the draft for `label` to be enough. `findings` are indices into the assessment's findings."""

    label: Label
    findings: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """The sentences that reasons and steps are made of (`texts/reasons.toml`).

    `topics` and `things` name each category after "något om" and "tar du bort". `sentences` have words in braces.
    `numbers` are the words for 0, 1, 2 …
    """

    topics: Mapping[str, str]
    things: Mapping[str, str]
    sentences: Mapping[str, str]
    numbers: tuple[str, ...]

    def number(self, count: int) -> str:
        """`count` as a word where there is one, else in digits."""
        return self.numbers[count] if count < len(self.numbers) else str(count)
