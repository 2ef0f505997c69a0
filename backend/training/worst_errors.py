"""The errors that are worst to make, with masked text: where to look first."""

from collections.abc import Sequence
from typing import Any

from backend.detection.engine import Detector
from backend.training.masked_text import masked_text
from backend.training.measured_sets import Judged, MeasuredSet

MOST = 20


def worst_errors(sets: Sequence[MeasuredSet], detector: Detector, most: int = MOST) -> list[dict[str, Any]]:
    """The worst first: labels two steps apart before neighbours, then by how far P(sensitive) was off.

    Only these drafts are read a second time, for their masked text. Neither text nor excerpt shows a name or number.
    """
    wrong = [(each, one) for each in sets for one in each.judged if one.outcome.said is not one.outcome.right]
    wrong.sort(key=lambda pair: (-_steps(pair[1]), -_off(pair[1]), pair[0].name, pair[1].row.draft.id))
    return [_told(each, one, detector) for each, one in wrong[:most]]


def _steps(one: Judged) -> int:
    return abs(one.outcome.said.rank - one.outcome.right.rank)


def _off(one: Judged) -> float:
    return abs(one.assessment.sensitive - one.outcome.is_sensitive)


def _told(measured: MeasuredSet, one: Judged, detector: Detector) -> dict[str, Any]:
    outcome = one.outcome
    return {
        "set": measured.name,
        "id": outcome.id,
        "right": outcome.right.value,
        "said": outcome.said.value,
        "sensitive_probability": one.assessment.sensitive,
        "right_categories": sorted(outcome.right_categories) if outcome.categories_known else None,
        "said_categories": sorted(outcome.said_categories),
        "kind": outcome.kind,
        "hard": outcome.hard,
        "group": outcome.group,
        "author": outcome.author,
        "rules": sorted({finding.rule for finding in one.assessment.findings if finding.about_person}),
        "masked_text": masked_text(one.row.draft, detector),
    }
