"""What came of one request in a batch."""

from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from backend.directory.graph.claims import usable_claims
from backend.directory.graph.waiting import UNSAID_WAIT, seconds_to_wait
from backend.domain.directory import NotTold

_WAITS = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT}
_FINAL = {HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
PASSING = {NotTold.DIRECTORY_DOWN, NotTold.DIRECTORY_SLOW, NotTold.DIRECTORY_BUSY, NotTold.SIGN_IN_AGAIN}
"""Reasons that may be gone the next time."""


@dataclass(frozen=True, slots=True)
class Reply:
    """`reason` is None where Graph told all; else `rows` may be some of it. `repr` shows neither rows nor claims.

    `wait` is how many seconds Graph asks to be left alone, None where it does not. `claims` is a claims challenge.
    `next` is where more rows are. `status` is 0 where no answer came.
    """

    reason: NotTold | None = None
    rows: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    count: int | None = None
    status: int = 0
    wait: float | None = None
    claims: str = field(default="", repr=False)
    next: str = field(default="", repr=False)

    @property
    def passing(self) -> bool:
        """Whether it was not told for a reason that may be gone the next time."""
        return self.reason in PASSING and self.status not in _FINAL


def reply(status: object, headers: object, content: object) -> Reply:
    """Reads a status, headers and JSON, of which any may be something else than Graph documents."""
    if not isinstance(status, int) or isinstance(status, bool):
        return Reply(NotTold.DIRECTORY_DOWN)
    if status == HTTPStatus.OK:
        return _rows(content)
    named = {str(name): str(value) for name, value in headers.items()} if isinstance(headers, Mapping) else {}
    if status in _WAITS:
        wait = seconds_to_wait(named)
        busy = status == HTTPStatus.TOO_MANY_REQUESTS or wait is not None
        reason = NotTold.DIRECTORY_BUSY if busy else NotTold.DIRECTORY_DOWN
        return Reply(reason, status=status, wait=(UNSAID_WAIT if wait is None else wait) if busy else None)
    if status == HTTPStatus.UNAUTHORIZED:
        return Reply(NotTold.SIGN_IN_AGAIN, status=status, claims=challenged_claims(named))
    if status == HTTPStatus.FORBIDDEN:
        return Reply(NotTold.NOT_PERMITTED, status=status)
    return Reply(NotTold.DIRECTORY_DOWN, status=status)


def challenged_claims(headers: Mapping[str, str]) -> str:
    """The claims challenge (JSON) of a 401, empty where there is none.

    Source: learn.microsoft.com/entra/identity-platform/claims-challenge.
    """
    said = next((value for name, value in headers.items() if name.lower() == "www-authenticate"), "")
    if "insufficient_claims" not in said:
        return ""
    coded = said.partition('claims="')[2].partition('"')[0]
    try:
        claims = urlsafe_b64decode(coded.replace("+", "-").replace("/", "_") + "=" * (-len(coded) % 4)).decode()
    except (NotBase64, ValueError):
        return ""
    return usable_claims(claims)


def _rows(content: object) -> Reply:
    """A collection, or one object as a collection of one."""
    if not isinstance(content, Mapping) or "error" in content:
        return Reply(NotTold.DIRECTORY_DOWN, status=HTTPStatus.OK)
    rows = content.get("value", [content] if "id" in content else None)
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return Reply(NotTold.DIRECTORY_DOWN, status=HTTPStatus.OK)
    count, more = content.get("@odata.count"), content.get("@odata.nextLink", "")
    if not isinstance(more, str):
        return Reply(NotTold.DIRECTORY_DOWN, status=HTTPStatus.OK)
    counted = count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None
    return Reply(None, tuple(rows), counted, HTTPStatus.OK, next=more)
