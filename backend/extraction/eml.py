"""Internet mail (`.eml`) to a draft.

The standard parser builds the tree with the policy that keeps headers as raw text: its structured header classes
raise on broken addresses and charsets, and their readers are quadratic. Headers are read by `mail_headers`.
"""

import base64
import codecs
from email import message_from_bytes, policy
from email.message import Message
from typing import Final

from backend.domain.draft import BodyFormat, Draft, Recipient, RecipientRole
from backend.domain.errors import UnreadableInput
from backend.extraction import codes
from backend.extraction.charsets import decode_text
from backend.extraction.eml_parts import MimeContent, collect
from backend.extraction.limits import MAX_ID
from backend.extraction.mail_headers import compose_type, decode_header, mailboxes

_MARKS: Final = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ROLES: Final = (("to", RecipientRole.TO), ("cc", RecipientRole.CC), ("bcc", RecipientRole.BCC))
_ENCRYPTED_TYPES: Final = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
# S/MIME that a gateway renamed, and Microsoft's rights management.
_SEALED: Final = ("smime.p7m", ".rpmsg")
_THREAD_ROOT: Final = 22
_DOUBLED_WITHIN: Final = 1000
_LONGEST_HEADERS: Final = 4 * 1024 * 1024


def read_eml(content: bytes, name: str) -> Draft:
    """The mail in `content`; `name` becomes the draft's id.

    The body is the HTML alternative if there is one. Attached mails are attachments with their bytes.
    Raises UnreadableInput: `broken_eml` (no header at all, or nested beyond reason), `encrypted_message` (S/MIME, PGP
    or rights-managed, so that the text cannot be read).
    """
    if _headers_length(content) > _LONGEST_HEADERS:
        raise UnreadableInput(codes.BROKEN_EML, "headers too long")
    if content.startswith(_MARKS):
        content = decode_text(content).encode()
    if b"\r\r\n" in content[:_DOUBLED_WITHIN]:
        # Written twice by programs that turn line ends: each header would be the last.
        content = content.replace(b"\r\r\n", b"\r\n")
    try:
        message = message_from_bytes(content, policy=policy.compat32)
        if not message.keys():
            raise UnreadableInput(codes.BROKEN_EML, "no header")
        mime = collect(message)
    except RecursionError:
        raise UnreadableInput(codes.BROKEN_EML, "nested too deeply") from None
    headers = _headers(message)
    if message.get_content_type() in _ENCRYPTED_TYPES or _is_sealed(mime):
        raise UnreadableInput(codes.ENCRYPTED_MESSAGE, message.get_content_type())
    subject = decode_header(headers.get("subject", ""))
    in_reply_to = decode_header(headers.get("in-reply-to", ""))[:MAX_ID] or None
    senders = mailboxes(headers.get("from", "")) or mailboxes(headers.get("sender", ""))
    return Draft(
        subject=subject,
        body=mime.body,
        id=name,
        compose_type=compose_type(subject, answers=in_reply_to is not None),
        body_format=BodyFormat.HTML if mime.is_html else BodyFormat.TEXT,
        sender=senders[0] if senders else None,
        recipients=tuple(Recipient(box, role) for field, role in _ROLES for box in mailboxes(headers.get(field, ""))),
        attachments=tuple(mime.attachments),
        conversation_id=_conversation(headers.get("thread-index", "")),
        in_reply_to=in_reply_to,
    )


def _headers_length(content: bytes) -> int:
    ends = [end for end in (content.find(b"\r\n\r\n"), content.find(b"\n\n")) if end >= 0]
    return min(ends, default=len(content))


def _headers(message: Message) -> dict[str, str]:
    """The first header of each name; of addresses all, joined."""
    headers: dict[str, str] = {}
    for key, value in message.raw_items():
        field = key.lower()
        if field in headers and field in {"to", "cc", "bcc"}:
            headers[field] += "," + str(value)
        else:
            headers.setdefault(field, str(value))
    return headers


def _conversation(thread_index: str) -> str | None:
    """The part of Outlook's thread index that all messages of a thread share (MS-OXOMSG 2.2.1.3: 22 bytes)."""
    try:
        root = base64.b64decode("".join(thread_index.split()))[:_THREAD_ROOT]
    except ValueError:
        return None
    return base64.b64encode(root).decode("ascii") if len(root) == _THREAD_ROOT else None


def _is_sealed(mime: MimeContent) -> bool:
    """Whether the mail is only a wrapper around an encrypted file."""
    return any(attachment.name.lower().endswith(_SEALED) for attachment in mime.attachments)
