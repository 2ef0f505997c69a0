"""What a thief reads out of stored feedback: `python -m tests.benchmarks.feedback_attack` prints the figures.

They stand in docs/privacy.md.
Every fifth author of the corpus stands for a municipality whose answers are stolen; the others are all that the model
has seen, so that the stolen drafts hold words which no model file knows. All of it is invented.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from backend.classification.feedback_vector import FeedbackVectors, KnownWords
from backend.classification.vectors import NGRAM_COLUMNS, sentence_counts
from backend.detection.engine import Detector
from backend.detection.persons import person_words
from backend.domain.detected import MARKERS, Sentence
from backend.training.corpus_file import read_corpus
from backend.training.examples import Example, examples_of
from backend.training.known_words import known_words, proper_nouns
from backend.workflow.feedback_keys import FeedbackKeys, unpacked
from backend.workflow.feedback_record import WrittenVector, written

TENANT = "granvik"
KEYS, OTHER = FeedbackKeys(b"stolen with the table" * 2), FeedbackKeys(b"a thief's own guess at it" * 2)
SHORTEST = 4
_AT_ONCE = 1_000
_EVERY = 5

Columns = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Stolen:
    """A stored row; the words of its draft, which the thief wants; and the columns of all its n-grams."""

    row: WrittenVector
    words: frozenset[str]
    everything: frozenset[int]


@dataclass(frozen=True, slots=True)
class Theft:
    """The stolen rows, what the model file beside them knows, and every column that its corpus uses."""

    rows: Sequence[Stolen]
    known: KnownWords
    used: frozenset[int]


@dataclass(frozen=True, slots=True)
class Loot:
    """Shares in 0–1: of the drafts' content words that came back, and of what came back that was true."""

    found: float
    true: float


def steal() -> Theft:
    """The rows of every fifth author, beside a model that learned from the rest."""
    drafts = read_corpus()
    theirs = set(sorted({draft.author for draft in drafts})[::_EVERY])
    learned = [draft for draft in drafts if draft.author not in theirs]
    detector = Detector()
    examples = examples_of(learned, detector)
    known = known_words(examples, proper_nouns(learned))
    vectors = FeedbackVectors(lambda: known)
    taken = examples_of([draft for draft in drafts if draft.author in theirs], detector)
    rows = [
        Stolen(written(vectors.of(one.detected), KEYS, TENANT), content_words(one), _everything(one)) for one in taken
    ]
    return Theft(rows, known, frozenset().union(*map(_everything, examples)))


def content_words(example: Example) -> frozenset[str]:
    """Words of four letters and more that are not among the thousand most ordinary ones, and no markers."""
    words = {word for sentence in example.detected.sentences for word in sentence.words.split()}
    return worthwhile(words)


def worthwhile(words: Iterable[str]) -> frozenset[str]:
    """What a thief would look for."""
    return frozenset(one for one in set(words) - person_words().common - MARKERS if len(one) >= SHORTEST)


def _everything(example: Example) -> frozenset[int]:
    return frozenset(map(int, sentence_counts(example.detected.sentences).indices))


def columns_of(words: Iterable[str]) -> Columns:
    """The columns of each word: its own first half, its letter sequences in the second."""
    columns: dict[str, frozenset[int]] = {}
    order = sorted(words)
    for start in range(0, len(order), _AT_ONCE):
        some = order[start : start + _AT_ONCE]
        counts = sentence_counts([Sentence("body", 0, len(word), word) for word in some])
        columns |= {word: frozenset(map(int, counts[index].indices)) for index, word in enumerate(some)}
    return columns


def own_columns(words: Iterable[str]) -> Columns:
    """The one column of each word, without letters."""
    return {word: frozenset({min(columns)}) for word, columns in columns_of(words).items()}


def looted(words: Sequence[frozenset[str]], rows: Sequence[frozenset[int]], dictionary: Columns) -> Loot:
    """Every word of a dictionary is looked up in every row."""
    there = found = named = 0
    for wanted, row in zip(words, rows, strict=True):
        met = {word for word, columns in dictionary.items() if columns <= row}
        there += len(wanted)
        found += len(wanted & met)
        named += len(met)
    return Loot(found / there, found / max(named, 1))


def shown(rows: Sequence[Stolen], keys: FeedbackKeys) -> list[frozenset[int]]:
    """The rows' columns as whoever holds `keys` sees them."""
    return [
        frozenset(keys.columns(TENANT, one.row.salt, NGRAM_COLUMNS).show(unpacked(one.row.columns))) for one in rows
    ]


def measure() -> dict[str, float]:
    """All figures, rounded."""
    theft = steal()
    known, words = theft.known.columns, [one.words for one in theft.rows]
    unknown = [frozenset(one - known.keys()) for one in words]
    model_file, every_word = worthwhile(known), frozenset().union(worthwhile(known), *words)
    opened = shown(theft.rows, KEYS)
    loot = {
        "key_and_model": looted(words, opened, own_columns(model_file)),
        "key_and_every_word": looted(words, opened, own_columns(every_word)),
        "key_for_unknown_words": looted(unknown, opened, own_columns(frozenset().union(*unknown))),
        "no_key": looted(words, shown(theft.rows, OTHER), own_columns(model_file)),
        # Not stored: all n-grams, less the columns that the model's corpus never uses.
        "if_letters_were_kept": looted(
            unknown, [one.everything & theft.used for one in theft.rows], columns_of(frozenset().union(*unknown))
        ),
    }
    figures: dict[str, float] = {
        "rows": len(theft.rows),
        "known_words": len(known),
        "columns_in_use": len(theft.used) / NGRAM_COLUMNS,
        "content_words_never_stored": sum(map(len, unknown)) / sum(map(len, words)),
    }
    figures |= {f"{name}_found": one.found for name, one in loot.items()}
    figures |= {f"{name}_true": one.true for name, one in loot.items()}
    return {name: round(value, 4) for name, value in figures.items()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")
