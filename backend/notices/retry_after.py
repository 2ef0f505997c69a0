"""How long a service asks to be left alone: the Retry-After header (RFC 9110, 10.2.3)."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

UNSAID_WAIT = 30.0
"""Seconds to wait where a throttled answer does not say."""
_LONGEST = 3600.0


def seconds_of(said: str) -> float:
    """Seconds from now, from a number or a date; at most an hour."""
    said = said.strip()
    if said.isascii() and said.isdigit():
        return min(float(said[:9]), _LONGEST)
    try:
        at = parsedate_to_datetime(said)
    except (TypeError, ValueError, OverflowError):
        return UNSAID_WAIT
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - datetime.now(UTC)).total_seconds(), 0.0), _LONGEST)
