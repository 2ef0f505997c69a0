"""`POST /api/v1/feedback`: "this was wrong", with the right label. No text is kept."""

from typing import Annotated, Any, Literal

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field

from backend.api.access import Access, current_person, demands
from backend.api.documents import PROBLEMS, ProblemAnswer
from backend.api.metrics import observe_feedback
from backend.domain.label import Category, Label
from backend.extraction.draft_document import DraftDocument, without_lone_surrogates
from backend.services import Services
from backend.workflow.take_feedback import Answer

_TAG = Tag(name="feedback", description="Say that an assessment was wrong.")
_Id = Annotated[str, BeforeValidator(without_lone_surrogates), Field(min_length=1, max_length=1000)]
_Code = Annotated[str, Field(max_length=100)]
_MOST_FINDINGS = 5_000
"""More than one assessment reports."""


class ReasonDocument(BaseModel):
    """A reason of the assessment, and whether the sender says that it is right."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    rule: _Code
    category: Category | None = None
    right: Annotated[bool, Field(strict=True)] = False


class FeedbackDocument(BaseModel):
    """The right label for an assessment. With `draft`, any worker can answer; nothing of its text is kept."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    id: Annotated[_Id, Field(validation_alias=AliasChoices("id", "assessment_id"))]
    label: Literal["none", "kanslig", "mycket_kanslig"]
    categories: Annotated[list[Category], Field(max_length=len(Category))] | None = None
    findings: Annotated[list[ReasonDocument], Field(max_length=_MOST_FINDINGS)] = []
    draft: DraftDocument | None = None


class FeedbackAnswer(BaseModel):
    """The receipt is the same when the same person answers for the same assessment again: the last answer counts."""

    model_config = ConfigDict(extra="forbid")

    receipt: str


def feedback(services: Services) -> APIBlueprint:
    """The blueprint."""
    blueprint = APIBlueprint("feedback", __name__, url_prefix="/api/v1", abp_tags=[_TAG], abp_security=[{"bearer": []}])
    responses = {201: FeedbackAnswer, **PROBLEMS, 404: ProblemAnswer, 429: ProblemAnswer}

    @blueprint.post("/feedback", summary="Say that an assessment was wrong", responses=responses)
    @demands(Access.SIGNED_IN)
    def take(body: FeedbackDocument) -> tuple[dict[str, Any], int]:
        answer = Answer(
            assessment=body.id,
            right=Label(body.label),
            categories=None if body.categories is None else tuple(sorted(set(body.categories))),
            wrong_rules=frozenset(one.rule for one in body.findings if not one.right),
            draft=body.draft.to_draft() if body.draft else None,
        )
        person = current_person()
        receipt = services.municipality_of(person).feedback.take(answer, person)
        observe_feedback(answer.right)
        return {"receipt": receipt}, 201

    return blueprint
