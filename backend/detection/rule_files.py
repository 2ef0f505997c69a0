"""Reads detection rules from `rules/*.toml`: each rule is data and carries its own matches and clean examples."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.label import Category

RULES_FOLDER = Path(__file__).parent / "rules"
HOLDS_DIGIT = "#"
"""In `also`: any word that holds a digit."""


class PersonDemand(StrEnum):
    """What a rule asks for before its finding is said of a person."""

    NEAR = "near"
    IMPLIED = "implied"
    MATTER = "matter"


class _RuleDocument(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z_]+\.[a-z0-9_]+$")
    explanation: str = Field(min_length=10, max_length=200)
    traits: tuple[str, ...] = ()
    person: PersonDemand = PersonDemand.NEAR
    terms: tuple[str, ...] = Field(min_length=1)
    also: tuple[str, ...] = ()
    exclude: tuple[str, ...] = Field(default=(), alias="not")
    matches: tuple[str, ...] = Field(min_length=3)
    clean: tuple[str, ...] = Field(min_length=3)


class _RuleFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    category: Category
    source: tuple[str, ...] = Field(min_length=1)
    rule: tuple[_RuleDocument, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One lexicon rule. `source` are row ids of the requirements table; pattern forms are those of `Lexicon`."""

    id: str
    category: Category
    source: tuple[str, ...]
    explanation: str
    traits: frozenset[str]
    person: PersonDemand
    terms: tuple[str, ...]
    also: tuple[str, ...]
    exclude: tuple[str, ...]
    matches: tuple[str, ...]
    clean: tuple[str, ...]


def read_rules(folder: Path = RULES_FOLDER) -> tuple[Rule, ...]:
    """All rules of a folder, in the order of file name and place. Raises pydantic's ValidationError on a bad file."""
    rules: list[Rule] = []
    for path in sorted(folder.glob("*.toml")):
        document = _RuleFile.model_validate(tomllib.loads(path.read_text("utf-8")))
        rules.extend(_rules_of(document))
    _refuse_doubles(rules)
    return tuple(rules)


def _rules_of(document: _RuleFile) -> list[Rule]:
    return [
        Rule(
            id=rule.id,
            category=document.category,
            source=document.source,
            explanation=rule.explanation,
            traits=frozenset(rule.traits),
            person=rule.person,
            terms=rule.terms,
            also=rule.also,
            exclude=rule.exclude,
            matches=rule.matches,
            clean=rule.clean,
        )
        for rule in document.rule
    ]


def _refuse_doubles(rules: Sequence[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            message = f"rule id used twice: {rule.id}"
            raise ValueError(message)
        seen.add(rule.id)
