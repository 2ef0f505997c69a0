"""Passwords and codes that stand in a text, named or bare, and talk and numbers that hold none."""

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
        "lösenord: sommarbris",
        "Lösenord: Vinter2026",
        "Lösenord = Hav&strand4",
        "Lösenordet är Gronfink-77, dela inte.",
        "Lösenordet till skrivaren är gronfink.",
        "Användarnamn reception2 och lösenord Hav&strand4.",
        "Wifi gäst, lösen kaffe1234, gäller hela dagen.",
        "pinkod 4711",
        "PIN: 4711",
        "kod: 7788",
        "larmkod: 7788",
        "Portkoden är 2085",
        "Password is Lingon-2031 for the camera server.",
        "Lösenord:\nSommar12",
        "LÖSENORD: BLÅBÄR7",
    ],
)
def test_secret_is_found_and_not_shown(detect: Detect, text: str) -> None:
    shown = " ".join(_secrets(detect(text)))
    assert shown
    secrets = (
        "sommarbris",
        "vinter",
        "hav",
        "strand",
        "gronfink",
        "kaffe1234",
        "4711",
        "7788",
        "2085",
        "lingon",
        "blåbär",
    )
    assert not any(secret in shown.lower() for secret in secrets)


@pytest.mark.parametrize(
    "text",
    [
        "Du behöver byta lösenord före den 1 juni.",
        "Ditt lösenord går ut om 14 dagar.",
        "Starka lösenord har minst 14 tecken.",
        "Lösenord: skickas separat.",
        "Lösenord: se sms",
        "Lösenordet är personligt.",
        "Lösenordet är bytt.",
        "Lösenordet är en viktig del av säkerheten.",
        "Har du glömt lösenordet? Ring 070-174 06 05.",
        "Lösenord: https://example.se/losenord/2026",
        "Portkod lämnas ut i receptionen.",
        "Artikeln har kod 7788.",
        "Lösen för vägskylten är 500 kronor.",
        "Utbildning: skriv aldrig lösenord: Sommar2026 på en lapp.",
    ],
)
def test_talk_of_secrets_holds_none(detect: Detect, text: str) -> None:
    assert _secrets(detect(text)) == []


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
        "slår du 4471 på dosan går grinden upp",
        "Logga in med Grankotte2026!",
        "Logga in i bokningen med Grankotte2026",
        "Larma av med 9912 när du kommer.",
        "The door code is 4471#",
    ],
)
def test_bare_code_is_found_and_not_shown(detect: Detect, text: str) -> None:
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
        "Logga in med BankID eller Freja!",
        "Logga in med ditt tjänstekort från 2026!",
        "Logga in i Procapita med Edge128",
        "Använd mallen Protokoll_2026_v2 i systemet.",
        "Felkod 4042 på skrivaren.",
        "Koden till Teams-mötet finns i kallelsen.",
        "Postnummer 37280, dörren till vänster.",
        "Välj 1 2 3 4 eller 5 på panelen.",
    ],
)
def test_other_numbers_are_left_alone(detect: Detect, text: str) -> None:
    assert _secrets(detect(text)) == []
