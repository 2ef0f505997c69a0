"""`POST /api/v1/send-checks`: Send is pressed."""

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from backend.api.access import Access, current_person, demands
from backend.api.answers import obligation_answer
from backend.api.documents import PROBLEMS, SendCheckAnswer, SendCheckDocument
from backend.api.metrics import observe_send
from backend.domain.label import Label
from backend.services import Services
from backend.workflow.check_send import SendRequest

_TAG = Tag(name="send-checks", description="Decide when Send is pressed.")


def send_checks(services: Services) -> APIBlueprint:
    """The blueprint."""
    blueprint = APIBlueprint(
        "send_checks", __name__, url_prefix="/api/v1", abp_tags=[_TAG], abp_security=[{"bearer": []}]
    )

    @blueprint.post("/send-checks", summary="Check a send", responses={200: SendCheckAnswer, **PROBLEMS})
    @demands(Access.SIGNED_IN)
    def check(body: SendCheckDocument) -> dict[str, Any]:
        request = SendRequest(
            draft=body.draft.to_draft(),
            verdict=body.verdict or "",
            label=Label(body.label) if body.label else None,
            grounds=body.grounds.model_dump(exclude_none=True),
            confirmed=frozenset(body.confirmed_recipients),
            approval=body.approval_id or "",
        )
        person = current_person()
        answer = services.municipality_of(person).checker.check(request, person)
        observe_send(answer.decision)
        return {
            "send_decision": answer.decision.value,
            "message": answer.message,
            "obligations": [obligation_answer(obligation) for obligation in answer.obligations],
            "receipt": answer.receipt,
        }

    return blueprint
