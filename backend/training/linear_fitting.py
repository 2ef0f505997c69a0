"""Fits the linear model: a logistic regression over signals and n-grams for each question."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression

from backend.classification.model import Head, LinearModel, SentenceWords
from backend.classification.vectors import draft_row, sentence_counts, signal_names, signals
from backend.domain.label import Category, Label
from backend.training.examples import Example
from backend.training.feedback_examples import FeedbackExample, ngram_rows

_SIGNAL_SHARE = 0.6
"""Length of the standardised signals against the n-grams' 1.4: found by cross-validation over scenarios and authors."""
_C = 10.0
_FEWEST = 8
_WITHOUT_MODEL = frozenset({Category.PERSONNUMMER, Category.PHOTO})
"""Found or not by rules alone."""


@dataclass(frozen=True, slots=True)
class Question:
    """A yes-or-no question: the right answers of all examples, and those it is asked about."""

    answers: NDArray[np.bool_]
    asked: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Examples as rows: signals first (standardised), then n-grams. `weight` is for the fit."""

    rows: csr_matrix
    names: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]


def questions_of(examples: Sequence[Example], answers: Sequence[FeedbackExample] = ()) -> dict[str, Question]:
    """`sensitive`, `severe` (asked of sensitive drafts) and each category the examples can teach, by name."""
    everything: list[Example | FeedbackExample] = [*examples, *answers]
    labels = [one.label for one in everything]
    sensitive = np.array([label is not Label.NONE for label in labels])
    severe = np.array([label is Label.MYCKET_KANSLIG for label in labels])
    questions = {
        "sensitive": Question(sensitive, np.ones(len(labels), bool)),
        "severe": Question(severe, sensitive),
    }
    for category in Category:
        having = np.array([category in (one.categories or ()) for one in everything])
        known = sensitive & np.array([one.categories is not None for one in everything])
        if category not in _WITHOUT_MODEL and (having & known).sum() >= _FEWEST:
            questions[category.value] = Question(having, known)
    return questions


def matrix_of(examples: Sequence[Example], answers: Sequence[FeedbackExample] = ()) -> Matrix:
    """The examples, then the answers from feedback, as rows."""
    names = signal_names(examples[0].detected)
    raw = signals([example.detected for example in examples], names)
    mean, spread = raw.mean(axis=0), raw.std(axis=0)
    scale = np.where(spread > 0, _SIGNAL_SHARE / np.sqrt(len(names)) / np.where(spread > 0, spread, 1.0), 0.0)
    words = [draft_row(sentence_counts(example.detected.sentences)) for example in examples]
    if answers:
        raw = np.vstack([raw, [[answer.signals.get(name, 0.0) for name in names] for answer in answers]])
        words.append(ngram_rows(answers))
    return Matrix(csr_matrix(hstack([csr_matrix((raw - mean) * scale), vstack(words)])), names, mean, scale)


def can_teach(question: Question, chosen: NDArray[np.intp]) -> bool:
    """Whether the chosen rows hold both answers: in a small corpus one author may have all of a category."""
    answers = question.answers[chosen[question.asked[chosen]]]
    return bool(answers.any() and not answers.all())


def regression(
    matrix: Matrix, question: Question, chosen: NDArray[np.intp], weights: NDArray[np.float64]
) -> LogisticRegression:
    """A regression for one question, fitted to the chosen rows it is asked about."""
    rows = chosen[question.asked[chosen]]
    # The dual problem has the same answer and is several times faster with fewer drafts than columns.
    fitted = LogisticRegression(C=_C, max_iter=3000, solver="liblinear", dual=True, random_state=0)
    return fitted.fit(matrix.rows[rows], question.answers[rows], sample_weight=weights[rows])


def linear_model(
    matrix: Matrix,
    fitted: Mapping[str, LogisticRegression],
    calibrated: Mapping[str, tuple[float, float]],
    words: SentenceWords,
    version: str,
) -> LinearModel:
    """The model as it is served. `calibrated` has Platt's slope and offset for each question."""

    def head(name: str) -> Head:
        weights, count = fitted[name].coef_[0], len(matrix.names)
        return Head(
            signal_weights=weights[:count].copy(),
            # Single precision loses nothing that calibration would notice and keeps the file small.
            ngram_weights=weights[count:].astype(np.float32).astype(np.float64),
            intercept=float(fitted[name].intercept_[0]),
            slope=calibrated[name][0],
            offset=calibrated[name][1],
        )

    return LinearModel(
        version=version,
        signal_names=matrix.names,
        signal_mean=matrix.mean,
        signal_scale=matrix.scale,
        sensitive=head("sensitive"),
        severe=head("severe"),
        categories={category: head(category.value) for category in Category if category.value in fitted},
        sentence_words=words,
    )


def version_of(examples: Sequence[Example], answers: Sequence[FeedbackExample] = ()) -> str:
    """A digest of everything learned from, so that an assessment names the model it came from."""
    digest = hashlib.sha256()
    for example in examples:
        digest.update(repr((example.label.value, sorted(example.categories), example.scenario)).encode())
        digest.update(repr(sorted(example.detected.signals.items())).encode())
        digest.update("\n".join(sentence.words for sentence in example.detected.sentences).encode())
    for answer in answers:
        digest.update(repr((answer.label.value, sorted(answer.signals.items()), list(answer.columns))).encode())
    return f"linear-{digest.hexdigest()[:12]}"
