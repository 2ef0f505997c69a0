"""Names with a word put beside them: `granvik-kommun`, `granvikse`, `granvik-login`."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from backend.recipients.guarded_names import LONG, SHORT, GuardedName

_OF_MUNICIPALITIES = "kommun"


def without(label: str, names: Mapping[str, Sequence[GuardedName]]) -> Iterator[GuardedName]:
    """Those of `names` (by label) that `label` is, with one word put before or after it."""
    for word, hyphened_only in _words():
        for rest, hyphen in _halves(label, word):
            if hyphened_only and not hyphen:
                continue
            yield from (name for name in _named(rest, word, names) if _is_told_by(name, word))
    for rest, hyphen in (pair for suffix in _suffixes(label) for pair in _after(label, suffix)):
        for name in names.get(rest, ()):
            if label == name.label + hyphen + name.suffix and len(rest) >= (SHORT if hyphen else LONG):
                yield name


def _named(rest: str, word: str, names: Mapping[str, Sequence[GuardedName]]) -> Iterator[GuardedName]:
    yield from names.get(rest, ())
    if word == _OF_MUNICIPALITIES and rest.endswith("s"):
        yield from names.get(rest[:-1], ())


def _is_told_by(name: GuardedName, word: str) -> bool:
    if name.private or len(name.label) < SHORT:
        return False
    if word == _OF_MUNICIPALITIES:
        return name.municipal or name.own
    return name.own or len(name.label) >= LONG


def _halves(label: str, word: str) -> Iterator[tuple[str, str]]:
    """What is left of `label` without `word` before or after it, and the hyphen between them if there is one."""
    if label.startswith(word):
        rest = label[len(word) :]
        yield rest.removeprefix("-"), "-" if rest.startswith("-") else ""
    yield from _after(label, word)


def _after(label: str, word: str) -> Iterator[tuple[str, str]]:
    if label.endswith(word):
        rest = label[: len(label) - len(word)]
        yield rest.removesuffix("-"), "-" if rest.endswith("-") else ""


def _suffixes(label: str) -> Iterator[str]:
    """Endings of two and three letters: `se`, `com`."""
    yield from (label[-length:] for length in (2, 3) if len(label) > length)


@cache
def _words() -> tuple[tuple[str, bool], ...]:
    table = tomllib.loads(Path(__file__).with_name("likenesses.toml").read_text(encoding="utf-8"))["added_words"]
    return (*((word, False) for word in table["together"]), *((word, True) for word in table["hyphened"]))
