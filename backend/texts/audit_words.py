"""The audit log's words, and those of what is kept of a person, from `audit.toml`: Swedish first."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

Pairs = Mapping[str, tuple[str, str]]
"""By code: (Swedish, English)."""


@dataclass(frozen=True, slots=True)
class AuditWords:
    """Words by code, each as (Swedish, English).

    `events` are events, `details` the keys of an entry's details, `values` what stands there, `faults` what a
    verification finds, `columns` those of a table of entries. `kinds` are the kinds of rows that have a time of their
    own or tell of a person, `fields` the fields of what is handed out about one.
    """

    events: Pairs
    details: Pairs
    values: Pairs
    faults: Pairs
    columns: Pairs
    kinds: Pairs
    fields: Pairs
    messages: Pairs
    help: Pairs

    def message(self, code: str, /, **words: str) -> str:
        """A Swedish sentence with its words filled in. Raises KeyError for an unknown code or a missing word."""
        return self.messages[code][0].format_map(words)


@cache
def read_audit_words() -> AuditWords:
    """All of them."""
    content = tomllib.loads((Path(__file__).parent / "audit.toml").read_text("utf-8"))
    groups = {
        group: {code: (pair["sv"], pair["en"]) for code, pair in pairs.items()} for group, pairs in content.items()
    }
    return AuditWords(**groups)
