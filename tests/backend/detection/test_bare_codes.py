"""Codes and passwords with no word for them right before, and numbers beside locks that are none."""

from collections.abc import Callable

import pytest

from backend.domain.detected import Detected

Detect = Callable[..., Detected]
RULE = "other_secrecy.written_secret"


def _secrets(detected: Detected) -> list[str]:
    return [finding.excerpt for finding in detected.findings if finding.rule == RULE and finding.about_person]


@pytest.mark.parametrize(
    "text",
    [
        "Ny kod 7741# från klockan tolv.",
        "prova ypalmer och Grankotte!88",
        "Koden gäller nu: 7 3 0 4",
        "Porten mot parken 2580*, källaren 9916*.",
        "Larmet slås av med 0926 inom en halv minut.",
        "Koden byttes till 5590 i går.",
        "Kontot ska ha Vinter_26_Damm!! på båda styrdatorerna.",
        "Kod till källaren 4471",
        "Dörren: 4471",
        "Slå 4471 på dosan.",
        "Larma av med 9912 när du kommer.",
        "The door code is 4471#",
    ],
)
def test_code_is_found_and_not_shown(detect: Detect, text: str) -> None:
    shown = " ".join(_secrets(detect(text)))
    assert shown
    assert not any(char.isdigit() for char in shown)
    assert "grankotte" not in shown.lower()
    assert "vinter" not in shown.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Artikeln har kod 7788.",
        "Bokför på kod 4711 och projekt 2210.",
        "Konto 6110, kod 4711",
        "Dörren öppnas klockan 08.00.",
        "Porten byggdes 1985 och kostade 12 000 kr.",
        "Ring 0457-61 80 00 om larmet går.",
        "Källaren hyrs ut för 4500 kr.",
        "Systemet uppdateras 2026-11-12 kl 14.30.",
        "Hej!2 saker om datorn.",
        "Använd mallen Protokoll_2026_v2 i systemet.",
        "Felkod 4042 på skrivaren.",
        "Koden till Teams-mötet finns i kallelsen.",
        "Postnummer 37280, dörren till vänster.",
        "Välj 1 2 3 4 eller 5 på panelen.",
    ],
)
def test_other_numbers_are_left_alone(detect: Detect, text: str) -> None:
    assert _secrets(detect(text)) == []
