"""Finds personnummer and samordningsnummer however they are written; python-stdnum checks the arithmetic.

Form and check digit: Folkbokföringslagen (1991:481) 18 § and Skatteverket's description (SKV 704, SKV 707).
A check digit is no proof: one number in ten passes by chance, so the words around a number are asked too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain, islice

from stdnum import luhn

from backend.detection.birth_dates import birth_date
from backend.detection.interim import find_interim
from backend.detection.number_cues import Cue, cue_near
from backend.detection.numerals import Group, runs, skeleton
from backend.detection.told_apart import find_told_apart

_WITH_CENTURY = 12
_SHAPES = {
    (12,), (8, 4), (4, 2, 2, 4), (2, 6, 4), (4, 4, 4), (2, 2, 2, 2, 4), (4, 8), (1,) * 12,
    (10,), (6, 4), (2, 2, 2, 4), (1,) * 10, (2, 4, 4), (4, 2, 4),
}  # fmt: skip
_RARE_SHAPES = {(2, 4, 4), (4, 2, 4)}
"""Phones and accounts are written so more often: the text has to say that it is a personnummer."""
_PAIRS = (2, 2)
_LAST_FOUR = 4
_SIX_AND_FOUR = (6, 4)
_MOST_GROUPS = 12
_INTERIM = 0.9
_PERSONNUMMER_CUES = frozenset({Cue.PERSONNUMMER, Cue.PERSONNUMMER_WORD})
_MOST_WRITTEN_GROUPS = 5


class NumberForm(StrEnum):
    """How sure the writing alone makes us."""

    MARKED = "marked"
    SPACED = "spaced"
    BARE = "bare"
    RARE = "rare"


@dataclass(frozen=True, slots=True)
class Personnummer:
    """A number found: half-open range in the text, confidence 0–1. `key` is its ten digits, for counting only."""

    start: int
    end: int
    confidence: float
    valid: bool
    key: str = field(repr=False)


_CURRENCIES = ("kr", "sek", "eur", "€", "dkk", "nok", "usd", "tkr", "mkr")
_CURRENCY_REACH = 5
_MOST_NUMBERS = 2_000
"""Numbers of one part that are looked at: a list that long is as sensitive as it can be, and time stays bounded."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A text with its skeleton and the last possible day of birth."""

    text: str = field(repr=False)
    marks: str = field(repr=False)
    today: date


def find_personnummer(text: str, today: date) -> list[Personnummer]:
    """All numbers in `text`, in order, not overlapping. `valid` is False where the word stands by a wrong number."""
    marks = skeleton(text)
    written = _Written(text, marks, today)
    found = list(islice(chain.from_iterable(_in_run(written, groups) for groups in runs(marks)), _MOST_NUMBERS))
    more = [
        Personnummer(start, end, _INTERIM, valid=True, key=key)
        for start, end, key in chain(find_interim(text, marks, today), find_told_apart(text, today))
    ]
    return sorted([*found, *more], key=lambda number: number.start) if more else found


def _in_run(written: _Written, groups: Sequence[Group]) -> Iterator[Personnummer]:
    index = 0
    while index < len(groups):
        for after in _windows(groups, index):
            number = _judge(written, groups, index, after)
            if number is not None:
                yield number
                index = after - 1
                break
        index += 1


def _windows(groups: Sequence[Group], first: int) -> Iterator[int]:
    """Ends of windows from `first` that hold 10 or 12 digits, the longer first."""
    total = 0
    ends: list[int] = []
    for after in range(first + 1, min(first + _MOST_GROUPS, len(groups)) + 1):
        total += len(groups[after - 1].digits)
        if total > _WITH_CENTURY:
            break
        if total in {10, 12}:
            ends.append(after)
    return reversed(ends)


def _judge(written: _Written, groups: Sequence[Group], first: int, after: int) -> Personnummer | None:
    if after - first > _MOST_WRITTEN_GROUPS and _touching(groups, first, after):
        return None  # Digits one by one that go on: a table of figures. Asked first, for there may be millions.
    window = groups[first:after]
    form = _form(window)
    digits = "".join(group.digits for group in window)
    if form is None or _embedded(written.marks, groups, first, after, form):
        return None
    start, end = window[0].start, window[-1].end
    cue = cue_near(written.text, start, end)
    if form is NumberForm.BARE and written.marks[start - 1 : start] in {"/", "="} and cue not in _PERSONNUMMER_CUES:
        return None  # A piece of a web address.
    rare = form is NumberForm.RARE and cue not in _PERSONNUMMER_CUES
    if rare or (form is not NumberForm.MARKED and not _stands_alone(written, start, end, cue)):
        return None
    is_date = birth_date(digits, written.today, over_hundred="+" in window[-1].gap) is not None
    # Birth numbers run from 001: 000 is never given out.
    valid = is_date and digits[-4:-1] != "000" and luhn.is_valid(digits[-10:])
    if not valid:
        hint = cue is Cue.PERSONNUMMER_WORD and form is NumberForm.MARKED
        return Personnummer(start, end, 0.3, valid=False, key=digits[-10:]) if hint else None
    confidence = _confidence(form, window, cue, written.today)
    return Personnummer(start, end, confidence, valid=True, key=digits[-10:]) if confidence else None


def _stands_alone(written: _Written, start: int, end: int, cue: Cue | None) -> bool:
    """Whether a number without a mark of its own is neither glued to a word ("pnr191212121212" is) nor an amount."""
    glued = written.marks[start - 1 : start] == "x" and cue not in _PERSONNUMMER_CUES
    amount = written.text[start - 1 : start] in {"€", "$", "£"} or (
        written.text[end : end + _CURRENCY_REACH].strip().lower().startswith(_CURRENCIES)
    )
    return not (glued or amount)


def _form(window: Sequence[Group]) -> NumberForm | None:
    gaps = [_mark(group.gap) for group in window[1:]]
    broken = [index for index, gap in enumerate(gaps, start=1) if "\n" in gap]
    lengths = tuple(len(group.digits) for group in window)
    if broken:
        # A number broken over two lines: once, anywhere in it.
        index = broken[0]
        joined = (*lengths[: index - 1], lengths[index - 1] + lengths[index], *lengths[index + 1 :])
        if len(broken) > 1 or gaps[index - 1].strip("\n- "):
            return None
        shape = next((shape for shape in (lengths, joined) if shape in _SHAPES), None)
        return None if shape is None else NumberForm.MARKED if "-" in "".join(gaps) else NumberForm.SPACED
    if len(window) == 1:
        return NumberForm.BARE if lengths in _SHAPES else None
    lengths, gaps, split = _joined_end(lengths, gaps)
    inner = set(gaps[:-1])
    if lengths not in _SHAPES or any(len(gap) > 1 for gap in gaps) or len(inner) > 1 or "+" in inner:
        return None
    return _form_of_groups(lengths, marked=gaps[-1] in {"-", "+"}, split=split)


def _form_of_groups(lengths: tuple[int, ...], *, marked: bool, split: bool) -> NumberForm:
    if lengths in _RARE_SHAPES or (split and not marked):
        return NumberForm.RARE
    return NumberForm.MARKED if marked and len(lengths) <= _MOST_WRITTEN_GROUPS else NumberForm.SPACED


def _mark(gap: str) -> str:
    """What stands between two groups as one mark where it can be: spaces around a dash do not count, nor a second."""
    stripped = gap.strip(" ")
    return "-" if stripped in {"--", "---"} else stripped or " "


def _joined_end(lengths: tuple[int, ...], gaps: list[str]) -> tuple[tuple[int, ...], list[str], bool]:
    """The last four digits as one group where they are written in pairs or one by one, and whether they were."""
    if lengths[-2:] == _PAIRS and gaps[-1] == " " and (*lengths[:-2], _LAST_FOUR) in _SHAPES:
        return (*lengths[:-2], _LAST_FOUR), gaps[:-1], True
    if set(lengths) == {1} and gaps[-_LAST_FOUR:] == ["-", " ", " ", " "] and set(gaps[:-_LAST_FOUR]) == {" "}:
        return (len(lengths) - _LAST_FOUR, _LAST_FOUR), ["-"], True
    return lengths, gaps, False


def _embedded(marks: str, groups: Sequence[Group], first: int, after: int, form: NumberForm) -> bool:
    """Whether the window is only a piece of something longer: a phone number, an account, a hash, a code."""
    start, end = groups[first].start, groups[after - 1].end
    before, behind = marks[start - 1 : start], marks[end : end + 1]
    if before == "." and form is NumberForm.MARKED and marks[start - 2 : start - 1] == "x":
        before = " "  # "Pnr.990913-9801"
    if before in {"+", "-", "."}:
        return True
    if behind == "x" and form is not NumberForm.MARKED:
        return True
    if behind in {"-", "+", "@"} and marks[end + 1 : end + 2] not in {"", " ", "\n", "~"}:
        return True
    if first and marks[groups[first - 1].start - 1 : groups[first - 1].start] == "+" and groups[first].gap != "\n":
        return True  # "+46 990913-9801": what stands before is a country's code.
    touching = _touching(groups, first, after)
    if form in {NumberForm.SPACED, NumberForm.RARE}:
        return touching != ""
    return any(mark in touching for mark in "-./:+")


def _touching(groups: Sequence[Group], first: int, after: int) -> str:
    """The one-character gaps to the digit groups directly before and behind the window."""
    gaps = [groups[first].gap if first else "", groups[after].gap if after < len(groups) else ""]
    return "".join(gap for gap in gaps if len(gap) == 1 and gap != "\n")


def _confidence(form: NumberForm, window: Sequence[Group], cue: Cue | None, today: date) -> float:
    """0 where the number is more likely something else."""
    digits = "".join(group.digits for group in window)
    if cue is Cue.OTHER_NUMBER:
        return 0.0
    if cue in _PERSONNUMMER_CUES:
        return 0.99
    if form is NumberForm.MARKED:
        return 0.0 if cue is Cue.PHONE_NUMBER and len(digits) < _WITH_CENTURY else 0.97
    # Phones begin with 0 too, but are not written in six and four: "051103 1234" is a birth date first.
    like_phone = len(digits) < _WITH_CENTURY and digits.startswith("0") and len(window) != len(_SIX_AND_FOUR)
    if cue in {Cue.PHONE, Cue.PHONE_NUMBER} or like_phone:
        return 0.0
    stamped = form is NumberForm.BARE or window[-1].gap == "_"
    if stamped and _like_timestamp(digits if len(digits) == _WITH_CENTURY else "20" + digits, today):
        return 0.0
    return 0.85


def _like_timestamp(digits: str, today: date) -> bool:
    """Twelve digits that read as year, month, day, hour and minute of the last twenty years."""
    hour, minute = int(digits[-4:-2]), int(digits[-2:])
    if hour >= 24 or minute >= 60:  # noqa: PLR2004 - a clock
        return False
    return today.year - 20 <= int(digits[:4]) <= today.year
