"""Trains the model that the service loads, and writes its card."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from backend.classification.model_file import store_model
from backend.detection.engine import Detector
from backend.extraction.parts import extract_parts
from backend.training.corpus_file import LabelledDraft, read_corpus
from backend.training.fitting import Example, fit

CORPUS_DAY = date(2026, 11, 1)
"""Today, as far as the corpus is concerned: training must not depend on when it is run."""


@dataclass(frozen=True, slots=True)
class Trained:
    """What came out: the model's version and how many drafts it learned from."""

    version: str
    drafts: int


def train(corpus: Path, model_path: Path) -> Trained:
    """Trains on a folder of labelled drafts and stores the model. Raises ValueError for an unusable corpus."""
    rows = read_corpus(corpus)
    if not rows:
        message = f"no drafts in {corpus}"
        raise ValueError(message)
    model = fit(examples_of(rows, Detector()))
    store_model(model, model_path)
    return Trained(model.version, len(rows))


def examples_of(rows: list[LabelledDraft], detector: Detector) -> list[Example]:
    """Detection of every draft, with its answer."""
    return [
        Example(
            detected=detector.detect(extract_parts(row.draft), CORPUS_DAY),
            label=row.label,
            categories=row.categories,
            scenario=row.scenario,
            author=row.author,
        )
        for row in rows
    ]
