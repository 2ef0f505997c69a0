"""Trains the model that the service loads."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.classification.model_file import StoredModel, store_model
from backend.detection.engine import Detector
from backend.domain.encoder import Encoder
from backend.training.corpus_file import read_corpus
from backend.training.examples import examples_of
from backend.training.feedback_examples import FeedbackExample
from backend.training.fitting import Fitted, fit


@dataclass(frozen=True, slots=True)
class Trained:
    """What came out: the model's version, how many drafts it learned from, and what was fitted."""

    version: str
    drafts: int
    fitted: Fitted


def train(
    corpus: Path, model_path: Path, encoder: Encoder | None = None, answers: Sequence[FeedbackExample] = ()
) -> Trained:
    """Trains on a folder of labelled drafts and stores the model. Raises ValueError for an unusable corpus.

    `answers` from feedback teach the part that needs no sentences.
    """
    rows = read_corpus(corpus)
    if not rows:
        message = f"no drafts in {corpus}"
        raise ValueError(message)
    fitted = fit(examples_of(rows, Detector()), encoder, answers)
    store_model(StoredModel(fitted.linear, fitted.sentence_part), model_path)
    return Trained(fitted.version, len(rows), fitted)
