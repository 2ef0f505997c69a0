"""What headers and words in an export mean: the tables of `export_columns.toml`."""

import tomllib
from pathlib import Path

from backend.directory.spelling import plain
from backend.domain.directory import EntryKind

GUEST = "guest"
_WORDS = tomllib.loads((Path(__file__).parent / "export_columns.toml").read_text("utf-8"))
_LONGEST = 100

HEADERS = {
    plain(header): (column, rank) for column, names in _WORDS["columns"].items() for rank, header in enumerate(names)
}
"""Column by header (`plain`), and how good a header it is for it: 0 is the best."""
_KINDS = {plain(word): kind for kind, words in _WORDS["kinds"].items() for word in words}
_ANSWERS = {word: answer == "yes" for answer, words in _WORDS["answers"].items() for word in words}


def column_of(header: str) -> tuple[str, int]:
    """The column that a header stands for and its rank there; no column ("") for one that is not known."""
    return HEADERS.get(plain(header[:_LONGEST]), ("", 0))


def kind_of(word: str) -> tuple[EntryKind, bool] | None:
    """The kind and whether it is a guest; a person where nothing is said, None for a word that is not known."""
    if not word:
        return EntryKind.PERSON, False
    kind = _KINDS.get(plain(word[:_LONGEST]))
    if kind is None:
        return None
    return (EntryKind.PERSON, True) if kind == GUEST else (EntryKind(kind), False)


def answer_of(word: str) -> bool | None:
    """Yes or no; None for anything else."""
    return _ANSWERS.get(word.lower())
