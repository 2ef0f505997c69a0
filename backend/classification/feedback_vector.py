"""What of a draft may be kept to learn from: rounded signals, and which of the corpus' common words it uses."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import floor, log10
from pathlib import Path

from backend.domain.detected import Detected, Sentence
from backend.domain.feedback import DraftVector

MOST_COLUMNS = 1_000
"""Words of one draft that are kept: an ordinary draft has sixty, and the vector of a long one stays small."""
_MOST_SENTENCES = 2_000


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Words that the invented corpus uses again and again, each with its n-gram column; `space` counts all columns.

    Columns alone do not tell what is common: most of them hold some n-gram of the corpus, so a stranger's surname
    falls on known columns. The word itself has to be known.
    """

    columns: Mapping[str, int] = field(default_factory=dict)
    space: int = 0


class FeedbackVectors:
    """The `DraftVectors` of one installation. `read` gives the known words; it is called once, when first needed."""

    def __init__(self, read: Callable[[], KnownWords]) -> None:
        self._read = read

    @cached_property
    def known(self) -> KnownWords:
        """The words that the trained model's corpus knows."""
        return self._read()

    def of(self, detected: Detected) -> DraftVector:
        """The vector of one draft. Linear in its text."""
        return DraftVector(
            signals={name: rounded(value) for name, value in sorted(detected.signals.items())},
            columns=word_columns(detected.sentences, self.known),
            space=self.known.space,
        )


def word_columns(sentences: Iterable[Sentence], known: KnownWords) -> tuple[int, ...]:
    """Columns of the known words, in rising order, each once. At most the first `MOST_COLUMNS` that are met."""
    met: dict[int, None] = {}
    for _, sentence in zip(range(_MOST_SENTENCES), sentences, strict=False):
        for word in sentence.words.split():
            column = known.columns.get(word)
            if column is not None:
                met[column] = None
        if len(met) >= MOST_COLUMNS:
            break
    return tuple(sorted(list(met)[:MOST_COLUMNS]))


def rounded(value: float) -> float:
    """Two significant digits: enough for a linear model, too little to recognise a draft by its length."""
    return round(value, 1 - floor(log10(abs(value)))) if value else 0.0


def read_known_words(path: Path) -> KnownWords:
    """The words stored beside the model; none where there is no such file or it is damaged: then signals are kept."""
    try:
        stored = json.loads(path.read_text("utf-8"))
        return KnownWords({str(word): int(column) for word, column in stored["columns"].items()}, int(stored["space"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return KnownWords()


def known_words_path(model: Path) -> Path:
    """Where the known words of a model file lie."""
    return model.with_name(f"{model.stem}-words.json")
