"""The reasons behind a label for the person who wrote the draft: few, the most telling first, none told twice."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.decision.facts import MANY
from backend.decision.grounds import FACT_OF, NUMBER_FACTS, Circumstance, Grounds
from backend.decision.levels import Level, carries
from backend.decision.meanings import Meaning, indices_of
from backend.decision.places import SentencePlaces
from backend.decision.policy_file import LevelRule
from backend.domain.finding import BY_MODEL, UNSURE_TOPIC, Finding
from backend.domain.label import Category
from backend.domain.reason import Place, Reason, ReasonWords, Role

_MOST_OF_CATEGORY = 3
"""Reasons of one category that are told each for itself; the rest become one."""

_OTHER_RULE, _NO_RULE = 2, 3


@dataclass(slots=True)
class _Group:
    """Meanings of one category that are told as one reason. `rest`: what is left when the strongest have been told."""

    meanings: list[Meaning]
    places: set[Place]
    rest: bool


def reasons_of(
    grounds: Grounds, level: Level, findings: Sequence[Finding], places: SentencePlaces, words: ReasonWords
) -> tuple[Reason, ...]:
    """All reasons: what gives the label, then what makes people findable, then what else was seen.

    `findings` are the assessment's, which the grounds' meanings were gathered from.
    """
    facts = grounds.facts(grounds.meanings)
    holding = tuple(rule for rule in grounds.policy.level if rule.label is level.label and rule.facts <= facts)
    return _Teller(grounds, level, findings, places, words, holding).reasons()


@dataclass(frozen=True, slots=True)
class _Teller:
    """Makes reasons of what a label rests on. `holding` are all rules that give the label and whose facts hold."""

    grounds: Grounds
    level: Level
    findings: Sequence[Finding]
    places: SentencePlaces
    words: ReasonWords
    holding: tuple[LevelRule, ...]

    def reasons(self) -> tuple[Reason, ...]:
        ranked = sorted(self.grounds.meanings, key=self._rank)
        groups = self._groups(ranked)
        first = [self._reason(one) for one in groups if self._tier(one.meanings[0]) < _OTHER_RULE]
        rest = [self._reason(one) for one in groups if self._tier(one.meanings[0]) >= _OTHER_RULE]
        return (*first, *self._circumstances(), *rest)

    def _groups(self, ranked: Sequence[Meaning]) -> list[_Group]:
        """Each meaning for itself, but for what stands in sentences already pointed at, and beyond the first few."""
        told: dict[Category, list[_Group]] = defaultdict(list)
        groups: list[_Group] = []
        for meaning in ranked:
            places = {self.places.place(self.findings[index]) for index in meaning.findings}
            others = told[meaning.category]
            home = next((one for one in others if places <= one.places), None)
            if home is None and len(others) > _MOST_OF_CATEGORY:
                home = others[-1]
            if home is None:
                home = _Group([], set(), rest=len(others) == _MOST_OF_CATEGORY)
                others.append(home)
                groups.append(home)
            home.meanings.append(meaning)
            home.places |= places
        return groups

    def _rank(self, meaning: Meaning) -> tuple[int, int, bool, float]:
        rules = self.grounds.policy.level
        first = next((index for index, rule in enumerate(rules) if carries(rule, meaning.finding)), len(rules))
        finding = meaning.finding
        return self._tier(meaning), first, not finding.traits, -finding.confidence

    def _tier(self, meaning: Meaning) -> int:
        """How near the label it is: 0 carries it, 1 makes the people findable, 2 would carry it too, 3 does not."""
        if self.level.rule is None:
            return _NO_RULE
        if carries(self.level.rule, meaning.finding):
            return 0
        if meaning.category is Category.PERSONNUMMER and NUMBER_FACTS & self.level.rule.facts:
            return 1
        return _OTHER_RULE if any(carries(rule, meaning.finding) for rule in self.holding) else _NO_RULE

    def _reason(self, group: _Group) -> Reason:
        indices = indices_of(group.meanings)
        strongest = group.meanings[0].finding
        places = tuple(dict.fromkeys(self.places.place(self.findings[index]) for index in indices))
        return Reason(
            text=self._text(group, places),
            categories=(strongest.category,),
            findings=indices,
            rules=tuple(meaning.finding.rule for meaning in group.meanings),
            sentence=self.places.place(strongest),
            places=places,
            confidence=max(meaning.finding.confidence for meaning in group.meanings),
            role=self._role(group.meanings),
        )

    def _text(self, group: _Group, places: Sequence[Place]) -> str:
        sentences = self.words.sentences
        finding = group.meanings[0].finding
        if group.rest and len(group.meanings) > 1:
            said = sentences["more"].format(topic=self.words.topics[finding.category])
        elif BY_MODEL in finding.traits:
            sentence = "model_unsure" if UNSURE_TOPIC in finding.traits else "model"
            said = sentences[sentence].format(topic=self.words.topics[finding.category])
        else:
            said = finding.explanation
        if len(places) == 1:
            return said
        return f"{said} {sentences['places'].format(count=self.words.number(len(places)))}"

    def _role(self, group: Sequence[Meaning]) -> Role:
        left = [meaning for meaning in self.grounds.meanings if meaning not in group]
        # Where a rule gave the label, the model's own opinion of the whole may change with what is left.
        by_model = self.level.rule is not None and FACT_OF[Circumstance.LIKELY_SEVERE] in self.level.rule.facts
        without = frozenset[Circumstance]() if by_model else frozenset({Circumstance.LIKELY_SEVERE})
        if self.grounds.level(left, without).label.rank < self.level.label.rank:
            return Role.DECIDES
        return Role.SHARES if min(map(self._tier, group)) < _NO_RULE else Role.ADDS

    def _circumstances(self) -> Iterator[Reason]:
        facts = self.level.rule.facts if self.level.rule else frozenset()
        for circumstance in self.grounds.circumstances():
            if FACT_OF[circumstance] in facts:
                yield self._circumstance(circumstance)

    def _circumstance(self, circumstance: Circumstance) -> Reason:
        without = self.grounds.level(self.grounds.meanings, frozenset({circumstance, Circumstance.LIKELY_SEVERE}))
        return Reason(
            text=self.words.sentences[circumstance.value].format(count=self.words.number(MANY)),
            categories=(),
            findings=(),
            rules=(),
            sentence=None,
            places=(),
            confidence=1.0,
            role=Role.DECIDES if without.label.rank < self.level.label.rank else Role.SHARES,
        )
