"""Pattern forms, and what rules want beside their terms."""

from collections.abc import Sequence

import pytest

from backend.detection.lexicon import Lexicon
from backend.detection.rule_files import PersonDemand, Rule
from backend.detection.sentences import tokenize
from backend.detection.terms import TermFinder
from backend.domain.label import Category


def _rule(terms: Sequence[str], also: Sequence[str] = (), exclude: Sequence[str] = ()) -> Rule:
    return Rule(
        id="health.test",
        category=Category.HEALTH,
        source=("M1",),
        explanation="",
        traits=frozenset(),
        person=PersonDemand.NEAR,
        terms=tuple(terms),
        also=tuple(also),
        exclude=tuple(exclude),
        matches=(),
        clean=(),
    )


def _found(text: str, rule: Rule) -> list[tuple[int, int]]:
    finder = TermFinder([rule])
    tokens = tokenize(text)
    return [(first, after) for _, first, after in finder.standing(finder.find(tokens), tokens)]


@pytest.mark.parametrize(
    ("pattern", "text", "ranges"),
    [
        ("sjuk", "sjuk sjukhus osjuk", [(0, 1)]),
        ("sjuk*", "sjuk sjukhus osjuk", [(0, 1), (1, 2)]),
        ("*sjuk", "sjuk sjukhus osjuk", [(0, 1), (2, 3)]),
        ("*sjuk*", "sjuk sjukhus osjuka", [(0, 1), (1, 2), (2, 3)]),
        ("god man", "en god man, goda män", [(1, 3)]),
        ("god\u00a0man", "god\nman", [(0, 2)]),
        ("går hos psykolog*", "han går hos psykologen", [(1, 4)]),
        ("anmäl* för stöld", "anmäldes för stöld", [(0, 3)]),
        ("ny *kod till", "ny portkod till", [(0, 3)]),
        ("överförmyndare", "overformyndare ÖVERFÖRMYNDARE", [(0, 1), (1, 2)]),
        ("våld", "vald", []),
        ("lvu-*", "LVU-ärende", [(0, 1)]),
        ("a b c", "a b", []),
    ],
)
def test_pattern_forms(pattern: str, text: str, ranges: list[tuple[int, int]]) -> None:
    lexicon = Lexicon([(pattern, "x")])
    assert sorted({(first, after) for _, first, after in lexicon.find(tokenize(text))}) == ranges


def test_empty_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Lexicon([("*", "x")])


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("dricker sprit", True),
        ("sprit är vad han dricker", True),
        ("dricker kaffe. Sprit är dyrt", False),
        ("dricker ett två tre fyra fem sex sju åtta sprit", True),
        ("dricker ett två tre fyra fem sex sju åtta nio tio sprit", False),
        ("dricker", False),
    ],
)
def test_support_stands_near_in_the_sentence(text: str, *, stands: bool) -> None:
    assert bool(_found(text, _rule(["dricker"], ["sprit"]))) is stands


def test_term_does_not_support_itself() -> None:
    rule = _rule(["klarar inte av jobbet"], ["jobb*"])
    assert _found("klarar inte av jobbet", rule) == []
    assert _found("klarar inte av jobbet, sa han på jobbet", rule) == [(0, 4)]


def test_term_listed_as_support_stands_alone() -> None:
    assert _found("en studieskuld", _rule(["studieskuld*", "lån"], ["studieskuld*"])) == [(1, 2)]


def test_digit_supports() -> None:
    rule = _rule(["koden till"], ["#"])
    assert _found("koden till skåpet är 16A", rule) == [(0, 2)]
    assert _found("koden till skåpet är hemlig", rule) == []
    assert _found("koden till skåpet. 16 personer", rule) == []


def test_refusal_cancels_what_it_overlaps() -> None:
    rule = _rule(["cancer*"], exclude=["cancerfond*"])
    assert _found("cancerfonden och cancer", rule) == [(2, 3)]
