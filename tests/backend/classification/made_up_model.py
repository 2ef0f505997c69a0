"""A model with made-up numbers and an encoder that reads nothing but letters: what they say is easy to foresee."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from backend.classification.combined_model import Blend, SentencePart
from backend.classification.marks import MARKS
from backend.classification.model import Head, LinearModel, SentenceWords
from backend.classification.sentence_network import Network, Projection, SentenceJudge
from backend.classification.vectors import NGRAM_COLUMNS, sentence_counts
from backend.domain.detected import Detected, Identity, Sentence
from backend.domain.finding import Finding
from backend.domain.label import Category

WIDTH = 8
CATEGORIES = (Category.HEALTH, Category.CRIMINAL)
WORD = "sjuk"
"""What the first stage knows. The sentence part hears `HEARD` instead."""
HEARD = "hemlig"


@dataclass
class FakeEncoder:
    """Vectors by digest; the first number is 1 where `HEARD` stands in a text and 0 elsewhere."""

    version: str = "fake-1"
    asked: list[list[str]] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One vector a text."""
        self.asked.append(list(texts))
        return np.array([_vector(text) for text in texts], np.float32).reshape(len(texts), WIDTH)


def _vector(text: str) -> list[float]:
    digest = blake2b(text.encode(), digest_size=WIDTH - 1).digest()
    return [float(HEARD in text.split()), *(one / 2550 for one in digest)]


def detected(*words: str, findings: Sequence[Finding] = ()) -> Detected:
    """A draft whose sentences have these words, ten characters each."""
    sentences = tuple(Sentence("body", 10 * at, 10 * at + 5, one) for at, one in enumerate(words))
    return Detected(tuple(findings), Identity(), sentences, {"a": 1.0, "b": 2.0})


def linear(intercept: float = -8.0) -> LinearModel:
    """Sure of no harm unless `WORD` is there."""
    return LinearModel(
        "linear-x", ("a", "b"), np.zeros(2), np.ones(2),
        head(intercept), head(0.0), {category: head(0.0) for category in CATEGORIES}, words(),
    )  # fmt: skip


def words() -> SentenceWords:
    """A sentence speaks where `WORD` is in it, and in the networks' judgement hardly."""
    return SentenceWords((head(0.0).ngram_weights / 100).astype(np.float32), 0.0)


def head(intercept: float) -> Head:
    """A question that is answered by whether `WORD` is there."""
    weights = np.zeros(NGRAM_COLUMNS)
    weights[sentence_counts([Sentence("body", 0, 1, WORD)]).indices] = 10.0
    return Head(np.zeros(2), weights, intercept, 1.0, 0.0)


def part(encoder_version: str = "fake-1", width: int = WIDTH, surely_harmless: float = 0.02) -> SentencePart:
    """A judge whose every question is answered by the first number of a sentence's vector."""
    axes = np.eye(width, 4, dtype=np.float32)
    hidden = np.zeros((8 + 2 * MARKS, 3), np.float32)
    hidden[0] = 10.0
    out = np.tile(np.array([1.0, 1.0, 0.5, 0.2], np.float32), (3, 1))
    network = Network(hidden, np.zeros(3, np.float32), out, np.full(4, -9.0, np.float32))
    return SentencePart(
        version="sentence-x",
        encoder_version=encoder_version,
        judge=SentenceJudge(
            Projection(np.zeros(width, np.float32), axes, 1.0, 0.1, np.ones(MARKS, np.float32)), [network, network]
        ),
        sensitive=Blend(np.array([0.1, 0.5, -0.1]), 0.0),
        sentence=Blend(np.array([0.5]), 0.0),
        severe=Blend(np.array([0.1, 0.5, 0.1, -0.1]), -1.0),
        categories={category: Blend(np.array([0.1, 0.3]), -0.5) for category in CATEGORIES},
        surely_harmless=surely_harmless,
    )
