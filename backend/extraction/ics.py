"""Calendar files (`.ics`) to drafts, one for each event.

Source: RFC 5545 (VEVENT, ATTENDEE, ATTACH), RFC 7986 (CONFERENCE), MS-OXCICAL (X-ALT-DESC, X-MICROSOFT-…).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from icalendar import Calendar, Component, vBinary, vBroken

from backend.domain.draft import (
    Attachment,
    BodyFormat,
    Draft,
    DraftKind,
    Mailbox,
    Recipient,
    RecipientRole,
)
from backend.domain.errors import UnreadableInput
from backend.extraction import codes
from backend.extraction.charsets import decode_text
from backend.extraction.limits import MAX_NAME

_OPTIONAL: Final = frozenset({"OPT-PARTICIPANT", "NON-PARTICIPANT"})
_MEETING_ADDRESSES: Final = (
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-GOOGLE-CONFERENCE",
    "CONFERENCE",
    "URL",
)
_ESCAPES: Final = (("\\\\", "\0"), ("\\n", "\n"), ("\\N", "\n"), ("\\,", ","), ("\\;", ";"), ("\0", "\\"))
_BROKEN: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


def read_ics(content: bytes, name: str) -> Iterator[Draft]:
    """The events in `content`, in order. The first has `name` as its id, the others `name#2`, `name#3`, ….

    Raises UnreadableInput (`broken_ics`) if it is no calendar or holds no event.
    """
    text = decode_text(content)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except _BROKEN as error:
        raise UnreadableInput(codes.BROKEN_ICS, type(error).__name__) from None
    if not events:
        raise UnreadableInput(codes.BROKEN_ICS, "no event")
    for number, event in enumerate(events, start=1):
        try:
            yield _draft(event, name if number == 1 else f"{name}#{number}")
        except _BROKEN as error:
            raise UnreadableInput(codes.BROKEN_ICS, type(error).__name__) from None


def _draft(event: Component, name: str) -> Draft:
    body, body_format = _body(event)
    organizer = next((_mailbox(value) for value in _values(event, "ORGANIZER")), None)
    return Draft(
        subject=_text(event, "SUMMARY"),
        body=body,
        id=name,
        kind=DraftKind.APPOINTMENT,
        body_format=body_format,
        sender=organizer,
        recipients=tuple(map(_recipient, _values(event, "ATTENDEE"))),
        attachments=tuple(map(_attachment, _values(event, "ATTACH"))),
        location=_text(event, "LOCATION"),
        online_meeting_url=_meeting_address(event),
        start=_instant(event, "DTSTART"),
        end=_instant(event, "DTEND"),
    )


def _values(event: Component, name: str) -> list[Any]:
    value = event.get(name)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(event: Component, name: str) -> str:
    return next((str(value) for value in _values(event, name)), "")


def _body(event: Component) -> tuple[str, BodyFormat]:
    """The HTML description if it holds anything, else the plain one."""
    for value in _values(event, "X-ALT-DESC"):
        if _parameter(value, "FMTTYPE").lower() == "text/html" and (html := _unescaped(str(value))).strip():
            return html, BodyFormat.HTML
    return _text(event, "DESCRIPTION"), BodyFormat.TEXT


def _unescaped(raw: str) -> str:
    """Text of a property whose type icalendar does not know, so that its escapes are still there."""
    for written, meant in _ESCAPES:
        raw = raw.replace(written, meant)
    return raw


def _parameter(value: object, name: str) -> str:
    parameters = getattr(value, "params", None) or {}
    found = parameters.get(name, "")
    return str(found if isinstance(found, str) or not isinstance(found, Iterable) else next(iter(found), ""))


def _mailbox(value: object) -> Mailbox:
    address = str(value)
    scheme, _, rest = address.partition(":")
    return Mailbox(rest if scheme.lower() == "mailto" else address, _parameter(value, "CN"))


def _recipient(value: object) -> Recipient:
    optional = _parameter(value, "ROLE").upper() in _OPTIONAL
    return Recipient(_mailbox(value), RecipientRole.OPTIONAL if optional else RecipientRole.REQUIRED)


def _attachment(value: object) -> Attachment:
    name = _parameter(value, "X-FILENAME") or _parameter(value, "FILENAME")
    content_type = _parameter(value, "FMTTYPE")
    if isinstance(value, vBinary):
        return Attachment(name[:MAX_NAME], content_type, content=value.bytes)
    # A link: only the name of what it leads to is known.
    try:
        linked = unquote(urlsplit(str(value)).path.rpartition("/")[2])
    except ValueError:
        linked = ""
    return Attachment((name or linked or str(value))[:MAX_NAME], content_type)


def _meeting_address(event: Component) -> str | None:
    found = (str(value) for name in _MEETING_ADDRESSES for value in _values(event, name))
    return next((address for address in found if address), None)


def _instant(event: Component, name: str) -> str | None:
    value = next((getattr(value, "dt", None) for value in _values(event, name) if not isinstance(value, vBroken)), None)
    return value.isoformat() if isinstance(value, date) else None
