"""Whether a place lies inside one of a text's spans, in logarithmic time."""

from bisect import bisect_right
from collections.abc import Sequence

from backend.domain.part import Span


class Cover:
    """Spans that may touch or overlap; asked with offsets."""

    def __init__(self, spans: Sequence[Span]) -> None:
        ordered = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in ordered]
        self._furthest: list[int] = []
        furthest = 0
        for span in ordered:
            furthest = max(furthest, span.end)
            self._furthest.append(furthest)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def __contains__(self, offset: int) -> bool:
        if not self._starts:
            return False
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._furthest[index]
