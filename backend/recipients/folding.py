"""What a name looks like at a glance: every letter as the plain Latin one that it is taken for."""

import tomllib
import unicodedata
from functools import cache
from pathlib import Path

_SHORTEST_FOR_ALL_PAIRS = 5
_FIRM_PAIRS = ("0", "1")
"""Likenesses that hold in short names too, where `rn` and `cl` are mostly meant."""


def plain(name: str) -> str:
    """`name` without accents, and letters of other scripts as Latin ones. Letters without a likeness stay."""
    if name.isascii():
        return name
    letters = _letters()
    parted = unicodedata.normalize("NFKD", name.translate(letters))
    return "".join(letter for letter in parted if not unicodedata.combining(letter)).translate(letters)


def redrawn(name: str) -> tuple[str, ...]:
    """What a plain `name` may be taken for when digits, or digits and pairs of letters, are read as other letters."""
    digits = _replaced(name, [(drawn, read) for drawn, read in _drawn_alike() if drawn in _FIRM_PAIRS])
    if len(name) < _SHORTEST_FOR_ALL_PAIRS:
        return (digits,)
    single = _replaced(name, [(drawn, read) for drawn, read in _drawn_alike() if len(drawn) == 1])
    return (digits, single, *(_replaced(single, [pair]) for pair in _drawn_alike()), _replaced(name, _drawn_alike()))


def spelled_short(name: str) -> str:
    """A plain `name` with `aa`, `ae` and `oe` as the letters that they stand for, without their dots."""
    return _replaced(name, list(_table()["spelled_out"].items()))


def _replaced(name: str, pairs: list[tuple[str, str]]) -> str:
    for drawn, read in pairs:
        name = name.replace(drawn, read)
    return name


@cache
def _letters() -> dict[int, str]:
    return {ord(letter): latin for latin, letters in _table()["letters"].items() for letter in letters}


@cache
def _drawn_alike() -> list[tuple[str, str]]:
    return list(_table()["drawn_alike"].items())


@cache
def _table() -> dict[str, dict[str, str]]:
    path = Path(__file__).with_name("likenesses.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
