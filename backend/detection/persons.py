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


class Clue(StrEnum):
    """Words that say how mentions beside them are meant."""

    SPEAKER = "speaker"
    TELLING = "telling"
    STAFF = "staff"
    POSSESSIVE = "possessive"
    BARE_ROLE = "bare_role"
    BARE_AGE = "bare_age"
    ORDINARY = "ordinary"
    ROOM = "room"
    ELLIPSIS = "ellipsis"
    READER = "reader"
    ATTENDANCE = "attendance"
    SECRET_WORD = "secret_word"  # noqa: S105 - the name of a list of words
    CODE_WORD = "code_word"
    LOCK_WORD = "lock_word"
    LOGIN_WORD = "login_word"


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
    before_verbs: frozenset[str]
    before_places: frozenset[str]
    common: frozenset[str]


@dataclass(frozen=True, slots=True)
class ClueWords:
    """What must stand beside a clue for it to hold."""

    role_endings: tuple[str, ...]
    not_roles: frozenset[str]
    bare_role_leads: frozenset[str]
    subjects: frozenset[str]
    own_possessives: frozenset[str]
    before_rooms: frozenset[str]
    adverbs: frozenset[str]


_LISTS: dict[str, Mention | Clue] = {
    "pronouns": Mention.PRONOUN,
    "self": Mention.SELF,
    "roles_definite": Mention.ROLE,
    "roles_indefinite": Mention.INDEFINITE_ROLE,
    "relations": Mention.RELATION,
    "case_words": Mention.CASE_WORD,
    "plural_groups": Mention.GROUP,
    "general_cues": Mention.GENERAL,
}
_CLUE_LISTS = {
    "speakers": Clue.SPEAKER,
    "telling": Clue.TELLING,
    "staff": Clue.STAFF,
    "possessives": Clue.POSSESSIVE,
    "bare_roles": Clue.BARE_ROLE,
    "bare_ages": Clue.BARE_AGE,
    "ordinary": Clue.ORDINARY,
    "rooms": Clue.ROOM,
    "ellipsis": Clue.ELLIPSIS,
    "reader": Clue.READER,
    "attendance": Clue.ATTENDANCE,
    "secret_words": Clue.SECRET_WORD,
    "code_words": Clue.CODE_WORD,
    "lock_words": Clue.LOCK_WORD,
    "login_words": Clue.LOGIN_WORD,
}


@lru_cache(maxsize=1)
def person_words() -> PersonWords:
    """The lists from `lexicon/*.toml`, read once for the process."""
    names = _read("names.toml")
    return PersonWords(
        first_names=frozenset(names["first_names"]),
        surnames=frozenset(names["surnames"]),
        ambiguous=frozenset(names["ambiguous"]),
        before_verbs=frozenset(names["before_verbs"]),
        before_places=frozenset(names["before_places"]),
        common=frozenset(_read("common_words.toml")["words"]),
    )


@lru_cache(maxsize=1)
def clue_words() -> ClueWords:
    """Lists from `lexicon/clues.toml` that are compared with single words, read once for the process."""
    clues = _read("clues.toml")
    return ClueWords(
        role_endings=tuple(clues["role_endings"]),
        not_roles=frozenset(clues["not_roles"]),
        bare_role_leads=frozenset(clues["bare_role_leads"]),
        subjects=frozenset(clues["subjects"]),
        own_possessives=frozenset(clues["own_possessives"]),
        before_rooms=frozenset(clues["before_rooms"]),
        adverbs=frozenset(clues["adverbs"]),
    )


def person_patterns() -> list[tuple[str, Mention | Clue]]:
    """Word patterns with the mention or clue that each stands for."""
    lists, clues = _read("persons.toml"), _read("clues.toml") | _read("secrets.toml")
    patterns = [(pattern, mention) for key, mention in _LISTS.items() for pattern in lists[key]]
    return patterns + [(pattern, clue) for key, clue in _CLUE_LISTS.items() for pattern in clues[key]]


def _read(name: str) -> dict[str, Sequence[str]]:
    return tomllib.loads((LEXICON_FOLDER / name).read_text("utf-8"))
