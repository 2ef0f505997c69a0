"""Lines of a part's text, found once: rows of a list, and lines written in capitals."""

from bisect import bisect_right


class Lines:
    """Line numbers and line ranges of one text; nothing is cut until it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._capitals: dict[int, bool] = {}

    def number_at(self, offset: int) -> int:
        """The number of the line that holds `offset`, from 0."""
        if not self._starts:
            self._starts = _line_starts(self._text)
        return bisect_right(self._starts, offset) - 1

    def count(self) -> int:
        """How many lines there are, an empty last one too."""
        self.number_at(0)
        return len(self._starts)

    def line(self, number: int) -> str:
        """The line's text with its line break."""
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
        return self._text[self._starts[number] : end]

    def all_capitals(self, offset: int) -> bool:
        """Whether the line that holds `offset` has no lower-case letter."""
        number = self.number_at(offset)
        if number not in self._capitals:
            self._capitals[number] = self.line(number).isupper()
        return self._capitals[number]


def _line_starts(text: str) -> list[int]:
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    return starts
