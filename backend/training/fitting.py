"""Fits what the service asks, and keeps what each part said of drafts it had not seen.

The parts are fitted on four fifths of the authors (or scenarios, where there are few authors) at a time and asked about
the rest; from those answers come the calibration, the weights between the parts, and honest figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from backend.classification.combined_model import Blend, SentencePart, length_of, said_by, with_words
from backend.classification.model import LinearModel
from backend.classification.sentence_network import SentenceJudge
from backend.domain.classified import Classified
from backend.domain.detected import Sentence
from backend.domain.encoder import Encoder
from backend.domain.label import Category
from backend.training.examples import Example
from backend.training.feedback_examples import FeedbackExample
from backend.training.linear_fitting import can_teach, linear_model, matrix_of, questions_of, regression, version_of
from backend.training.sentence_fitting import (
    Encoded,
    encoded,
    logits_of,
    moving_of,
    networks_of,
    projection_of,
    sentence_version,
    targets_of,
    tops_of,
)
from backend.training.word_fitting import fit_words

_FOLDS = 5
_UNCERTAIN = 1e6
"""A regression over two or three scores needs no shrinking."""
SURELY_HARMLESS = 0.03
"""Below this probability of the first stage the encoder is not asked; docs/model-card.md tells what that misses."""
_CATEGORIES = 2
"""Questions before the categories: sensitive, severe."""
Scores = dict[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The model, and by variant what it said of every example without having learned from its author or scenario."""

    linear: LinearModel
    sentence_part: SentencePart | None
    held_out: Mapping[str, list[Classified]] = field(repr=False)

    @property
    def version(self) -> str:
        """The model's id, as assessments show it where the encoder is there."""
        return self.sentence_part.version if self.sentence_part else self.linear.version


def fit(
    examples: Sequence[Example],
    encoder: Encoder | None = None,
    answers: Sequence[FeedbackExample] = (),
    *,
    by: str = "author",
) -> Fitted:
    """A model for the examples; without an encoder the linear model alone. Folds go by `author` or `scenario`."""
    folds = _folds(examples, by)
    questions = questions_of(examples, answers)
    matrix = matrix_of(examples, answers)
    weights = np.array([1.0] * len(examples) + [answer.weight for answer in answers])
    everything = np.arange(len(weights))
    own = everything[: len(examples)]
    raw: Scores = {name: np.zeros(len(examples)) for name in questions}
    for unseen in folds:
        seen = np.setdiff1d(everything, unseen)
        for name, question in questions.items():
            if can_teach(question, seen):
                raw[name][unseen] = regression(matrix, question, seen, weights).decision_function(matrix.rows[unseen])
    calibrated = {
        name: _regressed(raw[name][:, None], question.answers[own], question.asked[own])
        for name, question in questions.items()
    }
    fitted = {name: regression(matrix, question, everything, weights) for name, question in questions.items()}
    platt = {name: (float(blend.weights[0]), blend.intercept) for name, blend in calibrated.items()}
    words = fit_words(examples, folds)
    linear = linear_model(matrix, fitted, platt, words.words, version_of(examples, answers))
    columns = {name: raw[name][:, None] for name in raw}
    held_out = {"signals and n-grams": _held_out(examples, [_longest(one) for one in examples], calibrated, columns)}
    if encoder is None:
        return Fitted(linear, None, held_out)
    part, with_sentences = _with_sentences(examples, encoder, folds, raw, words.held_out)
    part = replace(part, version=sentence_version(linear.version, part))
    return Fitted(linear, part, held_out | with_sentences)


def _with_sentences(
    examples: Sequence[Example],
    encoder: Encoder,
    folds: Sequence[NDArray[np.intp]],
    raw: Scores,
    words: NDArray[np.float64],
) -> tuple[SentencePart, dict[str, list[Classified]]]:
    questions = questions_of(examples)
    names = list(questions)
    read = encoded(examples, encoder)
    projection, inputs = projection_of(read)
    targets, teaches = targets_of(examples, read.units, names[_CATEGORIES:])
    logits = with_words(_held_out_logits(read, inputs, targets, teaches, folds), words)
    tops = tops_of(logits, read.draft, len(examples))
    alone = {name: tops[:, [number]] for number, name in enumerate(names)}
    both = {name: np.column_stack([raw[name], alone[name]]) for name in names}
    lengths = [length_of(len(units)) for units in read.units]
    both["sensitive"] = np.column_stack([both["sensitive"], lengths])
    both["severe"] = np.column_stack([both["severe"], alone["sensitive"], lengths])
    blends = {name: _regressed(both[name], one.answers, one.asked) for name, one in questions.items()}
    lone_blends = {name: _regressed(alone[name], one.answers, one.asked) for name, one in questions.items()}
    part = SentencePart(
        version="",
        encoder_version=encoder.version,
        judge=SentenceJudge(projection, networks_of(inputs[teaches], targets[teaches])),
        sensitive=blends["sensitive"],
        sentence=lone_blends["sensitive"],
        severe=blends["severe"],
        categories={Category(name): blends[name] for name in names[_CATEGORIES:]},
        surely_harmless=SURELY_HARMLESS,
    )
    moving = moving_of(logits, read)
    said = _said(examples, read, logits[:, 0], part.sentence)
    return part, {
        "sentence encoder": _held_out(examples, moving, lone_blends, alone, said),
        "all together": _held_out(examples, moving, blends, both, said),
    }


def _held_out_logits(
    read: Encoded,
    inputs: NDArray[np.float32],
    targets: NDArray[np.float32],
    teaches: NDArray[np.bool_],
    folds: Sequence[NDArray[np.intp]],
) -> NDArray[np.float64]:
    """What networks say of pieces whose authors or scenarios they have not read."""
    logits = np.zeros(targets.shape)
    for unseen in folds:
        asked = np.isin(read.draft, unseen)
        seen = teaches & ~asked
        logits[asked] = logits_of(networks_of(inputs[seen], targets[seen]), inputs[asked])
    return logits


def _said(
    examples: Sequence[Example], read: Encoded, logits: NDArray[np.float64], blend: Blend
) -> list[dict[Sentence, float]]:
    """Each draft's sentences with their own probability."""
    by_draft = np.split(logits, np.cumsum([len(units) for units in read.units])[:-1])
    return [
        said_by(blend, example.detected.sentences, units, own)
        for example, units, own in zip(examples, read.units, by_draft, strict=True)
    ]


def _folds(examples: Sequence[Example], by: str) -> list[NDArray[np.intp]]:
    """Numbers of the examples that are held out together; no author (or scenario) is on both sides."""
    authors = np.array([example.author for example in examples])
    groups = authors if by == "author" else np.array([example.scenario for example in examples])
    if len(set(groups)) < _FOLDS:
        groups = np.array([example.scenario for example in examples])
    return [test for _, test in GroupKFold(_FOLDS).split(groups, groups=groups)]


def _regressed(scores: NDArray[np.float64], answers: NDArray[np.bool_], asked: NDArray[np.bool_]) -> Blend:
    fitted = LogisticRegression(C=_UNCERTAIN, max_iter=1000).fit(scores[asked], answers[asked])
    return Blend(fitted.coef_[0].copy(), float(fitted.intercept_[0]))


def _held_out(
    examples: Sequence[Example],
    moving: Sequence[int | None],
    blends: Mapping[str, Blend],
    scores: Mapping[str, NDArray[np.float64]],
    said: Sequence[Mapping[Sentence, float]] = (),
) -> list[Classified]:
    """Probabilities for every example, the sentence that moved them, and each sentence's own."""
    categories = list(blends)[_CATEGORIES:]
    return [
        Classified(
            sensitive=blends["sensitive"].probability(scores["sensitive"][row]),
            severe=blends["severe"].probability(scores["severe"][row]),
            categories={Category(name): blends[name].probability(scores[name][row]) for name in categories},
            moving=None if sentence is None else example.detected.sentences[sentence],
            said=said[row] if said else {},
            whole=bool(said),
        )
        for row, (example, sentence) in enumerate(zip(examples, moving, strict=True))
    ]


def _longest(example: Example) -> int | None:
    """Stands for the sentence that moved a model whose sentences were not asked."""
    sentences = example.detected.sentences
    return max(range(len(sentences)), key=lambda number: len(sentences[number].words)) if sentences else None
