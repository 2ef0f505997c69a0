"""How many people a list's findings concern."""

from collections.abc import Callable

import pytest

from backend.domain.detected import Detected

Detect = Callable[..., Detected]

ROWS = "Alma Hedin – celiaki\nViggo Stråle – äggallergi\nMeja Borgsten – laktos\nTuva Ek – nötter\nOtto Rydin – mjölk\n"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"Hej!\nHär kommer listan:\n{ROWS}Hälsningar\nLena", 5),
        (f"Sjukskrivna för depression:\n\n{ROWS}", 5),
        ("Alma, Viggo, Meja, Tuva och Otto har alla fått diagnosen adhd.", 5),
        ("- adhd, går hos psykolog, hennes mamma vet\n" * 5, 5),
        ("Alma Hedin har celiaki.", 1),
    ],
)
def test_people_are_counted_by_row(detect: Detect, text: str, count: int) -> None:
    assert detect(text).identity.people_in_findings == count


@pytest.mark.parametrize(
    "text",
    [
        "Till: Anna Berg\nKalle Lind\nLena Holm\nOlle Ek\nPia Sund\n\nAlma Hedin har celiaki.",
        "Deltagare på rehabmötet för Alma Hedin:\nAnna Berg\nKalle Lind\nLena Holm\nOlle Ek\nPia Sund",
        "Bemanning i veckan:\nAnna Berg\nKalle Lind\nLena Holm\nOlle Ek\nPia Sund",
    ],
)
def test_names_of_staff_are_not_counted(detect: Detect, text: str) -> None:
    assert detect(text).identity.people_in_findings <= 1
