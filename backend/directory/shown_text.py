"""Directory texts as they may be shown."""

from functools import lru_cache

_LONGEST = 500


@lru_cache(10_000)
def shown(text: str) -> str:
    """One line without characters that show nothing, or turn the writing round. Units and titles are kept once."""
    line = text if text.isprintable() else "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    return line.strip()[:_LONGEST]
