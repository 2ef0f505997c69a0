"""When a service is left alone and when it is tried again, on a clock of our own."""

from dataclasses import dataclass, field

import pytest

from backend.directory.graph.breaker import Breaker


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Watched:
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.breaker = Breaker(self.clock)

    def play(self, said: str) -> str:
        """f: failed, s: succeeded, ?: asks for admission, a number in brackets: seconds go by. Answers of each ?."""
        answers, at = "", 0
        while at < len(said):
            if said[at] == "[":
                end = said.index("]", at)
                self.clock.now += float(said[at + 1 : end])
                at = end
            elif said[at] == "?":
                answers += "y" if self.breaker.admits() else "n"
            else:
                {"f": self.breaker.failed, "s": self.breaker.succeeded}[said[at]]()
            at += 1
        return answers


@pytest.mark.parametrize(
    ("said", "admitted"),
    [
        ("???", "yyy"),
        ("ff?", "y"),
        ("ffsff?", "y"),
        ("fff?", "n"),
        ("fff[14.9]?", "n"),
        ("fff[15]?", "y"),
        ("fff[15]???", "ynn"),
        ("fff[15]?s???", "yyyy"),
        ("fff[15]?f?[29]?[1]?", "ynny"),
        ("fff[15]?f[30]?f[59]?[1]?", "yyny"),
        ("fff[15]?f[30]?f[60]?f[119]?[1]?f[119]?[1]?", "yyynyny"),
        ("fff[15]?[5]?", "yy"),
        ("ffffffff[15]?", "y"),
        ("fff[15]?fff[29]?[1]?", "yny"),
        ("fff[15]?sff?f?", "yyn"),
    ],
    ids=lambda text: text,
)
def test_admission(said: str, admitted: str) -> None:
    assert Watched().play(said) == admitted


@pytest.mark.parametrize(("seconds", "until"), [(10, 10), (0, 0), (-5, 0), (1e9, 300)])
def test_service_that_asks_to_wait(seconds: float, until: float) -> None:
    watched = Watched()
    watched.breaker.asked_to_wait(seconds)
    assert watched.breaker.busy() == (until > 0)
    watched.clock.now += until * 0.9
    assert watched.breaker.busy() == (until > 0)
    watched.clock.now += until * 0.2
    assert not watched.breaker.busy()


def test_shorter_wait_does_not_replace_a_longer_one() -> None:
    watched = Watched()
    watched.breaker.asked_to_wait(20)
    watched.breaker.asked_to_wait(1)
    watched.clock.now += 10
    assert watched.breaker.busy()
