"""Initials that stand for a person: after a case word, in a heading, or dotted at the start of a sentence."""

from collections.abc import Iterator, Sequence

from backend.detection.addressing import addressing_words
from backend.detection.lines import Lines
from backend.detection.names import Name
from backend.detection.persons import Mention
from backend.detection.spans import Cover
from backend.detection.tokens import Token

_REACH = 3
_MOST = 3
_PAIR = 2


class InitialsFinder:
    """Finds initials in one part's tokens."""

    def __init__(self, text: str, tokens: Sequence[Token], lines: Lines) -> None:
        self._text = text
        self._tokens = tokens
        self._lines = lines
        self._words = addressing_words()

    def find(
        self, case_ends: Sequence[int], single_capitals: Sequence[int], signatures: Cover, *, heading: bool
    ) -> list[Name]:
        """Initials in order, each once. `case_ends` are token indices of where case words end ("SIP ang A.B.")."""
        found = dict(self._after_case_words(case_ends))
        dotted = self._dotted(single_capitals, heading=heading)
        found |= {first: after for first, after in dotted if first not in found}
        return [
            Name(
                kind=Mention.INITIALS,
                first=first,
                after=after,
                spoken_of=self._tokens[first].start not in signatures,
                key="".join(token.word for token in self._tokens[first:after]),
            )
            for first, after in sorted(found.items())
        ]

    def _after_case_words(self, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
        for start in set(ends):
            if self._lone(start):
                yield start, start + 1
                continue
            for index in range(start, min(start + _REACH, len(self._tokens))):
                after = self._pair(index) or self._letters(index, gaps=(".", ". ", " ", ""))
                if after:
                    yield index, after
                    break

    def _lone(self, index: int) -> bool:
        """Whether one capital with a full stop stands directly after the case word: "Samtal med L. och partner"."""
        if index >= len(self._tokens) or not self._is_capital(index):
            return False
        token = self._tokens[index]
        if self._text[token.end : token.end + 1] != "." or self._text[token.start - 1 : token.start] != " ":
            return False
        following = self._text[token.end + 1 : token.end + 3]
        return not following.strip(" ")[:1].isupper() and not following[:1].isalpha()

    def _dotted(self, single_capitals: Sequence[int], *, heading: bool) -> Iterator[tuple[int, int]]:
        """Dotted, without a case word: anywhere in a heading, elsewhere at the start of a sentence before a verb."""
        free = 0
        for index in single_capitals:
            if index < free or self._text[self._tokens[index].end : self._tokens[index].end + 1] != ".":
                continue
            after = self._letters(index, gaps=(".", ". "))
            starts = index == 0 or self._tokens[index - 1].sentence != self._tokens[index].sentence
            if after and (heading or (starts and self._before_verb(after))):
                free = after
                yield index, after

    def _before_verb(self, after: int) -> bool:
        return after < len(self._tokens) and self._tokens[after].word in self._words.after_initials

    def _letters(self, index: int, gaps: tuple[str, ...]) -> int:
        """Where two or three single capitals that begin here end; 0 if they do not, or if they are an abbreviation."""
        after = index
        while after < len(self._tokens) and after - index <= _MOST and self._is_capital(after):
            if after > index and self._text[self._tokens[after - 1].end : self._tokens[after].start] not in gaps:
                break
            after += 1
        word = "".join(token.word for token in self._tokens[index:after])
        return after if _PAIR <= len(word) <= _MOST and word not in self._words.not_dotted else 0

    def _pair(self, index: int) -> int:
        """The place after two capitals written together; 0 where they are an abbreviation or a word."""
        token = self._tokens[index]
        written = self._text[token.start : token.end]
        if len(written) != _PAIR or not written.isupper() or not written.isalpha():
            return 0
        if token.word in self._words.not_initials:
            return 0
        if token.word in self._words.words_in_capitals and self._lines.all_capitals(token.start):
            return 0
        beside = (*self._tokens[max(index - 1, 0) : index], *self._tokens[index + 1 : index + 2])
        numbered = any(other.word[0].isdigit() for other in beside)
        return 0 if numbered and token.word in self._words.beside_digits else index + 1

    def _is_capital(self, index: int) -> bool:
        token = self._tokens[index]
        return len(token.word) == 1 and token.word.isalpha() and self._text[token.start].isupper()
