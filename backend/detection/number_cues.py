"""What the words around a number say that it is."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from backend.detection.persons import LEXICON_FOLDER
from backend.detection.tokens import split

_BEFORE = 48
_BEHIND = 24
_CLOSE = 3
"""A word that names another kind of number must stand within three words of it, in the same sentence."""
_NUMBER = frozenset({"nr", "nummer", "num", "no"})
_SHORT = frozenset({"p", "pers", "person", "sam", "samordn", "samordnings", "födelse"})
"""What "nr" stands after in abbreviations of personnummer and samordningsnummer."""
_SENTENCE_ENDS = frozenset(".!?\n")


class Cue(StrEnum):
    """The kind of number that the nearest word names."""

    PERSONNUMMER_WORD = "personnummer_word"
    PERSONNUMMER = "personnummer"
    OTHER_NUMBER = "other_number"
    PHONE = "phone"
    PHONE_NUMBER = "phone_number"
    """A word for a phone stands right before the number: "tel: …"."""


@dataclass(frozen=True, slots=True)
class _Cues:
    by_word: dict[str, Cue]


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    lists = tomllib.loads((LEXICON_FOLDER / "number_cues.toml").read_text("utf-8"))
    by_word = dict.fromkeys(lists["phone"], Cue.PHONE)
    by_word |= dict.fromkeys(lists["other_number"], Cue.OTHER_NUMBER)
    by_word |= dict.fromkeys(lists["personnummer"], Cue.PERSONNUMMER)
    by_word |= {word: Cue.PERSONNUMMER_WORD for word in lists["personnummer"] if "numm" in word or word.endswith("nr")}
    return _Cues(by_word)


def cue_near(text: str, start: int, end: int) -> Cue | None:
    """What the nearest cue word before (else just behind) text[start:end] says; None where none stands near.

    The nearest wins: in "Faktura 118, pnr 19121212-1212" the number is a personnummer.
    """
    by_word = _cues().by_word
    before = text[max(start - _BEFORE, 0) : start].rpartition("\n\n")[2]
    words = split(before)
    if words and _names_company(words):
        return None
    for distance, (word, _, word_end) in enumerate(reversed(words)):
        cue = _abbreviated(words[: len(words) - distance]) or by_word.get(word) or _by_ending(word)
        behind = before[word_end:].removeprefix(".") if word.endswith("nr") else before[word_end:]
        close = distance < _CLOSE and _SENTENCE_ENDS.isdisjoint(behind)
        if cue is Cue.PHONE and close and not distance and not _says_personnummer(before):
            return Cue.PHONE_NUMBER
        if cue is not None and (close or cue in {Cue.PERSONNUMMER, Cue.PERSONNUMMER_WORD}):
            return cue
    for word, _, _ in split(text[end : end + _BEHIND].partition("\n")[0])[:3]:
        if by_word.get(word) in {Cue.PERSONNUMMER, Cue.PERSONNUMMER_WORD}:
            return by_word[word]
    return None


def _names_company(words: Sequence[tuple[str, int, int]]) -> bool:
    """Whether the words end in "org.nr" or the like: a sole trader's is the personnummer, so the form decides."""
    last = words[-1][0]
    return last.startswith("org") or (
        last in {"nr", "nummer"} and words[-2:-1] != [] and words[-2][0].startswith("org")
    )


def _says_personnummer(before: str) -> bool:
    """Whether the word personnummer stands before the phone's: "pnr / tel: …"."""
    return any(_cues().by_word.get(word) is Cue.PERSONNUMMER_WORD for word, _, _ in split(before))


def _abbreviated(words: Sequence[tuple[str, int, int]]) -> Cue | None:
    """Whether the last words are "pers.nr", "p nr", "samordn.nr" or the like, which fall into two words."""
    last = [word for word, _, _ in words[-2:]]
    short = len(last) == 2 and last[1] in _NUMBER and last[0] in _SHORT  # noqa: PLR2004 - two words
    return Cue.PERSONNUMMER_WORD if short else None


def _by_ending(word: str) -> Cue | None:
    return Cue.OTHER_NUMBER if word.endswith(("nummer", "nr")) else None
