"""Per sentence of one part: who is mentioned, and how surely a word there is said of one identifiable person."""

from bisect import bisect_left
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
_BETWEEN_SUBJECT_AND_BODY = 0.63
_GENERAL_PENALTY = 0.35
_GENERAL_CLOSE = 6
"""A general word weighs full at most this many words from the finding, half where the sentence speaks of someone."""
_GENERAL_ELSEWHERE_PENALTY = 0.2
_GROUP_PENALTY = 0.2
TRADE_PENALTY = 0.5
_WEAK = 0.5
_SPEAKS_OF_SOMEONE = 0.85
_STAYS_IN_SENTENCE = frozenset({Mention.SELF, Mention.INDEFINITE_ROLE})
"""'Jag' and 'en elev' stand in nearly every mail: they say something of their own sentence only."""


@dataclass(slots=True)
class SentenceMentions:
    """Mentions of one part by sentence number. `body` is set for the subject line, `subject` elsewhere."""

    own: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    reaching: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    general: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    group: set[int] = field(default_factory=set)
    counts: dict[Mention, int] = field(default_factory=lambda: defaultdict(int))
    people_at: set[int] = field(default_factory=set)
    strongest: float = 0.0
    secret_topic: bool = False
    """Whether a word for a code or a password stands in the part."""
    subject: "SentenceMentions | None" = None
    body: "SentenceMentions | None" = None

    def add(self, mention: Mention, index: int, sentence: int) -> None:
        """Takes in one mention at a token."""
        self.counts[mention] += 1
        if mention is Mention.GENERAL:
            self.general[sentence].append(index)
        elif mention is Mention.GROUP:
            self.group.add(sentence)
        elif mention in EVIDENCE:
            weight = EVIDENCE[mention]
            self.own[sentence] = max(self.own[sentence], weight)
            if mention not in _STAYS_IN_SENTENCE:
                self.people_at.add(index)
                self.reaching[sentence] = max(self.reaching[sentence], weight)
                self.strongest = max(self.strongest, weight)

    def add_names(self, names: Sequence[Name], tokens: Sequence[Token]) -> None:
        """Takes in names that are spoken of: neither writer, reader nor signature."""
        for name in names:
            if name.spoken_of:
                self.add(name.kind, name.first, tokens[name.first].sentence)

    def add_weak(self, sentence: int) -> None:
        """Takes in a sentence whose "jag" is left out or that speaks to a reader who is named: no mention."""
        self.own[sentence] = max(self.own[sentence], _WEAK)

    def close(self) -> None:
        """After the last mention: general words in order of place."""
        for places in self.general.values():
            places.sort()

    def evidence(self, index: int, sentence: int, *, by_trade: bool = False) -> float:
        """How surely the word at a token is said of an identifiable person, 0–1.

        `by_trade` says that someone speaks of the topic or works with it there ("Karin föreläser om …").
        """
        found = self.own.get(sentence, 0.0)
        for offset, weight in _NEIGHBOURS:
            found = max(found, weight * self.reaching.get(sentence + offset, 0.0))
        penalty = TRADE_PENALTY if by_trade else 0.0
        if self.subject is not None:
            found = max(found, _BETWEEN_SUBJECT_AND_BODY * self.subject.strongest)
            penalty += _GENERAL_ELSEWHERE_PENALTY if self.subject.general else 0.0
        if self.body is not None:
            doubt = _GENERAL_ELSEWHERE_PENALTY if self.body.general else 0.0
            found = max(found, _BETWEEN_SUBJECT_AND_BODY * self.body.strongest - doubt)
        return max(found - penalty - self.generality(index, sentence), 0.0)

    def generality(self, index: int, sentence: int) -> float:
        """How much speaks for the topic in general in this sentence, as a deduction from the evidence."""
        general = 0.0
        if sentence in self.general:
            far = self._general_distance(index, sentence) > _GENERAL_CLOSE
            someone = self.own.get(sentence, 0.0) >= _SPEAKS_OF_SOMEONE
            general = _GENERAL_PENALTY / 2 if far and someone else _GENERAL_PENALTY
        return general + (_GROUP_PENALTY if sentence in self.group else 0.0)

    def said_in_general(self, sentence: int) -> bool:
        """Whether a general word stands in the sentence."""
        return sentence in self.general

    def _general_distance(self, index: int, sentence: int) -> int:
        places = self.general[sentence]
        after = bisect_left(places, index)
        return min(abs(place - index) for place in places[max(after - 1, 0) : after + 1])
