"""From a draft's detection to the numbers a model reads: the same in training and in service."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer

from backend.domain.detected import Detected, Sentence

_BUCKETS = 2**16
_MOST_SENTENCES = 2_000
_LONGEST_SENTENCE = 5_000
"""Sentences of a draft, and characters of a sentence, that the model reads: time stays bounded. Rules read it all."""

_WORDS = HashingVectorizer(
    ngram_range=(1, 2),
    n_features=_BUCKETS,
    alternate_sign=False,
    lowercase=False,
    norm=None,
    token_pattern=r"[^ ]+",  # noqa: S106 - scikit-learn's word
)
_LETTERS = HashingVectorizer(
    analyzer="char_wb", ngram_range=(3, 5), n_features=_BUCKETS, alternate_sign=False, lowercase=False, norm=None
)
NGRAM_COLUMNS = 2 * _BUCKETS
"""Columns of n-grams: hashed words and word pairs, then hashed letter sequences of three to five."""


def sentence_counts(sentences: Sequence[Sentence]) -> csr_matrix:
    """Counts of hashed n-grams, a row for each of the first sentences: shape (rows, NGRAM_COLUMNS)."""
    texts = [sentence.words[:_LONGEST_SENTENCE] for sentence in sentences[:_MOST_SENTENCES]] or [""]
    return csr_matrix(hstack([_WORDS.transform(texts), _LETTERS.transform(texts)]))


def draft_row(counts: csr_matrix) -> csr_matrix:
    """A draft's own n-grams from its sentences' counts: one row, each half of unit length."""
    columns, where = np.unique(counts.indices, return_inverse=True)
    values = np.bincount(where, weights=counts.data, minlength=len(columns)) if len(columns) else np.zeros(0)
    words = columns < _BUCKETS
    for half in (words, ~words):
        length = np.sqrt((values[half] ** 2).sum())
        values[half] /= length or 1.0
    return csr_matrix((values, columns, [0, len(columns)]), shape=(1, NGRAM_COLUMNS))


def unit_rows(counts: csr_matrix) -> csr_matrix:
    """Each sentence's n-grams by itself: rows as in `counts`, each half of unit length."""
    half = 2 * np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr)) + (counts.indices >= _BUCKETS)
    lengths = np.sqrt(np.bincount(half, weights=counts.data**2, minlength=2 * counts.shape[0]))
    return csr_matrix((counts.data / lengths[half], counts.indices, counts.indptr), shape=counts.shape)


def signal_names(detected: Detected) -> tuple[str, ...]:
    """Names of the signals in the order of the columns of `signals`."""
    return tuple(sorted(detected.signals))


def signals(drafts: Sequence[Detected], names: Sequence[str]) -> NDArray[np.float64]:
    """Signals as columns in the order of `names`: shape (len(drafts), len(names)). Raises KeyError for a lost one."""
    return np.array([[detected.signals[name] for name in names] for detected in drafts], dtype=np.float64)
