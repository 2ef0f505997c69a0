"""A draft as a report may show it: enough to see why the product went wrong, nothing of whom it is about.

Only words that stand in the product's own lists are shown: common words, the rules' terms and the words for roles and
relations. Names, numbers and everything unknown (places, addresses, spellings nobody foresaw) are hidden.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from backend.detection.engine import Detector
from backend.detection.masking import HIDDEN
from backend.detection.persons import person_patterns, person_words
from backend.detection.rule_files import read_rules
from backend.domain.detected import NAME, NUMBER, PERSONNUMMER, Detected
from backend.domain.draft import Draft
from backend.extraction.parts import extract_parts
from backend.training.examples import CORPUS_DAY

_MARKERS = {NAME: "[namn]", NUMBER: "[tal]", PERSONNUMMER: "[personnummer]"}
_SECRET = "other_secrecy.written_secret"  # noqa: S105 - a rule's id
_SHORTEST_STEM = 4
_MOST_WORDS = 80


class _Shown(NamedTuple):
    words: frozenset[str]
    stems: tuple[str, ...]


def masked_text(draft: Draft, detector: Detector) -> str:
    """Sentences outside signatures, folded to lower case, parted by ` / `; at most 80 words, then `…`."""
    detected = detector.detect(extract_parts(draft), CORPUS_DAY)
    words = [word for word, _ in groupby(_masked(detected))]
    return " ".join(words[:_MOST_WORDS] + (["…"] if len(words) > _MOST_WORDS else [])).removesuffix(" /")


def _masked(detected: Detected) -> Iterator[str]:
    """Words with the line between sentences. Of a sentence that holds a password nothing is shown: it may be a word."""
    secrets = [finding for finding in detected.findings if finding.rule == _SECRET]
    for sentence in detected.sentences:
        if any(one.part == sentence.part and one.start < sentence.end and one.end > sentence.start for one in secrets):
            yield HIDDEN
        else:
            yield from (_MARKERS.get(word) or _shown(word) for word in sentence.words.split())
        yield "/"


def _shown(word: str) -> str:
    vocabulary = _vocabulary()
    if word in vocabulary.words:
        return word
    stem = next((stem for stem in vocabulary.stems if word.startswith(stem)), "")
    return stem + HIDDEN if stem else HIDDEN


@lru_cache(maxsize=1)
def _vocabulary() -> _Shown:
    """Whole words, and stems of which only the stem is shown: a name may be glued to it."""
    persons = person_words()
    names = persons.first_names | persons.surnames
    patterns = [pattern for pattern, _ in person_patterns()] + [term for rule in read_rules() for term in rule.terms]
    words = {word for pattern in patterns for word in pattern.lower().split()}
    stems = {word[:-1] for word in words if word.endswith("*") and not word.startswith("*")}
    whole = {word.strip("*") for word in words if not word.startswith("*")}
    return _Shown(
        words=frozenset(persons.common | (whole - names)),
        stems=tuple(sorted((stem for stem in stems - names if len(stem) >= _SHORTEST_STEM), key=len, reverse=True)),
    )
