"""The trained model in the serving path: linear, so that every sentence's share of the verdict can be told."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from backend.classification.vectors import draft_row, sentence_counts, signals, unit_rows
from backend.domain.classified import Classified
from backend.domain.detected import Detected
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
class SentenceWords:
    """What a sentence says by its words alone: weights over its n-grams, for it to be one that decides."""

    weights: NDArray[np.float32]
    intercept: float

    def shares(self, counts: csr_matrix) -> Weights:
        """A logit for each row of counts. A draft's other matters do not change what a sentence says."""
        return np.asarray(unit_rows(counts) @ self.weights + self.intercept, np.float64)


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
    sentence_words: SentenceWords

    def classify(self, detected: Detected) -> Classified:
        """Probabilities for one draft and the sentence that speaks most for `sensitive`."""
        return self.classified(detected, self.read(detected))

    def read(self, detected: Detected) -> "Read":
        """The raw scores of one draft."""
        scaled = (signals([detected], self.signal_names)[0] - self.signal_mean) * self.signal_scale
        counts = sentence_counts(detected.sentences)
        row = draft_row(counts)

        def ask(head: Head) -> float:
            return float(scaled @ head.signal_weights + row.data @ head.ngram_weights[row.indices]) + head.intercept

        return Read(
            sensitive=ask(self.sensitive),
            severe=ask(self.severe),
            categories={category: ask(head) for category, head in self.categories.items()},
            shares=self.sentence_words.shares(counts),
        )

    def classified(self, detected: Detected, read: "Read") -> Classified:
        """What the linear model alone makes of its scores."""
        moving = detected.sentences[int(np.argmax(read.shares))] if detected.sentences else None
        return Classified(
            sensitive=self.sensitive.probability(read.sensitive),
            severe=self.severe.probability(read.severe),
            categories={
                category: head.probability(read.categories[category]) for category, head in self.categories.items()
            },
            moving=moving,
        )


@dataclass(frozen=True, slots=True)
class Read:
    """Raw scores of a draft. `shares` tells how much each of its first sentences speaks for `sensitive`."""

    sensitive: float
    severe: float
    categories: Mapping[Category, float]
    shares: Weights
