"""How many slips are found, and that real domains are not questioned: measured, not told by example."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import pytest

from backend.recipients.known_domains import bundled
from backend.recipients.lookalikes import Likeness, Lookalikes

KNOWN = bundled()
PRIVATE = ["gmail.com", "hotmail.com", "hotmail.se", "outlook.com", "live.se", "icloud.com", "yahoo.se", "proton.me"]
ORDINARY = Path(__file__).with_name("ordinary_domains.txt").read_text(encoding="utf-8").split()
NAMES = [
    *("motala", "ronneby", "linkoping", "norrkoping", "jonkoping", "helsingborg", "goteborg", "stockholm", "uppsala"),
    *("vasteras", "eskilstuna", "karlstad", "sundsvall", "ostersund", "skelleftea", "kristianstad", "varberg"),
    *("kungsbacka", "trollhattan", "ornskoldsvik"),
]
LEAST_FOUND = 0.95
OWNERS = ["motala.se", "kil.se", "boras.se", "lund.se", "ale.se", "hallsberg.se", "sandviken.se", "ornskoldsvik.se"]


def _transposed(name: str) -> Iterator[str]:
    return (name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(len(name) - 1))


def _doubled(name: str) -> Iterator[str]:
    return (name[:at] + name[at] + name[at:] for at in range(len(name)))


def _left_out(name: str) -> Iterator[str]:
    return (name[:at] + name[at + 1 :] for at in range(len(name)))


@pytest.mark.parametrize("slips", [_transposed, _doubled, _left_out])
@pytest.mark.parametrize("own", [["motala.se"], []])
def test_slips_are_found(slips: Callable[[str], Iterator[str]], own: list[str]) -> None:
    lookalikes = Lookalikes(own, KNOWN, PRIVATE)
    typed = [(f"{slip}.se", f"{name}.se") for name in NAMES for slip in slips(name) if slip != name]
    found = [lookalikes.resembled(slip) for slip, _ in typed]
    right = [answer is not None and answer.domain == meant for answer, (_, meant) in zip(found, typed, strict=True)]
    assert sum(right) / len(right) >= LEAST_FOUND


def test_disguises_are_found() -> None:
    lookalikes = Lookalikes([], KNOWN, PRIVATE)
    turned = str.maketrans("aoe", "аое")  # Cyrillic
    disguised = [name.translate(turned) for name in NAMES]
    answers = [lookalikes.resembled(f"{name}.se") for name in disguised]
    assert [answer and (answer.domain, answer.likeness) for answer in answers] == [
        (f"{name}.se", Likeness.HOMOGLYPH) for name in NAMES
    ]


@pytest.mark.parametrize("own", OWNERS)
def test_no_known_domain_is_questioned(own: str) -> None:
    lookalikes = Lookalikes([own], KNOWN, PRIVATE)
    real = [f"{front}{domain}" for domain in (*KNOWN.organisations, *PRIVATE) for front in ("", "mail.", "a.b.")]
    assert [domain for domain in real if lookalikes.resembled(domain)] == []


@pytest.mark.parametrize("own", OWNERS)
def test_no_ordinary_domain_is_questioned(own: str) -> None:
    lookalikes = Lookalikes([own], KNOWN, PRIVATE)
    assert [domain for domain in ORDINARY if lookalikes.resembled(domain)] == []


def test_it_is_quick() -> None:
    start = perf_counter()
    lookalikes = Lookalikes(["motala.se"], KNOWN, PRIVATE)
    built = perf_counter()
    for domain in ORDINARY:
        lookalikes.resembled(domain)
    each = (perf_counter() - built) / len(ORDINARY)
    assert built - start < 0.5  # seconds; a tenth of it when nothing else runs
    assert each < 0.005
