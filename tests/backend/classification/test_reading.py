"""Which pieces of a draft the encoder reads."""

import numpy as np
import pytest

from backend.classification.reading import MOST_UNITS, worth_reading
from backend.classification.units import Unit

TEXT = "x" * 88
"""A hundred characters with what a piece costs beside them."""


def _read(shares: list[float], found: set[int] | None = None, pieces: int | None = None) -> list[int]:
    units = [Unit(number, TEXT) for number in range(pieces or len(shares))]
    return [unit.sentence for unit in worth_reading(units, np.array(shares), found or set())]


def test_nothing_is_read_of_nothing() -> None:
    assert worth_reading([], np.array([]), set()) == []


def test_short_draft_is_read_whole() -> None:
    assert _read([0.0, -1.0, 2.0]) == [0, 1, 2]


def test_the_heaviest_of_a_longer_one_in_their_order() -> None:
    assert _read([0.5, -1.0, 2.0, 0.4, 3.0]) == [0, 2, 4]


def test_four_tenths_of_a_long_one() -> None:
    assert _read([float(number) for number in range(50)]) == list(range(30, 50))


def test_pieces_of_equal_weight_are_read_from_the_top() -> None:
    assert _read([0.0] * 50) == list(range(20))


@pytest.mark.parametrize("found", [{1}, {0, 1, 3}, {0, 1, 2, 3, 4}])
def test_what_rules_found_is_read_first(found: set[int]) -> None:
    read = _read([0.5, -1.0, 2.0, 0.4, 3.0], found)
    assert found <= {*read}
    assert len(read) == max(3, len(found))


def test_sentences_that_were_not_weighed_come_last() -> None:
    assert _read([-5.0, -6.0, -7.0], pieces=9) == [0, 1, 2, 3]


def test_never_more_than_the_most() -> None:
    assert len(_read([0.0] * 9 * MOST_UNITS, set(range(5 * MOST_UNITS)))) == MOST_UNITS
