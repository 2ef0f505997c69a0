"""Labelled drafts as training reads them: detected, with the sentences that decide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from backend.detection.engine import Detector
from backend.domain.detected import Detected
from backend.domain.label import Category, Label
from backend.domain.part import Part
from backend.extraction.parts import extract_parts
from backend.training.corpus_file import LabelledDraft

CORPUS_DAY = date(2026, 11, 1)
"""Today, as far as the corpus is concerned: training must not depend on when it is run."""


@dataclass(frozen=True, slots=True)
class Example:
    """What training needs of a labelled draft. `deciding` are the numbers of the sentences that decide, if known."""

    detected: Detected
    label: Label
    categories: frozenset[Category]
    scenario: str
    author: str
    deciding: frozenset[int] = frozenset()


def examples_of(rows: Sequence[LabelledDraft], detector: Detector) -> list[Example]:
    """Detection of every draft, with its answer."""
    return [_example(row, detector) for row in rows]


def _example(row: LabelledDraft, detector: Detector) -> Example:
    parts = extract_parts(row.draft)
    detected = detector.detect(parts, CORPUS_DAY)
    return Example(
        detected=detected,
        label=row.label,
        categories=row.categories,
        scenario=row.scenario,
        author=row.author,
        deciding=frozenset(_deciding(row.deciding, parts, detected)),
    )


def _deciding(text: str, parts: Sequence[Part], detected: Detected) -> Iterator[int]:
    """Numbers of the sentences that the deciding text touches, wherever it stands."""
    if not text.strip():
        return
    places = [(part.id, part.text.find(text)) for part in parts]
    for number, sentence in enumerate(detected.sentences):
        for part, start in places:
            if start >= 0 and sentence.part == part and sentence.start < start + len(text) and sentence.end > start:
                yield number
