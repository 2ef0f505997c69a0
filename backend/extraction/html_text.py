"""HTML to plain text with offsets, in linear time and without recursion.

Own reader because the standard one has quadratic cases and gives lines and columns, and the fast parsers give no
offsets. It looks for the next `<` and `>` with `str.find`, so that Python steps count mark-up, not characters.
What never ends (a comment, a quoted attribute, a style sheet) hides nothing: it is read as text.
"""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from backend.domain.part import SourceMap, Span
from backend.extraction.html_regions import COUNTED, RegionKind, Regions, is_rule, region_kind
from backend.extraction.html_tags import Tag, read_tag
from backend.extraction.text_builder import TextBuilder

_NOTHING, _BLOCK, _BREAK, _CELL, _ROW, _DROPPED, _IMAGE, _KEPT_SPACE = range(8)
_BLOCK_NAMES: Final = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p section summary ul
"""
_ACTIONS: Final = {
    **dict.fromkeys(_BLOCK_NAMES.split(), _BLOCK),
    **dict.fromkeys(("tr", "table", "tbody", "thead", "tfoot"), _ROW),
    **dict.fromkeys(("td", "th"), _CELL),
    **dict.fromkeys(("pre", "textarea", "listing"), _KEPT_SPACE),
    # Elements whose content nobody reads. Office puts settings in `xml` islands.
    **dict.fromkeys(("script", "style", "title", "xml"), _DROPPED),
    "br": _BREAK,
    "img": _IMAGE,
}
_TAG_START: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_MARKUP_START: Final = _TAG_START | frozenset("/!?")
_NAME_ENDS: Final = frozenset(" \t\n\r\f/>")
_CACHED_TAG: Final = 300
_NEVER: Final = 2**62


@dataclass(frozen=True, slots=True)
class HtmlText:
    """Plain text of an HTML document. `repr` shows none of it.

    `quoted` are stretches that the mail program marked as history, `rules` offsets that history may follow.
    """

    text: str = field(repr=False)
    source: SourceMap = field(repr=False)
    quoted: tuple[Span, ...] = ()
    rules: tuple[int, ...] = ()


def html_to_text(html: str) -> HtmlText:
    """Read `html` once. Time grows linearly with its length, whatever it holds; nothing raises."""
    reader = _Reader(html)
    reader.read()
    text, source = reader.builder.finish()
    return HtmlText(text, source, reader.regions.finish(text), tuple(reader.regions.rules))


class _Seeker:
    """The next place of a fixed string at or after a position that never falls; a miss is remembered."""

    __slots__ = ("_next", "_sought", "_text")

    def __init__(self, text: str, sought: str) -> None:
        self._text = text
        self._sought = sought
        self._next = -1

    def find(self, position: int) -> int:
        if self._next < position:
            found = self._text.find(self._sought, position)
            self._next = found if found >= 0 else _NEVER
        return self._next


class _Markup(NamedTuple):
    """What a tag does to the text; the same for every tag that is written alike."""

    tag: Tag
    action: int
    region: RegionKind | None
    rule: bool


class _Reader:
    __slots__ = (
        "_bang",
        "_cache",
        "_endings",
        "_greater",
        "_html",
        "_kept_space",
        "_lowered",
        "_trust_quotes",
        "_usual",
        "builder",
        "regions",
    )

    def __init__(self, html: str) -> None:
        self.builder = TextBuilder()
        self.regions = Regions()
        self._html = html
        self._cache: dict[str, _Markup] = {}
        self._greater = _Seeker(html, ">")
        self._usual = _Seeker(html, "-->")
        self._bang = _Seeker(html, "--!>")
        self._lowered: str | None = None
        self._endings: dict[str, _Seeker] = {}
        self._trust_quotes = True
        self._kept_space = 0

    def read(self) -> None:
        html = self._html
        position = 0
        while position < len(html):
            less = self._next_markup(position)
            if less > position:
                self._text(position, less)
            if less >= len(html):
                return
            position = self._markup(less)

    def _next_markup(self, position: int) -> int:
        html = self._html
        less = html.find("<", position)
        while less >= 0:
            if html[less + 1 : less + 2] in _MARKUP_START:
                return less
            less = html.find("<", less + 1)
        return len(html)

    def _text(self, start: int, end: int) -> None:
        if self._kept_space:
            self.builder.preformatted(self._html[start:end], start)
        else:
            self.builder.text(self._html[start:end], start)

    def _markup(self, less: int) -> int:
        """Read the mark-up at `less`; the offset after it."""
        html = self._html
        greater = self._greater.find(less)
        if greater == _NEVER:
            self._text(less, len(html))
            return len(html)
        second = html[less + 1]
        if second == "/" and html[less + 2] not in _TAG_START:
            return greater + 1
        if second == "!" and html.startswith("--", less + 2):
            return self._comment(less)
        if second in "!?":
            return greater + 1
        chunk = html[less + 1 : greater] if greater - less < _CACHED_TAG else ""
        markup = self._cache.get(chunk)
        if markup is None:
            markup, greater = self._read_tag(less, greater)
            # An image's alternative text stands somewhere: it cannot be shared.
            if greater - less == len(chunk) + 1 and markup.action != _IMAGE:
                self._cache[chunk] = markup
        return self._close(markup, less, greater) if markup.tag.closing else self._open(markup, less, greater)

    def _comment(self, less: int) -> int:
        # `<!-->` and `<!--->` are whole comments; Outlook's `<!--[if !mso]><!-->` ends with the former.
        for short in ("<!-->", "<!--->"):
            if self._html.startswith(short, less):
                return less + len(short)
        usual, bang = self._usual.find(less + 4), self._bang.find(less + 4)
        if usual == bang == _NEVER:
            self._text(less, less + 4)
            return less + 4
        return usual + 3 if usual < bang else bang + 4

    def _read_tag(self, less: int, greater: int) -> tuple[_Markup, int]:
        found = read_tag(self._html, less, greater, quotes=self._trust_quotes)
        if found is None:
            # A quote that never closes: from here on every `>` ends a tag, so that no text is lost in it.
            self._trust_quotes = False
            found = read_tag(self._html, less, greater, quotes=False)
        tag, end = found or (Tag("", closing=False, attributes={}), greater)
        region = region_kind(tag) if tag.name in COUNTED else None
        return _Markup(tag, _ACTIONS.get(tag.name, _NOTHING), region, is_rule(tag)), end

    def _open(self, markup: _Markup, less: int, greater: int) -> int:
        tag, action, region, rule = markup
        builder = self.builder
        if action == _BLOCK:
            builder.block(less)
        elif action == _BREAK:
            builder.line_break(less)
        elif action == _CELL:
            builder.cell(less)
        elif action == _ROW:
            builder.row(less)
        elif action == _DROPPED:
            return self._drop(tag.name, greater + 1)
        elif action == _IMAGE and "alt" in tag.attributes:
            builder.space(less)
            builder.text(*tag.attributes["alt"])
            builder.space(greater)
        elif action == _KEPT_SPACE:
            return self._keep_space(less, greater)
        if rule:
            self.regions.rules.append(builder.length)
        if tag.name in COUNTED:
            self.regions.opens(tag.name, region, builder.length)
        return greater + 1

    def _close(self, markup: _Markup, less: int, greater: int) -> int:
        action, name = markup.action, markup.tag.name
        if action == _BLOCK:
            self.builder.block(less)
        elif action == _CELL:
            self.builder.cell(less)
        elif action == _ROW:
            self.builder.row(less)
        elif action == _BREAK:
            self.builder.line_break(less)
        elif action == _KEPT_SPACE:
            self.builder.block(less)
            self._kept_space = max(self._kept_space - 1, 0)
        if name in COUNTED:
            self.regions.closes(name, self.builder.length)
        return greater + 1

    def _keep_space(self, less: int, greater: int) -> int:
        self.builder.block(less)
        self._kept_space += 1
        # A line break directly after `<pre>` is not shown.
        if self._html.startswith("\r\n", greater + 1):
            return greater + 3
        return greater + 2 if self._html.startswith("\n", greater + 1) else greater + 1

    def _drop(self, name: str, start: int) -> int:
        """The offset after the element's end tag, or `start` if it has none."""
        if self._lowered is None:
            self._lowered = _ascii_lower(self._html)
        seeker = self._endings.setdefault(name, _Seeker(self._lowered, "</" + name))
        end = seeker.find(start)
        while end != _NEVER and self._html[end + len(name) + 2 : end + len(name) + 3] not in _NAME_ENDS:
            end = seeker.find(end + 1)
        greater = self._greater.find(end) if end != _NEVER else _NEVER
        return greater + 1 if greater != _NEVER else start


def _ascii_lower(text: str) -> str:
    """Lowercase with the same length: a few letters (İ) grow in `str.lower`."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return text.translate({upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)})
