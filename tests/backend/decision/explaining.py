"""Grounds, levels and reasons made of findings, for the tests of what a sender reads."""

from dataclasses import replace
from functools import cache
from typing import Any

from backend.decision.facts import finding_facts
from backend.decision.grounds import Grounds
from backend.decision.levels import Level, level_of
from backend.decision.lowering import lowering_of
from backend.decision.meanings import meanings_of
from backend.decision.places import SentencePlaces
from backend.decision.policy import Policy, read_policy
from backend.decision.reasons import reasons_of
from backend.domain.detected import Identity, Sentence
from backend.domain.finding import Finding
from backend.domain.label import Category
from backend.domain.reason import LoweringStep, Reason
from backend.texts.catalog import read_texts
from tests.backend.factories import finding

WORDS = read_texts().reasons
SENTENCES = tuple(Sentence("body", start, start + 20, "") for start in range(0, 600, 20))


@cache
def policy() -> Policy:
    return read_policy("standard")


def at(
    category: Category,
    *traits: str,
    sentence: int = 1,
    rule: str = "made_up",
    **fields: Any,  # noqa: ANN401 - Finding's fields
) -> Finding:
    """A finding of this rule in the body's nth sentence."""
    start = (sentence - 1) * 20 + 5
    said: dict[str, Any] = {"rule": f"{category.value}.{rule}", "explanation": f"Om {rule}."}
    said |= {"start": start, "end": start + 4}
    return replace(finding(category, *traits), **said | fields)


def explained(
    *findings: Finding,
    severe: bool = False,
    quiet: bool = True,
    **identity: Any,  # noqa: ANN401 - Identity's fields
) -> tuple[Level, tuple[Reason, ...], tuple[LoweringStep, ...]]:
    """Level, reasons and steps as an assessment has them. `quiet` when the model has nothing to say of what is left."""
    person = Identity(**identity)
    facts = finding_facts(person, findings, likely_severe=severe)
    level = level_of(policy().rules, findings, facts)
    grounds = Grounds(policy().rules, person, severe, meanings_of(findings))
    reasons = reasons_of(grounds, level, findings, SentencePlaces(SENTENCES), WORDS)
    steps = lowering_of(grounds, level, WORDS, lambda label: policy().label(label).name, lambda _: quiet)
    return level, reasons, steps
