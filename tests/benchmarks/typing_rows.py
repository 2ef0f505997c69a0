"""Times what a person who writes meets: a first assessment, a changed sentence, nothing changed."""

import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles

import numpy as np
from numpy.typing import NDArray

from backend.classification.combined_model import CombinedModel
from backend.classification.model_file import load_model
from backend.decision.policy import read_policy
from backend.detection.engine import Detector
from backend.domain.draft import ComposeType, Draft
from backend.domain.encoder import Encoder
from backend.encoding.onnx_encoder import OnnxEncoder
from backend.settings import Settings
from backend.texts.catalog import read_texts
from backend.training.corpus_file import read_corpus
from backend.workflow.assess_draft import Assessor
from backend.workflow.unchanged_drafts import UnchangedDrafts

_ROUNDS = 40
_NEW_SENTENCE = "Jag återkommer om tiden i morgon förmiddag, nummer {number} på listan. "


class CountingEncoder:
    """An encoder that tells how often it was asked."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.version = encoder.version
        self.asked = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Asks the encoder behind it."""
        self.asked += 1
        return self._encoder.encode(texts)


def typing_rows(settings: Settings) -> list[str]:
    """Table rows: case, median, 95th percentile, drafts, demand and aim, in milliseconds."""
    stored = load_model(settings.model)
    encoder = CountingEncoder(OnnxEncoder(settings.encoder))
    assessor = Assessor(
        detector=Detector(),
        classifier=CombinedModel(stored.linear, stored.sentence_part, encoder),
        policy=read_policy("standard"),
        texts=read_texts(),
        unchanged=UnchangedDrafts(),
    )
    sure, read = _by_stage(assessor, encoder, _mixed(1_000, 3 * _ROUNDS))
    threads = _mixed(5_000, _ROUNDS)
    return [
        _row("harmless, 1,000 characters, the first stage is sure", sure, "≤ 15, aim 5"),
        _row("first assessment, 1,000 characters through the encoder", read, "≤ 60, aim 35"),
        _row("first assessment, 5,000-character thread", [_first(assessor, one) for one in threads], "≤ 300, aim 150"),
        _row("the same after one sentence changed", _changed(assessor, threads), "≤ 60, aim 20"),
        _row("unchanged draft", [_again(assessor, one) for one in threads], "≤ 1, aim 0.3"),
    ]


def _mixed(length: int, count: int) -> list[str]:
    """Different texts of `length` characters put together from whole drafts of the corpus, harmless ones first."""
    rows = sorted(read_corpus(), key=lambda row: (row.label.rank, row.draft.id))
    text = "\n\n".join(row.draft.body for row in rows)
    step = (len(text) - length) // count
    return [text[index * step : index * step + length] for index in range(count)]


def _draft(text: str, number: str = "") -> Draft:
    return Draft(id=number, subject="Planering", body=text, compose_type=ComposeType.REPLY)


def _by_stage(assessor: Assessor, encoder: CountingEncoder, texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """Times of drafts that the first stage settled, and of those that the encoder read."""
    sure: list[float] = []
    read: list[float] = []
    for text in texts:
        before = encoder.asked
        taken = _first(assessor, text)
        (read if encoder.asked > before else sure).append(taken)
    return sure, read


def _first(assessor: Assessor, text: str) -> float:
    return _milliseconds(lambda: assessor.assess(_draft(text)))


def _changed(assessor: Assessor, threads: Sequence[str]) -> list[float]:
    taken = []
    for number, text in enumerate(threads):
        middle = text.find(". ", len(text) // 2) + 2
        changed = text[:middle] + _NEW_SENTENCE.format(number=number) + text[middle:]
        assessor.assess(_draft(text))
        taken.append(_first(assessor, changed))
    return taken


def _again(assessor: Assessor, text: str) -> float:
    assessor.assess(_draft(text))
    return _first(assessor, text)


def _milliseconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def _row(name: str, taken: Sequence[float], demand: str) -> str:
    if not taken:
        return f"| {name} | – | – | 0 | {demand} |"
    high = quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    return f"| {name} | {median(taken):.2f} | {high:.2f} | {len(taken)} | {demand} |"
