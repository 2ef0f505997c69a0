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
        ("Med i Lärarna och tas ut: Lena, Patrik, Anja, Olof, Mats", 5),
        ("Nya medlemmar i Kommunal:\nLena Berg\nPatrik Ek\nAnja Holm\nOlof Sund\nMats Ask\n", 5),
        ("Skyddade personuppgifter:\nA.B. 3A\nC.D. 4B\nE.F. 5A\nG.H. 6A\nI.J. 2B", 5),
        ("Får halal från måndag:\n\nlgh 1101\nlgh 1103\nlgh 1205\nlgh 1302\nlgh 1304\n", 5),
        ("Tolklista\n8.00 Samira J (dari)\n9.00 Abdi W\n9.30 Oksana P\n10.00 Rozerin T\n11.00 Filmon G\n", 5),
    ],
)
def test_people_are_counted_by_row(detect: Detect, text: str, count: int) -> None:
    assert detect(text).identity.people_in_findings == count


@pytest.mark.parametrize(
    "text",
    [
        "Till: Anna Berg\nKalle Lind\nLena Holm\nOlle Ek\nPia Sund\n\nAlma Hedin har celiaki.",
        "Deltagare på rehabmötet för Alma Hedin:\nAnna Berg\nKalle Lind\nLena Holm\nOlle Ek\nPia Sund",
        "Schema:\nAnna Berg mån\nKalle Lind tis\nLena Holm ons\nOlle Ek tors\nPia Sund har celiaki",
        "Bemanning i veckan:\nAnna Berg\nKalle Lind\nLena Holm\nOlle Ek\nPia Sund",
    ],
)
def test_names_of_staff_are_not_counted(detect: Detect, text: str) -> None:
    assert detect(text).identity.people_in_findings <= 1
