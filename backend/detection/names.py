"""Names in a part: by list and by how they stand in the sentence. No name leaves this package."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.detection.addressing import Addressing, addressing_words
from backend.detection.lines import Lines
from backend.detection.persons import Mention, person_words
from backend.detection.spans import Cover
from backend.detection.tokens import Token

_GAPS = frozenset({" ", "-", "\u00a0", "\u2010", "\u2011"})
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a part: half-open token range. `spoken_of` is False for writer, reader and signature."""

    kind: Mention
    first: int
    after: int
    spoken_of: bool
    key: str = field(repr=False)


class NameFinder:
    """Finds names in one part's tokens."""

    def __init__(self, text: str, tokens: Sequence[Token], lines: Lines) -> None:
        self._text = text
        self._tokens = tokens
        self._lines = lines
        self._words = person_words()
        self._addressing = addressing_words()
        self._no_capitals = False
        self.single_capitals: list[int] = []
        """Indices of words of one capital letter, filled by `find`: what initials are made of."""

    def find(self, signatures: Cover, *, heading: bool) -> list[Name]:
        """Names in order, not overlapping. A first name without capital counts only where the text has none at all."""
        text = self._text
        no_capitals = self._no_capitals = self._written_small(signatures)
        ranges: list[tuple[int, int]] = []
        free = 0
        for index, token in enumerate(self._tokens):
            if index >= free and (no_capitals or text[token.start].isupper()):
                if len(token.word) == 1:
                    self.single_capitals.append(index)
                    continue
                length = self._length_at(index)
                if length:
                    free = index + length
                    ranges.append((index, free))
        spoken = Addressing(text, self._tokens, signatures, heading=heading).spoken_of(ranges)
        return [
            Name(self._kind(first, after), first, after, said, self._key(first, after))
            for (first, after), said in zip(ranges, spoken, strict=True)
        ]

    def _written_small(self, signatures: Cover) -> bool:
        """Whether the writer uses no capitals: "Skickat från min iPhone" and abbreviations say nothing of that."""
        text, small = self._text, False
        for token in self._tokens:
            if text[token.start].isupper():
                written = text[token.start : token.end]
                if (len(written) == 1 or not written.isupper()) and token.start not in signatures:
                    return False
            else:
                small = small or text[token.start].islower()
        return small

    def _length_at(self, index: int) -> int:
        """How many words the name that begins here has, 0 for none."""
        token = self._tokens[index]
        word = _nominative(token.word, self._words.first_names)
        first = word in self._words.first_names
        listed = first or _nominative(token.word, self._words.surnames) in self._words.surnames
        if not listed and not self._has_surname_ending(token.word):
            return 0
        ambiguous = word in self._words.ambiguous or token.word in self._words.ambiguous
        if self._no_capitals and (not first or ambiguous or word in self._words.common):
            return 0
        following = self._follows(index, only_listed=ambiguous or not first)
        if following:
            return 1 + following
        if ambiguous and not self._stands_as_name(index):
            return 0
        if first:
            return 1
        return int((listed or not self._starts_sentence(index)) and token.word not in self._words.common)

    def _follows(self, index: int, *, only_listed: bool) -> int:
        """How many surnames (or second first names) stand directly after, 0–2."""
        count = 0
        while count + 1 < _LONGEST and index + count + 1 < len(self._tokens):
            gap = self._text[self._tokens[index + count].end : self._tokens[index + count + 1].start]
            if gap not in _GAPS or not self._is_follower(index + count + 1, only_listed=only_listed or bool(count)):
                break
            count += 1
        return count

    def _is_follower(self, index: int, *, only_listed: bool) -> bool:
        word = self._tokens[index].word
        if len(word) < 2 or not word.isalpha() or word in self._words.common:  # noqa: PLR2004 - an initial, no surname
            return False
        if not self._no_capitals and not self._text[self._tokens[index].start].isupper():
            return False
        if self._is_name(word):
            return True
        return not (
            only_listed
            or self._no_capitals
            or self._shouted(index)
            or word.endswith(self._addressing.not_surname_endings)
        )

    def _is_name(self, word: str) -> bool:
        names = self._words
        return (
            _nominative(word, names.first_names) in names.first_names
            or _nominative(word, names.surnames) in names.surnames
            or self._has_surname_ending(word)
        )

    def _has_surname_ending(self, word: str) -> bool:
        return word.removesuffix("s").endswith(self._addressing.surname_endings)

    def _shouted(self, index: int) -> bool:
        """Whether a word stands in capitals in a line that does not: an abbreviation, hardly a name."""
        token = self._tokens[index]
        written = self._text[token.start : token.end]
        return len(written) > 1 and written.isupper() and not self._lines.all_capitals(token.start)

    def _says_place(self, index: int) -> bool:
        return index > 0 and self._tokens[index - 1].word in self._addressing.place_words

    def _starts_sentence(self, index: int) -> bool:
        return index == 0 or self._tokens[index - 1].sentence != self._tokens[index].sentence

    def _stands_as_name(self, index: int) -> bool:
        """Whether a word that may be a name is one by where it stands."""
        if self._shouted(index):
            return False
        return self._is_subject(index) if self._starts_sentence(index) else not self._says_place(index)

    def _is_subject(self, index: int) -> bool:
        """Whether a doubtful word that begins a sentence is what the verb is said of: "Per är förkyld"."""
        if index + 1 >= len(self._tokens) or self._tokens[index + 1].sentence != self._tokens[index].sentence:
            return False
        word, following = self._tokens[index].word, self._tokens[index + 1].word
        if word in self._words.before_verbs and following in self._addressing.after_initials:
            return True
        return word in self._words.before_places and following in self._addressing.place_words

    def _kind(self, first: int, after: int) -> Mention:
        """A full name has a space in it: "Ann-Sofie" is one first name."""
        spaced = any(self._text[self._tokens[index].end] in " \u00a0" for index in range(first, after - 1))
        return Mention.FULL_NAME if spaced else Mention.NAME

    def _key(self, first: int, after: int) -> str:
        start = _nominative(self._tokens[first].word, self._words.first_names)
        return " ".join([start, *(token.word.removesuffix("s") for token in self._tokens[first + 1 : after])])


def _nominative(word: str, names: frozenset[str]) -> str:
    if word not in names and word.endswith("s") and word[:-1] in names:
        return word[:-1]
    return word
