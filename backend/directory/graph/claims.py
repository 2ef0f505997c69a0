"""Claims challenges: what a renewed sign-in must prove.

Source: learn.microsoft.com/entra/identity-platform/claims-challenge.
"""

import json

_LONGEST_CLAIMS = 8_000


def usable_claims(claims: object) -> str:
    """A claims challenge that can be handed on: a JSON object of a sensible length, in ASCII; else empty."""
    if not isinstance(claims, str) or len(claims) > _LONGEST_CLAIMS:
        return ""
    try:
        read = json.loads(claims)
    except (ValueError, RecursionError):
        return ""
    return json.dumps(read) if isinstance(read, dict) else ""
