"""One HTML tag: its name and attributes, read the way a browser reads them.

Source: WHATWG HTML, 13.2.5.6–40 (tag and attribute states). Written with `str.find` and not as an expression: a quote
may close megabytes later, and the reader must not copy the rest of the document to look for it.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

_WHITE: Final = frozenset(" \t\n\r\f")
_NAME_ENDS: Final = _WHITE | {"/"}
_QUOTES: Final = frozenset("\"'")


class Value(NamedTuple):
    """An attribute's value as written, and where it stands in the source."""

    raw: str
    at: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag. `attributes` (those with a value) have lowercase names; of two alike the first holds."""

    name: str
    closing: bool
    attributes: dict[str, Value] = field(repr=False)


def read_tag(html: str, less: int, greater: int, *, quotes: bool = True) -> tuple[Tag, int] | None:
    """The tag at `less` and the offset of the `>` that ends it.

    `greater` is the first `>` after `less`; the tag is longer if that one stands within quotes. None if a quote or the
    tag never ends. Without `quotes` every `>` ends the tag and its attributes are not read.
    The steps are bounded by the length of the tag, or of the rest if it never ends.
    """
    closing = html[less + 1] == "/"
    start = less + 2 if closing else less + 1
    position = start
    while position < greater and html[position] not in _NAME_ENDS:
        position += 1
    tag = Tag(html[start:position].lower(), closing, {})
    while quotes and position < greater:
        opened = _read_attributes(html[position:greater], position, tag.attributes)
        if opened is None:
            break
        name, quote, value_at = opened
        end = html.find(quote, greater)
        greater = html.find(">", end) if end >= 0 else -1
        if greater < 0:
            return None
        tag.attributes.setdefault(name, Value(html[value_at:end], value_at))
        position = end + 1
    return tag, greater


def _read_attributes(chunk: str, at: int, attributes: dict[str, Value]) -> tuple[str, str, int] | None:
    """Fill in the attributes of `chunk`; name, quote and value offset of one whose closing quote is missing."""
    position = 0
    equals = chunk.find("=")
    while equals >= 0:
        written = chunk[position:equals].replace("/", " ").split()
        if not written and (position == 0 or chunk[position - 1] != "="):
            # An equals sign where a name should begin is the first letter of that name.
            position = equals + 1
            equals = chunk.find("=", position)
            continue
        name = written[-1].lower() if written else "="
        start = equals + 1
        while start < len(chunk) and chunk[start] in _WHITE:
            start += 1
        quote = chunk[start : start + 1]
        if quote in _QUOTES:
            start += 1
            end = chunk.find(quote, start)
            if end < 0:
                return name, quote, at + start
            position = end + 1
        else:
            end = start
            while end < len(chunk) and chunk[end] not in _WHITE:
                end += 1
            position = end
        attributes.setdefault(name, Value(chunk[start:end], at + start))
        equals = chunk.find("=", position)
    return None
