"""An assessment as a person reads it in a terminal."""

from collections.abc import Iterator

from backend.decision.policy import Policy
from backend.domain.assessment import Assessment
from backend.domain.errors import CodedError
from backend.domain.finding import Finding
from backend.texts.catalog import Texts


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
    reasons = [finding for finding in assessment.findings if finding.about_person]
    if reasons:
        yield f"   {words['reasons']}:"
        yield from dict.fromkeys(_reason(finding, policy, texts) for finding in reasons)
    if assessment.obligations:
        yield f"   {words['expected']}:"
        for obligation in assessment.obligations:
            mark = "✓" if obligation.met else "•"
            yield f"     {mark} {obligation.text} [{', '.join(obligation.source)}]"
    if assessment.tips:
        yield f"   {words['tips']}: {' '.join(assessment.tips)}"
    yield f"   {words['on_send']}: {words[assessment.send_decision.value]}"


def _reason(finding: Finding, policy: Policy, texts: Texts) -> str:
    kind, _, number = finding.part.partition(":")
    place = texts.parts[kind] + (f" {int(number) + 1}" if number else "")
    rows = policy.guidelines()
    # A municipality's own file may have left the row out.
    stands = [f"{rows[one].document}, {rows[one].section}" for one in finding.source[:1] if one in rows]
    category = policy.category(finding.category).name
    return f"     - {category}: {finding.explanation} «{finding.excerpt}» ({'; '.join([place, *stands])})"
