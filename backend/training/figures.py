"""Shares with their 95 % intervals: how much a figure from few drafts can be trusted."""

from collections.abc import Iterable
from math import sqrt
from typing import Any

_Z = 1.959964
"""Standard normal quantile of 97.5 %."""
_PLACES = 4


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share (E. B. Wilson 1927, JASA 22:209). `of` is at least 1.

    Unlike the textbook's share ± error it stays inside 0–1 and is honest for few drafts and for 0 or all of them.
    """
    share, square = hits / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def share(name: str, hits: int, of: int) -> dict[str, Any]:
    """A share under three keys: `name` (0–1), `name_interval` [low, high] and `name_count` [hits, of].

    Value and interval are None where there was nothing to count.
    """
    interval = [round(end, _PLACES) for end in wilson(hits, of)] if of else None
    return {
        name: round(hits / of, _PLACES) if of else None,
        f"{name}_interval": interval,
        f"{name}_count": [hits, of],
    }


def f1(hits: int, said: int, right: int) -> float | None:
    """Harmonic mean of precision and recall, 0–1; None where the thing neither was there nor was said."""
    return round(2 * hits / (said + right), _PLACES) if said + right else None


def mean(values: Iterable[float | None]) -> float | None:
    """Mean of what is there; None where nothing is."""
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), _PLACES) if known else None
