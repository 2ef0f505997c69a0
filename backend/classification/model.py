"""The trained model in the serving path: linear, so that every sentence's share of the verdict can be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from backend.classification.vectors import draft_row, sentence_counts, signals
from backend.domain.classified import Classified
from backend.domain.detected import Detected, Sentence
from backend.domain.label import Category

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Head:
    """One yes-or-no question: weights over signals and n-grams, and Platt's slope and offset for the probability."""

    signal_weights: Weights
    ngram_weights: Weights
    intercept: float
    slope: float
    offset: float

    def probability(self, score: float) -> float:
        """Calibrated probability in 0–1 for a raw score."""
        return float(1.0 / (1.0 + np.exp(-np.clip(self.slope * score + self.offset, -30.0, 30.0))))


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Heads over standardised signals and hashed n-grams. Immutable arrays: safe to share by fork and threads."""

    version: str
    signal_names: tuple[str, ...]
    signal_mean: Weights
    signal_scale: Weights
    sensitive: Head
    severe: Head
    categories: Mapping[Category, Head]

    def classify(self, detected: Detected) -> Classified:
        """Probabilities for one draft and the sentence that speaks most for `sensitive`."""
        scaled = (signals([detected], self.signal_names)[0] - self.signal_mean) * self.signal_scale
        counts = sentence_counts(detected.sentences)
        row = draft_row(counts)
        columns, values = row.indices, row.data

        def ask(head: Head) -> float:
            raw = float(scaled @ head.signal_weights + values @ head.ngram_weights[columns]) + head.intercept
            return head.probability(raw)

        return Classified(
            sensitive=ask(self.sensitive),
            severe=ask(self.severe),
            categories={category: ask(head) for category, head in self.categories.items()},
            moving=self._moving(detected.sentences, counts),
        )

    def _moving(self, sentences: Sequence[Sentence], counts: csr_matrix) -> Sentence | None:
        """The sentence whose words weigh most, for its length."""
        if not sentences:
            return None
        shares = (counts @ self.sensitive.ngram_weights) / np.sqrt(np.maximum(counts.sum(axis=1).A1, 1.0))
        return sentences[int(np.argmax(shares))]
