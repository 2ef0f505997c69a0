"""A draft as the add-in, the command line and the HTTP interface hand it over. Immutable, no I/O."""

from dataclasses import dataclass
from enum import StrEnum

from backend.domain.label import Label


class DraftKind(StrEnum):
    """A mail or a calendar booking."""

    MESSAGE = "message"
    APPOINTMENT = "appointment"


class ComposeType(StrEnum):
    """How the draft came about. Outlook's own answer is unreliable on several clients; it is a hint."""

    NEW = "new"
    REPLY = "reply"
    FORWARD = "forward"


class BodyFormat(StrEnum):
    """Whether `Draft.body` is plain text or HTML."""

    TEXT = "text"
    HTML = "html"


class RecipientRole(StrEnum):
    """Where a recipient stands: mail uses to/cc/bcc, bookings required/optional."""

    TO = "to"
    CC = "cc"
    BCC = "bcc"
    REQUIRED = "required"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address with an optional display name. `repr` shows neither."""

    address: str
    name: str = ""

    @property
    def key(self) -> str:
        """The address as addresses are compared: without case and without blanks around it.

        A letter that is not ASCII stays where its lower case is (the Kelvin sign): that is another mailbox.
        """
        address = self.address.strip()
        if address.isascii():
            return address.lower()
        return "".join(one.lower() if one.isascii() or not one.lower().isascii() else one for one in address)

    def __repr__(self) -> str:
        return "Mailbox(…)"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A mailbox in a role. `repr` shows no address."""

    mailbox: Mailbox
    role: RecipientRole = RecipientRole.TO


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file on the draft. `content` is None when only the name is known. `repr` shows neither."""

    name: str
    content_type: str = ""
    inline: bool = False
    content: bytes | None = None

    def __repr__(self) -> str:
        return "Attachment(…)"


@dataclass(frozen=True, slots=True)
class Draft:
    """One mail or booking. `repr` shows the id only, so that no text reaches a log by accident.

    `start` is an ISO 8601 instant as Outlook gives it; it is not interpreted here. `session` is a random word that the
    add-in keeps with a draft as long as it is one: a draft that is checked twice is not taken for a copy of itself.
    """

    subject: str
    body: str
    id: str = ""
    kind: DraftKind = DraftKind.MESSAGE
    compose_type: ComposeType = ComposeType.NEW
    body_format: BodyFormat = BodyFormat.TEXT
    sender: Mailbox | None = None
    recipients: tuple[Recipient, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conversation_id: str | None = None
    in_reply_to: str | None = None
    label: Label | None = None
    location: str = ""
    online_meeting_url: str | None = None
    start: str | None = None
    end: str | None = None
    session: str | None = None

    def __repr__(self) -> str:
        return f"Draft(id={self.id!r})"
