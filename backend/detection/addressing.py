"""Whom a name addresses: the reader after a greeting, the writer after a closing, or somebody who is spoken of."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from backend.detection.persons import LEXICON_FOLDER
from backend.detection.spans import Cover
from backend.detection.tokens import Token

_MOST_FILLERS = 3
_LONGEST_TITLE = 4
_JOINS = frozenset({"och", "&", "samt"})
_TRAILING = " \t\r\n.!?)(<>:;-–•\u00a0\U0001f642\U0001f60a"
_SEPARATORS = frozenset(",.!?\n–-/…")


@dataclass(frozen=True, slots=True)
class AddressingWords:
    """The lists of `lexicon/addressing.toml`."""

    greetings: frozenset[str]
    fillers: frozenset[str]
    after_reader: frozenset[str]
    reader_pronouns: frozenset[str]
    closings: frozenset[str]
    closing_verbs: frozenset[str]
    not_initials: frozenset[str]
    not_dotted: frozenset[str]
    words_in_capitals: frozenset[str]
    beside_digits: frozenset[str]
    after_initials: frozenset[str]
    place_words: frozenset[str]
    surname_endings: tuple[str, ...]
    not_surname_endings: tuple[str, ...]


@lru_cache(maxsize=1)
def addressing_words() -> AddressingWords:
    """The lists, read once for the process."""
    lists = tomllib.loads((LEXICON_FOLDER / "addressing.toml").read_text("utf-8"))
    endings = {"surname_endings", "not_surname_endings"}
    words: dict[str, Any] = {key: tuple(one) if key in endings else frozenset(one) for key, one in lists.items()}
    return AddressingWords(**words)


class Addressing:
    """Tells for the names of one part, in order, whether each is spoken of. Names are half-open token ranges."""

    def __init__(self, text: str, tokens: Sequence[Token], signatures: Cover, *, heading: bool) -> None:
        self._text = text
        self._tokens = tokens
        self._signatures = signatures
        self._heading = heading
        self._words = addressing_words()

    def spoken_of(self, names: Sequence[tuple[int, int]]) -> list[bool]:
        """False for each name that is the reader's, the writer's or stands in a signature."""
        closes = self._closes_address(names)
        spoken: list[bool] = []
        reader_before = False
        for number, (first, after) in enumerate(names):
            joined = number > 0 and self._joined(names[number - 1][1], first)
            reader = closes[number] and ((reader_before and joined) or self._greeted(first, after))
            reader_before = reader
            listed = number > 0 and names[number - 1][1] == first
            writer = self._is_writer(first, after) or (not joined and not listed and self._ends_part(first, after))
            spoken.append(not reader and not writer and self._tokens[first].start not in self._signatures)
        return spoken

    def _closes_address(self, names: Sequence[tuple[int, int]]) -> list[bool]:
        """Per name, whether what follows ends an address: "Hej Anna!", "Hej Anna, …", "Hej Anna jag"."""
        closes = [False] * len(names)
        for number in range(len(names) - 1, -1, -1):
            after = names[number][1]
            gap = self._gap(after)
            if after >= len(self._tokens) or not {"!", ",", "\n", "\r"}.isdisjoint(gap):
                closes[number] = True
            elif number + 1 < len(names) and self._joined(after, names[number + 1][0]):
                closes[number] = closes[number + 1]
            else:
                following = [token.word for token in self._tokens[after : after + 2]]
                closes[number] = following[0] in self._words.after_reader or (
                    len(following) > 1 and following[1] in self._words.reader_pronouns
                )
        return closes

    def _joined(self, after: int, first: int) -> bool:
        """Whether only "och", a comma or a stroke stands between two names."""
        between = self._tokens[after:first] if first - after < _MOST_FILLERS else None
        if between is None or any(token.word not in _JOINS for token in between):
            return False
        gap = self._text[self._tokens[after - 1].end : self._tokens[first].start]
        return "\n" not in gap and (bool(between) or not {",", "/", "&", "+"}.isdisjoint(gap))

    def _greeted(self, first: int, after: int) -> bool:
        sentence = self._tokens[first].sentence
        for index in range(first - 1, max(first - 2 - _MOST_FILLERS, -1), -1):
            token = self._tokens[index]
            if token.sentence != sentence:
                return False
            if token.word in self._words.greetings:
                return True
            if token.word not in self._words.fillers:
                return False
        # "Anna,\n\nKan du …" and "Anna, du frågade …": a name that begins the mail.
        if first > 0 or self._heading:
            return False
        gap = self._gap(after).strip(" ")
        follows = after < len(self._tokens) and self._tokens[after].word in self._words.reader_pronouns
        return gap.startswith((",\n", "!\n", ",\r", "!\r")) or (gap == "," and follows)

    def _is_writer(self, first: int, after: int) -> bool:
        start = self._tokens[first].start
        before = self._text[max(start - 3, 0) : start].rstrip(" ")
        if before.endswith("/") and (len(before) == 1 or not before[-2].isalnum()):
            return True
        if first == 0 or self._tokens[first - 1].word not in self._words.closings:
            return False
        if self._tokens[first - 1].word in self._words.closing_verbs:
            return after >= len(self._tokens) or "\n" in self._gap(after)
        return True

    def _ends_part(self, first: int, after: int) -> bool:
        """A lone name that ends a mail after a comma, a full stop or a line break is the writer's.

        After an empty line it may have a title: "Olle Sundgren, enhetschef".
        """
        left = len(self._tokens) - after
        if self._heading or first == 0 or left > _LONGEST_TITLE:
            return False
        gap = self._gap(first)
        rest = self._text[self._tokens[after - 1].end :].strip()
        if left:
            return "\n\n" in gap.replace("\r", "") and rest.startswith(",") and "\n" not in rest
        return not _SEPARATORS.isdisjoint(gap) and "(" not in gap and not rest.strip(_TRAILING)

    def _gap(self, index: int) -> str:
        """What stands in the text before the token at `index`; the rest of the text after the last token."""
        end = self._tokens[index].start if index < len(self._tokens) else len(self._text)
        return self._text[self._tokens[index - 1].end if index else 0 : end]
