"""Interim numbers: a personnummer with a letter for the first of the last four digits, given by schools and care."""

from collections.abc import Iterator
from datetime import date

import re2
from stdnum import luhn

from backend.detection.birth_dates import birth_date
from backend.detection.number_cues import Cue, cue_near

_LETTERS = frozenset("TRSUWXJKLMN")
_SHAPE = re2.compile("(?:[0-9]{8}|[0-9]{6})\x00* ?\x00*[-+]\x00* ?\x00*x(?:\x00*[0-9]){3}")
_WITH_CENTURY = 12
_CUES = frozenset({Cue.PERSONNUMMER, Cue.PERSONNUMMER_WORD})


def find_interim(text: str, marks: str, today: date) -> Iterator[tuple[int, int, str]]:
    """Start, end and key of interim numbers in a text and its skeleton, in order.

    The writing alone is weak evidence: it takes a word for personnummer beside it, or eight digits for the date and a
    check digit that is right when the letter counts as 1.
    """
    for match in _SHAPE.finditer(marks):
        start, end = match.span()
        place = start + match.group().index("x")
        letter = text[place].upper()
        if letter not in _LETTERS or _continues(marks, start, end):
            continue
        digits = "".join(mark for mark in match.group().replace("x", "1") if mark.isdigit())
        if birth_date(digits, today, over_hundred="+" in match.group()) is None:
            continue
        cue = cue_near(text, start, end)
        long_and_right = len(digits) == _WITH_CENTURY and cue is None and luhn.is_valid(digits[-10:])
        if cue in _CUES or long_and_right:
            yield start, end, digits[-10:-4] + letter + digits[-3:]


def _continues(marks: str, start: int, end: int) -> bool:
    return marks[start - 1 : start] in {*"0123456789x-+./"} or marks[end : end + 1] in {*"0123456789x-+@"}
