"""Whom somebody lives with, where a name tells the sex: "Henriks man hämtar honom"."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from backend.detection.part_scan import PartScan
from backend.detection.persons import LEXICON_FOLDER
from backend.detection.terms import Range


@dataclass(frozen=True, slots=True)
class _Words:
    partners_of_men: frozenset[str]
    partners_of_women: frozenset[str]
    pronouns: frozenset[str]
    men: frozenset[str]
    women: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    lists = tomllib.loads((LEXICON_FOLDER / "partners.toml").read_text("utf-8"))
    keys = ("partners_of_men", "partners_of_women", "pronouns", "men", "women")
    return _Words(*(frozenset(lists[key]) for key in keys))


def same_sex_partners(scan: PartScan) -> Iterator[Range]:
    """Token ranges from the name to the word for a partner of the same sex. Linear in the number of names."""
    tokens, words = scan.tokens, _words()
    for name in scan.names:
        if name.after >= len(tokens) or tokens[name.after].sentence != tokens[name.first].sentence:
            continue
        owner, ending, partner = tokens[name.first].word, tokens[name.after - 1].word, tokens[name.after].word
        given, genitive = _nominative(owner, words), ending.endswith("s")
        bare = genitive and name.after - name.first == 1 and given == owner
        if not genitive or (bare and partner in words.pronouns):
            continue
        of_man = given in words.men and partner in words.partners_of_men
        if of_man or (given in words.women and partner in words.partners_of_women):
            yield name.first, name.after + 1


def _nominative(word: str, words: _Words) -> str:
    """Of "Henriks" "henrik"; "Lars" stays as it is."""
    return word if word in words.men or word in words.women else word.removesuffix("s")
