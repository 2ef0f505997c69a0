"""`POST /api/v1/assessments`: a draft in, its label with reasons out."""

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from backend.api.access import Access, current_person, demands
from backend.api.answers import assessment_answer
from backend.api.documents import PROBLEMS, AssessmentAnswer
from backend.api.metrics import observe_assessment
from backend.domain.draft import Draft
from backend.domain.sending import Circumstances
from backend.extraction.draft_document import DraftDocument
from backend.services import Services

_TAG = Tag(name="assessments", description="Assess a draft while it is written.")


def assessments(services: Services) -> APIBlueprint:
    """The blueprint."""
    blueprint = APIBlueprint(
        "assessments", __name__, url_prefix="/api/v1", abp_tags=[_TAG], abp_security=[{"bearer": []}]
    )

    @blueprint.post("/assessments", summary="Assess a draft", responses={200: AssessmentAnswer, **PROBLEMS})
    @demands(Access.SIGNED_IN)
    def assess(body: DraftDocument) -> dict[str, Any]:
        draft = body.to_draft()
        assessment = services.assessor.assess(draft, _circumstances(services, draft))
        observe_assessment(assessment)
        verdict = services.signer.sign(draft, assessment, current_person().tenant)
        return assessment_answer(assessment) | {"verdict": verdict}

    return blueprint


def _circumstances(services: Services, draft: Draft) -> Circumstances:
    mailboxes = [recipient.mailbox for recipient in draft.recipients]
    return Circumstances(verdicts=services.directory.verify(mailboxes))
