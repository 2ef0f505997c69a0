"""Fits a `LinearModel` to labelled drafts. Deterministic: the same drafts and rules give the same numbers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from backend.classification.model import Head, LinearModel
from backend.classification.vectors import draft_row, sentence_counts, signal_names, signals
from backend.domain.detected import Detected
from backend.domain.label import Category, Label

_SIGNAL_SHARE = 0.6
"""Length of the standardised signals against the n-grams' 1.4: found by cross-validation over scenarios and authors."""
_C = 10.0
_FOLDS = 5
_FEWEST = 8


@dataclass(frozen=True, slots=True)
class Example:
    """What training needs of a labelled draft."""

    detected: Detected
    label: Label
    categories: frozenset[Category]
    scenario: str
    author: str


@dataclass(frozen=True, slots=True)
class _Matrix:
    rows: csr_matrix
    names: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    groups: NDArray[np.str_]


def fit(examples: Sequence[Example]) -> LinearModel:
    """A model for the examples; at least two scenarios of each label are needed."""
    matrix = _matrix([example.detected for example in examples], [example.scenario for example in examples])
    sensitive = np.array([example.label is not Label.NONE for example in examples])
    severe = np.array([example.label is Label.MYCKET_KANSLIG for example in examples])
    heads = {category: _category_head(matrix, examples, category) for category in Category}
    return LinearModel(
        version=_version(examples),
        signal_names=matrix.names,
        signal_mean=matrix.mean,
        signal_scale=matrix.scale,
        sensitive=_head(matrix, sensitive),
        severe=_head(matrix, severe, sensitive),
        categories={category: head for category, head in heads.items() if head is not None},
    )


def _matrix(drafts: Sequence[Detected], scenarios: Sequence[str]) -> _Matrix:
    names = signal_names(drafts[0])
    raw = signals(drafts, names)
    mean = raw.mean(axis=0)
    spread = raw.std(axis=0)
    scale = np.where(spread > 0, _SIGNAL_SHARE / np.sqrt(len(names)) / np.where(spread > 0, spread, 1.0), 0.0)
    words = vstack([draft_row(sentence_counts(detected.sentences)) for detected in drafts])
    rows = csr_matrix(hstack([csr_matrix((raw - mean) * scale), words]))
    return _Matrix(rows, names, mean, scale, np.array(scenarios))


def _category_head(matrix: _Matrix, examples: Sequence[Example], category: Category) -> Head | None:
    """A head that tells `category` among sensitive drafts; None where the corpus has too few to learn from."""
    sensitive = np.array([example.label is not Label.NONE for example in examples])
    answers = np.array([category in example.categories for example in examples])
    without_model = category in {Category.PERSONNUMMER, Category.PHOTO}
    return None if without_model or answers[sensitive].sum() < _FEWEST else _head(matrix, answers, sensitive)


def _head(matrix: _Matrix, answers: NDArray[np.bool_], among: NDArray[np.bool_] | None = None) -> Head:
    chosen = np.flatnonzero(among) if among is not None else np.arange(len(answers))
    rows, truth, groups = matrix.rows[chosen], answers[chosen], matrix.groups[chosen]
    regression = LogisticRegression(C=_C, max_iter=3000, solver="liblinear", random_state=0)
    unseen = cross_val_predict(
        regression, rows, truth, groups=groups, cv=GroupKFold(_FOLDS), method="decision_function"
    )
    platt = LogisticRegression(C=1e6).fit(unseen.reshape(-1, 1), truth)
    weights = regression.fit(rows, truth).coef_[0]
    signal_count = len(matrix.names)
    return Head(
        signal_weights=weights[:signal_count].copy(),
        # Half precision loses nothing that calibration would notice and keeps the file small.
        ngram_weights=weights[signal_count:].astype(np.float32).astype(np.float64),
        intercept=float(regression.intercept_[0]),
        slope=float(platt.coef_[0][0]),
        offset=float(platt.intercept_[0]),
    )


def _version(examples: Sequence[Example]) -> str:
    """A digest of everything learned from, so that an assessment names the model it came from."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(repr((example.label.value, sorted(example.categories), example.scenario)).encode())
        digest.update(repr(sorted(example.detected.signals.items())).encode())
        digest.update("\n".join(sentence.words for sentence in example.detected.sentences).encode())
    return f"linear-{digest.hexdigest()[:12]}"
