"""Where mail signatures stand in a text: after `-- `, a closing phrase or "/Anna", as long as the lines look like one.

A signature tells who writes, never what about. In doubt a line is not part of one, since findings in it weigh less.
The text itself is left as it is.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from backend.domain.part import Span
from backend.extraction.lines import AROUND, Line, split_lines
from backend.extraction.mail_words import WORDS
from backend.extraction.signature_lines import (
    belongs_to_signature,
    holds_personnummer,
    is_disclaimer,
    is_name,
    says_who,
)

_AROUND_QUOTED: Final = f"{AROUND}>"
_LONGEST_OPENER: Final = 70
_MOST_LINES: Final = 12
_MOST_PARAGRAPHS: Final = 6
# A text with more openers is no mail; what follows is left as ordinary text.
_MOST_OPENERS: Final = 500
_LONGEST_PARAGRAPH: Final = 24
_MOST_DISCLAIMER_LINES: Final = 10
_WRAPPED_LINE: Final = 50
_MOST_DISCLAIMER_CHARACTERS: Final = 900


def find_signatures(text: str) -> tuple[Span, ...]:
    """The signatures in `text`, rising and apart. Linear in the length of the text.

    Lines with a personnummer are left out, so that a span may be in two.
    """
    lines: list[Line] = []
    spans: list[Span] = []
    for number in islice(_openers(text), _MOST_OPENERS):
        lines = lines or split_lines(text)
        if spans and lines[number].start < spans[-1].end:
            continue
        spans.extend(_spans(lines, number, _end(lines, number)))
    return tuple(spans)


def _openers(text: str) -> Iterator[int]:
    """Numbers of the lines that may open a signature."""
    mark = "\r" if "\n" not in text else "\n"
    for number, raw in enumerate(text.split(mark)):
        if len(raw) > _LONGEST_OPENER:
            continue
        words = raw.strip(_AROUND_QUOTED)
        if words and _is_opener(words):
            yield number


def _is_opener(words: str) -> bool:
    if words[0] == "/":
        return is_name(words.lstrip("/ "))
    lowered = words.lower()
    first = lowered.split(None, 1)[0].rstrip(",!:")
    for phrase in WORDS.closings.get(first, ()):
        if lowered.startswith(phrase):
            rest = words[len(phrase) :]
            return not rest or (not rest[0].isalnum() and is_name_or_empty(rest.strip(" ,.!:/\u00a0")))
    return lowered in WORDS.delimiters or lowered.startswith(WORDS.mobile)


def is_name_or_empty(words: str) -> bool:
    """What may follow a closing phrase on its line."""
    return not words or is_name(words)


def _end(lines: Sequence[Line], opener: int) -> int:
    """The number of the line after the signature that opens at line `opener`."""
    depth = lines[opener].quote_depth
    end = opener + 1
    if _words(lines[opener]).lower().startswith(WORDS.mobile):
        return end
    taken = 0
    for paragraph in islice(_paragraphs(lines, end, depth), _MOST_PARAGRAPHS):
        kept = _kept(lines, paragraph, first=taken == 0, room=_MOST_LINES - taken)
        if kept:
            end = paragraph.start + kept
            taken += 0 if is_disclaimer(_words(lines[paragraph.start])) else kept
        if kept < len(paragraph):
            break
    return end


def _paragraphs(lines: Sequence[Line], start: int, depth: int) -> Iterator[range]:
    """Runs of lines with words and the same quote depth, from line `start` on; a long one is cut."""
    number = start
    while number < len(lines):
        while number < len(lines) and not _words(lines[number]):
            number += 1
        first = number
        last = min(first + _LONGEST_PARAGRAPH, len(lines))
        while number < last and _words(lines[number]) and lines[number].quote_depth == depth:
            number += 1
        if number == first:
            return
        yield range(first, number)


def _kept(lines: Sequence[Line], paragraph: range, *, first: bool, room: int) -> int:
    """How many lines of the paragraph belong to the signature."""
    words = [_words(lines[number]) for number in paragraph]
    if is_disclaimer(words[0]):
        return _disclaimer_length(words)
    kept = 0
    while kept < min(len(words), room) and belongs_to_signature(words[kept]):
        kept += 1
    if not first and not any(map(says_who, words[:kept])):
        # After a blank line a short line may be anything: it takes a telephone number, an address or an office.
        return 0
    return kept


def _disclaimer_length(words: Sequence[str]) -> int:
    """How many lines a standard text takes: after a short line only what is a standard text itself goes on with it."""
    kept = 1
    while kept < min(len(words), _MOST_DISCLAIMER_LINES) and (
        len(words[kept - 1]) >= _WRAPPED_LINE or is_disclaimer(words[kept])
    ):
        kept += 1
    return kept if sum(map(len, words[:kept])) <= _MOST_DISCLAIMER_CHARACTERS else 0


def _spans(lines: Sequence[Line], start: int, end: int) -> Iterator[Span]:
    """The lines [start, end) as spans, without blank ends and without lines that hold a personnummer."""
    first = last = -1
    for number in range(start, end):
        if holds_personnummer(_words(lines[number])):
            if first >= 0:
                yield Span(lines[first].start, lines[last].end)
            first = -1
        elif _words(lines[number]):
            first = number if first < 0 else first
            last = number
    if first >= 0:
        yield Span(lines[first].start, lines[last].end)


def _words(line: Line) -> str:
    return line.words.lstrip(_AROUND_QUOTED)
