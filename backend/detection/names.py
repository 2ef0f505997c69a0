"""Names and initials in a part: by list and by how they stand in the sentence. No name leaves this package."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from backend.detection.persons import LEXICON_FOLDER, Mention, person_words
from backend.detection.tokens import Token
from backend.domain.part import Span


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a part: half-open token range. `spoken_of` is False for writer, reader and signature."""

    kind: Mention
    first: int
    after: int
    spoken_of: bool
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Addressing:
    greetings: frozenset[str]
    closings: frozenset[str]
    not_initials: frozenset[str]
    surname_endings: tuple[str, ...]


@lru_cache(maxsize=1)
def _addressing() -> _Addressing:
    lists = tomllib.loads((LEXICON_FOLDER / "addressing.toml").read_text("utf-8"))
    return _Addressing(
        greetings=frozenset(lists["greetings"]),
        closings=frozenset(lists["closings"]),
        not_initials=frozenset(lists["not_initials"]),
        surname_endings=tuple(lists["surname_endings"]),
    )


class NameFinder:
    """Finds names in one part's tokens."""

    def __init__(self, text: str, tokens: Sequence[Token], signatures: Sequence[Span]) -> None:
        self._text = text
        self._tokens = tokens
        self._signatures = signatures
        self._words = person_words()
        self._addressing = _addressing()
        self._no_capitals = text.islower()

    def find(self) -> list[Name]:
        """Names in order, not overlapping. A first name without capital counts only where the text has none at all."""
        names: list[Name] = []
        index = 0
        while index < len(self._tokens):
            length = self._length_at(index)
            if not length:
                index += 1
                continue
            kind = Mention.FULL_NAME if length > 1 else Mention.NAME
            names.append(Name(kind, index, index + length, self._spoken_of(index), self._key(index, length)))
            index += length
        return names

    def initials(self, after_case_word: Sequence[int]) -> list[Name]:
        """Initials within three words after a case word ("SIP ang A.B."): token indices of where such a word ends."""
        found: list[Name] = []
        for start in after_case_word:
            for index in range(start, min(start + 3, len(self._tokens))):
                length = self._initials_at(index)
                if length:
                    key = "".join(token.word for token in self._tokens[index : index + length])
                    found.append(Name(Mention.INITIALS, index, index + length, True, key))  # noqa: FBT003 - by name in the class
                    break
        return found

    def _length_at(self, index: int) -> int:
        word = _without_genitive(self._tokens[index].word, self._words.first_names)
        first = word in self._words.first_names
        surname = self._is_surname(self._tokens[index].word)
        if not (first or surname) or not self._looks_like_name(index, first):
            return 0
        following = self._follows(index)
        if word in self._words.ambiguous and not following and self._starts_sentence(index):
            return 0
        if following or first:
            return 1 + following
        return 1 if word not in self._words.common else 0

    def _looks_like_name(self, index: int, first: bool) -> bool:  # noqa: FBT001 - private
        if self._capital(index):
            return True
        word = self._tokens[index].word
        return self._no_capitals and first and word not in self._words.ambiguous and word not in self._words.common

    def _follows(self, index: int) -> int:
        """How many surnames (or second first names) stand directly after, 0–2."""
        count = 0
        while count < 2 and index + count + 1 < len(self._tokens):  # noqa: PLR2004 - a name has at most three words here
            here, following = self._tokens[index + count], self._tokens[index + count + 1]
            if self._text[here.end : following.start] not in {" ", "-", "\u00a0"}:
                break
            word = following.word
            listed = word in self._words.first_names or self._is_surname(word)
            capital = self._capital(index + count + 1) and word not in self._words.common and word.isalpha()
            if not (capital or (self._no_capitals and listed and word not in self._words.common)):
                break
            if len(word) < 2:  # noqa: PLR2004 - one letter is an initial, not a surname
                break
            count += 1
        return count

    def _is_surname(self, word: str) -> bool:
        return word in self._words.surnames or word.removesuffix("s").endswith(self._addressing.surname_endings)

    def _capital(self, index: int) -> bool:
        return self._text[self._tokens[index].start].isupper()

    def _starts_sentence(self, index: int) -> bool:
        return index == 0 or self._tokens[index - 1].sentence != self._tokens[index].sentence

    def _initials_at(self, index: int) -> int:
        token = self._tokens[index]
        written = self._text[token.start : token.end]
        if len(written) == 1 and written.isupper() and index + 1 < len(self._tokens):
            following = self._tokens[index + 1]
            gap = self._text[token.end : following.start]
            second = self._text[following.start : following.end]
            return 2 if len(second) == 1 and second.isupper() and gap in {".", ". ", " "} else 0
        is_pair = len(written) == 2 and written.isupper() and written.isalpha()  # noqa: PLR2004 - two letters
        return 1 if is_pair and token.word not in self._addressing.not_initials else 0

    def _spoken_of(self, index: int) -> bool:
        token = self._tokens[index]
        if any(span.start <= token.start < span.end for span in self._signatures):
            return False
        if self._text[max(token.start - 2, 0) : token.start].strip().endswith("/"):
            return False
        if index == 0:
            return True
        before = self._tokens[index - 1]
        if before.word in self._addressing.closings:
            return False
        return not (before.word in self._addressing.greetings and before.sentence == token.sentence)

    def _key(self, index: int, length: int) -> str:
        first = _without_genitive(self._tokens[index].word, self._words.first_names)
        return " ".join([first, *(token.word.removesuffix("s") for token in self._tokens[index + 1 : index + length])])


def _without_genitive(word: str, names: frozenset[str]) -> str:
    if word not in names and word.endswith("s") and word[:-1] in names:
        return word[:-1]
    return word
