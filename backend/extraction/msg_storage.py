"""Properties of a storage in an Outlook `.msg` file.

Source: MS-OXMSG 2.1–2.4 (streams and storages), MS-OXCDATA 2.11 (types), MS-OXPROPS (property ids).
"""

import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from olefile import OleFileIO

from backend.domain.errors import InputTooLarge, UnreadableInput
from backend.extraction import codes
from backend.extraction.charsets import decode_text
from backend.extraction.limits import MAX_FILE_BYTES

_PROPERTIES: Final = "__properties_version1.0"
_ENTRY: Final = struct.Struct("<IIQ")
_UNICODE, _CODE_PAGE_TEXT, _BINARY, _OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
_TIME: Final = 0x0040
_TOP_HEADER, _MESSAGE_HEADER, _PART_HEADER = 32, 24, 8
_INTERNET_CODE_PAGE, _MESSAGE_CODE_PAGE = 0x3FDE, 0x3FFD
_EPOCH: Final = datetime(1601, 1, 1, tzinfo=UTC)
_CODE_PAGES: Final = {65001: "utf-8", 20127: "ascii", 28591: "iso-8859-1", 28605: "iso-8859-15", 1200: "utf-16-le"}


class _File:
    """An open file: its streams by path, the names of storages by the storage they stand in, bytes left to read."""

    def __init__(self, ole: "OleFileIO[str]") -> None:
        self._ole = ole
        self._left = MAX_FILE_BYTES
        self._streams = {tuple(path) for path in ole.listdir()}
        self.storages: dict[tuple[str, ...], list[str]] = {}
        for path in ole.listdir(streams=False, storages=True):
            self.storages.setdefault(tuple(path[:-1]), []).append(path[-1])

    def read(self, path: tuple[str, ...]) -> bytes | None:
        """A stream, None if it is not there. Raises InputTooLarge: two entries may point at the same sectors."""
        if path not in self._streams:
            return None
        self._left -= self._ole.get_size(path)
        if self._left < 0:
            raise InputTooLarge(codes.FILE_TOO_LARGE, "streams")
        return self._ole.openstream(path).read()


@contextmanager
def open_message(content: bytes) -> Iterator["MsgStorage"]:
    """The message in a `.msg` file's bytes. Raises UnreadableInput (`broken_msg`) if there is none."""
    with OleFileIO(io.BytesIO(content)) as ole:
        file = _File(ole)
        if file.read((_PROPERTIES,)) is None:
            raise UnreadableInput(codes.BROKEN_MSG, "no message properties")
        yield MsgStorage(file, ())


class MsgStorage:
    """One storage: the message itself, a recipient, an attachment or a message within an attachment."""

    def __init__(self, file: _File, path: tuple[str, ...], code_page: str = "") -> None:
        self._file = file
        self._path = path
        self._fixed = self._read_fixed()
        own = self.number(_INTERNET_CODE_PAGE) or self.number(_MESSAGE_CODE_PAGE)
        self.code_page = _CODE_PAGES.get(own, f"cp{own}") if own else code_page

    def text(self, *ids: int) -> str:
        """The first of the text properties that is there and not empty, without a trailing U+0000."""
        for identity in ids:
            if (content := self._stream(identity, _UNICODE)) is not None:
                value = content.decode("utf-16-le", "replace")
            elif (content := self._stream(identity, _CODE_PAGE_TEXT)) is not None:
                value = decode_text(content, self.code_page)
            else:
                continue
            if value := value.rstrip("\0"):
                return value
        return ""

    def binary(self, identity: int) -> bytes | None:
        """A binary property, None if it is not there."""
        return self._stream(identity, _BINARY)

    def number(self, identity: int) -> int:
        """The low 32 bits of a fixed-size property, 0 if it is not there."""
        return self._fixed.get(identity, (0, 0))[1] & 0xFFFFFFFF

    def time(self, identity: int) -> str | None:
        """A time property as an ISO 8601 instant in UTC."""
        kind, ticks = self._fixed.get(identity, (0, 0))
        if kind != _TIME:
            return None
        try:
            return (_EPOCH + timedelta(microseconds=ticks // 10)).isoformat()
        except OverflowError:
            return None

    def children(self, prefix: str, most: int) -> list["MsgStorage"]:
        """The storages below this one whose names begin with `prefix`, in order of their names.

        Raises InputTooLarge (`draft_too_large`) if there are more than `most`.
        """
        names = sorted(name for name in self._file.storages.get(self._path, ()) if name.startswith(prefix))
        if len(names) > most:
            raise InputTooLarge(codes.DRAFT_TOO_LARGE, f"{len(names)} > {most}")
        return [MsgStorage(self._file, (*self._path, name), self.code_page) for name in names]

    def embedded(self, identity: int) -> "MsgStorage | None":
        """The message that is stored as an object, None if there is none."""
        name = f"__substg1.0_{identity:04X}{_OBJECT:04X}"
        if name not in self._file.storages.get(self._path, ()):
            return None
        return MsgStorage(self._file, (*self._path, name), self.code_page)

    def raw(self, *names: str) -> bytes | None:
        """A stream by its name below this storage, None if it is not there."""
        return self._file.read((*self._path, *names))

    def _stream(self, identity: int, kind: int) -> bytes | None:
        return self.raw(f"__substg1.0_{identity:04X}{kind:04X}")

    def _read_fixed(self) -> dict[int, tuple[int, int]]:
        content = self.raw(_PROPERTIES) or b""
        if not self._path:
            header = _TOP_HEADER
        else:
            header = _MESSAGE_HEADER if self._path[-1].endswith(f"{_OBJECT:04X}") else _PART_HEADER
        whole = content[header : header + (len(content) - header) // _ENTRY.size * _ENTRY.size]
        return {tag >> 16: (tag & 0xFFFF, value) for tag, _, value in _ENTRY.iter_unpack(whole)}
