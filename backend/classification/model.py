"""The trained model in the serving path: linear, so that every sentence's share of the verdict can be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.classification.vectors import joined, ngrams, signals
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
        row = ngrams([joined(detected.sentences)])
        columns, values = row.indices, row.data

        def ask(head: Head) -> float:
            raw = float(scaled @ head.signal_weights + values @ head.ngram_weights[columns]) + head.intercept
            return head.probability(raw)

        return Classified(
            sensitive=ask(self.sensitive),
            severe=ask(self.severe),
            categories={category: ask(head) for category, head in self.categories.items()},
            moving=self._moving(detected.sentences),
        )

    def _moving(self, sentences: Sequence[Sentence]) -> Sentence | None:
        """The sentence whose words weigh most, among the first 400, so that time stays bounded."""
        candidates = [sentence for sentence in sentences if sentence.words][:400]
        if not candidates:
            return None
        shares = ngrams([sentence.words for sentence in candidates]) @ self.sensitive.ngram_weights
        return candidates[int(np.argmax(shares))]
