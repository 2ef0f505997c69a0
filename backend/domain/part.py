"""A draft's text, cut into the parts that findings point into."""

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range [start, end) of Unicode code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where each run of a part's text stands in the source it was taken from.

    `runs` are (offset in the part's text, offset in the source) in rising order; inside a run both advance together.
    An empty map means that text and source are the same. A run may stand for a character that the source does not
    hold (a line break for `<br>`): its source offset is then where the mark-up begins.
    """

    runs: tuple[tuple[int, int], ...] = ()

    def locate(self, offset: int) -> int:
        """Source offset of the code point at `offset` in the part's text (0 ≤ offset ≤ length)."""
        if not self.runs:
            return offset
        index = bisect_right(self.runs, (offset, _FAR)) - 1
        text_start, source_start = self.runs[max(index, 0)]
        return source_start + max(offset - text_start, 0)

    def after(self, inner: "SourceMap") -> "SourceMap":
        """The map of a text that was cut out (by `self`) of a text that `inner` maps to its own source."""
        if not inner.runs:
            return self
        if not self.runs:
            return inner
        composed: list[tuple[int, int]] = []
        bounds = [*self.runs, (_FAR, 0)]
        starts = [text_start for text_start, _ in inner.runs]
        for (text_start, middle_start), (text_end, _) in pairwise(bounds):
            composed.append((text_start, inner.locate(middle_start)))
            index = bisect_right(starts, middle_start)
            while index < len(starts) and starts[index] - middle_start < text_end - text_start:
                composed.append((text_start + starts[index] - middle_start, inner.runs[index][1]))
                index += 1
        return SourceMap(tuple(composed))


_FAR = 2**62


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a draft's plain text.

    `id` is the contract's part name: `subject`, `body`, `quoted`, `location`, `attachment:N`, `attachment_name:N`.
    `signatures` are the spans of `text` that are a mail signature: they tell who writes, never what about.
    `source` leads back to the draft's own field (HTML body, say). `repr` shows no text.
    """

    id: str
    text: str = field(repr=False)
    signatures: tuple[Span, ...] = ()
    source: SourceMap = field(default=SourceMap(), repr=False)
