"""What an error report shows of a draft: ordinary words, never whom it is about."""

import pytest

from backend.detection.engine import Detector
from backend.training.masked_text import masked_text
from tests.backend.factories import booking, draft

DETECTOR = Detector()


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Orosanmälan om Tjoflöjt Kanariesson i dag.", ["tjoflöjt", "kanarie"]),
        ("kanariesson blir slagen hemma", ["kanarie"]),
        ("Bor på Kanariegatan 17 i Fågelbo.", ["kanarie", "17", "fågelbo"]),
        ("Mejla greta.ek@fågelbo.example om diagnosen.", ["greta", "fågelbo"]),
        ("Hon har 19000101-9801 och 070-174 06 05.", ["1900", "9801", "070", "174"]),
        ("Lösenordet är vinter, byt det sedan.", ["vinter"]),
        ("Lösenord:\nvinter", ["vinter"]),
        ("Alla gillar missbrukaranna@example.se", ["anna"]),
        ("FRU KANARIESSON HAR FÅTT CANCER", ["kanarie"]),
    ],
)
def test_hidden(text: str, hidden: list[str]) -> None:
    for one in (draft(text), draft(subject=text), booking(text), draft("Hej", subject="Hej", location=text)):
        shown = masked_text(one, DETECTOR).lower()
        assert shown
        assert [word for word in hidden if word in shown] == []


def test_shown() -> None:
    shown = masked_text(
        draft("Greta har fått diagnosen adhd.\n\nMed vänlig hälsning\nBo Ek\nrektor", subject="Möte"), DETECTOR
    )
    assert shown == "möte / [namn] har fått diagnosen adhd"


def test_length_is_bounded() -> None:
    shown = masked_text(draft("hon har fått en diagnos och mår inte bra. " * 1000), DETECTOR)
    assert len(shown.split()) == 81
    assert shown.endswith("…")
