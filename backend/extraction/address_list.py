"""An address header split into its entries, in one pass.

Source: RFC 5322 section 3.4; semicolons too, as Outlook writes them.
"""

from collections.abc import Iterator


class _Scanner:
    """Where in an address header a position stands: in quotes, a comment or angle brackets."""

    __slots__ = ("_angle", "_comment", "_escaped", "_quoted")

    def __init__(self) -> None:
        self._quoted = self._escaped = self._angle = False
        self._comment = 0

    def is_plain(self, character: str) -> bool:
        """Take in the next character; whether it stands outside of all of them."""
        if self._escaped:
            self._escaped = False
        elif character == "\\":
            self._escaped = self._quoted or self._comment > 0
        elif character == '"' and not self._comment:
            self._quoted = not self._quoted
        elif not self._quoted:
            return self._bracket(character)
        return False

    def _bracket(self, character: str) -> bool:
        if character == "(":
            self._comment += 1
        elif character == ")":
            self._comment = max(self._comment - 1, 0)
        elif self._comment:
            return False
        elif character in "<>":
            self._angle = character == "<"
        return not self._comment and not self._angle


def split_addresses(raw: str) -> Iterator[str]:
    """The entries of an address header, none of them empty. Group names are dropped, their members kept."""
    scanner = _Scanner()
    start = 0
    for position, character in enumerate(raw):
        if not scanner.is_plain(character):
            continue
        if character == ":" and raw.find("@", start, position) < 0:
            start = position + 1
        elif character in ",;":
            if entry := raw[start:position].strip():
                yield entry
            start = position + 1
    if entry := raw[start:].strip():
        yield entry
