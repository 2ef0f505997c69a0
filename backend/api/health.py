"""`GET /healthz` (the process lives) and `GET /readyz` (it can serve)."""

from typing import Any

from flask import Blueprint

from backend.api.access import Access, demands
from backend.services import Services


def health(services: Services) -> Blueprint:
    """The blueprint."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    @demands(Access.OPEN)
    def alive() -> dict[str, str]:
        return {"status": "ok"}

    @blueprint.get("/readyz")
    @demands(Access.OPEN)
    def ready() -> tuple[dict[str, Any], int]:
        database = services.store.is_reachable()
        assessors = [one.assessor for one in services.municipalities.values()]
        classifier = assessors[0].classifier
        answer = {
            "status": "ok" if database else "unavailable",
            "database": "ok" if database else "unavailable",
            "model": classifier.version,
            # Without it a smaller model answers, and finds less of what is only implied.
            "encoder": classifier.no_encoder or classifier.encoder_version,
            "policy": ", ".join(sorted({one.policy.version for one in assessors})),
        }
        return answer, 200 if database else 503

    return blueprint
