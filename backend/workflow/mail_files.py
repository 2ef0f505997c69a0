"""Whether an attachment is a mail: by its type, its name, or how its content begins."""

from typing import Final

from backend.domain.draft import Attachment
from backend.threads.plain_text import plain_text

_TYPES: Final = frozenset({"message/rfc822", "message/global", "application/vnd.ms-outlook"})
_SUFFIXES: Final = (".eml", ".msg", ".emlx")
_AROUND: Final = " \t\r\n.,;:'\"*()[]<>"
"""Signs around a name that programs leave out."""
_LONGEST_NAME: Final = 1000
_LOOKED_AT: Final = 65_536
_HEADER_LINES: Final = 500
_TELLING: Final = frozenset({b"message-id", b"received", b"from", b"date", b"return-path", b"mime-version"})
_HEADERS: Final = _TELLING | {b"to", b"cc", b"subject", b"sender", b"reply-to", b"in-reply-to", b"references"}
_FEWEST_HEADERS: Final = 2
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK: Final = "__substg1.0_".encode("utf-16-le")
"""What streams of an Outlook message are called in its directory."""


def is_mail(attachment: Attachment) -> bool:
    """Whether an attachment is a mail. Linear in its size; of most files the beginning alone is read."""
    kind = attachment.content_type.partition(";")[0].strip().strip("\"'").lower()
    return kind in _TYPES or _is_mail_name(attachment.name) or _begins_like_mail(attachment.content or b"")


def _is_mail_name(name: str) -> bool:
    return plain_text(name[-_LONGEST_NAME:]).casefold().strip(_AROUND).endswith(_SUFFIXES)


def _begins_like_mail(content: bytes) -> bool:
    """Whether headers of a mail stand first: at least two, and one that a person's text does not begin with."""
    if content.startswith(_OLE):
        return _OUTLOOK in content
    start = content[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf\0 \t\r\n")
    found = set()
    for line in start.split(b"\n", _HEADER_LINES)[:_HEADER_LINES]:
        name, colon, _ = line.partition(b":")
        if colon and name and name == name.strip():
            found.add(name.lower())
        elif not line.strip() or not (line[:1].isspace() or line.lstrip(b">").startswith(b"From ")):
            break
    return len(found & _HEADERS) >= _FEWEST_HEADERS and bool(found & _TELLING)
