"""A draft written as Internet mail, for messages that stand inside another file format."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from backend.domain.draft import Attachment, BodyFormat, Draft, Mailbox, RecipientRole

_FIELDS: Final = {RecipientRole.CC: "Cc", RecipientRole.BCC: "Bcc", RecipientRole.OPTIONAL: "Cc"}
_MAIL: Final = "message/rfc822"


def draft_to_eml(draft: Draft) -> bytes:
    """ASCII mail with subject, sender, recipients, body and attachments; reading it gives the same texts."""
    # All parts are base64 or mails with another digest: the border cannot stand in them.
    border = f"=_{hashlib.sha256(repr((draft.subject, draft.body)).encode('utf-8', 'replace')).hexdigest()[:32]}"
    lines = [*_headers(draft), "MIME-Version: 1.0", f'Content-Type: multipart/mixed; boundary="{border}"', ""]
    for part in (_body(draft), *map(_attachment, draft.attachments)):
        lines += (f"--{border}", *part)
    lines += (f"--{border}--", "")
    return "\r\n".join(lines).encode("ascii", "replace")


def _headers(draft: Draft) -> Iterator[str]:
    yield f"Subject: {_encoded(draft.subject)}"
    if draft.sender:
        yield f"From: {_written(draft.sender)}"
    for recipient in draft.recipients:
        yield f"{_FIELDS.get(recipient.role, 'To')}: {_written(recipient.mailbox)}"


def _body(draft: Draft) -> Iterator[str]:
    subtype = "html" if draft.body_format is BodyFormat.HTML else "plain"
    yield f"Content-Type: text/{subtype}; charset=utf-8"
    yield from _packed(draft.body.encode("utf-8", "replace"))


def _attachment(attachment: Attachment) -> Iterator[str]:
    name = f"filename*=utf-8''{quote(attachment.name, safe='', errors='replace')}"
    if attachment.content_type == _MAIL and attachment.content is not None and attachment.content.isascii():
        yield f"Content-Type: {_MAIL}"
        yield f"Content-Disposition: attachment; {name}"
        yield ""
        yield attachment.content.decode("ascii")
        return
    yield f"Content-Type: {_plain_type(attachment.content_type)}"
    yield f"Content-Disposition: {'inline' if attachment.inline else 'attachment'}; {name}"
    yield from _packed(attachment.content or b"")


def _packed(content: bytes) -> Iterator[str]:
    yield "Content-Transfer-Encoding: base64"
    yield ""
    yield base64.encodebytes(content).decode("ascii").rstrip("\n").replace("\n", "\r\n")


def _plain_type(content_type: str) -> str:
    safe = content_type.isascii() and content_type.isprintable() and content_type.count("/") == 1
    if safe and not content_type.startswith(("message/", "multipart/")):
        return content_type
    return "application/octet-stream"


def _written(mailbox: Mailbox) -> str:
    address = "".join(mailbox.address.split())
    return f"{_encoded(mailbox.name)} <{address if address.isascii() else _encoded(address)}>"


def _encoded(text: str) -> str:
    return f"=?utf-8?B?{base64.b64encode(text.encode('utf-8', 'replace')).decode('ascii')}?=" if text else ""
