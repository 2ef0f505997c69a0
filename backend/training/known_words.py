"""Which words feedback may keep: those that many scenarios of the invented corpus share, and no names."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from backend.classification.feedback_vector import KnownWords
from backend.classification.vectors import NGRAM_COLUMNS, sentence_counts
from backend.detection.engine import Detector
from backend.detection.persons import person_words
from backend.detection.tokens import split
from backend.domain.detected import Sentence
from backend.training.corpus_file import LabelledDraft, read_corpus
from backend.training.examples import Example, examples_of

FEWEST_SCENARIOS = 8
FEWEST_AUTHORS = 4
"""A word that four people used in eight matters belongs to the language, not to a matter."""
_ENDINGS = frozenset(".:!?;\n\r\t•–-*")
_AT_ONCE = 1_000


def known_words(examples: Sequence[Example], proper: AbstractSet[str]) -> KnownWords:
    """The words with their columns. Left out are `proper` nouns, all names of the name lists, and single letters.

    A name that is an ordinary word as well is left out, too.
    """
    scenarios: dict[str, set[str]] = defaultdict(set)
    authors: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        for word in {word for sentence in example.detected.sentences for word in sentence.words.split()}:
            scenarios[word].add(example.scenario)
            authors[word].add(example.author)
    names = person_words().first_names | person_words().surnames | proper
    shared = sorted(
        word
        for word, used in scenarios.items()
        if len(used) >= FEWEST_SCENARIOS
        and len(authors[word]) >= FEWEST_AUTHORS
        and len(word) > 1
        and word not in names
    )
    return KnownWords(_columns(shared), NGRAM_COLUMNS)


def proper_nouns(rows: Sequence[LabelledDraft]) -> frozenset[str]:
    """Words that the corpus writes with a capital and small letters inside sentences more often than not.

    They are names that no list has: of people, of places. How a sentence begins tells nothing.
    """
    capitals: Counter[str] = Counter()
    for row in rows:
        for text in (row.draft.subject, row.draft.body, row.draft.location):
            after = 0
            for number, (word, start, end) in enumerate(split(text)):
                inside = number > 0 and not _ENDINGS.intersection(text[after:start])
                if inside:
                    capitals[word] += 1 if _is_capitalised(text[start:end]) else -1
                after = end
    return frozenset(word for word, balance in capitals.items() if balance > 0)


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _columns(words: Sequence[str]) -> dict[str, int]:
    """Each word's column among the hashed words, which lie before the hashed letter sequences."""
    columns: dict[str, int] = {}
    for start in range(0, len(words), _AT_ONCE):
        some = words[start : start + _AT_ONCE]
        counts = sentence_counts([Sentence("body", 0, len(word), word) for word in some])
        for index, word in enumerate(some):
            (column,) = (int(one) for one in counts[index].indices if one < NGRAM_COLUMNS // 2)
            columns[word] = column
    return columns


def store_known_words(known: KnownWords, path: Path) -> None:
    """Writes what `read_known_words` reads; the same words give the same bytes."""
    stored = {"space": known.space, "columns": dict(sorted(known.columns.items()))}
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(stored, ensure_ascii=False, separators=(",", ":")), "utf-8")
    partial.replace(path)


def write_known_words(corpus: Path, path: Path) -> None:
    """Reads a corpus and stores its known words."""
    rows = read_corpus(corpus)
    store_known_words(known_words(examples_of(rows, Detector()), proper_nouns(rows)), path)
