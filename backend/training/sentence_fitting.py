"""Fits the networks that judge sentences: those that decide against all sentences of harmless drafts.

What a draft's other sentences say is unknown when one decides, so they teach nothing (multiple-instance learning,
Dietterich et al. 1997, with the deciding instance known).
"""

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from backend.classification.combined_model import SentencePart
from backend.classification.marks import MARKS, marks_of
from backend.classification.sentence_network import Network, Projection, surroundings
from backend.classification.units import Unit, units_of
from backend.domain.encoder import Encoder
from backend.domain.label import Label
from backend.training.examples import Example

_AXES = 256
_HIDDEN = 64
_NETWORKS = 8
_ROUNDS = 30
_BATCH = 256
_DECIDING_WEIGHT = 3.0
_DECAY = 1.0
_HELD_BACK = 0.12
_STRIDE = 3
_LEAST_SPREAD = 0.1
"""Marks that are rare are not blown up: a network would learn too much from a few."""
_NOTHING_READ = -20.0
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Every draft's pieces, their vectors and marks; `draft` has the draft's number for each row of them."""

    units: list[list[Unit]]
    vectors: Floats
    marks: Floats
    draft: NDArray[np.intp]

    def by_draft(self, rows: Floats) -> list[Floats]:
        """Rows that belong to the pieces, draft by draft."""
        return np.split(rows, np.cumsum([len(own) for own in self.units])[:-1])


def encoded(examples: Sequence[Example], encoder: Encoder) -> Encoded:
    """Reads all drafts with the encoder."""
    units = [units_of(example.detected.sentences) for example in examples]
    vectors = encoder.encode([unit.text for own in units for unit in own])
    marks = np.concatenate([marks_of(one.detected, own) for one, own in zip(examples, units, strict=True)])
    return Encoded(units, vectors, marks, np.repeat(np.arange(len(units)), [len(own) for own in units]))


def projection_of(read: Encoded) -> tuple[Projection, Floats]:
    """The directions in which sentences differ most, and what networks read of every piece."""
    mean, spread = read.vectors.mean(axis=0), read.vectors.std(axis=0)
    some = ((read.vectors - mean) / spread)[::_STRIDE]
    axes = PCA(min(_AXES, *some.shape), random_state=0).fit(some)
    turn = (axes.components_ / spread).T.astype(np.float32)
    own = (read.vectors - mean) @ turn
    around = np.concatenate([surroundings(rows) for rows in read.by_draft(own)])
    marks = 1.0 / np.maximum(read.marks.std(axis=0), _LEAST_SPREAD)
    projection = Projection(mean, turn, float(1.0 / own.std()), float(1.0 / around.std()), marks)
    drafts = zip(read.by_draft(read.vectors), read.by_draft(read.marks), strict=True)
    return projection, np.concatenate([projection.inputs(*rows) for rows in drafts])


def targets_of(
    examples: Sequence[Example], pieces: Sequence[Sequence[Unit]], categories: Sequence[str]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Answers for every piece (decides, decides severely, each category), and which pieces may teach."""
    answers: list[list[float]] = []
    teaches: list[bool] = []
    for example, units in zip(examples, pieces, strict=True):
        own = [float(example.label is Label.MYCKET_KANSLIG), *(float(one in example.categories) for one in categories)]
        for unit in units:
            decides = unit.sentence in example.deciding and example.label is not Label.NONE
            answers.append([1.0, *own] if decides else [0.0] * (len(own) + 1))
            teaches.append(decides or example.label is Label.NONE)
    return np.array(answers, np.float32), np.array(teaches)


def networks_of(inputs: Floats, answers: Floats) -> list[Network]:
    """Networks fitted to the same pieces from different beginnings; every other one does not read the rules' marks.

    Rules know words that the encoder does not, and are misled where it is not: together they err least.
    """
    without_marks = inputs.shape[1] - 2 * MARKS
    weights = np.where(answers[:, 0] > 0, _DECIDING_WEIGHT, 1.0)
    networks = []
    for seed in range(_NETWORKS):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it stops early or after the set number of rounds
            fitted = MLPClassifier(
                (_HIDDEN,),
                alpha=_DECAY,
                batch_size=min(_BATCH, len(inputs)),
                early_stopping=len(inputs) > 2 * _BATCH,
                validation_fraction=_HELD_BACK,
                max_iter=_ROUNDS,
                random_state=seed,
            ).fit(inputs[:, :without_marks] if seed % 2 else inputs, answers.astype(int), sample_weight=weights)
        (hidden, out), (hidden_bias, out_bias) = fitted.coefs_, fitted.intercepts_
        arrays = (one.astype(np.float32) for one in (hidden, hidden_bias, out, out_bias))
        networks.append(Network(*arrays))
    return networks


def logits_of(networks: Sequence[Network], inputs: Floats) -> NDArray[np.float64]:
    """The networks' mean logit for every piece and question."""
    return np.asarray(np.mean([network.logits(inputs) for network in networks], axis=0), np.float64)


def tops_of(logits: NDArray[np.float64], draft: NDArray[np.intp], drafts: int) -> NDArray[np.float64]:
    """For every draft the highest logit of each question among its pieces: shape (drafts, questions)."""
    tops = np.full((drafts, logits.shape[1]), _NOTHING_READ)
    np.maximum.at(tops, draft, logits)
    return tops


def moving_of(logits: NDArray[np.float64], read: Encoded) -> list[int | None]:
    """For every draft the number of the sentence that speaks most, None where nothing was read."""
    moving: list[int | None] = []
    first = 0
    for units in read.units:
        own = logits[first : first + len(units), 0]
        moving.append(units[int(own.argmax())].sentence if units else None)
        first += len(units)
    return moving


def sentence_version(linear_version: str, part: SentencePart) -> str:
    """The whole model's id: another when the networks are others, though they learned from the same drafts."""
    digest = hashlib.sha256(f"{linear_version} {part.encoder_version}".encode())
    for network in part.judge.networks:
        for array in (network.hidden_weights, network.hidden_bias, network.weights, network.bias):
            digest.update(array.tobytes())
    return f"sentence-{digest.hexdigest()[:12]}"
