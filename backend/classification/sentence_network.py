"""Judges each sentence by its vector and those around it: small networks, trained by scikit-learn, read as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_AROUND = 3
"""Sentences before and after that are read along: who is meant often stands there. Not the whole draft: ten other
matters in the same mail would change what one sentence says."""
_AROUND_SHARE = 0.7
"""Weight of their mean vector beside the sentence's own."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Encoder vectors to fewer numbers: `(x - mean) @ axes`, sentences and surroundings with a scale of their own.

    `mark_scale` is for what the rules say of a sentence (see `marks`).
    """

    mean: Floats
    axes: Floats
    sentence_scale: float
    around_scale: float
    mark_scale: Floats

    def inputs(self, vectors: Floats, marks: Floats) -> Floats:
        """What the network reads of one draft's vectors and marks: shape (sentences, 2 * axes + 2 * MARKS)."""
        own = np.asarray((vectors - self.mean) @ self.axes, np.float32)
        around = surroundings(own) * (self.around_scale * _AROUND_SHARE)
        seen = marks * self.mark_scale
        rows = [own * self.sentence_scale, around, seen, surroundings(seen)]
        return np.concatenate(rows, axis=1, dtype=np.float32)


def surroundings(rows: Floats) -> Floats:
    """For each row the mean of itself and the three before and after it, as far as there are so many."""
    summed = np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0, dtype=np.float64)])
    number = np.arange(len(rows))
    first, end = np.maximum(number - _AROUND, 0), np.minimum(number + _AROUND + 1, len(rows))
    return np.asarray((summed[end] - summed[first]) / (end - first)[:, None], np.float32)


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer with ReLU, then a logit for each question.

    It reads as many of the first columns as it has weights for: some networks leave the marks of the rules out.
    """

    hidden_weights: Floats
    hidden_bias: Floats
    weights: Floats
    bias: Floats

    def logits(self, inputs: Floats) -> Floats:
        """Shape (sentences, questions)."""
        read = inputs[:, : len(self.hidden_weights)]
        hidden = np.maximum(read @ self.hidden_weights + self.hidden_bias, 0.0)
        return np.asarray(hidden @ self.weights + self.bias, np.float32)


@dataclass(frozen=True, slots=True)
class SentenceJudge:
    """Networks that differ in what they read and where their training began; their mean is steadier than any one."""

    projection: Projection
    networks: Sequence[Network]

    def logits(self, vectors: Floats, marks: Floats) -> Floats:
        """For every sentence of one draft: is it said of somebody, is it severe, each category."""
        inputs = self.projection.inputs(vectors, marks)
        return np.asarray(np.mean([network.logits(inputs) for network in self.networks], axis=0), np.float32)
