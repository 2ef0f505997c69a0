"""A part's text cut into folded words with their places: the one pass over characters that detection makes.

Folding is what a reader does without thinking: case, full-width letters, letters typed as base plus accent, and
invisible characters inside a word make no difference. Everything runs in time linear in the text's length.
"""

import unicodedata
from typing import NamedTuple

INVISIBLE = frozenset(
    "\x00\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Characters that show nothing and split a word or number for a scanner only (Unicode: Default_Ignorable)."""

_DROP = "\x00"


class _Fold(dict[int, str]):
    """Maps a code point to one folded character; filled as characters are met."""

    def __missing__(self, code_point: int) -> str:
        folded = self[code_point] = _fold(chr(code_point))
        return folded


def _fold(char: str) -> str:
    if char in INVISIBLE or unicodedata.combining(char):
        return _DROP
    wide = unicodedata.normalize("NFKC", char)
    lower = (wide if len(wide) == 1 else char).lower()
    if len(lower) != 1 or not lower.isalnum():
        return " "
    return lower


_FOLD = _Fold()


class Token(NamedTuple):
    """A word: folded, with its half-open range in the part's text and the number of its sentence."""

    word: str
    start: int
    end: int
    sentence: int


def fold(text: str) -> str:
    """Text of the same length with letters folded and everything else as spaces (invisible characters as NUL)."""
    return text.translate(_FOLD)


def compose(text: str) -> str:
    """NFC, so that a letter typed as base plus accent (as macOS does in file names) is one character."""
    return unicodedata.normalize("NFC", text)


def split(text: str) -> list[tuple[str, int, int]]:
    """The words of `text` as (folded word, start, end), in order."""
    folded = fold(text)
    words: list[tuple[str, int, int]] = []
    position = 0
    for raw in folded.split():
        start = folded.index(raw, position)
        position = start + len(raw)
        word = _joined(raw, text, start) if _DROP in raw else raw
        if word:
            words.append((word, start, position))
    return words


def _joined(raw: str, text: str, start: int) -> str:
    """A word with invisible characters taken out and accents joined to their letters."""
    kept = [
        text[start + offset]
        for offset, char in enumerate(raw)
        if char != _DROP or unicodedata.combining(text[start + offset])
    ]
    return compose("".join(kept)).lower() if kept else ""
