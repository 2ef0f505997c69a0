"""Fits what a sentence says by its words alone: those that decide against all sentences of harmless drafts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from backend.classification.model import SentenceWords
from backend.classification.units import units_of
from backend.classification.vectors import NGRAM_COLUMNS, sentence_counts, unit_rows
from backend.training.examples import Example
from backend.training.sentence_fitting import targets_of

_C = 3.0
_DECIDING_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class FittedWords:
    """The weights, and for every piece of every example in order what was said without its author or scenario."""

    words: SentenceWords
    held_out: NDArray[np.float64]


def fit_words(examples: Sequence[Example], folds: Sequence[NDArray[np.intp]]) -> FittedWords:
    """Weights for the examples' sentences; `folds` are numbers of examples that are held out together."""
    pieces = [units_of(example.detected.sentences) for example in examples]
    draft = np.repeat(np.arange(len(pieces)), [len(units) for units in pieces])
    answers, teaches = targets_of(examples, pieces, [])
    decides = answers[:, 0] > 0 if len(answers) else np.zeros(0, bool)
    rows = _rows(examples, [[unit.sentence for unit in units] for units in pieces])
    held_out = np.zeros(len(draft))
    for unseen in folds:
        asked = np.isin(draft, unseen)
        words = _fitted(rows, decides, np.flatnonzero(teaches & ~asked))
        held_out[asked] = rows[asked] @ words.weights + words.intercept
    return FittedWords(_fitted(rows, decides, np.flatnonzero(teaches)), held_out)


def _rows(examples: Sequence[Example], sentences: Sequence[Sequence[int]]) -> csr_matrix:
    """The n-grams of every piece's sentence; of one behind those that are counted nothing."""
    rows = [csr_matrix((0, NGRAM_COLUMNS))]
    for example, numbers in zip(examples, sentences, strict=True):
        own = unit_rows(sentence_counts(example.detected.sentences))
        beyond = csr_matrix((1, NGRAM_COLUMNS))
        rows.append(vstack([own, beyond]).tocsr()[[min(number, own.shape[0]) for number in numbers]])
    return csr_matrix(vstack(rows))


def _fitted(rows: csr_matrix, decides: NDArray[np.bool_], chosen: NDArray[np.intp]) -> SentenceWords:
    """Weights from the chosen rows; none where all answers are the same."""
    answers = decides[chosen]
    if len(set(answers.tolist())) < 2:  # noqa: PLR2004 - yes and no
        return SentenceWords(np.zeros(rows.shape[1], np.float32), 0.0)
    weights = np.where(answers, _DECIDING_WEIGHT, 1.0)
    regression = LogisticRegression(C=_C, max_iter=3000, solver="liblinear", dual=True, random_state=0)
    fitted = regression.fit(rows[chosen], answers, sample_weight=weights)
    return SentenceWords(fitted.coef_[0].astype(np.float32), float(fitted.intercept_[0]))
