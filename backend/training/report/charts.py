"""Where the marks of a chart stand, in the units of its SVG view box. The page's template draws them."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Any

BAR_WIDTH = 300
"""Length of a bar that stands for 1."""
ROW_HEIGHT = 22
PLOT = 300
"""Side of the square in which the reliability diagram is drawn."""
_LARGEST_DOT, _SMALLEST_DOT = 11.0, 3.0

Row = dict[str, Any]


def bars(rows: Iterable[tuple[str, Mapping[str, Any]]], figure: str) -> list[Row]:
    """A bar for each row that has the figure, with the ends of its interval. `figure` is a key of `figures.share`."""
    shown = [(name, row) for name, row in rows if row.get(figure) is not None]
    return [
        {
            "name": name,
            "value": row[figure],
            "count": row[f"{figure}_count"],
            "y": index * ROW_HEIGHT,
            "length": _along(row[figure]),
            "low": _along(row[f"{figure}_interval"][0]),
            "high": _along(row[f"{figure}_interval"][1]),
        }
        for index, (name, row) in enumerate(shown)
    ]


def renamed(rows: Mapping[str, Mapping[str, Any]], names: Mapping[str, str]) -> list[tuple[str, Mapping[str, Any]]]:
    """Rows under the names that people know them by."""
    return [(names.get(name, name), row) for name, row in rows.items()]


def dots(calibration: Mapping[str, Any] | None) -> list[Row]:
    """A dot for each bin with drafts: said probability to the right, share that was sensitive upwards.

    Its area grows with the number of drafts; `top` and `bottom` are the ends of the share's interval.
    """
    filled = [one for one in calibration["bins"] if one["drafts"]] if calibration else []
    most = max((one["drafts"] for one in filled), default=1)
    return [
        {
            "x": round(one["predicted"] * PLOT, 1),
            "y": _upwards(one["observed"]),
            "top": _upwards(one["observed_interval"][1]),
            "bottom": _upwards(one["observed_interval"][0]),
            "radius": round(max(_LARGEST_DOT * sqrt(one["drafts"] / most), _SMALLEST_DOT), 1),
        }
        for one in filled
    ]


def cells(confusion: Mapping[str, Mapping[str, int]]) -> list[Row]:
    """The confusion matrix's fields, row by row: count, share of its row (0–1), whether it is the right answer."""
    labels: Sequence[str] = list(confusion)
    return [
        {
            "right": right,
            "said": said,
            "row": labels.index(right),
            "column": labels.index(said),
            "count": confusion[right][said],
            "share": round(confusion[right][said] / max(sum(confusion[right].values()), 1), 3),
            "is_right": right == said,
        }
        for right in labels
        for said in labels
    ]


def _along(share: float) -> float:
    return round(share * BAR_WIDTH, 1)


def _upwards(share: float) -> float:
    return round((1 - share) * PLOT, 1)
