"""A BERT encoder written out plainly, to compare the graph with: one sentence at a time, no padding, no batch."""

from collections.abc import Mapping, Sequence
from math import erf

import numpy as np
from numpy.typing import NDArray

from tests.backend.encoding.tiny_weights import EPSILON, HEADS, HIDDEN

Doubles = NDArray[np.float64]
Tensors = Mapping[str, NDArray[np.float32]]


def pooled(tensors: Tensors, numbers: Sequence[int], after: Sequence[int]) -> Doubles:
    """The mean state of one sentence after each of the layers in `after`, counted from 1."""
    state = tensors["emb.word"][list(numbers)].astype(np.float64) + tensors["emb.pos"][: len(numbers)]
    state = _norm(tensors, "emb.ln", state + tensors["emb.type"][0])
    means = []
    for layer in range(max(after)):
        state = _layer(tensors, f"l{layer}", state)
        if layer + 1 in after:
            means.append(state.mean(axis=0))
    return np.concatenate(means)


def _layer(tensors: Tensors, name: str, state: Doubles) -> Doubles:
    state = _norm(tensors, f"{name}.aln", state + _linear(tensors, f"{name}.ao", _attended(tensors, name, state)))
    inner = _linear(tensors, f"{name}.fi", state)
    inner = inner * 0.5 * (1.0 + np.vectorize(erf)(inner / np.sqrt(2.0)))
    return _norm(tensors, f"{name}.oln", state + _linear(tensors, f"{name}.fo", inner))


def _attended(tensors: Tensors, name: str, state: Doubles) -> Doubles:
    query, key, value = (_linear(tensors, f"{name}.{one}", state) for one in ("q", "k", "v"))
    width = HIDDEN // HEADS
    heads = []
    for head in range(HEADS):
        own = slice(head * width, (head + 1) * width)
        scores = query[:, own] @ key[:, own].T / np.sqrt(width)
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        heads.append(shares / shares.sum(axis=1, keepdims=True) @ value[:, own])
    return np.concatenate(heads, axis=1)


def _linear(tensors: Tensors, name: str, state: Doubles) -> Doubles:
    return state @ tensors[f"{name}.w"].T.astype(np.float64) + tensors[f"{name}.b"]


def _norm(tensors: Tensors, name: str, state: Doubles) -> Doubles:
    centred = state - state.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + EPSILON)
    return np.asarray(centred / spread * tensors[f"{name}.w"] + tensors[f"{name}.b"], np.float64)
