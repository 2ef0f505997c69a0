"""Which pieces of a draft a sentence encoder reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from backend.domain.detected import MARKERS, NAME, NUMBER, PERSONNUMMER, Sentence

_FEWEST_WORDS = 2
_WINDOW = 40
"""Words that are read at a time: a dictated mail without a full stop is read in windows."""
_READ_AS = {NAME: "nn", NUMBER: "0", PERSONNUMMER: "personnummer"}
"""What stands for a name or number in an encoder's text: it never reads whom a sentence is about."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A text for the encoder and the number of the sentence it stands in."""

    sentence: int
    text: str


def units_of(sentences: Sequence[Sentence]) -> list[Unit]:
    """Every sentence of at least two plain words, long ones in windows; all sentences where there is no such."""
    plain = [number for number, sentence in enumerate(sentences) if _plain_words(sentence) >= _FEWEST_WORDS]
    return [unit for number in plain or range(len(sentences)) for unit in _windows(number, sentences[number])]


def _plain_words(sentence: Sentence) -> int:
    return sum(word not in MARKERS for word in sentence.words.split())


def _windows(number: int, sentence: Sentence) -> list[Unit]:
    words = [_READ_AS.get(word, word) for word in sentence.words.split()]
    return [Unit(number, " ".join(words[first : first + _WINDOW])) for first in range(0, len(words), _WINDOW)]
