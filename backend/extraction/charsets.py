"""Bytes of text to text, for mail whose declared character set is missing, unknown or wrong."""

import codecs
from typing import Final

from backend.extraction.html_entities import REPLACEMENT

# What mail uses. Python knows more codecs, some of them no character sets and some quadratic: those are never called.
_KNOWN_PREFIXES: Final = (
    "utf-8", "utf-16", "utf-32", "iso8859", "cp12", "cp437", "cp850", "cp865", "koi8", "mac-roman", "gb", "big5",
    "shift_jis", "euc_", "iso2022", "cp932", "cp949", "johab", "tis-620",
)  # fmt: skip
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers and mail programs read these as Windows-1252, of which they are parts.
_READ_AS_WINDOWS_1252: Final = frozenset({"ascii", "iso8859-1", "cp1252"})
_WINDOWS_1252: Final = {number: bytes([number]).decode("cp1252", "ignore") or chr(number) for number in range(256)}


def decode_text(content: bytes, declared: str = "") -> str:
    """`content` as text; never raises.

    A byte order mark decides. Else the declared set, unless the bytes tell otherwise: bytes that are valid UTF-8 beyond
    ASCII are UTF-8 whatever was declared as a one-byte set or not at all. What is left is Windows-1252.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    name = _codec_name(declared)
    if name.startswith(("utf-16", "utf-32")):
        # Without a mark: Outlook writes little-endian.
        return content.decode(name if name[-2:] in {"le", "be"} else f"{name}-le", "replace")
    if name and name != "utf-8" and name not in _READ_AS_WINDOWS_1252:
        return _declared_or_utf8(content, name)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _mended_utf8(content) if name == "utf-8" else _windows_1252(content)


def _codec_name(declared: str) -> str:
    """The codec's own name, empty for unknown and unwanted ones."""
    try:
        name = codecs.lookup(declared.strip(" \"'")).name
    except (LookupError, ValueError):
        return ""
    return name if name in _READ_AS_WINDOWS_1252 or name.startswith(_KNOWN_PREFIXES) else ""


def _declared_or_utf8(content: bytes, name: str) -> str:
    # ISO-2022 and its like are ASCII bytes with escapes: valid UTF-8, yet not meant as that.
    if not content.isascii() and name.startswith(("iso8859", "cp", "koi8", "mac")):
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return content.decode(name, "replace")


def _mended_utf8(content: bytes) -> str:
    """Declared as UTF-8 and not valid: cut off or damaged if most of it is, otherwise mislabelled Windows-1252."""
    mended = content.decode("utf-8", "replace")
    broken = mended.count(REPLACEMENT)
    beyond_ascii = len(mended) - len(mended.encode("ascii", "ignore"))
    return mended if broken * 2 <= beyond_ascii else _windows_1252(content)


def _windows_1252(content: bytes) -> str:
    return content.decode("latin-1").translate(_WINDOWS_1252)
