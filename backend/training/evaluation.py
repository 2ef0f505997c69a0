"""How good the labels are, measured on labelled drafts that the model has not seen."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from backend.domain.assessment import Assessment
from backend.domain.label import Category, Label
from backend.training.calibration import calibration
from backend.training.corpus_file import LabelledDraft
from backend.training.figures import f1, mean, share

_LABELS = tuple(Label)
_LENGTHS = ((0, 160), (161, 600), (601, 2000))
_LONGEST = "over-2000"
"""Classes of length in characters: a text message, a short mail, a long one, a thread."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A draft's right label and categories beside what the product said.

    `sensitive` is the classifier's P(sensitive) in 0–1, None where it was not asked. `characters` is the length of
    subject and body. Drafts whose categories nobody has stated (`categories_known`) count for labels only.
    """

    id: str
    right: Label
    right_categories: frozenset[Category]
    said: Label
    said_categories: frozenset[Category]
    hard: bool
    kind: str
    sensitive: float | None = None
    compose_type: str = ""
    group: str = ""
    author: str = ""
    characters: int | None = None
    categories_known: bool = True

    @property
    def is_sensitive(self) -> bool:
        """Whether the right label is any but none."""
        return self.right is not Label.NONE

    @property
    def flagged(self) -> bool:
        """Whether the product said any label but none."""
        return self.said is not Label.NONE


def outcome_of(row: LabelledDraft, said: Assessment) -> Outcome:
    """What is counted of a labelled draft and its assessment. Holds no text."""
    return Outcome(
        id=row.draft.id,
        right=row.label,
        right_categories=row.categories,
        said=said.label,
        said_categories=frozenset(said.categories),
        hard=row.hard,
        kind=row.draft.kind.value,
        sensitive=said.sensitive,
        compose_type=row.draft.compose_type.value,
        group=row.group,
        author=row.author,
        characters=len(row.draft.subject) + len(row.draft.body),
        categories_known=row.categories_known,
    )


def measure(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Figures as a JSON object; `docs/evaluation.md` tells how to read each.

    Shares are in 0–1 and have an interval and a count beside them (see `figures.share`); None where nothing was there
    to measure.
    """
    pairs = Counter((one.right, one.said) for one in outcomes)
    severe = [one for one in outcomes if one.right is Label.MYCKET_KANSLIG]
    categories = _categories([one for one in outcomes if one.categories_known])
    recalls = {name: {"drafts": one["drafts"], "recall": one["recall"]} for name, one in categories.items()}
    return {
        **_headline(outcomes),
        **_counted("mycket_kanslig_recall", severe, lambda one: one.said is Label.MYCKET_KANSLIG),
        **_counted("mycket_kanslig_missed", severe, lambda one: not one.flagged),
        "calibration": calibration(
            [(one.sensitive, one.is_sensitive) for one in outcomes if one.sensitive is not None]
        ),
        "labels": {label.value: _label(pairs, label) for label in _LABELS},
        "confusion": {right.value: {said.value: pairs[right, said] for said in _LABELS} for right in _LABELS},
        "categories": categories,
        "category_recall": {name: one for name, one in recalls.items() if one["drafts"]},
        "slices": {
            by: {name: _headline(rows) for name, rows in slices.items()} for by, slices in _slices(outcomes).items()
        },
    }


def _headline(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The figures that a whole set and each slice of it have."""
    pairs = Counter((one.right, one.said) for one in outcomes)
    labels = [_label(pairs, label) for label in _LABELS]
    return {
        "drafts": len(outcomes),
        "sensitive": sum(one.is_sensitive for one in outcomes),
        **_counted("accuracy", outcomes, lambda one: one.said is one.right),
        "macro_f1": mean(one["f1"] for one in labels if one["drafts"]),
        **_counted("sensitive_recall", [one for one in outcomes if one.is_sensitive], lambda one: one.flagged),
        **_counted("sensitive_precision", [one for one in outcomes if one.flagged], lambda one: one.is_sensitive),
        **_counted("false_alarm_rate", [one for one in outcomes if not one.is_sensitive], lambda one: one.flagged),
    }


def _label(pairs: Counter[tuple[Label, Label]], label: Label) -> dict[str, Any]:
    right = sum(count for (truth, _), count in pairs.items() if truth is label)
    said = sum(count for (_, answer), count in pairs.items() if answer is label)
    return _found(pairs[label, label], right, said)


def _categories(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Each category that was there or was said."""
    figures: dict[str, Any] = {}
    for category in Category:
        right = sum(category in one.right_categories for one in outcomes)
        said = sum(category in one.said_categories for one in outcomes)
        both = sum(category in one.right_categories & one.said_categories for one in outcomes)
        if right or said:
            figures[category.value] = _found(both, right, said)
    return figures


def _found(both: int, right: int, said: int) -> dict[str, Any]:
    """`drafts` that have it, drafts of which it was `said`, and how well these agree."""
    found = share("precision", both, said) | share("recall", both, right)
    return {"drafts": right, "said": said, **found, "f1": f1(both, said, right)}


def _slices(outcomes: Sequence[Outcome]) -> dict[str, dict[str, list[Outcome]]]:
    """Drafts by each property that is known of them. What is not stated of a draft puts it in no slice."""
    properties: dict[str, Callable[[Outcome], str]] = {
        "length": lambda one: _length_class(one.characters),
        "kind": lambda one: one.kind,
        "compose_type": lambda one: one.compose_type,
        "hard": lambda one: "hard" if one.hard else "not_hard",
        "group": lambda one: one.group,
        "author": lambda one: one.author,
    }
    slices: dict[str, dict[str, list[Outcome]]] = {}
    for name, of in properties.items():
        values = sorted({of(one) for one in outcomes} - {""})
        rows = {value: [one for one in outcomes if of(one) == value] for value in values}
        slices |= {name: rows} if rows else {}
    return slices


def _length_class(characters: int | None) -> str:
    """A class's bounds in characters, which sort by length; empty where it is unknown."""
    if characters is None:
        return ""
    return next((f"{low}-{high}" for low, high in _LENGTHS if characters <= high), _LONGEST)


def _counted(name: str, rows: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> dict[str, Any]:
    return share(name, sum(holds(one) for one in rows), len(rows))
