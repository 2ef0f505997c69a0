"""What detection found in a part: never the value itself, only a masked excerpt and an explanation."""

from dataclasses import dataclass, field

from backend.domain.label import Category

BY_MODEL = "by_model"
"""Trait of findings that the model makes where no rule has words for it."""
UNSURE_TOPIC = "unsure_topic"
"""Trait of such a finding whose category is only the likeliest of several."""
WRITTEN_OUT = "written_out"
"""Trait of findings that show the secret itself, as a password does: no text around them makes them general."""

SAID_OF_NAMED = "said_of_named"
"""Trait of findings that a name and a verb lead up to, as in "Anna har fått …": nobody else can be meant."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation in one part.

    `start`/`end` count Unicode code points in the part's plain text. `excerpt` is masked. `confidence` is in 0–1.
    `about_person` says that the text speaks of an identifiable individual here. `source` names rows of the
    requirements table (M1–M15, R1–R16). `traits` are facts that the policy's level rules ask for
    (`strict`, `psychiatric`, …).
    """

    category: Category
    rule: str
    part: str
    start: int
    end: int
    excerpt: str
    about_person: bool
    confidence: float
    explanation: str
    source: tuple[str, ...]
    traits: frozenset[str] = field(default_factory=frozenset)
