"""The weight file: read back number for number, and refused with a code however it is damaged."""

import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.errors import WrongSettings
from backend.encoding.weight_file import read_weights
from tests.backend.encoding.tiny_weights import (
    EPSILON,
    HEADS,
    HIDDEN,
    INNER,
    LONGEST,
    PIECES,
    scores_of,
    tensors_of,
    weight_file,
)

TENSORS = tensors_of(1)
WHOLE = weight_file(TENSORS, 1)
HEAD = WHOLE.index(b"emb.word")


def test_numbers_come_back() -> None:
    weights = read_weights(WHOLE)
    assert (weights.hidden, weights.heads, weights.inner, weights.longest) == (HIDDEN, HEADS, INNER, LONGEST)
    assert weights.epsilon == pytest.approx(EPSILON)
    assert weights.pieces == PIECES
    assert weights.scores.tolist() == scores_of(PIECES).tolist()
    assert weights.tensors.keys() == TENSORS.keys()
    for name, expected in TENSORS.items():
        read = weights.tensors[name].floats(*expected.shape)
        assert read.dtype == np.float32
        # Four bits say what they can say again to within their own rounding.
        assert np.allclose(read, expected, atol=2e-3), name
        assert weights.tensors[name].four_bit or (read == expected).all()


@pytest.mark.parametrize(
    "size", [*range(0, 80, 3), *range(80, HEAD, 97), *range(HEAD, len(WHOLE), 997), len(WHOLE) - 1]
)
def test_cut_off_file_is_refused(size: int) -> None:
    with pytest.raises(WrongSettings, match="encoder_unreadable"):
        read_weights(WHOLE[:size])


@given(st.integers(0, HEAD + 400), st.binary(min_size=1, max_size=8))
def test_damaged_file_is_read_or_refused(place: int, other: bytes) -> None:
    # Any other exception would fail the test.
    with suppress(WrongSettings):
        read_weights(WHOLE[:place] + other + WHOLE[place + len(other) :])


@pytest.mark.parametrize("content", [b"", b"E5S", b"E5S2" + WHOLE[4:], b"PK\x03\x04", b"E5S1"], ids=repr)
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(WrongSettings, match="encoder_unreadable"):
        read_weights(content)


@pytest.mark.parametrize("count", [-1, -2, 2**31 - 1])
def test_impossible_counts_are_refused(count: int) -> None:
    with pytest.raises(WrongSettings, match="encoder_unreadable"):
        read_weights(WHOLE[:44] + struct.pack("<i", count) + WHOLE[48:])
