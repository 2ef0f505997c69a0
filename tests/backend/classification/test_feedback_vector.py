"""What feedback keeps of a draft: rounded signals and known words, whatever else it says."""

import json
from pathlib import Path

import pytest

from backend.classification.feedback_vector import (
    MOST_COLUMNS,
    FeedbackVectors,
    KnownWords,
    known_words_path,
    read_known_words,
    rounded,
)
from backend.domain.detected import Detected, Identity, Sentence

KNOWN = KnownWords({"sjuk": 7, "barnet": 3, "xnamn": 5, "samma": 3}, 16)


def _detected(*texts: str, **signals: float) -> Detected:
    return Detected((), Identity(), tuple(Sentence("body", 0, 1, text) for text in texts), signals)


@pytest.mark.parametrize(
    ("texts", "columns"),
    [
        ((), ()),
        (("",), ()),
        (("sjuk",), (7,)),
        (("sjuk sjuk sjuk", "sjuk"), (7,)),
        (("barnet xnamn sjuk",), (3, 5, 7)),
        (("sjuk", "barnet"), (3, 7)),
        (("barnet samma",), (3,)),
        (("zetterqvist kvarnbylund 0701740605 sjukt",), ()),
    ],
    ids=str,
)
def test_only_known_words_in_no_order(texts: tuple[str, ...], columns: tuple[int, ...]) -> None:
    vector = FeedbackVectors(lambda: KNOWN).of(_detected(*texts))
    assert (vector.columns, vector.space) == (columns, 16)


def test_long_draft_stays_small() -> None:
    words = {f"ord{number}": number for number in range(5_000)}
    vector = FeedbackVectors(lambda: KnownWords(words, 5_000)).of(_detected(" ".join(words), *words))
    assert len(vector.columns) == MOST_COLUMNS


@pytest.mark.parametrize(
    ("value", "kept"), [(0.0, 0.0), (4.6151, 4.6), (0.023456, 0.023), (-1.26, -1.3), (1.0, 1.0), (123.0, 120.0)]
)
def test_two_digits_of_a_signal(value: float, kept: float) -> None:
    assert rounded(value) == kept
    assert FeedbackVectors(lambda: KNOWN).of(_detected(a=value)).signals == {"a": kept}


def test_words_are_read_once_and_when_needed() -> None:
    times: list[int] = []

    def read() -> KnownWords:
        times.append(1)
        return KNOWN

    vectors = FeedbackVectors(read)
    assert times == []
    for _ in range(3):
        vectors.of(_detected("sjuk"))
    assert times == [1]


@pytest.mark.parametrize("content", ["", "{", "[]", "5", "{}", '{"columns": 5, "space": 1}', '{"columns": {"a": "b"}}'])
def test_without_a_usable_file_only_signals_are_kept(content: str, tmp_path: Path) -> None:
    path = known_words_path(tmp_path / "m.skops")
    assert read_known_words(path) == KnownWords()
    path.write_text(content, "utf-8")
    assert read_known_words(path) == KnownWords()
    vector = FeedbackVectors(lambda: read_known_words(path)).of(_detected("sjuk", a=0.5))
    assert (vector.columns, vector.signals) == ((), {"a": 0.5})


def test_file_is_read(tmp_path: Path) -> None:
    path = known_words_path(tmp_path / "m.skops")
    path.write_text(json.dumps({"space": 16, "columns": {"å": 3}}), "utf-8")
    assert read_known_words(path) == KnownWords({"å": 3}, 16)


def test_repr_shows_nothing() -> None:
    assert "7" not in repr(FeedbackVectors(lambda: KNOWN).of(_detected("sjuk", sjuk=0.3)))
