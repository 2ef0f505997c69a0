"""What a label rests on, and which label what is left of it would give: the policy's own rules, asked once more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from backend.decision.facts import MANY, finding_facts
from backend.decision.levels import Level, level_of
from backend.decision.meanings import Meaning
from backend.decision.policy_file import PolicyFile
from backend.domain.detected import Identity
from backend.domain.label import Category


class Circumstance(StrEnum):
    """What raises a label and is no finding.

    People who can be found by name and address, many people, and what the model thinks of the text as a whole. The
    first two can be taken out of a draft; whether the model will think otherwise of what is left can only be hoped.
    """

    FINDABLE = "findable"
    MANY_PEOPLE = "many_people"
    LIKELY_SEVERE = "likely_severe"


FACT_OF = {
    Circumstance.FINDABLE: "strong_identifier",
    Circumstance.MANY_PEOPLE: "five_people",
    Circumstance.LIKELY_SEVERE: "likely_severe",
}
"""The fact that a circumstance makes true."""
NUMBER_FACTS = frozenset({"personnummer", "strong_identifier", "five_personnummer"})
"""Facts that a personnummer makes true."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that the policy's label rules see of a draft."""

    policy: PolicyFile
    identity: Identity
    likely_severe: bool
    meanings: tuple[Meaning, ...]

    def circumstances(self) -> tuple[Circumstance, ...]:
        """Those that hold."""
        facts = {
            Circumstance.FINDABLE: _findable(self.identity),
            Circumstance.MANY_PEOPLE: self.identity.people_in_findings >= MANY,
            Circumstance.LIKELY_SEVERE: self.likely_severe,
        }
        return tuple(one for one, holds in facts.items() if holds)

    def facts(self, left: Sequence[Meaning], without: frozenset[Circumstance] = frozenset()) -> frozenset[str]:
        """Facts of what is left. How many people the rest concerns is not known: no fewer are assumed."""
        findings = [meaning.finding for meaning in left]
        taken_out = _has_number(self.meanings) and not _has_number(left)
        numbers = 0 if taken_out else self.identity.personnummer
        people = self.identity.people_in_findings
        identity = replace(
            self.identity,
            personnummer=numbers,
            strong=numbers > 0 or (_findable(self.identity) and Circumstance.FINDABLE not in without),
            people_in_findings=min(people, MANY - 1) if Circumstance.MANY_PEOPLE in without else people,
        )
        severe = self.likely_severe and Circumstance.LIKELY_SEVERE not in without
        return finding_facts(identity, findings, likely_severe=severe)

    def level(self, left: Sequence[Meaning], without: frozenset[Circumstance] = frozenset()) -> Level:
        """The label of what is left."""
        return level_of(self.policy, [meaning.finding for meaning in left], self.facts(left, without))


def _findable(identity: Identity) -> bool:
    return identity.findable or (identity.strong and not identity.personnummer)


def _has_number(meanings: Sequence[Meaning]) -> bool:
    return any(meaning.category is Category.PERSONNUMMER for meaning in meanings)
