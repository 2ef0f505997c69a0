"""How the stand-in for Entra ID is made to misbehave, and how it refuses."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus

from tests.backend.on_behalf_of import CLAIMS, Refused


class Endpoint(StrEnum):
    """What is asked of the authority, by the end of its path."""

    METADATA = "/v2.0/.well-known/openid-configuration"
    KEYS = "/discovery/v2.0/keys"
    TOKEN = "/oauth2/v2.0/token"
    OTHER = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """How an endpoint misbehaves. Without `body` it answers as ever.

    `delay` seconds before the answer; `trickle` seconds between its bytes; only the first `cut` bytes of it are sent;
    `dropped`: the connection is closed without an answer.
    """

    status: int = HTTPStatus.OK
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0
    trickle: float = 0
    cut: int | None = None
    dropped: bool = False


def refusal(refused: Refused) -> Fault:
    """The token endpoint refuses everybody so."""
    return Fault(refused.status, json.dumps(refused.answer).encode(), {"Content-Type": "application/json"})


DOWN = Fault(HTTPStatus.SERVICE_UNAVAILABLE, b'{"error":"temporarily_unavailable"}')
THROTTLED = Fault(HTTPStatus.TOO_MANY_REQUESTS, b'{"error":"throttled"}', {"Retry-After": "7"})
GARBAGE = Fault(body=b"<html><title>Sign in to the guest network</title></html>", headers={"Content-Type": "text/html"})
TRUNCATED = Fault(cut=40)
DROPPED = Fault(dropped=True)
MFA_NEEDED = refusal(
    Refused(
        "interaction_required",
        50076,
        "You must use multi-factor authentication.",
        suberror="basic_action",
        claims=CLAIMS,
    )
)
CLAIMS_CHALLENGED = refusal(
    Refused(
        "invalid_grant", 50158, "External security challenge was not satisfied.", suberror="basic_action", claims=CLAIMS
    )
)
SESSION_REVOKED = refusal(Refused("invalid_grant", 50173, "The provided grant has expired.", suberror="bad_token"))
CONSENT_MISSING = refusal(Refused("invalid_grant", 65001, "Not consented to.", suberror="consent_required"))
