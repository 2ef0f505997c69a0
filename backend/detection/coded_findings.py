"""What the sender reads about findings that are made by code instead of a rule file."""

import tomllib
from functools import lru_cache

from backend.detection.persons import LEXICON_FOLDER


@lru_cache(maxsize=1)
def _explanations() -> dict[str, str]:
    document = tomllib.loads((LEXICON_FOLDER / "coded_findings.toml").read_text("utf-8"))
    return {rule: entry["explanation"] for rule, entry in document.items()}


def explanation_of(rule: str) -> str:
    """The Swedish sentence for a coded finding's rule id. Raises KeyError for an unknown id."""
    return _explanations()[rule]


def coded_rules() -> tuple[str, ...]:
    """Ids of all rules that code makes findings for."""
    return tuple(_explanations())
