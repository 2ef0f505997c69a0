"""Who a text speaks of: names, initials, pronouns, roles and relations. Word lists are data in `lexicon/`."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

LEXICON_FOLDER = Path(__file__).parent / "lexicon"


class Mention(StrEnum):
    """How a person, or people in general, are mentioned."""

    NAME = "name"
    FULL_NAME = "full_name"
    INITIALS = "initials"
    PERSONNUMMER = "personnummer"
    PRONOUN = "pronoun"
    ROLE = "role"
    INDEFINITE_ROLE = "indefinite_role"
    RELATION = "relation"
    SELF = "self"
    CASE_WORD = "case_word"
    GROUP = "group"
    GENERAL = "general"


EVIDENCE = {
    Mention.PERSONNUMMER: 1.0,
    Mention.FULL_NAME: 0.95,
    Mention.NAME: 0.9,
    Mention.INITIALS: 0.9,
    Mention.PRONOUN: 0.85,
    Mention.RELATION: 0.85,
    Mention.ROLE: 0.8,
    Mention.INDEFINITE_ROLE: 0.65,
    Mention.SELF: 0.6,
}
"""How strongly a mention points at one identifiable person, 0–1. Own judgement, checked by cross-validation."""


@dataclass(frozen=True, slots=True)
class PersonWords:
    """The word lists, compiled."""

    first_names: frozenset[str]
    surnames: frozenset[str]
    ambiguous: frozenset[str]
    common: frozenset[str]


_LISTS = {
    "pronouns": Mention.PRONOUN,
    "self": Mention.SELF,
    "roles_definite": Mention.ROLE,
    "roles_indefinite": Mention.INDEFINITE_ROLE,
    "relations": Mention.RELATION,
    "case_words": Mention.CASE_WORD,
    "plural_groups": Mention.GROUP,
    "general_cues": Mention.GENERAL,
}


@lru_cache(maxsize=1)
def person_words() -> PersonWords:
    """The lists from `lexicon/*.toml`, read once for the process."""
    names = _read("names.toml")
    return PersonWords(
        first_names=frozenset(names["first_names"]),
        surnames=frozenset(names["surnames"]),
        ambiguous=frozenset(names["ambiguous"]),
        common=frozenset(_read("common_words.toml")["words"]),
    )


def person_patterns() -> list[tuple[str, Mention]]:
    """Word patterns with the mention that each stands for."""
    lists = _read("persons.toml")
    return [(pattern, mention) for key, mention in _LISTS.items() for pattern in lists[key]]


def _read(name: str) -> dict[str, Sequence[str]]:
    return tomllib.loads((LEXICON_FOLDER / name).read_text("utf-8"))
