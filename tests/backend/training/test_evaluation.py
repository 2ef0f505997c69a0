"""The figures, on outcomes so few that each can be counted by hand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.label import Category, Label
from backend.training.calibration import calibration
from backend.training.evaluation import Outcome, measure
from backend.training.figures import f1, mean, share, wilson

NONE, KANSLIG, MYCKET = Label.NONE, Label.KANSLIG, Label.MYCKET_KANSLIG
HEALTH, UNION = Category.HEALTH, Category.UNION


def _outcome(right: Label, said: Label, *, right_in: Any = (), said_in: Any = (), **fields: Any) -> Outcome:  # noqa: ANN401 - Outcome's fields
    given: dict[str, Any] = {"id": "", "hard": False, "kind": "message"} | fields
    return Outcome(
        right=right, right_categories=frozenset(right_in), said=said, said_categories=frozenset(said_in), **given
    )


OUTCOMES = [
    _outcome(NONE, NONE), _outcome(NONE, NONE), _outcome(NONE, KANSLIG, said_in=[HEALTH]),
    _outcome(NONE, MYCKET, hard=True), _outcome(KANSLIG, KANSLIG, right_in=[HEALTH, UNION], said_in=[HEALTH]),
    _outcome(KANSLIG, NONE), _outcome(MYCKET, MYCKET), _outcome(MYCKET, KANSLIG), _outcome(MYCKET, NONE),
    _outcome(MYCKET, MYCKET),
]  # fmt: skip


def test_headline() -> None:
    figures = measure(OUTCOMES)
    assert (figures["drafts"], figures["sensitive"], figures["accuracy"]) == (10, 6, 0.5)
    assert figures["sensitive_recall"] == pytest.approx(4 / 6, abs=1e-4)
    assert figures["sensitive_recall_count"] == [4, 6]
    assert figures["sensitive_precision_count"] == [4, 6]
    assert (figures["false_alarm_rate"], figures["false_alarm_rate_count"]) == (0.5, [2, 4])
    assert (figures["mycket_kanslig_recall"], figures["mycket_kanslig_missed"]) == (0.5, 0.25)
    assert figures["macro_f1"] == pytest.approx((0.5 + 0.4 + 4 / 7) / 3, abs=1e-4)


def test_labels_and_confusion() -> None:
    figures = measure(OUTCOMES)
    kanslig = figures["labels"]["kanslig"]
    assert (kanslig["drafts"], kanslig["said"], kanslig["f1"]) == (2, 3, 0.4)
    assert (kanslig["precision_count"], kanslig["recall_count"]) == ([1, 3], [1, 2])
    assert figures["confusion"]["none"] == {"none": 2, "kanslig": 1, "mycket_kanslig": 1}


def test_categories() -> None:
    figures = measure(OUTCOMES)
    assert list(figures["categories"]) == ["health", "union"]
    assert figures["categories"]["health"]["precision_count"] == [1, 2]
    assert figures["categories"]["health"]["recall"] == 1.0
    assert (figures["categories"]["union"]["recall"], figures["categories"]["union"]["precision"]) == (0.0, None)
    assert figures["category_recall"]["union"] == {"drafts": 1, "recall": 0.0}


def test_drafts_whose_categories_nobody_stated_count_for_labels_only() -> None:
    figures = measure([_outcome(KANSLIG, KANSLIG, said_in=[HEALTH], categories_known=False)])
    assert (figures["accuracy"], figures["categories"]) == (1.0, {})


def test_slices() -> None:
    lengths = [0, 160, 161, 600, 601, 2000, 2001]
    outcomes = [_outcome(NONE, NONE, characters=length, group="a" if length else "") for length in lengths]
    slices = measure([*outcomes, _outcome(NONE, KANSLIG, hard=True, kind="appointment", author="b")])["slices"]
    assert {name: one["drafts"] for name, one in slices["length"].items()} == {
        "0-160": 2, "161-600": 2, "601-2000": 2, "over-2000": 1,
    }  # fmt: skip
    assert slices["group"]["a"]["drafts"] == 6
    assert slices["hard"]["hard"]["false_alarm_rate"] == 1.0
    assert slices["kind"]["message"]["false_alarm_rate_count"] == [0, 7]
    assert list(slices["author"]) == ["b"]
    assert "compose_type" not in slices  # nobody stated it


def test_nothing_to_measure() -> None:
    figures = measure([])
    assert (figures["drafts"], figures["macro_f1"], figures["sensitive_recall"]) == (0, None, None)
    assert (figures["calibration"], figures["categories"], figures["slices"]) == (None, {}, {})
    assert (f1(0, 0, 0), mean([]), mean([None, 0.5])) == (None, None, 0.5)


def test_calibration() -> None:
    figures = calibration([(0.0, False), (0.1, False), (0.15, True), (1.0, True)])
    assert figures is not None
    assert figures["brier"] == pytest.approx((0.01 + 0.85**2) / 4, abs=1e-4)
    assert figures["brier_baseline"] == 0.25
    assert [one["drafts"] for one in figures["bins"]] == [1, 2, 0, 0, 0, 0, 0, 0, 0, 1]
    assert (figures["bins"][1]["predicted"], figures["bins"][1]["observed"]) == (0.125, 0.5)
    assert figures["calibration_error"] == pytest.approx(0.375 * 2 / 4)
    assert measure([_outcome(NONE, NONE, sensitive=0.2), _outcome(NONE, NONE)])["calibration"]["drafts"] == 1


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # R. G. Newcombe 1998, Statistics in Medicine 17:857, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(hits: int, of: int, low: float, high: float) -> None:
    assert wilson(hits, of) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_interval_holds_its_share(pair: tuple[int, int]) -> None:
    hits, of = pair
    low, high = wilson(hits, of)
    assert 0 <= low <= hits / of + 1e-12
    assert hits / of - 1e-12 <= high <= 1


def test_share_of_nothing() -> None:
    assert share("x", 0, 0) == {"x": None, "x_interval": None, "x_count": [0, 0]}
