"""`POST /api/v1/thread-checks`: is this draft's thread flagged? Cheap: no text is judged."""

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, ConfigDict

from backend.api.access import Access, current_person, demands
from backend.api.documents import PROBLEMS
from backend.api.forward_documents import ThreadAnswer, thread_answer
from backend.extraction.draft_document import DraftDocument
from backend.services import Services

_TAG = Tag(name="thread-checks", description="Tell at the start whether a draft belongs to a flagged thread.")


class ThreadCheckDocument(BaseModel):
    """A draft that somebody has just begun."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    draft: DraftDocument


def thread_checks(services: Services) -> APIBlueprint:
    """The blueprint."""
    blueprint = APIBlueprint(
        "thread_checks", __name__, url_prefix="/api/v1", abp_tags=[_TAG], abp_security=[{"bearer": []}]
    )

    @blueprint.post("/thread-checks", summary="Check a thread", responses={200: ThreadAnswer, **PROBLEMS})
    @demands(Access.SIGNED_IN)
    def check(body: ThreadCheckDocument) -> dict[str, Any]:
        person = current_person()
        return thread_answer(services.municipality_of(person).senders.thread(body.draft.to_draft(), person))

    return blueprint
