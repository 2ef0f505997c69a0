"""Floors: figures that a set of drafts must not fall below (or, for errors, rise above). Kept in `floors.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.domain.errors import WrongSettings

FLOORS_FILE = Path(__file__).with_name("floors.toml")
AT_LEAST, AT_MOST = "at_least", "at_most"


@dataclass(frozen=True, slots=True)
class Floor:
    """A bound on one figure. `figure` is its path in the figures, as in `labels.kanslig.recall`."""

    figure: str
    bound: str
    limit: float


@dataclass(frozen=True, slots=True)
class Checked:
    """A floor beside the set's value; None where the set has no such figure, and then the floor does not hold."""

    set_name: str
    floor: Floor
    value: float | None

    @property
    def holds(self) -> bool:
        """Whether the value is on the right side of the limit or on it."""
        if self.value is None:
            return False
        return self.value >= self.floor.limit if self.floor.bound == AT_LEAST else self.value <= self.floor.limit


def read_floors(path: Path = FLOORS_FILE) -> dict[str, tuple[Floor, ...]]:
    """Floors by the name of their set. Raises WrongSettings (`floors_unusable`) with what is wrong."""
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise WrongSettings("floors_unusable", f"{path.name}: {error}") from error
    return {name: tuple(_floors(name, table)) for name, table in document.items()}


def check_floors(name: str, figures: Mapping[str, Any], floors: Mapping[str, tuple[Floor, ...]]) -> list[Checked]:
    """The floors of the set called `name`, each with the value that the set reached; none where it has no floors."""
    return [Checked(name, floor, _value(figures, floor.figure)) for floor in floors.get(name, ())]


def _floors(name: str, table: object) -> list[Floor]:
    if not isinstance(table, dict) or not set(table) <= {AT_LEAST, AT_MOST}:
        raise WrongSettings("floors_unusable", f"[{name}]: only {AT_LEAST} and {AT_MOST}")
    return [
        Floor(figure, bound, _limit(name, figure, limit))
        for bound, limits in table.items()
        for figure, limit in _flat(limits).items()
    ]


def _flat(limits: object, before: str = "") -> dict[str, object]:
    """Paths with their limits: TOML reads an unquoted `labels.kanslig.recall` as tables within tables."""
    if not isinstance(limits, dict):
        return {before: limits}
    flat: dict[str, object] = {}
    for name, inner in limits.items():
        flat |= _flat(inner, f"{before}.{name}" if before else name)
    return flat


def _limit(name: str, figure: str, limit: object) -> float:
    if not figure or isinstance(limit, bool) or not isinstance(limit, int | float) or not 0 <= limit <= 1:
        raise WrongSettings("floors_unusable", f"[{name}] {figure}: a number from 0 to 1")
    return float(limit)


def _value(figures: Mapping[str, Any], path: str) -> float | None:
    value: Any = figures
    for step in path.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
