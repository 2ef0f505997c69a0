"""Judges each sentence by its vector and the draft's: a small network, trained by scikit-learn, read here as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_DRAFT_SHARE = 0.7
"""Weight of the draft's mean vector beside the sentence's own: who is meant often stands in another sentence."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Encoder vectors to fewer numbers: `(x - mean) @ axes`, sentences and drafts with a scale of their own."""

    mean: Floats
    axes: Floats
    sentence_scale: float
    draft_scale: float

    def inputs(self, vectors: NDArray[np.float32]) -> Floats:
        """What the network reads of one draft's vectors: shape (sentences, 2 * axes)."""
        own = (vectors - self.mean) @ self.axes
        whole = own.mean(axis=0, keepdims=True) * (self.draft_scale * _DRAFT_SHARE)
        return np.concatenate([own * self.sentence_scale, np.repeat(whole, len(own), axis=0)], axis=1)


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer with ReLU, then a logit for each question."""

    hidden_weights: Floats
    hidden_bias: Floats
    weights: Floats
    bias: Floats

    def logits(self, inputs: Floats) -> Floats:
        """Shape (sentences, questions)."""
        hidden = np.maximum(inputs @ self.hidden_weights + self.hidden_bias, 0.0)
        return np.asarray(hidden @ self.weights + self.bias, np.float32)


@dataclass(frozen=True, slots=True)
class SentenceJudge:
    """Networks that differ in where their training began; their mean is steadier than any one."""

    projection: Projection
    networks: Sequence[Network]

    def logits(self, vectors: NDArray[np.float32]) -> Floats:
        """For every sentence of one draft: is it said of somebody, is it severe, each category."""
        inputs = self.projection.inputs(vectors)
        return np.asarray(np.mean([network.logits(inputs) for network in self.networks], axis=0), np.float32)
