"""`POST /api/v1/recipient-checks`: who each recipient really is."""

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from backend.api.access import Access, current_person, demands
from backend.api.documents import PROBLEMS
from backend.api.metrics import observe_recipients
from backend.api.recipient_answers import recipients_answer
from backend.api.recipient_documents import RecipientCheckDocument, RecipientChecksAnswer
from backend.domain.draft import Mailbox, Recipient, RecipientRole
from backend.domain.label import Label
from backend.services import Services

_TAG = Tag(name="recipient-checks", description="Verify recipients against the directory.")


def recipient_checks(services: Services) -> APIBlueprint:
    """The blueprint."""
    blueprint = APIBlueprint(
        "recipient_checks", __name__, url_prefix="/api/v1", abp_tags=[_TAG], abp_security=[{"bearer": []}]
    )
    responses = {200: RecipientChecksAnswer, **PROBLEMS}

    @blueprint.post("/recipient-checks", summary="Check recipients", responses=responses)
    @demands(Access.SIGNED_IN)
    def check(body: RecipientCheckDocument) -> dict[str, Any]:
        person = current_person()
        recipients = [Recipient(Mailbox(one.address, one.name), RecipientRole(one.role)) for one in body.recipients]
        sender = Mailbox(body.sender.address, body.sender.name) if body.sender else None
        label = Label(body.label) if body.label else Label.NONE
        decided = services.municipality_of(person).recipients.check(recipients, sender, label, person)
        observe_recipients(decided)
        answer = recipients_answer(decided)
        return {"recipients": answer["each"], "concerns": answer["concerns"], "to_confirm": answer["to_confirm"]}

    return blueprint
