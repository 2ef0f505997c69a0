"""Which stretches of an HTML mail the mail programs themselves mark as quoted history."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from backend.domain.part import Span
from backend.extraction.html_tags import Tag

# Elements that a region can be; only these are counted when they open and close.
COUNTED: Final = frozenset({"div", "blockquote"})
_RULE_IDS: Final = ("appendonsend", "olk_src_body_section")
_HEADER_IDS: Final = ("divrplyfwdmsg",)
_QUOTE_IDS: Final = ("mail-editor-reference-message-container",)
_QUOTE_CLASSES: Final = frozenset({"moz-cite-prefix", "protonmail_quote", "yahoo_quoted", "moz-forward-container"})
_FEWEST_COLONS: Final = 2
_LOOKED_AT: Final = 500


class RegionKind(Enum):
    """What an element says about the text in it."""

    QUOTE = auto()
    # Gmail's wrapper: inline answers stand in it between its block quotes, so it counts only if it holds none.
    WRAPPER = auto()
    # Outlook's header block: all that follows it is history, if it still holds a header.
    HEADER = auto()
    # Gmail's line on who wrote; of a forwarded message, a banner that all history follows.
    ATTRIBUTION = auto()


_REACHING: Final = frozenset({RegionKind.HEADER, RegionKind.ATTRIBUTION})


@dataclass(slots=True)
class _Open:
    kind: RegionKind
    depth: int
    start: int
    quotes_before: int


@dataclass(slots=True)
class Regions:
    """Collects regions while a document is read. Offsets are code points of the plain text.

    `rules` are the offsets of horizontal rules and of other marks that history may follow.
    """

    rules: list[int] = field(default_factory=list)
    _depths: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    _open: dict[str, list[_Open]] = field(default_factory=lambda: {name: [] for name in COUNTED})
    _closed: list[tuple[RegionKind, Span]] = field(default_factory=list)
    _quotes: int = 0

    def opens(self, name: str, kind: RegionKind | None, at: int) -> None:
        """A start tag of an element in `COUNTED`; the text has length `at` so far."""
        depth = self._depths[name]
        self._depths[name] = depth + 1
        if name == "blockquote":
            self._quotes += 1
        if kind in _REACHING and self._open["blockquote"]:
            # What a quoted mail held reaches no further than the quotation.
            kind = RegionKind.QUOTE
        if kind is not None:
            self._open[name].append(_Open(kind, depth, at, self._quotes))

    def closes(self, name: str, at: int) -> None:
        """An end tag of an element in `COUNTED`."""
        depth = max(self._depths[name] - 1, 0)
        self._depths[name] = depth
        stack = self._open[name]
        while stack and stack[-1].depth >= depth:
            self._close(stack.pop(), at)

    def finish(self, text: str) -> tuple[Span, ...]:
        """The quoted stretches of `text`, in rising order, perhaps overlapping."""
        for stack in self._open.values():
            while stack:
                self._close(stack.pop(), len(text))
        spans = []
        for kind, span in self._closed:
            if kind in _REACHING and _reaches(kind, text[span.start : min(span.end, span.start + _LOOKED_AT)]):
                spans.append(Span(span.start, len(text)))
            elif kind is not RegionKind.HEADER:
                spans.append(span)
        return tuple(sorted(spans, key=lambda span: span.start))

    def _close(self, region: _Open, at: int) -> None:
        if at <= region.start or (region.kind is RegionKind.WRAPPER and self._quotes > region.quotes_before):
            return
        self._closed.append((region.kind, Span(region.start, at)))


def _reaches(kind: RegionKind, shown: str) -> bool:
    """Whether all that follows the element is history. `shown` is the start of its text."""
    if kind is RegionKind.ATTRIBUTION:
        return shown.lstrip().startswith("---")
    return shown.count(":") >= _FEWEST_COLONS


def region_kind(tag: Tag) -> RegionKind | None:
    """What the start tag of an element in `COUNTED` opens, None for an ordinary one."""
    if tag.name == "blockquote":
        return RegionKind.QUOTE if _is_quotation(tag) else None
    if not tag.attributes:
        return None
    identity = _value(tag, "id")
    if identity.endswith(_HEADER_IDS):
        return RegionKind.HEADER
    classes = _value(tag, "class").split()
    if "gmail_quote" in classes:
        return RegionKind.WRAPPER
    if "gmail_attr" in classes:
        return RegionKind.ATTRIBUTION
    return RegionKind.QUOTE if identity.endswith(_QUOTE_IDS) or not _QUOTE_CLASSES.isdisjoint(classes) else None


def _is_quotation(tag: Tag) -> bool:
    """A block quote that is one. Gmail and Outlook indent the writer's own text with one that has only a margin."""
    if "cite" in tag.attributes or _value(tag, "type") == "cite" or "quote" in _value(tag, "class"):
        return True
    style = _value(tag, "style").replace(" ", "")
    return "border-left:" in style or "margin" not in style


def is_rule(tag: Tag) -> bool:
    """Whether the start tag draws or stands for a line that history may follow."""
    if tag.name == "hr" or _value(tag, "id").endswith(_RULE_IDS):
        return True
    return "border-top:solid" in _value(tag, "style").replace(" ", "")


def _value(tag: Tag, name: str) -> str:
    value = tag.attributes.get(name)
    return value.raw.lower() if value else ""
