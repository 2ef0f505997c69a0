"""What classifiers may read: sentences with names and numbers taken out, signatures left out."""

from collections.abc import Iterator
from itertools import pairwise

from backend.detection.part_scan import PartScan
from backend.domain.detected import NAME, NUMBER, PERSONNUMMER, Sentence


def sentences_of(scan: PartScan) -> Iterator[Sentence]:
    """The part's sentences outside signatures, in order."""
    tokens = scan.tokens
    shown = _shown(scan)
    numbers = [token.sentence for token in tokens]
    bounds = [index for index, (before, here) in enumerate(pairwise(numbers), start=1) if before != here]
    for first, after in pairwise([0, *bounds, len(tokens)]):
        if first < after and not (scan.signatures and scan.in_signature(tokens[first])):
            words = " ".join(shown[first:after])
            yield Sentence(scan.part.id, tokens[first].start, tokens[after - 1].end, words)


def _shown(scan: PartScan) -> list[str]:
    """The part's words with markers in the places of names and numbers."""
    words = [token.word for token in scan.tokens]
    shown = [NUMBER if not word.isalpha() and any(map(str.isdigit, word)) else word for word in words]
    for index in scan.hidden:
        shown[index] = NAME
    for number in scan.numbers:
        index = scan.token_at(number.start)
        while number.valid and index < len(words) and scan.tokens[index].start < number.end:
            shown[index] = PERSONNUMMER
            index += 1
    return shown
