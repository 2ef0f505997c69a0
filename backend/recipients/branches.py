"""Which branch of activity somebody works in: secrecy holds between committees and branches (OSL 8:1–2)."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import lru_cache

from backend.domain.directory import DirectoryEntry
from backend.domain.recipient import Branch


class Branches:
    """The policy's map of departments. The first row that fits counts."""

    def __init__(self, rows: Sequence[Branch]) -> None:
        self._rows = tuple(rows)
        self._named = lru_cache(maxsize=4096)(self._find)

    def of(self, entry: DirectoryEntry | None) -> Branch | None:
        """The entry's branch by its department, else by its company; None where the map has neither."""
        if entry is None:
            return None
        return self.named(entry.department) or self.named(entry.company)

    def named(self, department: str) -> Branch | None:
        """The branch that a department belongs to."""
        return self._named(department)

    def _find(self, name: str) -> Branch | None:
        folded = " ".join(name.casefold().split())
        if not folded:
            return None
        return next((row for row in self._rows if any(fnmatchcase(folded, one) for one in row.departments)), None)
