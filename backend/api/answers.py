"""Answers as JSON objects, as the contract has them. The same for the command line and HTTP."""

from typing import Any

from backend.domain.assessment import Assessment, Obligation
from backend.domain.errors import CodedError
from backend.domain.finding import Finding
from backend.texts.catalog import Texts


def assessment_answer(assessment: Assessment) -> dict[str, Any]:
    """An assessment. Holds masked excerpts only."""
    return {
        "id": assessment.id,
        "label": assessment.label.value,
        "confidence": assessment.confidence,
        "summary": assessment.summary,
        "reason": assessment.reason,
        "level_rule": assessment.level_rule,
        "categories": [category.value for category in assessment.categories],
        "findings": [finding_answer(finding) for finding in assessment.findings],
        "obligations": [obligation_answer(obligation) for obligation in assessment.obligations],
        "tips": list(assessment.tips),
        "send_decision": assessment.send_decision.value,
        "policy": {"id": assessment.policy_id, "version": assessment.policy_version},
        "model": {"version": assessment.model_version},
        "elapsed_ms": assessment.elapsed_ms,
    }


def finding_answer(finding: Finding) -> dict[str, Any]:
    """A finding: where, what and why, never the value."""
    return {
        "category": finding.category.value,
        "rule": finding.rule,
        "part": finding.part,
        "start": finding.start,
        "end": finding.end,
        "excerpt": finding.excerpt,
        "about_person": finding.about_person,
        "confidence": finding.confidence,
        "explanation": finding.explanation,
        "source": list(finding.source),
    }


def obligation_answer(obligation: Obligation) -> dict[str, Any]:
    """An obligation; `ground` only where one is to be stated."""
    answer: dict[str, Any] = {
        "code": obligation.code,
        "met": obligation.met,
        "text": obligation.text,
        "source": list(obligation.source),
        "decision": obligation.decision.value,
    }
    if obligation.ground:
        answer["ground"] = obligation.ground
    return answer


def error_answer(texts: Texts, error: CodedError, input_id: str) -> dict[str, Any]:
    """A line for an input that failed."""
    return {"id": input_id, "error": {"code": error.code, "message": texts.told(error)}}
