"""Rules and person words compiled into one lexicon, and its hits in one part sorted by what they are for."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from backend.detection.lexicon import Hit, Lexicon, pattern_words
from backend.detection.persons import Clue, Mention, person_patterns
from backend.detection.rule_files import HOLDS_DIGIT, Rule
from backend.detection.tokens import Token

_REACH = 8
"""What must stand beside a term stands at most this many words from it, in the same sentence."""
_LONGEST_PATTERN = 8
_COVERS_GROUP = frozenset({Mention.ROLE, Mention.INDEFINITE_ROLE, Mention.RELATION})

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Uses:
    """What a pattern means: to whom it points, and to which rules (by index) it is a term, a support or a refusal."""

    mentions: list[Mention | Clue] = field(default_factory=list)
    terms: list[int] = field(default_factory=list)
    also: set[int] = field(default_factory=set)
    exclude: list[int] = field(default_factory=list)


class _Support(NamedTuple):
    """A place where rules find what they want beside their terms."""

    first: int
    after: int
    rules: set[int]


@dataclass(slots=True)
class TermHits:
    """Hits of one part: mentions, clues, and per rule the terms found with what supports or cancels them.

    `alone` are terms that the rule lists under `also` as well: they need no support.
    """

    mentions: list[Hit[Mention]] = field(default_factory=list)
    clues: dict[Clue, list[Range]] = field(default_factory=lambda: defaultdict(list))
    terms: dict[int, set[Range]] = field(default_factory=lambda: defaultdict(set))
    alone: dict[int, set[Range]] = field(default_factory=lambda: defaultdict(set))
    also: list[_Support] = field(default_factory=list)
    cancelled: dict[int, list[Range]] = field(default_factory=lambda: defaultdict(list))

    def take(self, uses: _Uses, first: int, after: int) -> None:
        """Sorts in one hit of a pattern."""
        for owner in uses.mentions:
            if isinstance(owner, Mention):
                self.mentions.append(Hit(owner, first, after))
            else:
                self.clues[owner].append((first, after))
        for rule in uses.terms:
            self.terms[rule].add((first, after))
            if rule in uses.also:
                self.alone[rule].add((first, after))
        for rule in uses.exclude:
            self.cancelled[rule].append((first, after))
        if uses.also:
            self.also.append(_Support(first, after, uses.also))


class TermFinder:
    """Compiled once from all rules."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._lexicon: Lexicon[_Uses] = Lexicon(_patterns(rules))

    def find(self, tokens: Sequence[Token]) -> TermHits:
        """All hits in a part's tokens."""
        hits = TermHits()
        for uses, first, after in self._lexicon.find(tokens):
            hits.take(uses, first, after)
        hits.mentions = _uncovered(hits)
        hits.also.sort(key=itemgetter(0))
        for ranges in hits.cancelled.values():
            ranges.sort()
        return hits

    def standing(self, hits: TermHits, tokens: Sequence[Token]) -> Iterator[tuple[Rule, int, int]]:
        """Rules with the token ranges that stand: supported by `also`, not cancelled by `not`, the longest first."""
        supports = [support.first for support in hits.also] if hits.terms else []
        for index, ranges in sorted(hits.terms.items()):
            rule = self._rules[index]
            covered = -1
            for first, after in sorted(ranges, key=lambda one: (one[0], -one[1])):
                if first < covered or _cancelled(hits.cancelled.get(index, ()), first, after):
                    continue
                alone = not rule.also or (first, after) in hits.alone.get(index, ())
                if not alone and not self._supported(index, hits.also, supports, tokens, (first, after)):
                    continue
                covered = after
                yield rule, first, after

    def _supported(
        self, rule: int, also: Sequence[_Support], starts: Sequence[int], tokens: Sequence[Token], term: Range
    ) -> bool:
        """Whether something that the rule wants stands near the term and not only inside it."""
        first, after = term
        sentence = tokens[first].sentence
        for index in range(bisect_left(starts, first - _REACH - _LONGEST_PATTERN), len(also)):
            support = also[index]
            if support.first - after > _REACH:
                break
            beside = support.first < first or support.after > after
            near = beside and first - support.after <= _REACH and tokens[support.first].sentence == sentence
            if near and rule in support.rules:
                return True
        return HOLDS_DIGIT in self._rules[rule].also and any(
            token.sentence == sentence and any(map(str.isdigit, token.word))
            for token in (*tokens[max(first - _REACH, 0) : first], *tokens[after : after + _REACH])
        )


def _cancelled(ranges: Sequence[Range], first: int, after: int) -> bool:
    for index in range(bisect_left(ranges, (first - _LONGEST_PATTERN, 0)), len(ranges)):
        start, stop = ranges[index]
        if start >= after:
            return False
        if stop > first:
            return True
    return False


def _uncovered(hits: TermHits) -> list[Hit[Mention]]:
    """Mentions without those that a longer one says otherwise: "min medarbetare" is no group of people."""
    single = {index for hit in hits.mentions if hit.owner in _COVERS_GROUP for index in range(hit.first, hit.after)}
    ordinary = {index for first, after in hits.clues[Clue.ORDINARY] for index in range(first, after)}
    return [
        hit
        for hit in hits.mentions
        if not (hit.owner is Mention.GROUP and (hit.first in single or hit.first in ordinary))
        and not (hit.owner is Mention.GENERAL and hit.first in ordinary)
    ]


def _patterns(rules: Sequence[Rule]) -> Iterator[tuple[str, _Uses]]:
    """Each pattern once, with all that it is used for: common words serve dozens of rules."""
    uses: dict[tuple[str, ...], _Uses] = defaultdict(_Uses)
    for pattern, owner in person_patterns():
        uses[pattern_words(pattern)].mentions.append(owner)
    for index, rule in enumerate(rules):
        for pattern in rule.terms:
            uses[pattern_words(pattern)].terms.append(index)
        for pattern in rule.exclude:
            uses[pattern_words(pattern)].exclude.append(index)
        for pattern in rule.also:
            if pattern != HOLDS_DIGIT:
                uses[pattern_words(pattern)].also.add(index)
    return ((" ".join(words), used) for words, used in uses.items())
