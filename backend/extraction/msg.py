"""Outlook message files (`.msg`) to a draft.

Read with olefile (BSD): it gives the streams, and the few properties needed are simple. RTF bodies are not read.
"""

import struct
from typing import Final

from backend.domain.draft import (
    Attachment,
    BodyFormat,
    Draft,
    DraftKind,
    Mailbox,
    Recipient,
    RecipientRole,
)
from backend.domain.errors import CodedError, UnreadableInput
from backend.extraction import codes
from backend.extraction.charsets import decode_text
from backend.extraction.eml_writer import draft_to_eml
from backend.extraction.limits import MAX_ATTACHMENTS, MAX_ID, MAX_NAME, MAX_RECIPIENTS
from backend.extraction.mail_headers import compose_type
from backend.extraction.msg_storage import MsgStorage, open_message

_CLASS, _SUBJECT, _BODY, _RTF, _HTML = 0x001A, 0x0037, 0x1000, 0x1009, 0x1013
_SENDER_NAME, _SENDER_ADDRESS, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_REPRESENTED_NAME, _REPRESENTED_ADDRESS, _REPRESENTED_SMTP = 0x0042, 0x0065, 0x5D02
_NAME, _ADDRESS, _SMTP, _ROLE = 0x3001, 0x3003, 0x39FE, 0x0C15
_CONTENT, _LONG_FILE, _FILE, _MIME, _CONTENT_ID = 0x3701, 0x3707, 0x3704, 0x370E, 0x3712
_IN_REPLY_TO, _START, _END = 0x1042, 0x0060, 0x0061
_LOCATION_LID: Final = 0x8208
_MAIL_ROLES: Final = {1: RecipientRole.TO, 2: RecipientRole.CC, 3: RecipientRole.BCC}
_MEETING_ROLES: Final = {1: RecipientRole.REQUIRED, 2: RecipientRole.OPTIONAL, 3: RecipientRole.OPTIONAL}
_DEEPEST: Final = 4
# What olefile lets through on damaged files.
_BROKEN: Final = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    struct.error,
    RecursionError,
)


def read_msg(content: bytes, name: str) -> Draft:
    """The message in `content`; `name` becomes the draft's id.

    A message within is an attachment of type `message/rfc822`, written as Internet mail.
    Raises UnreadableInput: `broken_msg`, `encrypted_message`, `msg_body_unreadable` (the text exists only as RTF), and
    InputTooLarge (`file_too_large`).
    """
    try:
        with open_message(content) as storage:
            return _message(storage, name, 0)
    except CodedError:
        raise
    except _BROKEN as error:
        raise UnreadableInput(codes.BROKEN_MSG, type(error).__name__) from None


def _message(storage: MsgStorage, name: str, depth: int) -> Draft:
    message_class = storage.text(_CLASS).lower()
    attachments = tuple(_attachment(each, depth) for each in storage.children("__attach_version1.0_", MAX_ATTACHMENTS))
    if "smime" in message_class and "multipartsigned" not in message_class:
        raise UnreadableInput(codes.ENCRYPTED_MESSAGE, "S/MIME")
    if any(attachment.name.lower().endswith(".rpmsg") for attachment in attachments):
        raise UnreadableInput(codes.ENCRYPTED_MESSAGE, "rights management")
    meeting = message_class.startswith(("ipm.appointment", "ipm.schedule.meeting"))
    body, body_format = _body(storage)
    subject = storage.text(_SUBJECT)
    in_reply_to = storage.text(_IN_REPLY_TO)[:MAX_ID] or None
    recipients = storage.children("__recip_version1.0_", MAX_RECIPIENTS)
    return Draft(
        subject=subject,
        body=body,
        id=name,
        kind=DraftKind.APPOINTMENT if meeting else DraftKind.MESSAGE,
        compose_type=compose_type(subject, answers=in_reply_to is not None),
        body_format=body_format,
        sender=_sender(storage),
        recipients=tuple(_recipient(each, meeting=meeting) for each in recipients),
        attachments=attachments,
        in_reply_to=in_reply_to,
        location=_location(storage) if meeting else "",
        start=storage.time(_START) if meeting else None,
        end=storage.time(_END) if meeting else None,
    )


def _body(storage: MsgStorage) -> tuple[str, BodyFormat]:
    html = storage.binary(_HTML)
    if html:
        return decode_text(html, storage.code_page).rstrip("\0"), BodyFormat.HTML
    if written := storage.text(_HTML):
        return written, BodyFormat.HTML
    text = storage.text(_BODY)
    if not text.strip() and storage.binary(_RTF):
        raise UnreadableInput(codes.MSG_BODY_UNREADABLE, "RTF only")
    return text.replace("\r\n", "\n"), BodyFormat.TEXT


def _sender(storage: MsgStorage) -> Mailbox | None:
    # A delegate sends for somebody: the one represented is the sender that readers see.
    address = storage.text(_REPRESENTED_SMTP, _SENDER_SMTP, _REPRESENTED_ADDRESS, _SENDER_ADDRESS)
    name = storage.text(_REPRESENTED_NAME, _SENDER_NAME)
    return Mailbox(address, name) if address or name else None


def _recipient(storage: MsgStorage, *, meeting: bool) -> Recipient:
    roles = _MEETING_ROLES if meeting else _MAIL_ROLES
    mailbox = Mailbox(storage.text(_SMTP, _ADDRESS), storage.text(_NAME))
    # The low bits are the role; the others tell how the recipient was resolved.
    return Recipient(mailbox, roles.get(storage.number(_ROLE) & 0xF, roles[1]))


def _attachment(storage: MsgStorage, depth: int) -> Attachment:
    name = storage.text(_LONG_FILE, _FILE, _NAME)[:MAX_NAME]
    inner = storage.embedded(_CONTENT)
    if inner is None:
        inline = bool(storage.text(_CONTENT_ID))
        return Attachment(name, storage.text(_MIME)[:MAX_NAME], inline, storage.binary(_CONTENT))
    content = None
    if depth < _DEEPEST:
        draft = _message(inner, name, depth + 1)
        name = name or draft.subject[:MAX_NAME]
        content = draft_to_eml(draft)
    return Attachment(name, "message/rfc822", content=content)


def _location(storage: MsgStorage) -> str:
    """The place of a booking: a named property whose id the file itself assigns (MS-OXMSG 2.2.3)."""
    entries = storage.raw("__nameid_version1.0", "__substg1.0_00030102") or b""
    for lid, _, index in struct.iter_unpack("<IHH", entries[: len(entries) // 8 * 8]):
        if lid == _LOCATION_LID:
            return storage.text(0x8000 + index)
    return ""
