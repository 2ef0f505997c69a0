"""The MIME tree of a mail flattened into one body and its attachments."""

from dataclasses import dataclass, field
from email.message import Message
from html import escape
from typing import Final

from backend.domain.draft import Attachment
from backend.extraction.charsets import decode_text
from backend.extraction.flowed_text import unflow
from backend.extraction.limits import MAX_NAME
from backend.extraction.mail_headers import decode_header

_TEXT: Final = "text/plain"
_HTML: Final = "text/html"
_MAIL: Final = "message/rfc822"


@dataclass(slots=True)
class MimeContent:
    """What a mail holds: the texts shown one below the other, and the attachments. `repr` shows none of it."""

    attachments: list[Attachment] = field(default_factory=list)
    _texts: list[tuple[str, bool]] = field(default_factory=list, repr=False)

    def add_text(self, text: str, *, is_html: bool) -> None:
        """Text that the reader sees below what is there."""
        self._texts.append((text, is_html))

    @property
    def is_html(self) -> bool:
        """Whether any of the text is HTML; then all of `body` is."""
        return any(is_html for _, is_html in self._texts)

    @property
    def body(self) -> str:
        """All text. Plain text among HTML is set in `<pre>`."""
        mixed = self.is_html
        return "\n".join(_as_html(text) if mixed and not is_html else text for text, is_html in self._texts)


def collect(message: Message) -> MimeContent:
    """The body and attachments of a parsed mail, without recursion. Of alternatives the HTML one is taken."""
    content = MimeContent()
    waiting = [message]
    while waiting:
        part = waiting.pop()
        children = _children(part)
        if children is None:
            _add_leaf(content, part)
        elif part.get_content_subtype() == "alternative":
            waiting.extend(reversed(_chosen(children)))
        else:
            waiting.extend(reversed(children))
    return content


def _children(part: Message) -> list[Message] | None:
    return _inner(part) if part.get_content_maintype() == "multipart" and part.is_multipart() else None


def _inner(part: Message) -> list[Message]:
    """The messages that a part was parsed into. Text is never asked for here: the parser would call any codec named."""
    payload = part.get_payload() if part.is_multipart() else ()
    return [child for child in payload if isinstance(child, Message)]


def _bytes(part: Message) -> bytes | None:
    """A leaf's content without its transfer encoding, None if there is none."""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else None


def _chosen(alternatives: list[Message]) -> list[Message]:
    """The richest form that can be read, and what is no form of the text (a calendar, say)."""
    rich = plain = None
    others = []
    for part in alternatives:
        if part.get_content_type() == _HTML or part.get_content_maintype() == "multipart":
            rich = part
        elif part.get_content_type() == _TEXT:
            plain = part
        else:
            others.append(part)
    form = rich or plain
    return others if form is None else [form, *others]


def _is_text(part: Message) -> bool:
    return part.get_content_type() in {_TEXT, _HTML}


def _add_leaf(content: MimeContent, part: Message) -> None:
    if part.get_content_type() == _MAIL:
        content.attachments.append(_attached_mail(part))
    elif _is_text(part) and part.get_content_disposition() != "attachment" and not _file_name(part):
        content.add_text(_text(part), is_html=part.get_content_type() == _HTML)
    elif part.get_content_maintype() != "multipart":
        content.attachments.append(
            Attachment(
                name=_file_name(part),
                content_type=part.get_content_type(),
                inline=part.get_content_disposition() == "inline" or bool(part["content-id"]),
                content=_bytes(part),
            )
        )
    else:
        # Said to be multipart, but without its boundary: shown as it stands.
        content.add_text(_text(part), is_html=False)


def _text(part: Message) -> str:
    charset = part.get_param("charset") or ""
    text = decode_text(_bytes(part) or b"", charset if isinstance(charset, str) else charset[2])
    if part.get_content_type() == _HTML:
        return text
    text = text.replace("\r\n", "\n")
    if str(part.get_param("format") or "").lower() == "flowed":
        return unflow(text, delete_space=str(part.get_param("delsp") or "").lower() == "yes")
    return text


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename() or ""
    except (LookupError, ValueError, TypeError):
        name = ""
    return decode_header(name)[:MAX_NAME]


def _attached_mail(part: Message) -> Attachment:
    inner = next(iter(_inner(part)), None)
    if inner is None:
        return Attachment(_file_name(part), _MAIL, content=_bytes(part))
    subject = next((str(value) for key, value in inner.raw_items() if key.lower() == "subject"), "")
    try:
        content = inner.as_bytes()
    except (LookupError, ValueError, TypeError, AttributeError):
        content = None
    return Attachment(_file_name(part) or decode_header(subject)[:MAX_NAME], _MAIL, content=content)


def _as_html(text: str) -> str:
    return f"<pre>{escape(text, quote=False)}</pre>"
