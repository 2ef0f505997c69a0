"""Which words feedback may keep: the language's, no person's and no place's."""

from pathlib import Path

import pytest

from backend.classification.feedback_vector import read_known_words
from backend.classification.vectors import NGRAM_COLUMNS, sentence_counts
from backend.domain.detected import Detected, Identity, Sentence
from backend.domain.draft import Draft
from backend.domain.label import Label
from backend.training.corpus_file import LabelledDraft, read_corpus
from backend.training.examples import Example
from backend.training.known_words import known_words, proper_nouns, store_known_words


def _example(words: str, scenario: str, author: str) -> Example:
    detected = Detected((), Identity(), (Sentence("body", 0, len(words), words),), {})
    return Example(detected, Label.NONE, frozenset(), scenario, author)


def _rows(*bodies: str) -> list[LabelledDraft]:
    return [LabelledDraft(Draft("", body), Label.NONE, frozenset(), "s", "a", hard=False, group="") for body in bodies]


def test_word_of_eight_matters_and_four_people() -> None:
    examples = [
        _example("alla här fyra ensam anna s alla", "1", "x"),
        *[_example("alla här fyra ensam anna s", str(number), "wxyz"[number % 4]) for number in range(2, 8)],
        _example("alla här ensam anna s", "8", "y"),
        _example("bara bara bara", "9", "y"),
        _example("här", "9", "x"),
    ]
    assert set(known_words(examples, frozenset({"ensam"})).columns) == {"alla", "här"}
    three_people = [_example("alla", str(number), "xyz"[number % 3]) for number in range(9)]
    assert set(known_words(three_people, frozenset()).columns) == set()


def test_column_is_the_one_that_training_uses() -> None:
    known = known_words([_example("orosanmälan en", str(number), str(number)) for number in range(8)], frozenset())
    counts = sentence_counts([Sentence("body", 0, 1, "det är en orosanmälan i dag")])
    assert known.space == NGRAM_COLUMNS
    assert set(known.columns) == {"orosanmälan", "en"}
    assert set(known.columns.values()) <= set(map(int, counts.indices))
    assert max(known.columns.values()) < NGRAM_COLUMNS // 2


@pytest.mark.parametrize(
    ("bodies", "proper"),
    [
        (["Hej! Vi ses på Solgården."], {"solgården"}),
        (["Möte i dag.\nVaktmästaren kommer"], set()),
        (["jag heter Zorka", "zorka kommer", "med Zorka"], {"zorka"}),
        (["en BUP-remiss och SFI"], set()),
        (["om Älgen", "en älg", "en älgen"], set()),
        ([""], set()),
    ],
)
def test_proper_nouns(bodies: list[str], proper: set[str]) -> None:
    assert proper_nouns(_rows(*bodies)) == proper


def test_words_come_back_from_the_file_with_the_same_bytes(tmp_path: Path) -> None:
    known = known_words([_example("sjuk är hon", str(number), str(number)) for number in range(3)], frozenset())
    for name in ("one", "two"):
        store_known_words(known, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert read_known_words(tmp_path / "one") == known
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_names_of_the_corpus_itself_are_seen() -> None:
    proper = proper_nouns(read_corpus())
    assert {"agda", "storgatan", "solgården"} <= proper
    assert not {"orosanmälan", "barnet", "rehab", "och", "lvu"} & proper
