"""From a draft's detection to the numbers a model reads: the same in training and in service."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer

from backend.domain.detected import Detected, Sentence

_BUCKETS = 2**16
_SENTENCE_END = " . "

_WORDS = HashingVectorizer(
    ngram_range=(1, 2),
    n_features=_BUCKETS,
    alternate_sign=False,
    lowercase=False,
    token_pattern=r"[^ ]+",  # noqa: S106 - scikit-learn's word
)
_LETTERS = HashingVectorizer(
    analyzer="char_wb", ngram_range=(3, 5), n_features=_BUCKETS, alternate_sign=False, lowercase=False
)
NGRAM_COLUMNS = 2 * _BUCKETS
"""Columns of `ngrams`: hashed words and word pairs, then hashed letter sequences of three to five."""


def ngrams(texts: Sequence[str]) -> csr_matrix:
    """Hashed n-grams of folded, masked texts: shape (len(texts), NGRAM_COLUMNS), each half of unit length per row."""
    return csr_matrix(hstack([_WORDS.transform(texts), _LETTERS.transform(texts)]))


def joined(sentences: Sequence[Sentence]) -> str:
    """All sentences as one text."""
    return _SENTENCE_END.join(sentence.words for sentence in sentences)


def signal_names(detected: Detected) -> tuple[str, ...]:
    """Names of the signals in the order of the columns of `signals`."""
    return tuple(sorted(detected.signals))


def signals(drafts: Sequence[Detected], names: Sequence[str]) -> NDArray[np.float64]:
    """Signals as columns in the order of `names`: shape (len(drafts), len(names)). Raises KeyError for a lost one."""
    return np.array([[detected.signals[name] for name in names] for detected in drafts], dtype=np.float64)
