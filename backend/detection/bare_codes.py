"""Codes and passwords that no word stands right before: "porten mot parken 2580*", "slås av med 0926", "Gran!88x"."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from backend.detection.persons import LEXICON_FOLDER, Clue
from backend.detection.terms import Range, TermHits
from backend.detection.tokens import Token

_REACH = 12
"""A word for a lock or for signing in stands at most this many words away."""
_BRIEF = 10
"""A text of so few words under a heading like "Kod" is the code."""
_CODE_LENGTHS = range(4, 9)
_PLAIN_LENGTHS = range(4, 7)
_KEYS = frozenset("#*")
_YEARS = ("19", "20")
_SIGNS = frozenset("!#$%&*?_+=")
_NOT_IN_PASSWORDS = frozenset("@./:\\<>|")
_CLOSING = ".,;:)(\"'”’]»"
_PASSWORD_LENGTHS = range(8, 41)


@dataclass(frozen=True, slots=True)
class _Words:
    keying: frozenset[str]
    keyers: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    lists = tomllib.loads((LEXICON_FOLDER / "secrets.toml").read_text("utf-8"))
    return _Words(frozenset(lists["keying"]), frozenset(lists["keyers"]))


def bare_codes(hits: TermHits, tokens: Sequence[Token], text: str, *, headed: bool) -> Iterator[Range]:
    """Token ranges of codes and passwords near a lock or a sign-in, in order. `headed`: the subject says so."""
    locks = _covered(hits, (Clue.LOCK_WORD, Clue.CODE_WORD))
    logins = _covered(hits, (Clue.LOGIN_WORD, Clue.SECRET_WORD))
    if not locks and not logins and not headed:
        return
    index = 0
    while index < len(tokens):
        after = 0
        if tokens[index].word.isdigit():
            after = _code_end(tokens, text, index, locks, headed=headed)
        elif (keyed := _told_to_key(tokens, index)) or text[tokens[index].end : tokens[index].end + 1] in _SIGNS:
            near = headed or _near(logins, index)
            after = _password_end(tokens, text, index, keyed=keyed and near) if near else 0
        if after:
            yield index, after
        index = max(after, index + 1)


def _covered(hits: TermHits, clues: Sequence[Clue]) -> list[int]:
    return [first for clue in clues for first, _ in hits.clues[clue]]


def _near(places: Sequence[int], index: int) -> bool:
    return any(-_REACH <= index - place <= _REACH for place in places)


def _code_end(tokens: Sequence[Token], text: str, index: int, locks: Sequence[int], *, headed: bool) -> int:
    """Where a code that begins at a token of digits ends; 0 where it is hardly one."""
    near = _near(locks, index)
    if not near and not headed:
        return 0
    if _part_of_longer(tokens, text, index):
        return _spelled_end(tokens, text, index) if near else 0
    token = tokens[index]
    length = len(token.word)
    if length in _CODE_LENGTHS and text[token.end : token.end + 1] in _KEYS:
        return index + 1
    if length not in _PLAIN_LENGTHS or token.word.startswith(_YEARS) or _amount(text, token):
        return 0
    brief = headed and len(tokens) <= _BRIEF
    return index + 1 if brief or (near and _keyed(tokens, text, index, locks)) else 0


def _keyed(tokens: Sequence[Token], text: str, index: int, locks: Sequence[int]) -> bool:
    """Whether the word before says that the digits are keyed in, or is the lock itself: "slå 4471", "dörren: 4471"."""
    if not index or tokens[index - 1].sentence != tokens[index].sentence:
        return False
    told = not {":", "="}.isdisjoint(text[tokens[index - 1].end : tokens[index].start])
    coded = any(tokens[place].word.startswith("kod") for place in range(max(index - 4, 0), index))
    return _told_to_key(tokens, index) or (
        index - 1 in locks and (told or coded) and not tokens[index - 1].word.startswith("kod")
    )


def _told_to_key(tokens: Sequence[Token], index: int) -> bool:
    """Whether what stands there is to be keyed in: "slå 4471", "slår du 4471", "logga in med …"."""
    if not index or tokens[index - 1].sentence != tokens[index].sentence:
        return False
    asked = index > 1 and tokens[index - 1].word in _words().keyers
    return tokens[index - 2 if asked else index - 1].word in _words().keying


def _spelled_end(tokens: Sequence[Token], text: str, index: int) -> int:
    """Where four to six single digits with a space between end: "7 3 0 4"."""
    after = index
    while after < len(tokens) and len(tokens[after].word) == 1 and tokens[after].word.isdigit():
        if after > index and text[tokens[after - 1].end : tokens[after].start] not in {" ", "-"}:
            break
        after += 1
    digits = "".join(token.word for token in tokens[index:after])
    return after if after - index in _PLAIN_LENGTHS and digits not in "123456789" else 0


def _part_of_longer(tokens: Sequence[Token], text: str, index: int) -> bool:
    """Whether digits stand beside these: a phone number, a date, a time, an amount, or a code spelled out."""
    before = index > 0 and tokens[index - 1].word[-1].isdigit() and _close(text, tokens[index - 1], tokens[index])
    behind = index + 1 < len(tokens) and tokens[index + 1].word[0].isdigit()
    return before or (behind and _close(text, tokens[index], tokens[index + 1]))


def _close(text: str, first: Token, second: Token) -> bool:
    return text[first.end : second.start] in {" ", "-", ".", ":", "/", ",", "–", "\u00a0"}


def _amount(text: str, token: Token) -> bool:
    return text[token.end : token.end + 5].strip().lower().startswith(("kr", "%", "sek", "st", "m", "€", ":-"))


def _password_end(tokens: Sequence[Token], text: str, index: int, *, keyed: bool) -> int:
    """Where a string that looks like a password ends; 0 where it does not.

    It holds small and capital letters and digits, and a sign, too, where it is not `keyed` in.
    """
    start = tokens[index].start
    if start and not text[start - 1].isspace() and text[start - 1] not in "(\"'”":
        return 0
    written = text[start : start + _PASSWORD_LENGTHS.stop].split(maxsplit=1)[0].rstrip(_CLOSING)
    if len(written) not in _PASSWORD_LENGTHS or not _NOT_IN_PASSWORDS.isdisjoint(written):
        return 0
    inside = written.rstrip("!?")
    mixed = any(map(str.isdigit, written)) and any(map(str.islower, written)) and any(map(str.isupper, written))
    if not mixed or (not keyed and (_SIGNS.isdisjoint(inside) or set(written) & _SIGNS == {"_"})):
        return 0
    after = index
    while after < len(tokens) and tokens[after].start < start + len(written):
        after += 1
    return after
