"""Everything that an evaluation says, as one JSON object. The table and the page are made from it and nothing else."""

from collections.abc import Sequence
from typing import Any

from backend.training.floors import Checked
from backend.training.measured_sets import MeasuredSet, together
from backend.training.worst_errors import worst_errors
from backend.workflow.assess_draft import Assessor

FORMAT = 1
"""Raised when a key changes its meaning or goes away."""


def evaluation_document(sets: Sequence[MeasuredSet], checked: Sequence[Checked], assessor: Assessor) -> dict[str, Any]:
    """`sets` each with its figures, `together` where there is more than one (else None), floors and worst errors.

    Holds ids, labels, rule ids and masked text; no draft text.
    """
    whole = together(sets) if len(sets) > 1 else None
    return {
        "format": FORMAT,
        "model": {"version": assessor.classifier.version},
        "policy": {"id": assessor.policy.id, "version": assessor.policy.version},
        "sets": [_set(one) for one in sets],
        "together": _set(whole) if whole else None,
        "floors": [_floor(one) for one in checked],
        "worst_errors": worst_errors(sets, assessor.detector),
    }


def _set(measured: MeasuredSet) -> dict[str, Any]:
    return {
        "name": measured.name,
        "file": measured.file,
        "duplicate_ids": measured.duplicates,
        "figures": measured.figures,
    }


def _floor(checked: Checked) -> dict[str, Any]:
    return {
        "set": checked.set_name,
        "figure": checked.floor.figure,
        "bound": checked.floor.bound,
        "limit": checked.floor.limit,
        "value": checked.value,
        "holds": checked.holds,
    }
