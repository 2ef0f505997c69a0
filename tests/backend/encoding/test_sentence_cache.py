"""The cache of vectors: the last used stay, and nothing in it tells a sentence."""

import gc
from collections.abc import Iterator
from types import ModuleType

import numpy as np
import pytest

from backend.encoding.onnx_encoder import OnnxEncoder
from backend.encoding.sentence_cache import SentenceCache

CANARY = "kanariefågelns hemlighet sjuk"
VECTOR = np.ones(3, np.float16)


def _kept(cache: SentenceCache, *texts: str) -> list[bool]:
    return [cache.get(cache.key(text)) is not None for text in texts]


def test_last_used_stay() -> None:
    cache = SentenceCache(2)
    for text in "ab":
        cache.put(cache.key(text), VECTOR)
    assert cache.get(cache.key("a")) is VECTOR
    cache.put(cache.key("c"), VECTOR)
    assert _kept(cache, "a", "b", "c") == [True, False, True]
    cache.put(cache.key("a"), VECTOR)
    cache.put(cache.key("d"), VECTOR)
    assert _kept(cache, "a", "c", "d") == [True, False, True]


@pytest.mark.parametrize("most", [0, 1, 3])
def test_never_more_than_told(most: int) -> None:
    cache = SentenceCache(most)
    for number in range(10):
        cache.put(cache.key(str(number)), VECTOR)
    assert sum(_kept(cache, *map(str, range(10)))) == most


def test_newest_vector_of_a_text_counts() -> None:
    cache = SentenceCache(2)
    cache.put(cache.key("a"), VECTOR)
    cache.put(cache.key("a"), other := VECTOR * 2)
    assert cache.get(cache.key("a")) is other


def test_keys_are_those_of_one_process() -> None:
    one, other = SentenceCache(1), SentenceCache(1)
    assert one.key(CANARY) == one.key(CANARY)
    assert one.key(CANARY) != other.key(CANARY)
    assert one.key("å") != one.key("a")
    assert len(one.key("x" * 100_000)) == 16
    assert one.key("\ud800") != one.key("")


def _reachable(start: object) -> Iterator[object]:
    seen: set[int] = set()
    left = [start]
    while left:
        one = left.pop()
        if id(one) in seen or isinstance(one, type | ModuleType):
            continue
        seen.add(id(one))
        yield one
        left.extend(gc.get_referents(one))


def test_no_text_is_reachable(encoder: OnnxEncoder) -> None:
    encoder.encode([CANARY, f"{CANARY} igen"])
    words = CANARY.split()
    reached = list(_reachable(encoder))
    assert len(reached) > 20
    texts = [one for one in reached if isinstance(one, str)]
    raw = [one for one in reached if isinstance(one, bytes | bytearray)]
    assert [one for one in texts if any(word in one for word in words)] == []
    assert [one for one in raw if any(word.encode() in one for word in words)] == []
    assert "kanarie" not in repr(encoder) + repr(vars(encoder))
