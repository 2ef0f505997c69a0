"""Rules' signals, n-grams and the sentence encoder together: what the service asks.

A cheap first stage (signals and n-grams) decides alone where it is sure that a draft is harmless; else the encoder
reads the sentences that may tell something, and a small regression weighs both. Without an encoder the first stage is
all there is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

from backend.classification.marks import marks_of, standing
from backend.classification.model import LinearModel, Read
from backend.classification.reading import share_of, worth_reading
from backend.classification.sentence_network import SentenceJudge
from backend.classification.units import Unit, units_of
from backend.domain.classified import Classified
from backend.domain.detected import Detected, Sentence
from backend.domain.encoder import Encoder, NoEncoder
from backend.domain.label import Category

SENSITIVE, SEVERE = 0, 1
"""Questions of the sentence networks; the categories follow."""
_WORDS_SHARE = 0.6
"""Weight of what a sentence says by its words beside what the networks say of it. Of 0.3 to 1.5 the best on drafts of
authors that neither had read, and much better than the networks alone where a draft is long."""


@dataclass(frozen=True, slots=True)
class Blend:
    """A logistic regression over a few scores of a draft."""

    weights: NDArray[np.float64]
    intercept: float

    def probability(self, scores: Sequence[float]) -> float:
        """Calibrated probability in 0–1."""
        raw = float(np.dot(self.weights, scores)) + self.intercept
        return float(1.0 / (1.0 + np.exp(-np.clip(raw, -30.0, 30.0))))


@dataclass(frozen=True, slots=True)
class SentencePart:
    """What only works with the encoder it was trained with. `version` is the id of the whole model.

    `sentence` judges a sentence by its own logit alone. `surely_harmless` is a probability of the first stage.
    """

    version: str
    encoder_version: str
    judge: SentenceJudge
    sensitive: Blend
    sentence: Blend
    severe: Blend
    categories: Mapping[Category, Blend]
    surely_harmless: float


@dataclass(frozen=True, slots=True)
class CombinedModel:
    """A `Classifier`. Immutable arrays: safe to share by fork and threads; the encoder guards itself."""

    linear: LinearModel
    sentence_part: SentencePart | None
    encoder: Encoder | None
    damaged: bool = False
    """Whether `encoder` is None because its files could not be read."""

    @property
    def version(self) -> str:
        """The trained model's id; without an encoder the smaller model's own."""
        return self.linear.version if self._part is None else self._part.version

    @property
    def encoder_version(self) -> str | None:
        """Version of the encoder in use, None without."""
        return self._part.encoder_version if self._part else None

    @property
    def no_encoder(self) -> NoEncoder | None:
        """Why the smaller model answers, None where it does not."""
        if self.damaged:
            return NoEncoder.DAMAGED
        if self.encoder is None:
            return NoEncoder.MISSING
        return None if self._part else NoEncoder.UNKNOWN

    @property
    def _part(self) -> SentencePart | None:
        part, encoder = self.sentence_part, self.encoder
        return part if part and encoder and encoder.version == part.encoder_version else None

    def classify(self, detected: Detected) -> Classified:
        """Probabilities for one draft and the sentence that speaks most for `sensitive`."""
        read = self.linear.read(detected)
        alone = self.linear.classified(detected, read)
        part = self._part
        of_somebody = any(finding.about_person for finding in detected.findings)
        if part is None or self.encoder is None or (alone.sensitive < part.surely_harmless and not of_somebody):
            return alone
        units = units_of(detected.sentences)
        if not units:
            return alone
        asked = worth_reading(units, read.shares, {number for _, number in standing(detected)})
        heard = part.judge.logits(self.encoder.encode([unit.text for unit in asked]), marks_of(detected, asked))
        logits = with_words(heard, np.array([share_of(unit, read.shares) for unit in asked]))
        return blended(detected, read, part, Judged(asked, logits, len(units)))


@dataclass(frozen=True, slots=True)
class Judged:
    """The pieces of a draft that were read, the logits of each, and how many pieces there are in all."""

    units: Sequence[Unit]
    logits: NDArray[np.float64]
    of: int


def blended(detected: Detected, read: Read, part: SentencePart, judged: Judged) -> Classified:
    """First stage and what was read weighed together."""
    units, logits, length = judged.units, judged.logits, length_of(judged.of)
    top = logits.max(axis=0)
    sensitive = float(top[SENSITIVE])
    return Classified(
        sensitive=part.sensitive.probability([read.sensitive, sensitive, length]),
        severe=part.severe.probability([read.severe, float(top[SEVERE]), sensitive, length]),
        categories={
            category: blend.probability([read.categories[category], float(top[number])])
            for number, (category, blend) in enumerate(part.categories.items(), start=SEVERE + 1)
        },
        moving=detected.sentences[units[int(logits[:, SENSITIVE].argmax())].sentence],
        said=said_by(part.sentence, detected.sentences, units, logits[:, SENSITIVE]),
        whole=len(units) == judged.of,
    )


def with_words(logits: NDArray[np.floating], shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """The networks' logits of each piece with what its sentence says by its words (`shares`) in the first question."""
    both = np.array(logits, np.float64)
    both[:, SENSITIVE] += _WORDS_SHARE * shares
    return both


def said_by(
    blend: Blend, sentences: Sequence[Sentence], units: Sequence[Unit], logits: NDArray[np.floating]
) -> dict[Sentence, float]:
    """Each judged sentence's own probability; of a sentence in several pieces the highest."""
    said: dict[Sentence, float] = {}
    for unit, logit in zip(units, logits.tolist(), strict=True):
        sentence = sentences[unit.sentence]
        said[sentence] = max(said.get(sentence, 0.0), blend.probability([logit]))
    return said


def length_of(pieces: int) -> float:
    """The more a draft says, the more its highest sentence is high by chance: the blends take this off."""
    return log1p(pieces)
