"""The part of OData's `$filter` that is used of Graph, read from the query string as it came.

After Microsoft's "Use the $filter query parameter" and "Advanced query capabilities on Microsoft Entra ID objects".
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

MOST_CLAUSES = 15
LONGEST_VALUE = 120
_TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(startsWith)\(|(\w+)/any\((\w):\4 eq |([()])|,|(\w+))")


class BadQuery(Exception):
    """Graph answers 400."""

    @classmethod
    def at(cls, position: int) -> "BadQuery":
        return cls(f"Syntax error at position {position}")


class Table:
    """Rows that can be filtered. Text is compared without case; of `unfindable` values nothing is found by `eq`."""

    def __init__(self, rows: Sequence[Mapping[str, Any]], unfindable: frozenset[str] = frozenset()) -> None:
        self.rows, self._unfindable = list(rows), unfindable
        self._equal: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for number, row in enumerate(self.rows):
            for name, value in row.items():
                for one in value if isinstance(value, list) else [value]:
                    self._equal[name][str(one).lower()].add(number)

    def filtered(self, text: str, *, advanced: bool) -> list[Mapping[str, Any]]:
        """Rows that satisfy the expression, in their order. Raises BadQuery."""
        return [self.rows[number] for number in sorted(_Reader(self, text, advanced=advanced).read())]

    def equal(self, name: str, value: str) -> set[int]:
        return set() if value in self._unfindable else set(self._equal[name].get(value.lower(), ()))

    def starting(self, name: str, value: str) -> set[int]:
        found = (rows for text, rows in self._equal[name].items() if text.startswith(value.lower()))
        return set().union(*found)


class _Reader:
    """`or` binds looser than `and`; parentheses bind tightest."""

    def __init__(self, table: Table, text: str, *, advanced: bool) -> None:
        self._table, self._text, self._advanced = table, text, advanced
        self._at = self._clauses = 0

    def read(self) -> set[int]:
        found = self._either()
        if self._text[self._at :].strip():
            raise BadQuery.at(self._at)
        if self._clauses > MOST_CLAUSES:
            text = "Too many child clauses specified in search filter expression containing 'OR' operators: "
            raise BadQuery(text + f"{self._clauses}. Max allowed: {MOST_CLAUSES}")
        return found

    def _either(self) -> set[int]:
        found = self._both()
        while self._word("or"):
            found |= self._both()
        return found

    def _both(self) -> set[int]:
        found = self._one()
        while self._word("and"):
            found &= self._one()
        return found

    def _one(self) -> set[int]:
        token = self._next()
        if token[5] == "(":
            found = self._either()
            self._closed()
            return found
        self._clauses += 1
        if token[2]:
            name = self._next()[6]
            found = self._table.starting(name, self._value())
            self._closed()
            return found
        if token[3]:
            found = self._table.equal(token[3], self._value())
            self._closed()
            return found
        if not token[6] or not self._word("eq"):
            raise BadQuery.at(self._at)
        return self._table.equal(token[6], self._value())

    def _value(self) -> str:
        self._text = self._text[: self._at] + self._text[self._at :].lstrip(", ")
        token = self._next()[1]
        if token is None:
            raise BadQuery.at(self._at)
        value = token[1:-1].replace("''", "'")
        if len(value) > LONGEST_VALUE and not self._advanced:
            raise BadQuery.at(self._at)
        return value

    def _closed(self) -> None:
        if self._next()[5] != ")":
            raise BadQuery.at(self._at)

    def _word(self, word: str) -> bool:
        found = _TOKEN.match(self._text, self._at)
        if found and found[6] == word:
            self._at = found.end()
            return True
        return False

    def _next(self) -> re.Match[str]:
        found = _TOKEN.match(self._text, self._at)
        if not found:
            raise BadQuery.at(self._at)
        self._at = found.end()
        return found
