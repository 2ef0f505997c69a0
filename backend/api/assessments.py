"""`POST /api/v1/assessments`: a draft in, its label with reasons out."""

import secrets
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from backend.api.access import Access, current_person, demands
from backend.api.answers import assessment_answer
from backend.api.documents import PROBLEMS, AssessmentAnswer
from backend.api.forward_documents import forwarding_answer
from backend.api.metrics import observe_assessment
from backend.domain.draft import Draft
from backend.extraction.draft_document import DraftDocument
from backend.services import Services

if TYPE_CHECKING:
    from backend.domain.detected import Detected

_TAG = Tag(name="assessments", description="Assess a draft while it is written.")


def assessments(services: Services) -> APIBlueprint:
    """The blueprint."""
    blueprint = APIBlueprint(
        "assessments", __name__, url_prefix="/api/v1", abp_tags=[_TAG], abp_security=[{"bearer": []}]
    )

    @blueprint.post("/assessments", summary="Assess a draft", responses={200: AssessmentAnswer, **PROBLEMS})
    @demands(Access.SIGNED_IN)
    def assess(body: DraftDocument) -> dict[str, Any]:
        draft, person = _named(body.to_draft()), current_person()
        municipality = services.municipality_of(person)
        seen: list[Detected] = []
        assessment, forwarding = municipality.senders.assess(draft, person, seen.append)
        observe_assessment(assessment)
        for detected in seen:
            municipality.feedback.remember(assessment, detected, person)
        verdict = services.signer.sign(draft, assessment, person.tenant)
        return assessment_answer(assessment) | {"forward": forwarding_answer(forwarding), "verdict": verdict}

    return blueprint


def _named(draft: Draft) -> Draft:
    """The draft with an id, its own or a new one: feedback names the assessment by it."""
    return draft if draft.id else replace(draft, id=secrets.token_hex(8))
