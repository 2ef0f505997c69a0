"""Answers as JSON objects, as the contract has them. The same for the command line and HTTP."""

from typing import Any

from backend.api.recipient_answers import recipients_in_brief
from backend.domain.assessment import Assessment, Obligation
from backend.domain.errors import CodedError
from backend.domain.finding import Finding
from backend.domain.reason import LoweringStep, Place, Reason
from backend.texts.catalog import Texts


def assessment_answer(assessment: Assessment) -> dict[str, Any]:
    """An assessment. Holds masked excerpts only."""
    return {
        "id": assessment.id,
        "label": assessment.label.value,
        "confidence": assessment.confidence,
        "sensitive_probability": assessment.sensitive,
        "summary": assessment.summary,
        "reason": assessment.reason,
        "level_rule": assessment.level_rule,
        "categories": [category.value for category in assessment.categories],
        "findings": [finding_answer(finding) for finding in assessment.findings],
        "reasons": [reason_answer(reason) for reason in assessment.reasons],
        "lowering": [_lowering_answer(step) for step in assessment.lowering],
        "obligations": [obligation_answer(obligation) for obligation in assessment.obligations],
        "tips": list(assessment.tips),
        "send_decision": assessment.send_decision.value,
        "recipients": recipients_in_brief(assessment.recipients),
        "policy": {"id": assessment.policy_id, "version": assessment.policy_version},
        "model": {"version": assessment.model_version, "encoder": assessment.encoder_version},
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


def reason_answer(reason: Reason) -> dict[str, Any]:
    """A reason as the sender reads it, with the findings behind it and the sentences they stand in."""
    return {
        "text": reason.text,
        "categories": [category.value for category in reason.categories],
        "findings": list(reason.findings),
        "rules": list(reason.rules),
        "sentence": _place_answer(reason.sentence) if reason.sentence else None,
        "places": [_place_answer(place) for place in reason.places],
        "confidence": reason.confidence,
        "role": reason.role.value,
    }


def _place_answer(place: Place) -> dict[str, Any]:
    return {"part": place.part, "start": place.start, "end": place.end, "number": place.number}


def _lowering_answer(step: LoweringStep) -> dict[str, Any]:
    return {"label": step.label.value, "findings": list(step.findings), "text": step.text}


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
