"""Which pieces of a draft the encoder reads: plain words, no names, never too many at a time."""

import pytest

from backend.classification.units import Unit, units_of
from tests.backend.classification.made_up_model import detected


def _units(*words: str) -> list[tuple[int, str]]:
    return [(unit.sentence, unit.text) for unit in units_of(detected(*words).sentences)]


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ((), []),
        (("hej", "hon är sjuk", "ja"), [(1, "hon är sjuk")]),
        (("hej", "ja"), [(0, "hej"), (1, "ja")]),
        (("xnamn är sjuk", "xnamn xtal hej"), [(0, "nn är sjuk")]),
        (("xnamn xpnr xtal",), [(0, "nn personnummer 0")]),
        (("", "  "), []),
        (("hon   är\tsjuk ",), [(0, "hon är sjuk")]),
    ],
    ids=str,
)
def test_pieces(words: tuple[str, ...], units: list[tuple[int, str]]) -> None:
    assert _units(*words) == units


def test_long_sentence_is_read_in_windows() -> None:
    words = [f"ord{number}" for number in range(95)]
    units = _units("hon är sjuk", " ".join(words))
    assert [number for number, _ in units] == [0, 1, 1, 1]
    assert [len(text.split()) for _, text in units] == [3, 40, 40, 15]
    assert " ".join(text for _, text in units[1:]) == " ".join(words)


def test_window_is_full_before_the_next_begins() -> None:
    assert len(_units(" ".join(["ord"] * 40))) == 1
    assert len(_units(" ".join(["ord"] * 41))) == 2


def test_pieces_are_told_apart() -> None:
    assert len({Unit(0, "a"), Unit(0, "a"), Unit(1, "a")}) == 2
