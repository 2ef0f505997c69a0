"""In which sentence of its part a finding stands."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from backend.domain.detected import Sentence
from backend.domain.finding import Finding
from backend.domain.reason import Place


class SentencePlaces:
    """The sentences of a draft, to be looked up by offset."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        by_part: dict[str, list[Sentence]] = defaultdict(list)
        for sentence in sentences:
            by_part[sentence.part].append(sentence)
        self._sentences = {part: sorted(ones, key=lambda one: one.start) for part, ones in by_part.items()}
        self._starts = {part: [one.start for one in ones] for part, ones in self._sentences.items()}

    def place(self, finding: Finding) -> Place:
        """The finding's sentence, or its own range where it stands in none (a signature)."""
        number = bisect_right(self._starts.get(finding.part, []), finding.start)
        if number:
            sentence = self._sentences[finding.part][number - 1]
            if finding.start < sentence.end:
                return Place(finding.part, sentence.start, sentence.end, number)
        return Place(finding.part, finding.start, finding.end, None)
