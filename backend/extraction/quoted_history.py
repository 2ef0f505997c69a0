"""Own text told apart from quoted history.

In doubt a line is own text. Quoted text counts for the label exactly as own text does, so the split hides nothing; it
serves explanations and the question who writes.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from backend.domain.part import SourceMap, Span
from backend.extraction.attribution import attribution_length, may_hold_attribution
from backend.extraction.header_block import header_kind, is_banner, is_header_block, is_rule
from backend.extraction.lines import Line, split_lines

_HINTS: Final = ("skrev", "wrote", "---", "____", "skickat", "sent", "datum", "date", "vidarebefordra", "forwarded")


@dataclass(frozen=True, slots=True)
class Cut:
    """A text taken out of another: `pieces` of it joined by line breaks, and where they stood."""

    text: str = field(repr=False)
    source: SourceMap
    pieces: tuple[Span, ...]


def split_history(text: str, marked: Sequence[Span] = (), rules: Sequence[int] = ()) -> tuple[Cut, Cut | None]:
    """Own text and quoted history of `text`; every code point that is not white space lands in exactly one, in order.

    `marked` are stretches that HTML marks as quoted (rising by start), `rules` offsets of horizontal rules (rising).
    Without history the own text is `text` itself.
    """
    whole = Cut(text, SourceMap(), (Span(0, len(text)),))
    if not marked and not rules and not _may_hold_history(text):
        return whole, None
    lines = split_lines(text)
    quoted = _quoted_lines(text, lines, marked, rules)
    if not any(quoted):
        return whole, None
    groups = _groups(text, lines, quoted)
    return (
        _join(text, [span for span, is_quoted in groups if not is_quoted]),
        _join(text, [span for span, is_quoted in groups if is_quoted]),
    )


def _may_hold_history(text: str) -> bool:
    if ">" in text:
        return True
    lowered = text.lower()
    return any(hint in lowered for hint in _HINTS)


def _quoted_lines(text: str, lines: Sequence[Line], marked: Sequence[Span], rules: Sequence[int]) -> list[bool]:
    quoted = _marked_lines(text, lines, marked)
    before_quote = _before_quote(lines, quoted)
    attributed = may_hold_attribution(text)
    at = 0
    while at < len(lines):
        if quoted[at] or not lines[at].words:
            at += 1
            continue
        if _opens_rest(text, lines, at, rules):
            start = _with_rule(text, lines, at)
            quoted[start:] = [True] * (len(lines) - start)
            return quoted
        length = attribution_length(lines, at, before_quote=before_quote) if attributed else 0
        if length:
            until = at + length if before_quote[at + length - 1] else len(lines)
            quoted[at:until] = [True] * (until - at)
        at += max(length, 1)
    return quoted


def _opens_rest(text: str, lines: Sequence[Line], at: int, rules: Sequence[int]) -> bool:
    """Whether all from line `at` on is history: a banner or a header block."""
    words = lines[at].words
    if is_banner(words):
        return True
    return header_kind(words) is not None and is_header_block(lines, at, announced=_announced(text, lines, at, rules))


def _marked_lines(text: str, lines: Sequence[Line], marked: Sequence[Span]) -> list[bool]:
    quoted = []
    index = 0
    reach = -1
    for at, line in enumerate(lines):
        while index < len(marked) and marked[index].start <= line.start:
            reach = max(reach, marked[index].end)
            index += 1
        if line.start < reach:
            quoted.append(not _is_blank(text, line))
        else:
            quoted.append(line.words.startswith(">") and not _is_comparison(lines, at))
    return quoted


def _is_comparison(lines: Sequence[Line], at: int) -> bool:
    """Whether a line such as "> 50 procent" stands alone among own lines: that is no quotation."""
    if not lines[at].words.lstrip("> ")[:1].isdigit():
        return False
    before = lines[at - 1].words if at else ""
    after = lines[at + 1].words if at + 1 < len(lines) else ""
    return not (before.startswith(">") or before.endswith(":") or after.startswith(">"))


def _is_blank(text: str, line: Line) -> bool:
    return not line.words and not text[line.start : line.end].strip()


def _before_quote(lines: Sequence[Line], quoted: Sequence[bool]) -> list[bool]:
    """For each line whether the next line with words is quoted."""
    before = [False] * len(lines)
    following = False
    for at in range(len(lines) - 1, -1, -1):
        before[at] = following
        if lines[at].words:
            following = quoted[at]
    return before


def _announced(text: str, lines: Sequence[Line], at: int, rules: Sequence[int]) -> bool:
    """Whether a drawn rule stands directly before line `at`."""
    previous = _line_before(text, lines, at)
    floor = lines[previous].end if previous >= 0 else -1
    index = bisect_right(rules, lines[at].start)
    return (index > 0 and rules[index - 1] >= floor) or (previous >= 0 and is_rule(text, lines[previous]))


def _with_rule(text: str, lines: Sequence[Line], at: int) -> int:
    """`at`, or the line of underscores before it."""
    previous = _line_before(text, lines, at)
    return previous if previous >= 0 and is_rule(text, lines[previous]) else at


def _line_before(text: str, lines: Sequence[Line], at: int) -> int:
    """The nearest line before `at` that is not blank, -1 if there is none."""
    previous = at - 1
    while previous >= 0 and _is_blank(text, lines[previous]):
        previous -= 1
    return previous


def _groups(text: str, lines: Sequence[Line], quoted: Sequence[bool]) -> list[tuple[Span, bool]]:
    """Runs of own and of quoted lines, without blank lines around them. The first begins where the text begins."""
    groups: list[tuple[Span, bool]] = []
    for line, is_quoted in zip(lines, quoted, strict=True):
        if _is_blank(text, line):
            continue
        if groups and groups[-1][1] is is_quoted:
            groups[-1] = (Span(groups[-1][0].start, line.end), is_quoted)
        else:
            groups.append((Span(line.start if groups else 0, line.end), is_quoted))
    return groups


def _join(text: str, spans: Sequence[Span]) -> Cut:
    runs: list[tuple[int, int]] = []
    pieces: list[Span] = []
    length = 0
    for span in spans:
        runs.append((length, span.start))
        pieces.append(Span(length, length + span.end - span.start))
        length = pieces[-1].end + 1
    return Cut("\n".join(text[span.start : span.end] for span in spans), SourceMap(tuple(runs)), tuple(pieces))
