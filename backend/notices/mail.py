"""A letter as an Internet message (RFC 5322), as every mail system takes it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from backend.domain.draft import Mailbox
from backend.domain.notices import Letter, Undelivered


def message_of(letter: Letter, sender: Mailbox) -> EmailMessage:
    """The message. Raises Undelivered, not again.

    `address_unusable`: the letter cannot be addressed. `letter_malformed`: what would go out is not what was put in.

    The recipient's display name is left out: it is whatever stands in a directory, and nobody needs it.
    `Auto-Submitted` (RFC 3834) and `X-Auto-Response-Suppress` ask that no holiday reply comes back.
    """
    message = EmailMessage(SMTP)
    try:
        to = _address(letter.to.address)
        message["From"] = _address(sender.address, sender.name)
        message["To"] = to
    except (MessageError, ValueError, LookupError, UnicodeError):
        raise Undelivered("address_unusable", again=False) from None
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text, charset="utf-8", cte="quoted-printable")
    try:
        if _arrives(message.as_bytes(), message.keys(), letter, to):
            return message
    except (MessageError, ValueError, LookupError):
        pass
    raise Undelivered("letter_malformed", again=False)


def _arrives(raw: bytes, headers: Sequence[str], letter: Letter, to: Address) -> bool:
    """Whether who reads the message off the wire finds our headers and no others, one recipient, and our text.

    Python's email package decodes encoded words (RFC 2047) in what it is given, and writes their line breaks out.
    """
    read = message_from_bytes(raw, EmailMessage, policy=SMTP)
    return (
        read.keys() == headers
        and len(read["From"].addresses) == len(read["To"].addresses) == 1
        and str(read["To"]) == read["To"].addresses[0].addr_spec == to.addr_spec
        and (read["Subject"], read["Message-ID"]) == (letter.subject, letter.message_id)
        and read.get_content().splitlines() == letter.text.splitlines()
    )


def _address(address: str, name: str = "") -> Address:
    """A mailbox as it may stand in a header: its domain in ASCII. Raises ValueError.

    A local part that is not ASCII is refused: few mail systems take one (RFC 6531), and no directory gives one out. A
    name with an encoded word in it is left out.
    """
    local, at, domain = address.strip().rpartition("@")
    if not (local and at and domain) or not address.strip().isprintable():
        raise ValueError(at)
    name = "" if "=?" in name else " ".join("".join(one if one.isprintable() else " " for one in name).split())
    return Address(display_name=name, addr_spec=f"{local}@{domain.encode('idna').decode()}")
