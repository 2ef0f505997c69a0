"""The encoder's numbers in the order in which a sentence meets them, read from the weight file."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backend.encoding.weight_file import Floats, Weights


@dataclass(frozen=True, slots=True)
class Linear:
    """`x @ weight.T + bias`: weight of shape (out, in)."""

    weight: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Norm:
    """Layer normalisation."""

    scale: Floats
    shift: Floats


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the encoder. `query_key_value` is the three projections one after the other."""

    query_key_value: Linear
    attended: Linear
    attended_norm: Norm
    inner: Linear
    outer: Linear
    outer_norm: Norm


@dataclass(frozen=True, slots=True)
class Network:
    """`places` are the position embeddings with the type embedding added: shape (longest, hidden)."""

    places: Floats
    embedded_norm: Norm
    layers: Sequence[Layer]
    heads: int
    epsilon: float


def network_of(weights: Weights, layers: int, longest: int) -> Network:
    """The first `layers` layers, for sentences of at most `longest` tokens."""
    hidden = weights.hidden
    places = weights.tensors["emb.pos"].floats(weights.longest, hidden)[:longest]
    kind = weights.tensors["emb.type"].floats(-1, hidden)[0]
    return Network(
        places=np.asarray(places + kind, np.float32),
        embedded_norm=_norm(weights, "emb.ln"),
        layers=[_layer(weights, f"l{number}") for number in range(layers)],
        heads=weights.heads,
        epsilon=weights.epsilon,
    )


def _layer(weights: Weights, name: str) -> Layer:
    hidden, inner = weights.hidden, weights.inner
    projections = [_linear(weights, f"{name}.{one}", hidden, hidden) for one in ("q", "k", "v")]
    return Layer(
        query_key_value=Linear(
            _joined([one.weight for one in projections]), _joined([one.bias for one in projections])
        ),
        attended=_linear(weights, f"{name}.ao", hidden, hidden),
        attended_norm=_norm(weights, f"{name}.aln"),
        inner=_linear(weights, f"{name}.fi", inner, hidden),
        outer=_linear(weights, f"{name}.fo", hidden, inner),
        outer_norm=_norm(weights, f"{name}.oln"),
    )


def _linear(weights: Weights, name: str, out: int, into: int) -> Linear:
    return Linear(weights.tensors[f"{name}.w"].floats(out, into), weights.tensors[f"{name}.b"].floats(out))


def _norm(weights: Weights, name: str) -> Norm:
    hidden = weights.hidden
    return Norm(weights.tensors[f"{name}.w"].floats(hidden), weights.tensors[f"{name}.b"].floats(hidden))


def _joined(arrays: Sequence[NDArray[np.float32]]) -> Floats:
    return np.concatenate(arrays)
