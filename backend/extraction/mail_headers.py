"""Header values of a mail: encoded words, addresses, subject prefixes. Own readers, linear on hostile input.

Source: RFC 2047 (encoded words), RFC 5322 section 3.4 (addresses).
"""

import base64
import binascii
import quopri
from typing import Final

import re2

from backend.domain.draft import ComposeType, Mailbox
from backend.extraction.address_list import split_addresses
from backend.extraction.charsets import decode_text

_ENCODED_WORD: Final = re2.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
_REPLY: Final = frozenset({"sv", "re"})
_FORWARD: Final = frozenset({"vb", "vs", "fw", "fwd"})
_LONGEST_PREFIX: Final = 4


def decode_header(raw: str) -> str:
    """A header's value with its encoded words read, unfolded and without white space at its ends.

    Bytes beyond ASCII that a parser kept as surrogates are read as the text that they most likely are.
    """
    pieces: list[str] = []
    pending = b""
    pending_charset = ""
    end = 0
    plain = _without_surrogates(raw)
    for word in _ENCODED_WORD.finditer(plain):
        between = plain[end : word.start()]
        charset = word.group(1).partition("*")[0].lower()
        # White space between encoded words is not shown; a character may be split over two words of one set.
        if between.strip() or charset != pending_charset or not end:
            pieces.append(decode_text(pending, pending_charset))
            pending = b""
            if between.strip() or not end:
                pieces.append(between)
        pending += _word_bytes(word.group(2), word.group(3))
        pending_charset = charset
        end = word.end()
    pieces += (decode_text(pending, pending_charset) if pending else "", plain[end:])
    return " ".join("".join(pieces).split())


def _word_bytes(encoding: str, text: str) -> bytes:
    if encoding in "qQ":
        return quopri.decodestring(text.replace("_", " ").encode("utf-8"), header=False)
    packed = text.encode("ascii", "ignore").rstrip(b"=")
    try:
        return base64.b64decode(packed + b"=" * (-len(packed) % 4))
    except binascii.Error:
        return base64.b64decode(packed[: len(packed) // 4 * 4])


def _without_surrogates(raw: str) -> str:
    if raw.isascii():
        return raw
    return decode_text(raw.encode("utf-8", "surrogateescape"))


def mailboxes(raw: str) -> list[Mailbox]:
    """The mailboxes in an address header, in order. Groups are opened; text without an address is a mere name."""
    found = []
    for entry in split_addresses(_without_surrogates(raw)):
        name, less, rest = entry.rpartition("<")
        if less:
            address, label = rest.partition(">")[0], decode_header(_unquoted(name))
        else:
            address, label = _without_comment(entry)
            label = decode_header(label)
        address = address.strip()
        if "@" not in address and not less:
            label, address = label or decode_header(_unquoted(address)), ""
        if address or label:
            found.append(Mailbox(address, label))
    return found


def _without_comment(entry: str) -> tuple[str, str]:
    """Split an address with its name in brackets behind it: anna@example.se (Anna Berg)."""
    address, opening, rest = entry.partition("(")
    return (address, rest.rpartition(")")[0] or rest) if opening else (entry, "")


def _unquoted(name: str) -> str:
    name = name.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return name.strip(" '")


def compose_type(subject: str, *, answers: bool) -> ComposeType:
    """What the subject's prefix says: SV/RE a reply, VB/VS/FW/FWD a forward.

    Without a prefix a message that `answers` another is a reply, any other is new.
    """
    prefix, colon, _ = subject.lstrip()[: _LONGEST_PREFIX + 1].partition(":")
    word = prefix.strip().lower() if colon else ""
    if word in _FORWARD:
        return ComposeType.FORWARD
    return ComposeType.REPLY if answers or word in _REPLY else ComposeType.NEW
