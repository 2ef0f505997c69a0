"""Plain text put together from HTML character data, with a map back to the source.

White space collapses as in a browser: runs of it become one space, none at the ends of lines, blocks start new lines.
U+00A0 is not white space here; it is kept.
"""

from typing import Final

from backend.domain.part import SourceMap
from backend.extraction.html_entities import read_reference

_WHITE: Final = " \t\n\r\f"


class TextBuilder:
    """Takes character data, line breaks and cell borders in document order. Offsets are code points."""

    __slots__ = (
        "_cell_text",
        "_delta",
        "_gap_at",
        "_line_open",
        "_newlines",
        "_pieces",
        "_runs",
        "_space",
        "_tab",
        "length",
    )

    def __init__(self) -> None:
        self.length = 0
        self._pieces: list[str] = []
        self._runs: list[tuple[int, int]] = []
        self._delta: int | None = None
        self._gap_at = 0
        self._newlines = 0
        self._tab = False
        self._space = False
        self._line_open = False
        self._cell_text = False

    def finish(self) -> tuple[str, SourceMap]:
        """The text so far, without white space at its ends, and where it came from."""
        return "".join(self._pieces), SourceMap(tuple(self._runs))

    def block(self, at: int) -> None:
        """The border of a block element: what follows stands on a new line."""
        if self._line_open:
            self._break(at)

    def line_break(self, at: int) -> None:
        """A `<br>`, or a line break in preformatted text."""
        self._break(at)

    def cell(self, at: int) -> None:
        """The border of a table cell: a tab if the cell before it on the row held text."""
        if self._cell_text:
            self._gap_at = at
            self._newlines = 0
            self._tab = True
            self._cell_text = self._line_open = False

    def row(self, at: int) -> None:
        """The border of a table row."""
        self.block(at)
        if self._tab:
            self._tab = False
            self._newlines = 1
        self._cell_text = False

    def space(self, at: int) -> None:
        """White space in the source."""
        if self._line_open and not self._space:
            self._space = True
            self._gap_at = at

    def text(self, raw: str, at: int) -> None:
        """Character data that stands at `at`: references are read, white space collapses."""
        ampersand = raw.find("&")
        if ampersand < 0:
            self._collapse(raw, at)
            return
        position = 0
        while ampersand >= 0:
            if ampersand > position:
                self._collapse(raw[position:ampersand], at + position)
            meaning, length = read_reference(raw, ampersand)
            if meaning in _WHITE:
                self.space(at + ampersand)
            else:
                self.literal(meaning, at + ampersand)
            position = ampersand + length
            ampersand = raw.find("&", position)
        if position < len(raw):
            self._collapse(raw[position:], at + position)

    def preformatted(self, raw: str, at: int) -> None:
        """Character data inside `<pre>`: white space is kept, CRLF is one line break."""
        for number, line in enumerate(raw.split("\n")):
            if number:
                self._break(at - 1)
            position = 0
            shown = line.removesuffix("\r")
            while position < len(shown):
                ampersand = shown.find("&", position)
                end = len(shown) if ampersand < 0 else ampersand
                if end > position:
                    self.literal(shown[position:end], at + position)
                if ampersand >= 0:
                    meaning, length = read_reference(shown, ampersand)
                    self.literal(meaning, at + ampersand)
                    end = ampersand + length
                position = end
            at += len(line) + 1

    def literal(self, text: str, at: int) -> None:
        """Text that is taken as it is."""
        self._close_gap()
        self._append(text, at)

    def _break(self, at: int) -> None:
        if not self._newlines:
            self._gap_at = at
        self._newlines += 1
        self._line_open = self._space = False

    def _close_gap(self) -> None:
        if self._newlines:
            if self.length:
                self._append("\n" * self._newlines, self._gap_at)
            self._newlines = 0
        elif self._tab:
            self._append("\t", self._gap_at)
        elif self._space:
            self._append(" ", self._gap_at)
        self._tab = self._space = False
        self._line_open = self._cell_text = True

    def _append(self, text: str, at: int) -> None:
        delta = at - self.length
        if delta != self._delta:
            self._runs.append((self.length, at))
            self._delta = delta
        self._pieces.append(text)
        self.length += len(text)

    def _collapse(self, raw: str, at: int) -> None:
        body = raw.lstrip(_WHITE)
        if len(body) < len(raw):
            self.space(at)
            at += len(raw) - len(body)
        trimmed = body.rstrip(_WHITE)
        if not trimmed:
            return
        self._close_gap()
        flat = trimmed.replace("\n", " ").replace("\r", " ").replace("\t", " ").replace("\f", " ")
        position = 0
        double = flat.find("  ")
        while double >= 0:
            self._append(flat[position : double + 1], at + position)
            position = double + 2
            while flat[position] == " ":
                position += 1
            double = flat.find("  ", position)
        self._append(flat[position:], at + position)
        if len(trimmed) < len(body):
            self.space(at + len(trimmed))
