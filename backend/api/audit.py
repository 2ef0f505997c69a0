"""`GET /api/v1/audit`: the audit log as a file, for the data-protection officer's own programs."""

from collections.abc import Iterator

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag
from pydantic import BaseModel, Field

from backend.api.access import Access, current_person, demands
from backend.domain.person import Role
from backend.services import Services

_TAG = Tag(name="audit", description="What has happened, as codes. Reading it is an event of its own.")
_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


class AuditExport(BaseModel):
    """How the log is wanted."""

    format: str = Field(default="jsonl", max_length=20, description="jsonl (names of ECS) or csv")


def audit(services: Services) -> APIBlueprint:
    """The blueprint."""
    blueprint = APIBlueprint("audit", __name__, url_prefix="/api/v1", abp_tags=[_TAG], abp_security=[{"bearer": []}])

    @blueprint.get("/audit", summary="The audit log, oldest first (data-protection officer)")
    @demands(Access.SIGNED_IN, Role.DATA_PROTECTION_OFFICER)
    def export(query: AuditExport) -> Response:
        person = current_person()
        return export_response(services.municipality_of(person).audit.export(person, query.format), query.format)

    return blueprint


def export_response(lines: Iterator[str], form: str) -> Response:
    """The lines as they come, as a file to be kept."""
    response = Response(lines, content_type=_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="sandkoll-audit.{form}"'
    return response
