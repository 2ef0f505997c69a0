"""Tells which floors do not hold: `evaluate` and `train --card` end with the same words and status."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from backend.texts.catalog import Texts

if TYPE_CHECKING:
    from backend.training.floors import Checked


def tell_floors(checked: Iterable["Checked"], texts: Texts) -> int:
    """Writes each broken floor on standard error. Exit status: 1 when a floor does not hold, else 0."""
    broken = [one for one in checked if not one.holds]
    for one in broken:
        above = "floor_above" if one.floor.bound == "at_most" else "floor_below"
        code = "floor_not_measured" if one.value is None else above
        words = {"name": one.set_name, "figure": one.floor.figure, "limit": f"{one.floor.limit:.4g}"}
        sys.stderr.write(texts.message(code, value=f"{one.value or 0:.4f}", **words) + "\n")
    return 1 if broken else 0
