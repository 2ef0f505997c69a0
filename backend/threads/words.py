"""A text's words as fingerprints see them: without case, marks, line ends and what cannot be seen or told apart."""

from dataclasses import dataclass, field
from typing import Final

from backend.threads.plain_text import plain_text

_LONGEST_WORD: Final = 12
"""On average, with the blank behind it: text beyond is not read. One sign can become eighteen."""
_ENDS_SENTENCE: Final = (".", "!", "?", ":")
_CLOSING: Final = "\"'”’»)]*_"


@dataclass(frozen=True, slots=True)
class Words:
    """`words` in order and, of the same length, which of them name somebody or something. `repr` shows neither."""

    words: tuple[str, ...] = field(repr=False)
    particular: tuple[bool, ...] = field(repr=False)


def words_of(text: str, most: int) -> Words:
    """The first `most` words of `text`.

    Particular are words with a digit, and those that are written with a capital letter inside a sentence anywhere in
    the text: names of people, places and things.
    """
    plain = plain_text(text, most * _LONGEST_WORD)
    words: list[str] = []
    names: set[str] = set()
    for line in plain.splitlines():
        opens = True
        for run in line.split():
            for piece in _pieces(run)[: most - len(words)]:
                word = piece.casefold()
                words.append(word)
                if not piece.isalpha() or (not opens and piece[0].isupper()):
                    names.add(word)
                opens = False
            opens = opens or run.rstrip(_CLOSING).endswith(_ENDS_SENTENCE)
        if len(words) >= most:
            break
    return Words(tuple(words), tuple(word in names for word in words))


def _pieces(run: str) -> list[str]:
    """The words of what stands between blanks."""
    if run.isalnum():
        return [run]
    return "".join(one if one.isalnum() else " " for one in run).split()
