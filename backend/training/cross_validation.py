"""Figures on drafts that the model has not seen: held out by scenario, and by author (a voice it never read)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from backend.decision.policy import Policy
from backend.detection.engine import Detector
from backend.domain.classified import Classified, Classifier
from backend.domain.detected import Detected
from backend.texts.catalog import read_texts
from backend.training.corpus_file import LabelledDraft
from backend.training.evaluation import Outcome
from backend.training.fitting import fit
from backend.training.train import CORPUS_DAY, examples_of
from backend.workflow.assess_draft import Assessor

_FOLDS = 5


class RulesOnly:
    """No model: what the rules say of a person stands, and nothing else does."""

    version = "rules-only"

    def classify(self, detected: Detected) -> Classified:  # noqa: ARG002 - the port's signature
        """Never sure enough to add a finding, never so sure of the opposite as to take one back."""
        return Classified(sensitive=0.4, severe=0.0, categories={}, moving=None)


def outcomes_of(
    rows: Sequence[LabelledDraft], detector: Detector, classifier: Classifier, policy: Policy
) -> list[Outcome]:
    """What the whole product says of labelled drafts with a given classifier."""
    assessor = Assessor(detector, classifier, policy, read_texts(), lambda: CORPUS_DAY)
    outcomes: list[Outcome] = []
    for row in rows:
        said = assessor.assess(row.draft)
        outcomes.append(
            Outcome(
                id=row.draft.id,
                right=row.label,
                right_categories=row.categories,
                said=said.label,
                said_categories=frozenset(said.categories),
                hard=row.hard,
                kind=row.draft.kind.value,
            )
        )
    return outcomes


def by_scenario(rows: Sequence[LabelledDraft], detector: Detector, policy: Policy) -> list[Outcome]:
    """Five folds; drafts about the same invented people are never on both sides."""
    groups = np.array([row.scenario for row in rows])
    folds = GroupKFold(_FOLDS).split(groups, groups=groups)
    return _held_out(rows, [test for _, test in folds], detector, policy)


def by_author(rows: Sequence[LabelledDraft], detector: Detector, policy: Policy) -> list[Outcome]:
    """One author left out at a time."""
    authors = np.array([row.author for row in rows])
    return _held_out(rows, [np.flatnonzero(authors == one) for one in sorted(set(authors))], detector, policy)


def _held_out(
    rows: Sequence[LabelledDraft], tests: Sequence[NDArray[np.intp]], detector: Detector, policy: Policy
) -> list[Outcome]:
    examples = examples_of(list(rows), detector)
    outcomes: list[Outcome] = []
    for test in tests:
        unseen = set(test.tolist())
        model = fit([example for index, example in enumerate(examples) if index not in unseen])
        outcomes.extend(outcomes_of([rows[index] for index in sorted(unseen)], detector, model, policy))
    return outcomes
