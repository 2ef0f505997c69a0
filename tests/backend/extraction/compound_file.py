"""A small writer of compound files and of Outlook messages in them, so that tests need no binary fixtures.

Source: MS-CFB (version 3, 512-byte sectors), MS-OXMSG.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes = b""
    child: int = _FREE
    right: int = _FREE
    start: int = _END
    size: int = 0


@dataclass
class _Store:
    """Fixed-size sectors with their chains."""

    size: int
    sectors: list[bytes] = field(default_factory=list)
    chain: list[int] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        if not content:
            return _END
        start = len(self.sectors)
        for at in range(0, len(content), self.size):
            self.sectors.append(content[at : at + self.size].ljust(self.size, b"\0"))
            self.chain.append(len(self.sectors))
        self.chain[-1] = _END
        return start


def write_compound_file(tree: Tree) -> bytes:
    """The bytes of a compound file: nested mappings are storages, bytes are streams."""
    entries = [_Entry("Root Entry", 5)]
    _add(entries, 0, tree)
    sectors, minis = _Store(_SECTOR), _Store(_MINI)
    for entry in entries[1:]:
        if entry.kind == 2:
            entry.size = len(entry.content)
            entry.start = (minis if entry.size < _CUTOFF else sectors).add(entry.content)
    entries[0].content = b"".join(minis.sectors)
    entries[0].size = len(entries[0].content)
    entries[0].start = sectors.add(entries[0].content)
    mini_fat = sectors.add(b"".join(struct.pack("<I", link) for link in minis.chain))
    mini_fat_sectors = -(-len(minis.chain) * 4 // _SECTOR)
    directory = sectors.add(b"".join(map(_directory_entry, entries)))
    return _with_header(sectors, directory, mini_fat, mini_fat_sectors)


def _add(entries: list[_Entry], parent: int, tree: Tree) -> None:
    previous = -1
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        content = tree[name]
        number = len(entries)
        entries.append(_Entry(name, 2, content) if isinstance(content, bytes) else _Entry(name, 1))
        if previous < 0:
            entries[parent].child = number
        else:
            entries[previous].right = number
        previous = number
        if not isinstance(content, bytes):
            _add(entries, number, content)


def _directory_entry(entry: _Entry) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le")
    start = entry.start if entry.kind != 1 else 0
    links = (_FREE, entry.right, entry.child)
    return struct.pack("<64sHBBIII16sIQQIQ", name, len(name), entry.kind, 1, *links, b"", 0, 0, 0, start, entry.size)


def _with_header(sectors: _Store, directory: int, mini_fat: int, mini_fat_sectors: int) -> bytes:
    count = len(sectors.sectors)
    fat_sectors = 1
    while (count + fat_sectors) * 4 > fat_sectors * _SECTOR:
        fat_sectors += 1
    first = [count + number for number in range(fat_sectors)]
    fat = [*sectors.chain, *[_FAT] * fat_sectors]
    fat += [_FREE] * (fat_sectors * _SECTOR // 4 - len(fat))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, fat_sectors, directory, 0, _CUTOFF,
        mini_fat, mini_fat_sectors, _END, 0, 0,
    )[:76]  # fmt: skip
    table = [*first, *[_FREE] * (109 - len(first))]
    return header + struct.pack("<109I", *table) + b"".join(sectors.sectors) + struct.pack(f"<{len(fat)}I", *fat)


def properties(header: int, numbers: Mapping[int, int], times: Mapping[int, int] | None = None) -> bytes:
    """A property stream: `numbers` are 32-bit integers, `times` are FILETIMEs, by property id."""
    rows = [struct.pack("<IIQ", identity << 16 | 0x0003, 6, value) for identity, value in numbers.items()]
    rows += [struct.pack("<IIQ", identity << 16 | 0x0040, 6, value) for identity, value in (times or {}).items()]
    return bytes(header) + b"".join(rows)


def unicode_streams(texts: Mapping[int, str]) -> dict[str, bytes]:
    """Text properties in UTF-16."""
    return {f"__substg1.0_{identity:04X}001F": text.encode("utf-16-le") for identity, text in texts.items()}


def code_page_streams(texts: Mapping[int, str], encoding: str) -> dict[str, bytes]:
    """Text properties in a code page."""
    return {f"__substg1.0_{identity:04X}001E": text.encode(encoding) for identity, text in texts.items()}
