"""Lines of plain text with their offsets."""

from typing import Final, NamedTuple

# What may stand around a line's words: white space of all kinds, the marks of bold text, zero-width spaces.
_WHITE: Final = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
AROUND: Final = f"{_WHITE}*_\u200b\ufeff"


class Line(NamedTuple):
    """The code points [start, end) of a text, without the line break. `words` is the line without marks around it."""

    start: int
    end: int
    words: str

    def __repr__(self) -> str:
        return f"Line({self.start}, {self.end})"

    @property
    def quote_depth(self) -> int:
        """How many `>` the line opens with."""
        if not self.words.startswith(">"):
            return 0
        depth = 0
        for character in self.words:
            if character == ">":
                depth += 1
            elif not character.isspace():
                break
        return depth


def split_lines(text: str) -> list[Line]:
    """Lines of `text`, split at LF and CRLF; at CR if the text has no LF at all."""
    mark = "\r" if "\n" not in text else "\n"
    lines = []
    start = 0
    for raw in text.split(mark):
        end = start + len(raw)
        lines.append(Line(start, end, raw.strip(AROUND)))
        start = end + 1
    return lines
