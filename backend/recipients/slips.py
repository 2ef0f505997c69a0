"""How likely one name is a slip of the fingers for another on a Swedish keyboard."""

import tomllib
from functools import cache
from pathlib import Path

TRANSPOSED = 0.55
DOUBLED = 0.5
NEIGHBOUR = 0.6
NEIGHBOUR_TOO = 0.7
LEFT_OUT = 0.9
ANOTHER = 1.0

_REACH = 1.2
"""Keys whose centres are this near, in widths of a key, are neighbours."""


def effort(meant: str, typed: str) -> float:
    """The least sum of slips that turns `meant` into `typed`: 0 for the same, 1 for a letter by a far one.

    Optimal string alignment (Damerau, 1964) with slips that happen easily costing less: two letters in the wrong
    order, a letter doubled or no longer doubled, a neighbouring key struck instead or as well. Quadratic in the length.
    """
    before: list[float] = []
    row = [0.0]
    for letter, last in zip(typed, " " + typed, strict=False):
        row.append(row[-1] + _extra(letter, last, ""))
    for place, letter in enumerate(meant):
        previous = meant[place - 1] if place else ""
        older, before, row = before, row, [row[0] + _missing(letter, previous)]
        for at, struck in enumerate(typed):
            earlier = typed[at - 1] if at else ""
            least = min(
                before[at] + _instead(letter, struck),
                before[at + 1] + _missing(letter, previous),
                row[at] + _extra(struck, earlier, letter),
            )
            if older and at and letter == earlier and previous == struck != letter:
                least = min(least, older[at - 1] + TRANSPOSED)
            row.append(least)
    return row[-1]


def _instead(letter: str, struck: str) -> float:
    if letter == struck:
        return 0.0
    return NEIGHBOUR if struck in _neighbours().get(letter, "") else ANOTHER


def _missing(letter: str, previous: str) -> float:
    return DOUBLED if letter == previous else LEFT_OUT


def _extra(struck: str, earlier: str, letter: str) -> float:
    if struck == earlier:
        return DOUBLED
    beside = _neighbours().get(struck, frozenset())
    return NEIGHBOUR_TOO if earlier in beside or letter in beside else ANOTHER


@cache
def _neighbours() -> dict[str, frozenset[str]]:
    keyboard = tomllib.loads(Path(__file__).with_name("likenesses.toml").read_text(encoding="utf-8"))["keyboard"]
    places = {
        key: (column + offset, row)
        for row, (keys, offset) in enumerate(zip(keyboard["rows"], keyboard["offsets"], strict=True))
        for column, key in enumerate(keys)
    }
    return {
        key: frozenset(other for other in places if other != key and _distance(places[other], place) <= _REACH)
        for key, place in places.items()
    }


def _distance(one: tuple[float, int], other: tuple[float, int]) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)
