"""Whom a mail greets, and whether a recipient is called that."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz.distance import OSA

from backend.domain.directory import EntryKind
from backend.domain.recipient import JudgedRecipient
from backend.recipients.plain_letters import without_marks

_LONGEST_LINE = 120
_MOST_WORDS = 3
_ENDS = "!?.:;–()"
_COMMON_BEGINNING = 3
_LONG_NAME = 4
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands in greeting_words.toml, folded."""

    greetings: tuple[str, ...]
    joining: frozenset[str]
    no_names: frozenset[str]
    functional: frozenset[str]
    nicknames: dict[str, frozenset[str]]


def greeted_names(text: str) -> tuple[str, ...]:
    """The first names in the greeting on the first line of a mail ("Hej Anna och Bo!"), as written; else none."""
    first = next((one for one in text[: _LONGEST_LINE * 4].splitlines() if one.strip()), "")
    line = " ".join(first.split())[:_LONGEST_LINE]
    folded = line.lower()
    greeting = next((one for one in _words().greetings if folded.startswith(f"{one} ")), None)
    return tuple(_names(line[len(greeting) :])) if greeting else ()


def called(name: str, judged: JudgedRecipient) -> bool | None:
    """Whether the recipient may be called `name`; None where nobody can tell (a shared mailbox, a group)."""
    if judged.entry is not None and judged.entry.kind is not EntryKind.PERSON:
        return None
    own = _own_names(judged)
    return any(_alike(without_marks(name), one) for one in own) if own else None


def is_functional(key: str) -> bool:
    """Whether a mailbox key looks like nobody's own mailbox ("info@", "registrator@")."""
    return bool(_words().functional.intersection(_split(key.rpartition("@")[0])))


def _names(rest: str) -> Iterator[str]:
    """First names of the people in a row ("Anna Berg, Bo och Lisa! …"), up to what is no name."""
    row = next((rest[:index] for index, letter in enumerate(rest) if letter in _ENDS), rest)
    for segment in _segments(row):
        words = segment.split()
        if not 0 < len(words) <= _MOST_WORDS or not all(map(_is_name, words)):
            return
        yield words[0]


def _segments(row: str) -> Iterator[str]:
    for piece in row.split(","):
        words: list[str] = []
        for word in piece.split():
            if word.lower() in _words().joining:
                yield " ".join(words)
                words = []
            else:
                words.append(word)
        if words:
            yield " ".join(words)


def _is_name(word: str) -> bool:
    letters = word.replace("-", "")
    if len(letters) < _SHORTEST_NAME or not letters.isalpha() or word.lower() in _words().no_names:
        return False
    # "KÅ" is a signature, not a name.
    return word[0].isupper() and not letters.isupper()


def _own_names(judged: JudgedRecipient) -> frozenset[str]:
    """What the recipient may be called, folded: words of names and of the address; initials as they are."""
    mailbox, entry = judged.recipient.mailbox, judged.entry
    named = [mailbox.name]
    if entry is not None:
        # People are also greeted by their unit: "Hej Barn och familj!".
        named += [entry.name, entry.given_name, entry.department, entry.title]
    names = {word for text in named if "@" not in text for word in _split(text)}
    local = set(_split(mailbox.key.rpartition("@")[0]))
    if local & _words().functional and not names:
        return frozenset()
    return frozenset(names | local)


def _split(text: str) -> list[str]:
    folded = without_marks(text)
    return "".join(letter if letter.isalpha() else " " for letter in folded).split()


def _alike(name: str, other: str) -> bool:
    """Folded names that may be one person's: spellings, short forms, initials in an address, nicknames."""
    if len(other) == 1:
        return name.startswith(other)
    if name in other or name[:_COMMON_BEGINNING] == other[:_COMMON_BEGINNING]:
        return True
    longest_slip = min(len(name), len(other)) >= _LONG_NAME or (name[0] == other[0] and len(name) == len(other))
    if longest_slip and OSA.distance(name, other, score_cutoff=1) <= 1:
        return True
    nicknames = _words().nicknames
    return other in nicknames.get(name, ()) or name in nicknames.get(other, ())


@cache
def _words() -> _Words:
    read = tomllib.loads(Path(__file__).with_name("greeting_words.toml").read_text("utf-8"))
    return _Words(
        greetings=tuple(sorted(read["greetings"], key=len, reverse=True)),
        joining=frozenset(read["joining"]),
        no_names=frozenset(read["no_names"]),
        functional=frozenset(without_marks(one) for one in read["functional"]),
        nicknames={
            without_marks(name): frozenset(map(without_marks, full)) for name, full in read["nicknames"].items()
        },
    )
