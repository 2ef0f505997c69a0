"""`GET /api/v1/policy`: labels, texts, channels and grounds as the add-in shows them."""

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from backend.api.access import Access, current_person, demands
from backend.decision.policy import Policy
from backend.decision.policy_file import LabelText
from backend.services import Services

_TAG = Tag(name="policy", description="What the add-in needs to know of the municipality's policy.")


def policy(services: Services) -> APIBlueprint:
    """The blueprint."""
    blueprint = APIBlueprint("policy", __name__, url_prefix="/api/v1", abp_tags=[_TAG], abp_security=[{"bearer": []}])
    answers = {tenant: policy_answer(one.assessor.policy) for tenant, one in services.municipalities.items()}

    @blueprint.get("/policy", summary="The policy as the add-in shows it")
    @demands(Access.SIGNED_IN)
    def read() -> dict[str, Any]:
        person = current_person()
        _ = services.municipality_of(person)
        return answers[person.tenant]

    return blueprint


def policy_answer(read: Policy) -> dict[str, Any]:
    """The policy as JSON."""
    rules = read.rules
    return {
        "id": read.id,
        "version": read.version,
        "name": rules.name,
        "labels": [_label(read, text) for text in rules.label],
        "categories": [
            {"id": category.value, "name": text.name, "name_en": text.name_en}
            for category, text in rules.categories.items()
        ],
        "grounds": {
            kind: [
                {"code": ground.code, "text": ground.text, "text_en": ground.text_en}
                for ground in rules.ground
                if ground.kind == kind
            ]
            for kind in ("personnummer", "sensitive", "photo")
        },
        "reasons": [
            {"code": reason.code.value, "text": reason.text, "text_en": reason.text_en, "source": reason.source}
            for reason in rules.reason
        ],
        "sources": [row.model_dump() for row in rules.guideline],
        "channels": [channel.model_dump() for channel in rules.channel],
        "folder": rules.places.folder,
    }


def _label(read: Policy, text: LabelText) -> dict[str, Any]:
    return {
        "id": text.id.value,
        "name": text.name,
        "name_en": text.name_en,
        "color": text.color,
        "classification": [
            {"aspect": read.rules.aspects[aspect], "level": level} for aspect, level in text.classification.items()
        ],
        "channel": text.channel,
        "assurance": text.assurance,
    }
