"""Digits in a text as a reader sees them: any script's digits, any dash, invisible characters and HTML entities."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

import re2

from backend.detection.tokens import INVISIBLE

_HIDDEN = "\x00"
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\u00ac~")
_PLUSES = frozenset("+\uff0b\ufe62\u207a")
_LINE_ENDS = frozenset("\n\r\u2028\u2029\x0b\x0c\x85")

_ENTITY = re2.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,10});")
_RUN = re2.compile("[0-9][-+ ./:_\n\x00]{0,24}(?:[0-9][-+ ./:_\n\x00]{0,24}){8,}[0-9]")


class _Skeleton(dict[int, str]):
    def __missing__(self, code_point: int) -> str:
        kind = self[code_point] = _kind(chr(code_point))
        return kind


def _kind(char: str) -> str:
    """One ASCII character that stands for what `char` is in or beside a number."""
    for members, mark in ((INVISIBLE, _HIDDEN), (_DASHES, "-"), (_PLUSES, "+"), (_LINE_ENDS, "\n")):
        if char in members:
            return mark
    if (value := unicodedata.digit(char, None)) is not None and unicodedata.category(char) in {"Nd", "So", "No"}:
        return str(value) if unicodedata.category(char) == "Nd" else "x"
    if char.isspace() or unicodedata.category(char) == "Zs":
        return " "
    wide = unicodedata.normalize("NFKC", char)
    if wide in {".", "/", ":", "_", "*", "=", ",", "@", "#"}:
        return wide
    return "x" if char.isalpha() else "~"


_SKELETON = _Skeleton()


@dataclass(frozen=True, slots=True)
class Group:
    """A run of digits: its half-open range in the text, its digits, and what stands between it and the one before.

    `gap` holds only separator marks (`-`, `+`, space, `.`, `/`, `:`, `_`, line feed); it is empty for the first group.
    """

    start: int
    end: int
    gap: str
    digits: str = field(repr=False)


def skeleton(text: str) -> str:
    """A string of the same length: ASCII digits, separator marks, `x` for letters, `~` for the rest, NUL for hidden."""
    if "&" in text and ";" in text:
        text = _ENTITY.sub(lambda match: _same_length(match.group()), text)
    return text.replace("=\r\n", _HIDDEN * 3).replace("=\n", _HIDDEN * 2).translate(_SKELETON)


def _same_length(entity: str) -> str:
    char = unescape(entity)
    return char + _HIDDEN * (len(entity) - 1) if len(char) == 1 else entity


def runs(marks: str) -> Iterator[list[Group]]:
    """Stretches of a skeleton that hold ten or more digits with little between them, as groups of digits."""
    for match in _RUN.finditer(marks):
        yield _groups(marks, match.start(), match.end())


def _groups(marks: str, start: int, end: int) -> list[Group]:
    groups: list[Group] = []
    gap: list[str] = []
    digits: list[str] = []
    gap_before = ""
    first = last = start
    for index in range(start, end):
        mark = marks[index]
        if mark.isdigit():
            if gap or not digits:
                if digits:
                    groups.append(Group(first, last, gap_before, "".join(digits)))
                gap_before, gap, digits, first = "".join(gap), [], [], index
            digits.append(mark)
            last = index + 1
        elif mark != _HIDDEN:
            gap.append(mark)
    groups.append(Group(first, last, gap_before, "".join(digits)))
    return groups
