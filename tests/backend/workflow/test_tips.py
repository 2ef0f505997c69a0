"""Friendly words that demand nothing."""

from backend.decision.policy import read_policy
from backend.detection.engine import Detector
from backend.domain.assessment import Assessment
from backend.domain.draft import Draft
from backend.domain.label import Label
from backend.texts.catalog import read_texts
from backend.training.cross_validation import RulesOnly
from backend.workflow.assess_draft import Assessor

ASSESSOR = Assessor(Detector(), RulesOnly(), read_policy("standard"), read_texts())


def _assessed(body: str) -> Assessment:
    return ASSESSOR.assess(Draft(subject="", body=body))


def test_a_number_that_is_called_personnummer_but_cannot_be_one_is_worth_a_hint() -> None:
    assessment = _assessed("Beställningen gäller personnummer 19990913-9802.")
    assert any("personnummer" in tip for tip in assessment.tips)
    assert assessment.label is Label.NONE


def test_plain_absence_gets_a_tip_and_no_label() -> None:
    assessment = _assessed("Jag är sjuk i dag.")
    assert assessment.label is Label.NONE
    assert assessment.tips
