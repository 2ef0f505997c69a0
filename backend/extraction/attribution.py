"""Lines that say who wrote what follows: "Den 3 maj 2025 kl. 10:12 skrev Anna:", "On … wrote:"."""

from collections.abc import Sequence
from typing import Final

import re2

from backend.extraction.lines import Line
from backend.extraction.mail_words import WORDS

_MOST_LINES: Final = 3
_LONGEST: Final = 320
_TIME: Final = re2.compile(r"\b\d{1,2}[:.]\d{2}\b")
_YEAR: Final = re2.compile(r"\b(?:19|20)\d{2}\b")


def may_hold_attribution(text: str) -> bool:
    """Cheap test before `attribution_length` is asked line by line."""
    lowered = text.lower()
    return any(verb in lowered for verb in WORDS.attribution_verbs)


def attribution_length(lines: Sequence[Line], at: int, *, before_quote: Sequence[bool]) -> int:
    """How many lines from `at` are an attribution, 0 if none are.

    `before_quote[i]` says that the next line with words after line `i` is marked as quoted. Without such a mark the
    line has to look like a mail program's own: date first, with a time of day or an address.
    """
    words = ""
    for count, line in enumerate(lines[at : at + _MOST_LINES], start=1):
        if not line.words:
            return 0
        words = f"{words} {line.words}" if words else line.words
        if len(words) > _LONGEST:
            return 0
        if line.words.endswith(":"):
            quoted = before_quote[at + count - 1]
            return count if _is_attribution(words, lines[at].words, quoted=quoted) else 0
    return 0


def _is_attribution(words: str, first_line: str, *, quoted: bool) -> bool:
    tokens = words.lower().replace(":", " ").split()
    if not any(verb in tokens for verb in WORDS.attribution_verbs):
        return False
    dated_first = _has_digit(first_line) and (
        tokens[0].rstrip(".,") in WORDS.attribution_openers or tokens[0][0].isdigit()
    )
    if quoted:
        # A sentence of the writer's own may stand directly above: only a dated line may run on to the next.
        return dated_first or (words == first_line and (_has_digit(words) or "@" in words))
    exact = _TIME.search(words) is not None or ("@" in words and _YEAR.search(words) is not None)
    return dated_first and exact


def _has_digit(words: str) -> bool:
    return any(map(str.isdigit, words))
