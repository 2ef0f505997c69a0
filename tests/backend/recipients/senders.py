"""Senders' mail as it might be, by chance but the same every time. Nobody measured real mail for the shares."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from backend.domain.habits import Gathering

START = date(2025, 11, 21)
SENDS_A_DAY = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sender. `teams` are sizes with weights: how often one is written to against the others.

    `shares` are of all sends: to a single person; to a part of a team; to a team and one or two guests; to a team with
    a substitute for one; to two to four who happen to have to do with each other; to the first `crowd` colleagues.
    The rest go to a whole team. A team lasts for `lasts` sends and then another one of its size follows; 0 for always.
    """

    teams: tuple[tuple[int, int], ...]
    shares: dict[str, float]
    labelled: float
    colleagues: int
    crowd: int = 0
    lasts: int = 0


KINDS = {
    "social worker": Kind(
        teams=((3, 4), (4, 4), (3, 3), (5, 3), (2, 2), (4, 2), (3, 2), (4, 1)), lasts=150, labelled=0.7, colleagues=80,
        shares={"single": 0.35, "part": 0.06, "guest": 0.03, "substitute": 0.01, "chance": 0.10},
    ),
    "head teacher": Kind(
        teams=((4, 6), (7, 3), (8, 3), (6, 3), (5, 3), (3, 2)), labelled=0.25, colleagues=60, crowd=45,
        shares={"single": 0.40, "part": 0.05, "guest": 0.03, "substitute": 0.01, "chance": 0.12, "crowd": 0.05},
    ),
    "personnel officer": Kind(
        teams=((3, 3), (4, 2), (2, 2)), lasts=200, labelled=0.5, colleagues=150,
        shares={"single": 0.45, "part": 0.03, "guest": 0.04, "substitute": 0.01, "chance": 0.30},
    ),
    "nurse": Kind(
        teams=((6, 5), (3, 3), (4, 2)), labelled=0.8, colleagues=40, crowd=25,
        shares={"single": 0.30, "part": 0.04, "guest": 0.02, "substitute": 0.01, "chance": 0.05, "crowd": 0.04},
    ),
}  # fmt: skip


@dataclass(slots=True)
class Sender:
    """One sender of a kind."""

    kind: Kind
    random: Random
    people: list[str] = field(init=False)
    teams: list[frozenset[str]] = field(init=False)
    strangers: int = 0

    def __post_init__(self) -> None:
        self.people = [f"colleague {number}" for number in range(self.kind.colleagues)]
        self.teams = [self._new_team(size) for size, _ in self.kind.teams]

    def sends(self, number: int) -> Iterator[Gathering]:
        """Ordinary sends, oldest first."""
        for at in range(number):
            self._change_teams()
            labelled = self.random.random() < self.kind.labelled
            yield Gathering(str(at), START + timedelta(days=at // SENDS_A_DAY), labelled, self._recipients())

    def team(self) -> frozenset[str]:
        """One of the teams of the moment, the usual ones more often."""
        return self.random.choices(self.teams, [weight for _, weight in self.kind.teams])[0]

    def stranger(self) -> str:
        """Somebody who was never written to."""
        self.strangers += 1
        return f"stranger {self.strangers}"

    def _change_teams(self) -> None:
        if self.kind.lasts and self.random.random() < len(self.teams) / self.kind.lasts:
            which = self.random.randrange(len(self.teams))
            self.teams[which] = self._new_team(self.kind.teams[which][0])

    def _new_team(self, size: int) -> frozenset[str]:
        outside = {self.stranger()} if self.random.random() < 0.4 else set[str]()
        return frozenset({*self.random.sample(self.people, size - len(outside)), *outside})

    def _recipients(self) -> frozenset[str]:
        shares, team = self.kind.shares, self.team()
        what = self.random.choices([*shares, "team"], [*shares.values(), 1 - sum(shares.values())])[0]
        draw: dict[str, Callable[[], Iterable[str]]] = {
            "team": lambda: team,
            "single": lambda: [self._somebody()],
            "part": lambda: self.random.sample(sorted(team), self.random.randint(1, len(team) - 1)),
            "guest": lambda: team | self._some(1, 1, 2),
            "substitute": lambda: team - {self.random.choice(sorted(team))} | self._some(1),
            "chance": lambda: self._some(2, 3, 4),
            "crowd": lambda: self.people[: self.kind.crowd],
        }
        return frozenset(draw[what]())

    def _some(self, *numbers: int) -> set[str]:
        return {self._somebody() for _ in range(self.random.choice(numbers))}

    def _somebody(self) -> str:
        return self.stranger() if self.random.random() < 0.3 else self.random.choice(self.people)
