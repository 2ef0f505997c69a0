"""In which departments a group's members work."""

from collections import Counter
from collections.abc import Iterable

_MOST = 50


def departments_of(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """How many stand under each name, the most frequent first; at most fifty. Without a name nobody is counted."""
    return tuple(Counter(filter(None, names)).most_common(_MOST))
