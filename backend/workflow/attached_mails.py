"""Mails that a draft carries as attachments: which messages they are and answer, and what stands in them."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Final

from backend.domain.draft import BodyFormat, Draft
from backend.domain.errors import CodedError
from backend.domain.part import Part
from backend.extraction.parts import extract_parts
from backend.extraction.read_file import read_draft_bytes
from backend.workflow.mail_files import is_mail

_MOST: Final = 20
"""Mails that are read, those within attached ones counted."""
_MOST_BYTES: Final = 8 * 1024 * 1024
_MOST_BOUNDARIES: Final = 5000
"""Lines that may part one piece of a mail from the next."""
_MOST_STEPS: Final = 1_200_000
"""Of the parser: it holds each line against all boundaries that are open."""
_MOST_MARKUP: Final = 1_000_000
"""Characters of HTML. To read these can take a second, a hundred times as long as plain text."""
_MOST_TEXT: Final = 400_000
_HEADER_BYTES: Final = 256 * 1024
_MOST_IDS: Final = 100
"""Of one mail: a long thread names its messages in `References`, the newest last."""
_LONGEST_ID: Final = 1000
_TEXTS: Final = ("body", "quoted")


@dataclass(frozen=True, slots=True)
class AttachedMail:
    """What leads from an attached mail to its thread. `unread`: not all of its text is known. `repr` shows no text."""

    message_ids: tuple[str, ...] = field(default=(), repr=False)
    conversation_id: str | None = field(default=None, repr=False)
    parts: tuple[Part, ...] = field(default=(), repr=False)
    unread: bool = False


@dataclass(slots=True)
class _Room:
    """What may still be read of all mails of a draft together."""

    size: int = _MOST_BYTES
    boundaries: int = _MOST_BOUNDARIES
    steps: int = _MOST_STEPS
    markup: int = _MOST_MARKUP
    text: int = _MOST_TEXT

    def for_bytes(self, content: bytes) -> bool:
        """Whether a mail may be parsed; it is counted then. What is over is told without parsing it."""
        size = len(content)
        if size > self.size:
            return False
        boundaries = content.count(b"\n--") + content.count(b"\r--")
        lines = content.count(b"\n") + content.count(b"\r")
        steps = lines * (1 + content.lower().count(b"boundary"))
        if boundaries > self.boundaries or steps > self.steps:
            return False
        self.size -= size
        self.boundaries -= boundaries
        self.steps -= steps
        return True

    def for_markup(self, mail: Draft) -> bool:
        """Whether the text may be taken out of a parsed mail."""
        size = len(mail.body) if mail.body_format is BodyFormat.HTML else 0
        if size > self.markup:
            return False
        self.markup -= size
        return True

    def cut(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        """Of the parts what may still be looked up."""
        kept = []
        for part in parts:
            whole = len(part.text) <= self.text
            kept.append(part if whole else Part(part.id, part.text[: self.text]))
            self.text -= len(kept[-1].text)
        return tuple(kept)


def attached_mails(draft: Draft) -> Iterator[AttachedMail]:
    """The mails that a draft carries, with those within them, read or not. Their parts are called `attachment:N`.

    Of a draft with more than can be read some have no text, and one stands for all that are over the number.
    """
    room = _Room()
    waiting = deque((number, one) for number, one in enumerate(draft.attachments) if is_mail(one))
    for _ in range(_MOST):
        if not waiting:
            return
        number, attachment = waiting.popleft()
        if attachment.content is None:
            yield AttachedMail(unread=True)
            continue
        mail = _read(attachment.content) if room.for_bytes(attachment.content) else None
        texts = None if mail is None or not room.for_markup(mail) else _texts(mail, number)
        parts = room.cut(texts or ())
        whole = texts is not None and parts == texts
        yield AttachedMail(
            message_ids=_message_ids(attachment.content),
            conversation_id=None if mail is None else mail.conversation_id,
            parts=parts,
            unread=not whole and bool(attachment.content.strip()),
        )
        waiting += () if mail is None else [(number, one) for one in mail.attachments if is_mail(one)]
    if waiting:
        yield AttachedMail(unread=True)


def _read(content: bytes) -> Draft | None:
    try:
        return read_draft_bytes(content, "attached.eml")
    except CodedError:
        # Encrypted or damaged: its headers may still be read, and it counts as a mail in any case.
        return None


def _texts(mail: Draft, number: int) -> tuple[Part, ...] | None:
    try:
        parts = extract_parts(mail)
    except CodedError:
        return None
    return tuple(Part(f"attachment:{number}", one.text, one.signatures) for one in parts if one.id in _TEXTS)


def _message_ids(content: bytes) -> tuple[str, ...]:
    """The mail's own id and those of the mails it answers. An Outlook file shows none."""
    # The header parser reads on to the end of what it is given: a body in it is left as it is.
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(content[:_HEADER_BYTES])
    ids = [one for name in ("message-id", "in-reply-to", "references") for one in _ids(headers, name)]
    return tuple(dict.fromkeys(ids))


def _ids(headers: Message, name: str) -> list[str]:
    values = " ".join(str(value) for key, value in headers.raw_items() if key.lower() == name)
    found = [f"<{one}>" for one in values.replace("<", " ").replace(">", " ").split() if "@" in one]
    return [one for one in found if len(one) <= _LONGEST_ID][-_MOST_IDS:]
