"""What the rules say of a sentence, as numbers beside its vector: which categories, said of somebody or not, and names.

An encoder that reads a sentence without its names cannot tell of whom it speaks; the rules can.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from backend.classification.units import Unit
from backend.domain.detected import NAME, NUMBER, PERSONNUMMER, Detected, Sentence
from backend.domain.finding import Finding
from backend.domain.label import Category

_CATEGORIES = {category: number for number, category in enumerate(Category)}
_COUNTED = {NAME: 3, PERSONNUMMER: 2, NUMBER: 3}
"""Markers in a sentence and how many of them are told apart."""
_PARTS = ("subject", "quoted")
_MOST_WORDS = 40
MARKS = 2 * len(_CATEGORIES) + len(_COUNTED) + len(_PARTS) + 1
"""Columns: best confidence of each category, the same of what is said of a person, markers, parts, length. All 0–1."""


def marks_of(detected: Detected, units: Sequence[Unit]) -> NDArray[np.float32]:
    """The marks of each piece's sentence: shape (len(units), MARKS)."""
    wanted = sorted({unit.sentence for unit in units})
    row = {sentence: number for number, sentence in enumerate(wanted)}
    marks = np.zeros((len(wanted), MARKS), np.float32)
    for number, sentence in enumerate(wanted):
        marks[number, 2 * len(_CATEGORIES) :] = list(_wording(detected.sentences[sentence]))
    for finding, sentence in standing(detected):
        if sentence in row:
            column = _CATEGORIES[finding.category]
            columns = [column, column + len(_CATEGORIES)] if finding.about_person else [column]
            marks[row[sentence], columns] = np.maximum(marks[row[sentence], columns], finding.confidence)
    return marks[[row[unit.sentence] for unit in units]]


def _wording(sentence: Sentence) -> Iterator[float]:
    words = sentence.words.split()
    for marker, most in _COUNTED.items():
        yield min(words.count(marker), most) / most
    for part in _PARTS:
        yield float(sentence.part == part)
    yield min(len(words), _MOST_WORDS) / _MOST_WORDS


def standing(detected: Detected) -> Iterator[tuple[Finding, int]]:
    """Findings with the number of every sentence that they stand in."""
    of_part: dict[str, list[int]] = defaultdict(list)
    for number, sentence in enumerate(detected.sentences):
        of_part[sentence.part].append(number)
    ends = {part: [detected.sentences[one].end for one in numbers] for part, numbers in of_part.items()}
    for finding in detected.findings:
        numbers = of_part.get(finding.part, [])
        for place in range(bisect_left(ends.get(finding.part, []), finding.start + 1), len(numbers)):
            if detected.sentences[numbers[place]].start >= finding.end:
                break
            yield finding, numbers[place]
