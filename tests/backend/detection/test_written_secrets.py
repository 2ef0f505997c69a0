"""Passwords and codes that stand in a text, and talk about passwords that holds none."""

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
