"""Per sentence of one part: who is mentioned, and how surely a word there is said of one identifiable person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.detection.names import Name
from backend.detection.persons import EVIDENCE, Mention
from backend.detection.tokens import Token

ABOUT_PERSON_FROM = 0.5
"""A finding is said of a person from this evidence on."""

_NEIGHBOURS = ((-1, 0.75), (-2, 0.6), (1, 0.6))
"""Sentences beside the finding's own, and how much of their evidence reaches it: people are named first, then 'hon'."""
_FROM_SUBJECT = 0.6
_GENERAL_PENALTY = 0.35
_GENERAL_SUBJECT_PENALTY = 0.2
_GROUP_PENALTY = 0.2
_STAYS_IN_SENTENCE = frozenset({Mention.SELF, Mention.INDEFINITE_ROLE})
"""'Jag' and 'en elev' stand in nearly every mail: they say something of their own sentence only."""


@dataclass(slots=True)
class SentenceMentions:
    """Mentions of one part by sentence number. `subject` is the draft's subject line, None for the subject itself."""

    own: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    reaching: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    general: set[int] = field(default_factory=set)
    group: set[int] = field(default_factory=set)
    counts: dict[Mention, int] = field(default_factory=lambda: defaultdict(int))
    subject: "SentenceMentions | None" = None

    def add(self, mention: Mention, sentence: int) -> None:
        """Takes in one mention."""
        self.counts[mention] += 1
        if mention is Mention.GENERAL:
            self.general.add(sentence)
        elif mention is Mention.GROUP:
            self.group.add(sentence)
        elif mention in EVIDENCE:
            self.own[sentence] = max(self.own[sentence], EVIDENCE[mention])
            if mention not in _STAYS_IN_SENTENCE:
                self.reaching[sentence] = max(self.reaching[sentence], EVIDENCE[mention])

    def add_names(self, names: Sequence[Name], tokens: Sequence[Token]) -> None:
        """Takes in names that are spoken of: neither writer, reader nor signature."""
        for name in names:
            if name.spoken_of:
                self.add(name.kind, tokens[name.first].sentence)

    def strongest(self) -> float:
        """The strongest evidence anywhere in the part that reaches beyond its sentence, 0–1."""
        return max(self.reaching.values(), default=0.0)

    def evidence(self, sentence: int) -> float:
        """How surely a word in `sentence` is said of an identifiable person, 0–1."""
        found = self.own.get(sentence, 0.0)
        for offset, weight in _NEIGHBOURS:
            found = max(found, weight * self.reaching.get(sentence + offset, 0.0))
        penalty = 0.0
        if self.subject is not None:
            found = max(found, _FROM_SUBJECT * self.subject.strongest())
            if self.subject.general:
                penalty += _GENERAL_SUBJECT_PENALTY
        return max(found - penalty - self.generality(sentence), 0.0)

    def generality(self, sentence: int) -> float:
        """How much speaks for the topic in general in this sentence, as a deduction from the evidence."""
        general = _GENERAL_PENALTY if sentence in self.general else 0.0
        return general + (_GROUP_PENALTY if sentence in self.group else 0.0)
