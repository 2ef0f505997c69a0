"""The contract's draft as JSON: pydantic models for the HTTP layer's schema, and `parse_draft` for files and rows.

Lone surrogates become U+FFFD, one for one, before anything else looks at a text; U+0000 is kept, it harms nobody.
"""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag, ValidationError

from backend.domain.draft import (
    Attachment,
    BodyFormat,
    ComposeType,
    Draft,
    DraftKind,
    Mailbox,
    Recipient,
    RecipientRole,
)
from backend.domain.errors import CodedError, InputTooLarge, UnreadableInput
from backend.domain.label import Label
from backend.extraction import codes, limits
from backend.extraction.json_text import load_object

_SURROGATES: Final = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_TOO_LARGE: Final = frozenset({"string_too_long", "too_long"})


def without_lone_surrogates(value: object) -> object:
    """`value`, or the text of the same length with U+FFFD for each surrogate code point."""
    if not isinstance(value, str) or value.isascii():
        return value
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.translate(_SURROGATES)
    return value


_Text = Annotated[str, BeforeValidator(without_lone_surrogates)]
_Id = Annotated[_Text, Field(max_length=limits.MAX_ID)]
_Address = Annotated[_Text, Field(max_length=limits.MAX_ADDRESS)]
_Name = Annotated[_Text, Field(max_length=limits.MAX_NAME)]
_Base64 = Annotated[_Text, Field(max_length=limits.MAX_JSON_BYTES)]


def _attachment_form(value: object) -> str:
    return "name" if isinstance(value, str) else "file"


_NameOnly = Annotated[_Name, Tag("name")]
_ByForm = Discriminator(_attachment_form)


class MailboxDocument(BaseModel):
    """An address with an optional display name."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    address: _Address
    name: _Name = ""


class RecipientDocument(MailboxDocument):
    """A mailbox in a role."""

    role: Literal["to", "cc", "bcc", "required", "optional"] = "to"


class AttachmentDocument(BaseModel):
    """A file on the draft; `content_base64` is left out when only the name is known."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    name: _Name
    content_type: _Name = ""
    inline: bool = False
    content_base64: _Base64 | None = None


class DraftDocument(BaseModel):
    """A mail or booking before it is sent. Everything but `subject` and `body` is optional."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    subject: Annotated[_Text, Field(max_length=limits.MAX_SUBJECT)]
    body: Annotated[_Text, Field(max_length=limits.MAX_BODY_HTML)]
    id: _Id = ""
    kind: Literal["message", "appointment"] = "message"
    compose_type: Literal["new", "reply", "forward"] = "new"
    body_format: Literal["text", "html"] = "text"
    sender: MailboxDocument | None = None
    recipients: Annotated[Sequence[RecipientDocument], Field(max_length=limits.MAX_RECIPIENTS)] = ()
    attachments: Annotated[
        Sequence[Annotated[Annotated[AttachmentDocument, Tag("file")] | _NameOnly, _ByForm]],
        Field(max_length=limits.MAX_ATTACHMENTS),
    ] = ()
    conversation_id: _Id | None = None
    in_reply_to: _Id | None = None
    label: Literal["none", "kanslig", "mycket_kanslig"] | None = None
    location: Annotated[_Text, Field(max_length=limits.MAX_LOCATION)] = ""
    online_meeting_url: Annotated[_Text, Field(max_length=limits.MAX_URL)] | None = None
    start: _Id | None = None
    end: _Id | None = None
    session: _Id | None = None

    def to_draft(self) -> Draft:
        """The draft itself. Raises UnreadableInput (`invalid_base64`) or InputTooLarge (`draft_too_large`)."""
        return limits.check_limits(
            Draft(
                subject=self.subject,
                body=self.body,
                id=self.id,
                kind=DraftKind(self.kind),
                compose_type=ComposeType(self.compose_type),
                body_format=BodyFormat(self.body_format),
                sender=_mailbox(self.sender) if self.sender else None,
                recipients=tuple(Recipient(_mailbox(each), RecipientRole(each.role)) for each in self.recipients),
                attachments=_attachments(self.attachments),
                conversation_id=self.conversation_id,
                in_reply_to=self.in_reply_to,
                label=Label(self.label) if self.label else None,
                location=self.location,
                online_meeting_url=self.online_meeting_url,
                start=self.start,
                end=self.end,
                session=self.session,
            )
        )


class LenientMailboxDocument(MailboxDocument):
    """A mailbox in a file: unknown keys are ignored."""

    model_config = ConfigDict(extra="ignore")


class LenientRecipientDocument(RecipientDocument):
    """A recipient in a file: unknown keys are ignored."""

    model_config = ConfigDict(extra="ignore")


class LenientAttachmentDocument(AttachmentDocument):
    """An attachment in a file: unknown keys are ignored."""

    model_config = ConfigDict(extra="ignore")


class LenientDraftDocument(DraftDocument):
    """A draft in a file or a JSONL row, which may carry other keys: they are ignored."""

    model_config = ConfigDict(extra="ignore")

    sender: LenientMailboxDocument | None = None
    recipients: Annotated[Sequence[LenientRecipientDocument], Field(max_length=limits.MAX_RECIPIENTS)] = ()
    attachments: Annotated[
        Sequence[Annotated[Annotated[LenientAttachmentDocument, Tag("file")] | _NameOnly, _ByForm]],
        Field(max_length=limits.MAX_ATTACHMENTS),
    ] = ()


def parse_draft(text: str | bytes, *, lenient: bool) -> Draft:
    """A draft from JSON text (bytes: UTF-8, or UTF-16/32 by its pattern). `lenient` ignores unknown keys.

    Raises UnreadableInput (`invalid_json`, `json_too_deep`, `invalid_draft`, `invalid_base64`) or InputTooLarge
    (`draft_too_large`). Of two equal keys the last holds.
    """
    document = load_object(text)
    model = LenientDraftDocument if lenient else DraftDocument
    try:
        return model.model_validate(document).to_draft()
    except ValidationError as error:
        raise coded_error(error) from None


def coded_error(error: ValidationError) -> CodedError:
    """The coded error for a document that does not validate: what is wrong where, never the value.

    `draft_too_large` if a stated limit is all that it breaks, else `invalid_draft`.
    """
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    detail = "; ".join(f"{_place(problem['loc'])}: {problem['type']}" for problem in problems[:5])
    if all(problem["type"] in _TOO_LARGE for problem in problems):
        return InputTooLarge(codes.DRAFT_TOO_LARGE, detail)
    return UnreadableInput(codes.INVALID_DRAFT, detail)


def _place(location: tuple[int | str, ...]) -> str:
    """A field's path. Keys that the caller made up are not repeated."""
    return ".".join(str(step) if isinstance(step, int) or step in _PUBLIC_STEPS else "?" for step in location)


# What may stand in an error's path: our own field names, and the tags of the two forms of an attachment.
_PUBLIC_STEPS: Final = frozenset(
    {*DraftDocument.model_fields, *RecipientDocument.model_fields, *AttachmentDocument.model_fields, "file"}
)


def _mailbox(document: MailboxDocument) -> Mailbox:
    return Mailbox(document.address, document.name)


def _attachments(documents: Sequence[AttachmentDocument | str]) -> tuple[Attachment, ...]:
    encoded = sum(len(each.content_base64 or "") for each in documents if not isinstance(each, str))
    # Looked at before decoding; the exact size is checked afterwards.
    if encoded * 3 // 4 > limits.MAX_ATTACHMENT_BYTES * 11 // 10:
        raise InputTooLarge(codes.DRAFT_TOO_LARGE, "attachments")
    return tuple(Attachment(each) if isinstance(each, str) else _attachment(each) for each in documents)


def _attachment(document: AttachmentDocument) -> Attachment:
    content = None
    if document.content_base64 is not None:
        try:
            packed = "".join(document.content_base64.split())
            content = base64.b64decode(packed.encode("ascii"), validate=True)
        except (binascii.Error, ValueError):
            raise UnreadableInput(codes.INVALID_BASE64, "attachments.content_base64") from None
    return Attachment(document.name, document.content_type, document.inline, content)
