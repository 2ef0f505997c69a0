"""What detection hands on to classification and decision."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.domain.finding import Finding

NAME, NUMBER, PERSONNUMMER = "xnamn", "xtal", "xpnr"
MARKERS = frozenset({NAME, NUMBER, PERSONNUMMER})
"""What stands in a sentence's words for what was there: a model must learn what is said, not of whom."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence or line of a part, with the words folded and every name and number replaced by a marker.

    `start`/`end` count code points in the part's text. `words` is what classifiers read; `repr` does not show it.
    """

    part: str
    start: int
    end: int
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """How clearly a draft points out people, without saying whom. Counts leave signatures and greetings out.

    `strong` is a strong identifier by the label rules: a personnummer of the person, or first and last name with a
    numbered street address or a date of birth (`findable`). `people_in_findings` counts distinct people who stand
    where a sensitive category is said of someone. `person_in_case` says that a name or initials stand right after a
    case word in a heading ("SIP ang A.B.").
    """

    personnummer: int = 0
    full_names: int = 0
    people: int = 0
    strong: bool = False
    people_in_findings: int = 0
    person_in_case: bool = False
    findable: bool = False


@dataclass(frozen=True, slots=True)
class Detected:
    """All findings of a draft, who it points out, and what classifiers need.

    `signals` are numbers under fixed names (see `detection.signals`), equal in training and in service.
    """

    findings: tuple[Finding, ...]
    identity: Identity
    sentences: tuple[Sentence, ...]
    signals: Mapping[str, float]
