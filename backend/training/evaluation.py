"""How good the labels are, measured on labelled drafts that the model has not seen."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.domain.label import Category, Label

_LABELS = tuple(Label)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A draft's right label and categories beside what the product said. `sensitive` is the probability in 0–1."""

    id: str
    right: Label
    right_categories: frozenset[Category]
    said: Label
    said_categories: frozenset[Category]
    hard: bool
    kind: str


def measure(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Figures as a JSON object: shares in 0–1, None where nothing was there to measure."""
    pairs = Counter((one.right, one.said) for one in outcomes)
    per_label = {label.value: _label_figures(pairs, label) for label in _LABELS}
    present = [one for label in _LABELS if (one := per_label[label.value])["drafts"]]
    sensitive = [one for one in outcomes if one.right is not Label.NONE]
    harmless = [one for one in outcomes if one.right is Label.NONE]
    severe = [one for one in outcomes if one.right is Label.MYCKET_KANSLIG]
    return {
        "drafts": len(outcomes),
        "macro_f1": _mean([one["f1"] for one in present]),
        "sensitive_recall": _share(sensitive, lambda one: one.said is not Label.NONE),
        "false_alarm_rate": _share(harmless, lambda one: one.said is not Label.NONE),
        "mycket_kanslig_recall": _share(severe, lambda one: one.said is Label.MYCKET_KANSLIG),
        "mycket_kanslig_missed": _share(severe, lambda one: one.said is Label.NONE),
        "labels": per_label,
        "confusion": {right.value: {said.value: pairs[right, said] for said in _LABELS} for right in _LABELS},
        "category_recall": _category_recall(outcomes),
        "slices": {name: _share(rows, lambda one: one.said is one.right) for name, rows in _slices(outcomes).items()},
    }


def _label_figures(pairs: Counter[tuple[Label, Label]], label: Label) -> dict[str, Any]:
    right = sum(count for (truth, _), count in pairs.items() if truth is label)
    said = sum(count for (_, answer), count in pairs.items() if answer is label)
    both = pairs[label, label]
    precision = both / said if said else 0.0
    recall = both / right if right else 0.0
    f1 = 2 * precision * recall / (precision + recall) if both else 0.0
    return {"drafts": right, "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _category_recall(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for category in Category:
        having = [one for one in outcomes if category in one.right_categories]
        if having:
            found = sum(category in one.said_categories for one in having)
            figures[category.value] = {"drafts": len(having), "recall": round(found / len(having), 4)}
    return figures


def _slices(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    slices: dict[str, list[Outcome]] = {"hard": [], "not_hard": []}
    for one in outcomes:
        slices["hard" if one.hard else "not_hard"].append(one)
        slices.setdefault(one.kind, []).append(one)
    return slices


def _share(rows: Sequence[Outcome], holds: Any) -> float | None:  # noqa: ANN401 - a predicate
    return round(sum(bool(holds(one)) for one in rows) / len(rows), 4) if rows else None


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None
