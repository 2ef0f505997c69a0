"""Finds many word patterns in one pass (Aho–Corasick), so that time does not grow with the number of rules.

Pattern forms: `ord` (exactly that word), `ord*` (beginning), `*ord` (ending), `*ord*` (anywhere in a word), and
phrases of such words with one gap between. Words of six letters or more also match when typed without dots on åäö.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from backend.detection.tokens import Token

T = TypeVar("T")

_PLAIN = str.maketrans("åäöéü", "aaoeu")
_PLAIN_FROM_LENGTH = 6


class Hit(NamedTuple, Generic[T]):
    """A pattern's owner and the half-open range of tokens that it covers."""

    owner: T
    first: int
    after: int


@dataclass(frozen=True, slots=True)
class _Word:
    stems: tuple[str, ...]
    open_left: bool
    open_right: bool

    def accepts(self, word: str) -> bool:
        return any(self._accepts(stem, word) for stem in self.stems)

    def _accepts(self, stem: str, word: str) -> bool:
        if self.open_left:
            return stem in word if self.open_right else word.endswith(stem)
        return word.startswith(stem) if self.open_right else word == stem


@dataclass(frozen=True, slots=True)
class _Pattern(Generic[T]):
    """Words of which `lead` stand before those that are looked for; `sure` when that is all of them."""

    words: tuple[_Word, ...]
    lead: int
    sure: bool
    owner: T

    def at(self, tokens: Sequence[Token], found: int) -> Hit[T] | None:
        first = found - self.lead
        after = first + len(self.words)
        if self.sure:
            return Hit(self.owner, first, after)
        if first < 0 or after > len(tokens):
            return None
        if all(form.accepts(tokens[first + offset].word) for offset, form in enumerate(self.words)):
            return Hit(self.owner, first, after)
        return None


class Lexicon(Generic[T]):
    """Patterns, each with an owner of any kind, compiled once and searched many times. Immutable, thread-safe."""

    def __init__(self, patterns: Iterable[tuple[str, T]]) -> None:
        by_needle: dict[str, list[_Pattern[T]]] = {}
        for text, owner in patterns:
            words = tuple(_compile_word(word) for word in pattern_words(text))
            first, after = _longest_run(words)
            pattern = _Pattern(words, first, after - first == len(words), owner)
            for needle in _needles(words[first:after]):
                by_needle.setdefault(needle, []).append(pattern)
        self._patterns = list(by_needle.values())
        self._skips = [int(needle[0] == " ") for needle in by_needle]
        self._automaton = AhoCorasick(list(by_needle), matchkind=MatchKind.Standard) if by_needle else None

    def find(self, tokens: Sequence[Token]) -> Iterator[Hit[T]]:
        """All hits, overlapping ones too, in no promised order; the same hit may come twice."""
        if self._automaton is None or not tokens:
            return
        words = [token.word for token in tokens]
        starts = list(accumulate([len(word) + 1 for word in words], initial=1))
        joined = f" {' '.join(words)} "
        patterns, skips = self._patterns, self._skips
        for needle, start, _end in self._automaton.find_matches_as_indexes(joined, overlapping=True):
            index = bisect_right(starts, start + skips[needle]) - 1
            for pattern in patterns[needle]:
                hit = pattern.at(tokens, index)
                if hit is not None:
                    yield hit


def pattern_words(text: str) -> tuple[str, ...]:
    """The words of a pattern in their one spelling: patterns with the same words find the same."""
    spaced = "".join(char if char.isalnum() or char == "*" else " " for char in text.lower())
    # "lvu-*" says the word and whatever is hyphened to it: a star alone adds nothing.
    words = tuple(word for word in spaced.split() if word.strip("*"))
    if not words:
        message = "an empty pattern"
        raise ValueError(message)
    return words


def _longest_run(words: Sequence[_Word]) -> tuple[int, int]:
    """The half-open range of words that can be looked for as one string and is longest: a star inside breaks it."""
    runs: list[tuple[int, int]] = []
    start = 0
    for index in range(1, len(words) + 1):
        if index == len(words) or words[index - 1].open_right or words[index].open_left:
            runs.append((start, index))
            start = index
    return max(runs, key=lambda run: sum(len(word.stems[0]) + 1 for word in words[run[0] : run[1]]))


def _needles(run: Sequence[_Word]) -> Iterator[str]:
    """What to look for in words joined by single spaces, with one before the first and one after the last."""
    for stems in product(*(word.stems for word in run)):
        yield ("" if run[0].open_left else " ") + " ".join(stems) + ("" if run[-1].open_right else " ")


def _compile_word(word: str) -> _Word:
    stem = word.strip("*")
    if not stem.isalnum():
        message = f"not a word pattern: {word!r}"
        raise ValueError(message)
    plain = stem.translate(_PLAIN)
    stems = (stem, plain) if plain != stem and len(stem) >= _PLAIN_FROM_LENGTH else (stem,)
    return _Word(stems, word.startswith("*"), word.endswith("*"))
