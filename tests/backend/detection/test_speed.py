"""Time grows with the length of the text and nothing else. Bounds are generous: they catch shapes, not machines."""

from collections.abc import Callable
from time import process_time

import pytest

from backend.domain.detected import Detected

Detect = Callable[..., Detected]

ORDINARY = (
    "Hej Anna!\nTack för mötet i går. Vi behöver boka en ny tid för uppföljning av planen, och Karin Ek har ringt om "
    "lokalen. Eleven i 4B är sjuk och kommer inte på torsdag. Ring mig på 070-174 06 05 om något är oklart.\n"
    "Med vänlig hälsning\nLena\n\n"
)
REPEATED = {
    "jag": "jag ",
    "names": "Anna Berg\n",
    "initials": "A.B. ",
    "pronouns": "hon ",
    "findings": "Anna har cancer. ",
    "one sentence": "hon har cancer kurs ",
    "secrets": "lösenord: sommar7 ",
    "numbers": "19990913-9801\n",
    "digits apart": "1 ",
    "shouted": "ANNA ",
    "cancelled": "cancerfonden cancer ",
    "supported": "dricker sprit ",
    "case words": "SIP AB ",
    "entities": "&#49;",
}


def _seconds(detect: Detect, text: str) -> float:
    start = process_time()
    detect(text)
    return process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["7", "a", "\n", "jag ", "&", "<", "\u00ad"], ids=repr)
def test_five_million_of_the_same_do_not_blow_up(detect: Detect, unit: str) -> None:
    assert _seconds(detect, (unit * 5_000_000)[:5_000_000]) < 60


def test_ordinary_text_is_quick(detect: Detect) -> None:
    text = ORDINARY * (100_000 // len(ORDINARY))
    best = min(_seconds(detect, text) for _ in range(3))
    assert best / len(text) < 10e-6


def test_ordinary_text_is_linear(detect: Detect) -> None:
    per_character = []
    for length in (10_000, 100_000, 1_000_000):
        text = ORDINARY * (length // len(ORDINARY))
        per_character.append(min(_seconds(detect, text) for _ in range(2)) / len(text))
    assert per_character[-1] < per_character[0] * 3


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_repetition_is_linear(detect: Detect, unit: str) -> None:
    """Eight times the text may take four times as long again as it should before this fails; a square takes 64."""
    short, long = (unit * (length // len(unit)) for length in (20_000, 160_000))
    once = min(_seconds(detect, short) for _ in range(3))
    assert _seconds(detect, long) < max(once, 0.005) * 8 * 4
