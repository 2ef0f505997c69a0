"""What a file is, by its first bytes and, where they leave it open, by its suffix."""

from enum import Enum, auto
from typing import Final

from backend.domain.errors import UnreadableInput
from backend.extraction import codes
from backend.extraction.charsets import decode_text


class FileKind(Enum):
    """The kinds of file that a draft can be read from."""

    EML = auto()
    MSG = auto()
    ICS = auto()
    JSON = auto()
    TEXT = auto()


_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Zip (and Office), PDF, PNG, JPEG, GIF, RTF, gzip, 7-Zip, RAR, programs.
_FOREIGN: Final = (
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
    b"7z\xbc",
    b"Rar!",
    b"\x7fELF",
    b"MZ\x90",
)
_ENCRYPTED_SUFFIXES: Final = frozenset({".p7m", ".p7c", ".rpmsg", ".pgp", ".gpg"})
_PGP: Final = b"-----BEGIN PGP MESSAGE-----"
_SUFFIXES: Final = {
    ".eml": FileKind.EML,
    ".ics": FileKind.ICS,
    ".json": FileKind.JSON,
    ".txt": FileKind.TEXT,
    ".text": FileKind.TEXT,
}
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT: Final = 65_536
# Headers that only transport writes; a person's text does not begin with them.
_TRANSPORT: Final = frozenset(
    {
        "return-path",
        "received",
        "mime-version",
        "message-id",
        "delivered-to",
        "dkim-signature",
        "x-mailer",
        "content-type",
        "thread-index",
    }
)
_WRITTEN: Final = frozenset({"from", "to", "cc", "subject", "date", "reply-to", "sender", "in-reply-to", "references"})
_FEWEST_HEADERS: Final = 3
_MOST_CONTROLS: Final = 0.02
_HEADER_LINES: Final = 200


def file_kind(content: bytes, suffix: str) -> FileKind:
    """The kind of `content`; `suffix` is lowercase with its dot, or empty.

    Raises UnreadableInput: `empty_file`, `unknown_file_type`, `encrypted_message`, `broken_msg`.
    """
    start = content[:_LOOKED_AT]
    if content.startswith(_OLE):
        return FileKind.MSG
    if suffix in _ENCRYPTED_SUFFIXES or start.lstrip().startswith(_PGP):
        raise UnreadableInput(codes.ENCRYPTED_MESSAGE, suffix)
    if not start.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe") and not content.strip():
        raise UnreadableInput(codes.EMPTY_FILE)
    if suffix == ".msg":
        raise UnreadableInput(codes.BROKEN_MSG, "no compound file")
    if start.startswith(_FOREIGN) or _is_binary(start):
        raise UnreadableInput(codes.UNKNOWN_FILE_TYPE, "binary")
    text = decode_text(start).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise UnreadableInput(codes.EMPTY_FILE)
    return _text_kind(text, suffix)


def _text_kind(text: str, suffix: str) -> FileKind:
    if text[:15].upper() == "BEGIN:VCALENDAR":
        return FileKind.ICS
    transport, written = _header_counts(text)
    if transport and transport + written >= _FEWEST_HEADERS:
        return FileKind.EML
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if text.startswith("{"):
        return FileKind.JSON
    return FileKind.EML if written >= _FEWEST_HEADERS else FileKind.TEXT


def _header_counts(text: str) -> tuple[int, int]:
    """How many headers of transport, and of those that people write too, stand before the first blank line."""
    transport = written = 0
    for line in text.split("\n", _HEADER_LINES)[:_HEADER_LINES]:
        if not line.strip():
            break
        name, colon, _ = line.partition(":")
        if colon:
            transport += name.lower() in _TRANSPORT
            written += name.lower() in _WRITTEN
        elif not line[0].isspace():
            break
    return transport, written


def _is_binary(start: bytes) -> bool:
    if start.startswith(_UTF16_MARKS):
        return False
    controls = sum(start.count(bytes([number])) for number in range(32) if number not in {8, 9, 10, 12, 13, 27})
    return controls > _MOST_CONTROLS * len(start)
