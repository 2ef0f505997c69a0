"""Passwords and codes written out in a text: "lösenord: sommarbris", "pinkod 4711"."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from backend.detection.persons import LEXICON_FOLDER, Clue, person_words
from backend.detection.terms import Range, TermHits
from backend.detection.tokens import Token

_LONGEST = 64
_SHORTEST = 4
_CLOSING = ".,;:!?)(\"'”’]»"
_MOST_BETWEEN = 3
_UNITS = frozenset({" k", " m", " s", " %"})
_YEARS = ("202", "203")
_CODE_LENGTHS = range(4, 9)
_ORDINARY_ENDINGS = ("at", "ad", "et", "igt", "ig", "as", "ar", "er", "ades", "ats", "ande", "en")
"""Endings of what is said about a password rather than being one: "lösenordet är bytt", "felstavat"."""


@dataclass(frozen=True, slots=True)
class _Words:
    weak: frozenset[str]
    joiners: frozenset[str]
    not_secrets: frozenset[str]
    digit_joiners: frozenset[str]
    new: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    lists = tomllib.loads((LEXICON_FOLDER / "secrets.toml").read_text("utf-8"))
    keys = ("weak_code_words", "joiners", "not_secrets", "digit_joiners", "new_words")
    return _Words(*(frozenset(lists[key]) for key in keys))


def written_secrets(hits: TermHits, tokens: Sequence[Token], text: str) -> Iterator[Range]:
    """Token ranges from the word for a secret to the end of what looks like one, in order, not overlapping."""
    places = [(first, after, False) for first, after in hits.clues[Clue.SECRET_WORD]]
    places += [(first, after, True) for first, after in hits.clues[Clue.CODE_WORD]]
    free = 0
    for first, after, is_code in sorted(places):
        if first < free:
            continue
        last = _secret_end(tokens, text, first, after, is_code=is_code)
        if last:
            free = last
            yield first, last


def _secret_end(tokens: Sequence[Token], text: str, first: int, after: int, *, is_code: bool) -> int:
    """Where the secret after a word for one ends; 0 if none stands there."""
    words = _words()
    value = after
    said = False
    while value < len(tokens) and value - after <= _MOST_BETWEEN:
        gap = text[tokens[value - 1].end : tokens[value].start]
        if ":" in gap or "=" in gap:
            return _end_if(tokens, text, value, loose=True)
        if "\n" in gap or tokens[value].sentence != tokens[first].sentence:
            return 0
        if said:
            return _end_if(tokens, text, value, loose=True, sentence=True)
        if tokens[value].word in words.joiners:
            said = True
        elif is_code and _keyed_digits(tokens, text, first, value, after):
            return value + 1
        elif value == after and _follows_directly(tokens, text, first, value, is_code=is_code):
            return _written(tokens, text, value)[1]
        value += 1
    return 0


def _follows_directly(tokens: Sequence[Token], text: str, first: int, value: int, *, is_code: bool) -> bool:
    """Whether a secret stands right behind the word: digits after "pinkod", letters and digits after "lösen"."""
    written, _ = _written(tokens, text, value)
    if is_code:
        return tokens[first].word not in _words().weak and written.isdigit() and len(written) in _CODE_LENGTHS
    has_letters, has_digits = any(map(str.isalpha, written)), any(map(str.isdigit, written))
    return has_letters and has_digits and len(written) >= _SHORTEST


def _keyed_digits(tokens: Sequence[Token], text: str, first: int, value: int, after: int) -> bool:
    """Whether digits stand there that the words between say are the code: "ny kod 7741", "koden byttes till 4419"."""
    word = tokens[value].word
    if (
        not word.isdigit()
        or len(word) not in _CODE_LENGTHS
        or text[tokens[value].end : tokens[value].end + 2] in _UNITS
    ):
        return False
    if value == after:
        return first > 0 and tokens[first - 1].word in _words().new
    return tokens[value - 1].word in _words().digit_joiners and not word.startswith(_YEARS)


def _end_if(tokens: Sequence[Token], text: str, value: int, *, loose: bool, sentence: bool = False) -> int:
    """The end of what is written at `value` if it looks like a secret, else 0.

    `loose` lets a single uncommon word pass; `sentence` is the stricter case after a verb.
    """
    written, end = _written(tokens, text, value)
    if not _SHORTEST <= len(written) <= _LONGEST or "://" in written or ("@" in written[1:] and "." in written):
        return 0
    if any(map(str.isdigit, written)):
        return end
    if any(map(str.isupper, written[1:])) and not written.isupper():
        return end
    word = tokens[value].word
    alone = end >= len(tokens) or tokens[end].sentence != tokens[value].sentence or _stops(text, tokens[end - 1].end)
    uncommon = word not in person_words().common and word not in _words().not_secrets and written.isalnum()
    ordinary = sentence and word.endswith(_ORDINARY_ENDINGS)
    return end if loose and alone and uncommon and not ordinary else 0


def _stops(text: str, offset: int) -> bool:
    return text[offset : offset + 1] in {",", ";", ".", "\n", ")"}


def _written(tokens: Sequence[Token], text: str, value: int) -> tuple[str, int]:
    """What stands up to the next space, without closing punctuation, and the token index after it."""
    start = tokens[value].start
    chunk = text[start : start + _LONGEST + 1].split(maxsplit=1)[0]
    end = value
    while end < len(tokens) and tokens[end].start < start + len(chunk):
        end += 1
    return chunk.rstrip(_CLOSING), end
