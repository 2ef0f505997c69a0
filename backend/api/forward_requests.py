"""`/api/v1/forward-requests`: ask, look, decide, withdraw."""

from collections.abc import Callable
from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from backend.api.access import Access, current_person, demands
from backend.api.documents import PROBLEMS, ProblemAnswer
from backend.api.forward_documents import (
    ForwardDecisionDocument,
    ForwardRequestAnswer,
    ForwardRequestDocument,
    ForwardRequestPath,
    ForwardRequestsAnswer,
    request_answer,
)
from backend.domain.forwarding import DisclosureReason
from backend.domain.person import Person
from backend.services import Services
from backend.workflow.forward_view import ForwardDecision, ForwardDesk, ForwardQuestion, RequestView

_TAG = Tag(name="forward-requests", description="Ask somebody with the right to say yes before a flagged mail goes on.")
_ONE = {200: ForwardRequestAnswer, **PROBLEMS, 404: ProblemAnswer, 409: ProblemAnswer}
_NEW = {201: ForwardRequestAnswer, **_ONE, 429: ProblemAnswer}


def forward_requests(services: Services) -> APIBlueprint:
    """The blueprint."""
    blueprint = APIBlueprint(
        "forward_requests", __name__, url_prefix="/api/v1", abp_tags=[_TAG], abp_security=[{"bearer": []}]
    )

    def desk(person: Person) -> ForwardDesk:
        return services.municipality_of(person).forwards

    @blueprint.post("/forward-requests", summary="Ask to forward", responses=_NEW)
    @demands(Access.SIGNED_IN)
    def ask(body: ForwardRequestDocument) -> tuple[dict[str, Any], int]:
        person = current_person()
        view, is_new = desk(person).ask(_question(body), person)
        return _told(view), 201 if is_new else 200

    @blueprint.get(
        "/forward-requests", summary="What waits for you", responses={200: ForwardRequestsAnswer, **PROBLEMS}
    )
    @demands(Access.SIGNED_IN)
    def listed() -> dict[str, Any]:
        person = current_person()
        waiting, decided = desk(person).waiting(person), desk(person).decided(person)
        return {"waiting": [_told(one) for one in waiting], "decided": [_told(one) for one in decided]}

    @blueprint.get("/forward-requests/<request_id>", summary="See a request", responses=_ONE)
    @demands(Access.SIGNED_IN)
    def seen(path: ForwardRequestPath) -> dict[str, Any]:
        person = current_person()
        return _told(desk(person).seen(path.request_id, person))

    _add_answers(blueprint, desk)
    return blueprint


def _add_answers(blueprint: APIBlueprint, desk: Callable[[Person], ForwardDesk]) -> None:
    @blueprint.post("/forward-requests/<request_id>/decision", summary="Approve or refuse", responses=_ONE)
    @demands(Access.SIGNED_IN)
    def decide(path: ForwardRequestPath, body: ForwardDecisionDocument) -> dict[str, Any]:
        chosen = None if body.recipients is None else frozenset(body.recipients)
        decision = ForwardDecision(body.decision == "approve", chosen, body.comment or "")
        person = current_person()
        return _told(desk(person).decide(path.request_id, decision, person))

    @blueprint.post("/forward-requests/<request_id>/withdrawal", summary="Withdraw a request", responses=_ONE)
    @demands(Access.SIGNED_IN)
    def withdraw(path: ForwardRequestPath) -> dict[str, Any]:
        person = current_person()
        return _told(desk(person).withdraw(path.request_id, person))


def _question(body: ForwardRequestDocument) -> ForwardQuestion:
    return ForwardQuestion(
        draft=body.draft.to_draft(),
        reason=DisclosureReason(body.reason),
        verdict=body.verdict or "",
        recipients=tuple(body.recipients),
        comment=body.comment or "",
    )


def _told(view: RequestView) -> dict[str, Any]:
    return request_answer(view).model_dump()
