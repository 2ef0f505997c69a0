"""The encoder in miniature: a text's vector is its own, whatever else is asked, by whom and in which order."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import numpy as np
import pytest

from backend.encoding.onnx_encoder import OnnxEncoder
from backend.encoding.open_encoder import open_encoder
from tests.backend.encoding.tiny_weights import HIDDEN, LETTERS, WORDS

ODD = ["", " ", "\n", "здравствуй", "\x00", "\ud800", "<s>", "a" * 10_000, "hon " * 1_000, "hon"]


def _texts(count: int, seed: int = 0) -> list[str]:
    """Texts of one to thirty words, some of them more than once."""
    chance = Random(seed)  # noqa: S311 - the same texts every time
    words = [*(word.strip("▁") for word in WORDS), *LETTERS]
    return [" ".join(chance.choices(words, k=chance.randint(1, 30))) for _ in range(count)]


def test_shape(encoder: OnnxEncoder) -> None:
    assert encoder.width == 2 * HIDDEN
    assert encoder.encode([]).shape == (0, 2 * HIDDEN)
    given = encoder.encode(["hon är sjuk", "möte", "hon är sjuk"])
    assert given.shape == (3, 2 * HIDDEN)
    assert given.dtype == np.float32
    assert np.array_equal(given[0], given[2])
    assert not np.array_equal(given[0], given[1])


def test_text_alone_and_among_others(folder: Path) -> None:
    texts = _texts(150)
    together = OnnxEncoder(folder).encode(texts)
    lonely = OnnxEncoder(folder, cached=0)
    alone = np.concatenate([lonely.encode([text]) for text in texts])
    assert np.array_equal(together, alone)


def test_order_changes_nothing(folder: Path) -> None:
    texts = _texts(60)
    forth, back = OnnxEncoder(folder).encode(texts), OnnxEncoder(folder).encode(texts[::-1])
    assert np.array_equal(forth, back[::-1])


def test_kept_vector_is_a_new_one(encoder: OnnxEncoder) -> None:
    texts = _texts(40)
    first = encoder.encode(texts)
    assert np.array_equal(encoder.encode(texts), first)
    assert np.array_equal(encoder.encode([*_texts(3, seed=9), *texts])[3:], first)


def test_result_is_the_callers_own(encoder: OnnxEncoder) -> None:
    kept = encoder.encode(["hon"])[0].copy()
    encoder.encode(["hon"])[:] = 7.0
    assert np.array_equal(encoder.encode(["hon"])[0], kept)


@pytest.mark.parametrize("cached", [0, 1, 5])
def test_small_cache_changes_nothing(cached: int, folder: Path, encoder: OnnxEncoder) -> None:
    texts = _texts(30) * 2
    assert np.array_equal(OnnxEncoder(folder, cached=cached).encode(texts), encoder.encode(texts))


def test_odd_texts(encoder: OnnxEncoder) -> None:
    given = encoder.encode(ODD)
    assert np.isfinite(given).all()
    assert not np.array_equal(given[0], given[-1])


def test_only_the_beginning_of_a_long_text_is_read(encoder: OnnxEncoder) -> None:
    one, other, short = encoder.encode(["hon " * 64 + "är sjuk", "hon " * 64 + "möte", "hon " * 63 + "möte"])
    assert np.array_equal(one, other)
    assert not np.array_equal(one, short)


def test_several_threads(folder: Path) -> None:
    asked = [_texts(25, seed=number % 5) + _texts(5, seed=number) for number in range(40)]
    expected = [OnnxEncoder(folder).encode(texts) for texts in asked[:8]]
    shared = OnnxEncoder(folder, cached=50)
    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(shared.encode, asked))
    for one, other in zip(given, expected, strict=False):
        assert np.array_equal(one, other)
    serial = OnnxEncoder(folder)
    assert all(np.array_equal(one, serial.encode(texts)) for one, texts in zip(given, asked, strict=True))


def test_opened_where_it_is_built(folder: Path, encoder: OnnxEncoder) -> None:
    opened = open_encoder(folder)
    assert opened is not None
    assert opened.version == encoder.version
    assert np.array_equal(opened.encode(["hon är"]), encoder.encode(["hon är"]))
