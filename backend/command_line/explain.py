"""An assessment as a person reads it in a terminal."""

from collections.abc import Iterator, Sequence

from backend.decision.policy import Policy
from backend.domain.assessment import Assessment
from backend.domain.errors import CodedError
from backend.domain.finding import Finding
from backend.domain.reason import Reason
from backend.texts.catalog import Texts

_MOST_EXCERPTS = 3
_WITH_SENTENCES = frozenset({"body", "quoted", "attachment"})
"""Parts where it helps to know which sentence."""


def explain(assessment: Assessment, policy: Policy, texts: Texts, name: str) -> str:
    """Label, reasons with the guideline's section, what is expected, and what Send does."""
    return "\n".join(_lines(assessment, policy, texts, name)) + "\n"


def explain_error(texts: Texts, error: CodedError, name: str) -> str:
    """An input that could not be assessed."""
    detail = f" [{error.detail}]" if error.detail else ""
    return f"── {name}\n   {texts.told(error)} ({error.code}){detail}\n"


def _lines(assessment: Assessment, policy: Policy, texts: Texts, name: str) -> Iterator[str]:
    words = texts.command_line
    yield f"── {name}"
    label = policy.label(assessment.label).name
    yield f"   {words['label']}: {label} ({words['confidence']} {assessment.confidence:.0%})"
    yield f"   {assessment.summary}"
    if assessment.reasons:
        yield f"   {words['reasons']}:"
        yield from (f"     - {_reason(reason, assessment, policy, texts)}" for reason in assessment.reasons)
    if assessment.lowering:
        yield f"   {words['lowering']}:"
        yield from (f"     - {step.text}" for step in assessment.lowering)
    if assessment.obligations:
        yield f"   {words['expected']}:"
        for obligation in assessment.obligations:
            mark = "✓" if obligation.met else "•"
            yield f"     {mark} {obligation.text} [{', '.join(obligation.source)}]"
    if assessment.tips:
        yield f"   {words['tips']}: {' '.join(assessment.tips)}"
    yield f"   {words['on_send']}: {words[assessment.send_decision.value]}"


def _reason(reason: Reason, assessment: Assessment, policy: Policy, texts: Texts) -> str:
    """The reason with its category, masked excerpts, where it stands and the guideline's section."""
    findings = [assessment.findings[index] for index in reason.findings]
    names = [policy.category(category).name for category in reason.categories]
    excerpts = [f"«{one}»" for one in list(dict.fromkeys(one.excerpt for one in findings))[:_MOST_EXCERPTS]]
    notes = [*_places(reason, texts), *_guideline(findings, policy)]
    told = " ".join([f"{', '.join(names)}: {reason.text}" if names else reason.text, *excerpts])
    return f"{told} ({'; '.join(notes)})" if notes else told


def _places(reason: Reason, texts: Texts) -> Iterator[str]:
    """Each part with the numbers of its sentences: "text, mening 2, 5"."""
    numbers: dict[str, list[str]] = {}
    for place in reason.places:
        numbers.setdefault(place.part, []).extend([str(place.number)] if place.number else [])
    for part, sentences in numbers.items():
        kind, _, index = part.partition(":")
        name = texts.parts[kind] + (f" {int(index) + 1}" if index else "")
        several = kind in _WITH_SENTENCES and sentences
        yield f"{name}, {texts.command_line['sentence']} {', '.join(sentences)}" if several else name


def _guideline(findings: Sequence[Finding], policy: Policy) -> Iterator[str]:
    rows = policy.guidelines()
    # A municipality's own file may have left the row out.
    named = dict.fromkeys(one for finding in findings for one in finding.source[:1] if one in rows)
    yield from (f"{rows[one].document}, {rows[one].section}" for one in list(named)[:1])
