"""What a classifier says of a draft, and the port behind which it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from backend.domain.detected import Detected, Sentence
from backend.domain.encoder import NoEncoder
from backend.domain.label import Category


@dataclass(frozen=True, slots=True)
class Classified:
    """Calibrated probabilities in 0–1.

    `sensitive` is P(label is not none), `severe` is P(mycket_kanslig | sensitive). `moving` is the sentence that
    raised `sensitive` most, None where no sentence did. `said` tells of each sentence that was judged by itself how
    probable the draft would be sensitive were it the most telling one; empty where sentences were not judged. `whole`
    tells whether all were that say something: of a long draft only the likeliest are.
    """

    sensitive: float
    severe: float
    categories: Mapping[Category, float]
    moving: Sentence | None
    said: Mapping[Sentence, float] = field(default_factory=dict, repr=False)
    whole: bool = False


class Classifier(Protocol):
    """A model in the serving path."""

    @property
    def version(self) -> str:
        """Stable id of the trained model, shown in every assessment."""

    @property
    def encoder_version(self) -> str | None:
        """The sentence encoder in use, None where a smaller model answers without."""

    @property
    def no_encoder(self) -> NoEncoder | None:
        """Why there is no sentence encoder in use, None where there is one."""

    def classify(self, detected: Detected) -> Classified:
        """Probabilities for one draft. Deterministic; no I/O; safe to call from several threads."""
