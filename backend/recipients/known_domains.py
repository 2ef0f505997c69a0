"""Domains that the product knows of: whose they are, and which ordinary ones merely look like them."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class KnownDomains:
    """All domains in lower case, as A-labels.

    `organisations`: the organisation's name by its domain. `municipal`: the domains of municipalities. `only_here`:
    those whose names nobody ought to meet under another top domain. `ordinary`: real domains of others that are near
    one of these, and never questioned. `words`: words and surnames that are names of such domains under any suffix.
    """

    organisations: Mapping[str, str]
    municipal: frozenset[str] = frozenset()
    only_here: frozenset[str] = frozenset()
    ordinary: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@cache
def bundled() -> KnownDomains:
    """The list that comes with the product. Source: the organisations' own public pages, see the TOML files."""
    municipal = _by_domain([read_table("municipalities.toml")["municipalities"]])
    known = read_table("known_domains.toml")
    public = municipal | _by_domain([known["regions"], known["authorities"]])
    ordinary = read_table("ordinary_domains.toml")
    return KnownDomains(
        organisations=public | _by_domain([known["others"]]),
        municipal=frozenset(municipal),
        only_here=frozenset(public) | frozenset(known["mailboxes"]["only_here"]),
        ordinary=frozenset(ordinary["domains"]),
        words=frozenset(ordinary["words"]),
    )


def _by_domain(sections: Iterable[Mapping[str, list[str]]]) -> dict[str, str]:
    return {domain: name for section in sections for name, domains in section.items() for domain in domains}


def read_table(name: str) -> dict[str, Any]:
    """The TOML file of that name beside this one: sections of domains by the name of the organisation."""
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
