"""What classifiers may read: sentences with names and numbers taken out, signatures left out."""

from collections.abc import Iterator
from itertools import groupby

from backend.detection.part_scan import PartScan
from backend.domain.detected import Sentence

NAME, NUMBER, PERSONNUMMER = "xnamn", "xtal", "xpnr"
"""Markers that stand for what was there. A model must learn what is said, not of whom."""


def sentences_of(scan: PartScan) -> Iterator[Sentence]:
    """The part's sentences outside signatures, in order."""
    names = scan.hidden()
    numbers = [number for number in scan.numbers if number.valid]
    following = 0
    for _, group in groupby(enumerate(scan.tokens), key=lambda pair: pair[1].sentence):
        words: list[str] = []
        members = list(group)
        for index, token in members:
            while following < len(numbers) and numbers[following].end <= token.start:
                following += 1
            if following < len(numbers) and token.end > numbers[following].start:
                words.append(PERSONNUMMER)
            elif index in names:
                words.append(NAME)
            else:
                words.append(NUMBER if any(map(str.isdigit, token.word)) else token.word)
        first, last = members[0][1], members[-1][1]
        if not scan.in_signature(first):
            yield Sentence(scan.part.id, first.start, last.end, " ".join(words))
