"""What the sender can take out of a draft for a lower label to be enough, by the policy's own rules."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain, combinations

from backend.decision.facts import MANY
from backend.decision.grounds import FACT_OF, Circumstance, Grounds
from backend.decision.levels import Level, carries
from backend.decision.meanings import Meaning, indices_of
from backend.domain.finding import BY_MODEL
from backend.domain.label import Category, Label
from backend.domain.reason import LoweringStep, ReasonWords

_MOST_FOR_LABEL = 2
"""Ways to one label that are told, the cheapest first."""
_MOST_THINGS = 4
"""Things that are named one by one: of more, only "all of it" is worth saying."""
_HOPE = frozenset({Circumstance.LIKELY_SEVERE})


@dataclass(frozen=True, slots=True)
class Cut:
    """A way to a lower label: what is taken out, and the label of what is left.

    `removed` are indices into the grounds' meanings. A cut that is not `sure` hopes that the model finds what is left
    less severe. `cost` is how much there is to change: things, then places.
    """

    label: Label
    removed: frozenset[int]
    without: frozenset[Circumstance]
    cost: tuple[int, int]

    @property
    def sure(self) -> bool:
        """Whether the rules alone say so."""
        return Circumstance.LIKELY_SEVERE not in self.without

    def covers(self, other: "Cut") -> bool:
        """Whether this takes out, and hopes, all that `other` does."""
        return self.removed >= other.removed and self.without >= other.without


def cuts_of(grounds: Grounds, level: Level) -> tuple[Cut, ...]:
    """Ways from the level's label to each lower one: the nearest label first, none that takes out more than it must."""
    found = [cut for target in _below(level.label) for cut in _cuts(grounds, target)]
    if level.rule is not None and FACT_OF[Circumstance.LIKELY_SEVERE] in level.rule.facts:
        found = [cut for cut in found if cut.sure]  # it was the model that raised the label: nothing to hope for
    told: list[Cut] = []
    for target in _below(level.label):
        ways = sorted((cut for cut in found if cut.label is target), key=lambda cut: cut.cost)
        needed = [cut for cut in dict.fromkeys(ways) if not any(_idle(cut, other) for other in found)]
        if target is not Label.NONE:
            needed = [cut for cut in needed if cut.cost[0] <= _MOST_THINGS]
        told.extend(needed[:_MOST_FOR_LABEL])
    return tuple(told)


def lowering_of(
    grounds: Grounds,
    level: Level,
    words: ReasonWords,
    name_of: Callable[[Label], str],
    quiet_without: Callable[[tuple[int, ...]], bool],
) -> tuple[LoweringStep, ...]:
    """The cuts as sentences. `name_of` is the policy's name of a label.

    `quiet_without` tells whether the model has nothing to say of what is left without some findings (by index): only
    then, and where rules say what to take out, is a promise made; else it is said what is likely.
    """
    steps = []
    for cut in cuts_of(grounds, level):
        findings = indices_of(_only(grounds, cut.removed))
        guessed = any(BY_MODEL in meaning.finding.traits for meaning in _only(grounds, cut.removed))
        sure = cut.sure and not guessed and quiet_without(findings)
        steps.append(LoweringStep(cut.label, findings, _told(cut, grounds, words, name_of(cut.label), sure=sure)))
    return tuple(steps)


def _below(label: Label) -> list[Label]:
    return sorted((one for one in Label if one.rank < label.rank), key=lambda one: -one.rank)


def _idle(cut: Cut, other: Cut) -> bool:
    """Whether `other` comes as far or further with less."""
    if other.label.rank > cut.label.rank or not cut.covers(other):
        return False
    return other.label is not cut.label or not other.covers(cut)


def _cuts(grounds: Grounds, target: Label) -> Iterator[Cut]:
    """For every choice of identifying things to take out: what else has to go for the label to be at most `target`."""
    indices = frozenset(range(len(grounds.meanings)))
    numbers = frozenset(index for index in indices if grounds.meanings[index].category is Category.PERSONNUMMER)
    for without in _choices(grounds.circumstances()):
        for taken in {numbers, frozenset[int]()}:
            facts = grounds.facts(_only(grounds, indices - taken), without)
            high = [rule for rule in grounds.policy.level if rule.label.rank > target.rank and rule.facts <= facts]
            removed = taken | {
                index for index in indices if any(carries(rule, grounds.meanings[index].finding) for rule in high)
            }
            reached = grounds.level(_only(grounds, indices - removed), without).label
            if (removed or without - _HOPE) and reached.rank <= target.rank:
                yield Cut(reached, removed, without, _cost(grounds, removed, without))


def _cost(grounds: Grounds, removed: frozenset[int], without: frozenset[Circumstance]) -> tuple[int, int]:
    meanings = _only(grounds, removed)
    things = {meaning.category for meaning in meanings}
    return len(things) + len(without - _HOPE), sum(len(meaning.findings) for meaning in meanings)


def _only(grounds: Grounds, indices: frozenset[int]) -> list[Meaning]:
    return [meaning for index, meaning in enumerate(grounds.meanings) if index in indices]


def _choices(circumstances: Sequence[Circumstance]) -> Iterator[frozenset[Circumstance]]:
    sizes = range(len(circumstances) + 1)
    return map(frozenset, chain.from_iterable(combinations(circumstances, size) for size in sizes))


def _told(cut: Cut, grounds: Grounds, words: ReasonWords, name: str, *, sure: bool) -> str:
    stay = {one.category for index, one in enumerate(grounds.meanings) if index not in cut.removed}
    many = grounds.identity.personnummer > 1
    order = list(Category)
    removed = sorted(_only(grounds, cut.removed), key=lambda one: order.index(one.category))
    things = list(dict.fromkeys(_thing(one, stay, words, many=many) for one in removed))
    if len(things) > _MOST_THINGS:
        things = [words.things["everything"]]
    if Circumstance.FINDABLE in cut.without:
        things.append(words.things[Circumstance.FINDABLE.value])
    fewer = Circumstance.MANY_PEOPLE in cut.without
    form = "remove_and_fewer" if fewer and things else "fewer" if fewer else "remove"
    how = words.sentences[form].format(things=_listed(things, words), count=words.number(MANY))
    end = "nothing_needed" if cut.label is Label.NONE else "enough"
    return words.sentences[end if sure else f"{end}_likely"].format(how=how, label=name)


def _thing(meaning: Meaning, stay: AbstractSet[Category], words: ReasonWords, *, many: bool) -> str:
    if BY_MODEL in meaning.finding.traits:
        return words.things["model"]
    if meaning.category is Category.PERSONNUMMER and many:
        return words.things["personnummer_many"]
    thing = words.things[meaning.category.value]
    return words.things["part_of"].format(thing=thing) if meaning.category in stay else thing


def _listed(things: Sequence[str], words: ReasonWords) -> str:
    if len(things) < 2:  # noqa: PLR2004 - one thing needs no "and"
        return "".join(things)
    return f"{', '.join(things[:-1])} {words.sentences['and']} {things[-1]}"
