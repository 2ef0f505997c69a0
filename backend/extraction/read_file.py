"""A file with a mail, a booking or a draft in it: told by its content first, then by its suffix."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Final

from backend.domain.draft import Draft
from backend.domain.errors import InputTooLarge, UnreadableInput
from backend.extraction import codes
from backend.extraction.charsets import decode_text
from backend.extraction.draft_document import parse_draft
from backend.extraction.eml import read_eml
from backend.extraction.file_kind import FileKind, file_kind
from backend.extraction.ics import read_ics
from backend.extraction.limits import MAX_FILE_BYTES, check_limits
from backend.extraction.msg import read_msg


def read_draft(path: Path) -> Draft:
    """The (first) draft in the file. Its id is the file's name.

    Raises UnreadableInput (`file_not_found`, `file_unreadable`, and those of `read_drafts_bytes`) or InputTooLarge.
    """
    return next(read_drafts(path))


def read_drafts(path: Path) -> Iterator[Draft]:
    """All drafts in the file: a calendar may hold several events. Raises as `read_draft`, when first asked."""
    yield from read_drafts_bytes(_content(path), path.name)


def read_draft_bytes(content: bytes, name: str) -> Draft:
    """The (first) draft in `content`. `name` is a file name: it becomes the id, its suffix settles doubtful cases."""
    return next(read_drafts_bytes(content, name))


def read_drafts_bytes(content: bytes, name: str) -> Iterator[Draft]:
    """All drafts in `content`.

    Raises UnreadableInput (`empty_file`, `unknown_file_type`, `broken_eml`, `broken_msg`, `broken_ics`,
    `msg_body_unreadable`, `encrypted_message`, the codes of `parse_draft`) or InputTooLarge (`file_too_large`,
    `draft_too_large`).
    """
    if len(content) > MAX_FILE_BYTES:
        raise InputTooLarge(codes.FILE_TOO_LARGE, f"{len(content)} > {MAX_FILE_BYTES}")
    kind = file_kind(content, PurePath(name).suffix.lower())
    for draft in _READERS[kind](content, name):
        yield check_limits(draft)


def _eml_draft(content: bytes, name: str) -> Iterator[Draft]:
    yield read_eml(content, name)


def _msg_draft(content: bytes, name: str) -> Iterator[Draft]:
    yield read_msg(content, name)


def _text_draft(content: bytes, name: str) -> Iterator[Draft]:
    # No header is read out of a text: "Ämne: …" on its first line is part of what was written.
    yield Draft(subject="", body=decode_text(content).replace("\r\n", "\n"), id=name)


def _json_draft(content: bytes, name: str) -> Iterator[Draft]:
    draft = parse_draft(content, lenient=True)
    yield draft if draft.id else replace(draft, id=name)


_READERS: Final = {
    FileKind.EML: _eml_draft,
    FileKind.MSG: _msg_draft,
    FileKind.ICS: read_ics,
    FileKind.JSON: _json_draft,
    FileKind.TEXT: _text_draft,
}


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte over the limit tells that there is more; a device or pipe is not read to its end.
            return file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableInput(codes.FILE_NOT_FOUND, path.name) from None
    except (OSError, ValueError) as error:
        raise UnreadableInput(codes.FILE_UNREADABLE, type(error).__name__) from None
