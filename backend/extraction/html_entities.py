"""Character references in HTML (`&aring;`, `&#229;`, `&#xE5;`) read the way a browser reads them.

Source: WHATWG HTML, 13.2.5.72–80; names from the standard library's table `html.entities.html5`.
"""

from html.entities import html5
from typing import Final

REPLACEMENT: Final = "\ufffd"

_LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_DECIMAL: Final = frozenset("0123456789")
_HEXADECIMAL: Final = frozenset("0123456789abcdefABCDEF")
_LONGEST_NAME: Final = max(map(len, html5))
_LONGEST_BARE_NAME: Final = max(len(name) for name in html5 if not name.endswith(";"))
_LONGEST_NUMBER: Final = 7
_LAST_CODE_POINT: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)
# Numbers 128–159 mean Windows-1252 (WHATWG's table); five of them are unassigned there and stay as they are.
_WINDOWS_1252: Final = {
    number: character for number in range(0x80, 0xA0) if (character := bytes([number]).decode("cp1252", "ignore"))
}


def read_reference(html: str, at: int) -> tuple[str, int]:
    """The text that the reference at `at` (where an ampersand stands) means, and how many code points it takes.

    An ampersand that starts no reference means itself. A number that is no character means U+FFFD.
    The steps are bounded by the length returned, plus a constant.
    """
    following = html[at + 1 : at + 2]
    if following == "#":
        return _numeric(html, at)
    if following not in _LETTERS:
        return "&", 1
    window = html[at + 1 : at + 1 + _LONGEST_NAME]
    semicolon = window.find(";")
    if semicolon > 0 and (named := html5.get(window[: semicolon + 1])):
        return named, semicolon + 2
    for length in range(min(_LONGEST_BARE_NAME, len(window)), 1, -1):
        if bare := html5.get(window[:length]):
            return bare, length + 1
    return "&", 1


def _numeric(html: str, at: int) -> tuple[str, int]:
    start, base, allowed = at + 2, 10, _DECIMAL
    if html[start : start + 1] in {"x", "X"}:
        start, base, allowed = at + 3, 16, _HEXADECIMAL
    end = start
    while html[end : end + 1] in allowed:
        end += 1
    if end == start:
        return "&", 1
    digits = html[start:end].lstrip("0")
    number = int(digits or "0", base) if len(digits) <= _LONGEST_NUMBER else _LAST_CODE_POINT + 1
    if html[end : end + 1] == ";":
        end += 1
    return _character(number), end - at


def _character(number: int) -> str:
    if number in _WINDOWS_1252:
        return _WINDOWS_1252[number]
    if number == 0 or number > _LAST_CODE_POINT or number in _SURROGATES:
        return REPLACEMENT
    return chr(number)
