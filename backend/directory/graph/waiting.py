"""How long a service asks to be left alone: the Retry-After header (RFC 9110, 10.2.3)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

UNSAID_WAIT = 5.0
"""Seconds to wait where a throttled answer does not say."""


def seconds_to_wait(headers: Mapping[str, str]) -> float | None:
    """Seconds from now, from a number or a date; None where the header is missing or makes no sense."""
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        at = parsedate_to_datetime(said)
    except (TypeError, ValueError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max((at - datetime.now(UTC)).total_seconds(), 0.0)
