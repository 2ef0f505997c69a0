"""What the whole product says of drafts whose authors (or scenarios) its model has not read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.decision.policy import Policy
from backend.detection.engine import Detector
from backend.domain.classified import Classified, Classifier
from backend.domain.detected import Detected
from backend.domain.encoder import NoEncoder
from backend.texts.catalog import read_texts
from backend.training.corpus_file import LabelledDraft
from backend.training.evaluation import Outcome, outcome_of
from backend.training.examples import CORPUS_DAY
from backend.workflow.assess_draft import Assessor


class RulesOnly:
    """No model: what the rules say of a person stands, and nothing else does."""

    version = "rules-only"
    encoder_version = None
    no_encoder = NoEncoder.MISSING

    def classify(self, detected: Detected) -> Classified:  # noqa: ARG002 - the port's signature
        """Never sure enough to add a finding, never so sure of the opposite as to take one back."""
        return Classified(sensitive=0.38, severe=0.0, categories={}, moving=None)


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Says of each draft, in order, what was said when it was held out."""

    said: Iterator[Classified]
    version: str = "held-out"
    encoder_version: str | None = None
    no_encoder: NoEncoder | None = NoEncoder.MISSING

    def classify(self, detected: Detected) -> Classified:  # noqa: ARG002 - the port's signature
        """The next answer."""
        return next(self.said)


def outcomes_of(
    rows: Sequence[LabelledDraft], detector: Detector, classifier: Classifier, policy: Policy
) -> list[Outcome]:
    """What the whole product says of labelled drafts with a given classifier, asked once for each in order."""
    assessor = Assessor(detector, classifier, policy, read_texts(), lambda: CORPUS_DAY)
    return [outcome_of(row, assessor.assess(row.draft)) for row in rows]


def held_out_outcomes(
    rows: Sequence[LabelledDraft], said: Sequence[Classified], detector: Detector, policy: Policy
) -> list[Outcome]:
    """Outcomes with the answers that `fitting.Fitted.held_out` kept for the same rows."""
    return outcomes_of(rows, detector, HeldOut(iter(said)), policy)
