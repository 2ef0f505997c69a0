"""How texts are put together to be run: every text once, little padding, and no batch that is too large."""

from random import Random

import pytest

from backend.encoding.batches import batches

ROWS = [
    [],
    [1],
    [66] * 3,
    [2, 66],
    [8, 9, 16, 20, 22, 23, 24, 25, 37, 37, 38, 38],
    [20] * 200,
    [1000, 3, 2000],
    [Random(seed).randint(3, 66) for seed in range(160)],  # noqa: S311 - the same lengths every time
]


def _padded(lengths: list[int], chosen: list[list[int]]) -> int:
    return sum(len(batch) * max(lengths[number] for number in batch) for batch in chosen)


@pytest.mark.parametrize("lengths", ROWS, ids=lambda row: f"{len(row)} texts")
def test_every_text_once(lengths: list[int]) -> None:
    chosen = batches(lengths)
    assert sorted(number for batch in chosen for number in batch) == list(range(len(lengths)))
    assert all(chosen)


@pytest.mark.parametrize("lengths", ROWS, ids=lambda row: f"{len(row)} texts")
def test_no_batch_is_too_large(lengths: list[int]) -> None:
    for batch in batches(lengths):
        assert len(batch) == 1 or len(batch) * max(lengths[number] for number in batch) <= 384


def test_little_padding() -> None:
    lengths = ROWS[4]
    assert _padded(lengths, batches(lengths)) <= 1.15 * sum(lengths)


def test_few_runs() -> None:
    assert len(batches([20] * 19)) == 1
    assert len(batches([20, 21, 21, 22])) == 1
    assert len(batches(ROWS[-1])) < 40
