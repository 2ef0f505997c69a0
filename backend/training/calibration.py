"""Whether a probability means what it says: of the drafts called 80 % sensitive, eight in ten should be."""

from collections.abc import Sequence
from typing import Any

from backend.training.figures import share

_BINS = 10
_PLACES = 4


def calibration(said: Sequence[tuple[float, bool]]) -> dict[str, Any] | None:
    """Brier score, expected calibration error and ten bins of equal width; None for no drafts.

    `said` holds P(sensitive) in 0–1 and whether the draft is sensitive. `brier_baseline` is the score of always
    answering the set's own share (Brier 1950): a model above it is worse than no model.
    """
    if not said:
        return None
    base = sum(truth for _, truth in said) / len(said)
    bins = [_bin(index, [one for one in said if _index(one[0]) == index]) for index in range(_BINS)]
    filled = [one for one in bins if one["drafts"]]
    gap = sum(abs(one["predicted"] - one["observed"]) * one["drafts"] for one in filled) / len(said)
    return {
        "drafts": len(said),
        "brier": round(sum((probability - truth) ** 2 for probability, truth in said) / len(said), _PLACES),
        "brier_baseline": round(base * (1 - base), _PLACES),
        "calibration_error": round(gap, _PLACES),
        "bins": bins,
    }


def _index(probability: float) -> int:
    return min(int(probability * _BINS), _BINS - 1)


def _bin(index: int, rows: Sequence[tuple[float, bool]]) -> dict[str, Any]:
    mean = round(sum(probability for probability, _ in rows) / len(rows), _PLACES) if rows else None
    return {
        "low": index / _BINS,
        "high": (index + 1) / _BINS,
        "drafts": len(rows),
        "predicted": mean,
        **share("observed", sum(truth for _, truth in rows), len(rows)),
    }
