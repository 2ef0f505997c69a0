"""Rules and model together: rules give evidence, level and explanation; the model weighs the whole text.

The model takes back findings where the text as a whole treats the topic in general, and points at the sentence that
speaks of somebody where no rule's words do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.decision.levels import severe_alone
from backend.decision.policy_file import PolicyFile
from backend.domain.classified import Classified
from backend.domain.detected import MARKERS, Detected, Sentence
from backend.domain.finding import BY_MODEL, Finding
from backend.domain.label import Category

_WITHOUT_CONTEXT = frozenset({Category.PERSONNUMMER, Category.PHOTO})
"""Found or not, whatever the text is about."""
_ABSENCE = "absence_plain"
_FEWEST_WORDS = 4
"""A sentence of the model's own finding must hold this many words beside names and numbers."""
_CLEARLY_SAID = 0.8
"""From this confidence a finding can stand by its own sentence, however much harmless text stands around it: one such
sentence in a newsletter is enough."""
_MODEL_RULE = "model.sentence"


@dataclass(frozen=True, slots=True)
class Weighed:
    """Findings after weighing, the probability that the draft is sensitive (0–1), and whether it is likely severe."""

    findings: tuple[Finding, ...]
    sensitive: float
    likely_severe: bool


def weigh(detected: Detected, classified: Classified, policy: PolicyFile, explanations: dict[str, str]) -> Weighed:
    """Findings with `about_person` settled. `explanations` has the sentence for findings that only the model makes."""
    thresholds = policy.thresholds
    sensitive = classified.sensitive >= thresholds.sensitive_from
    stands = classified.sensitive >= thresholds.rule_stands_from
    findings = [
        _settled(finding, stands=stands or _stands_by_itself(finding, classified, policy))
        for finding in detected.findings
    ]
    if sensitive and not any(_counts(finding) for finding in findings):
        findings = _with_model_finding(findings, classified, explanations)
    if any(_counts(finding) for finding in findings):
        # "Sjukskriven för utmattning" is no plain notice of absence: saying both would confuse.
        findings = [replace(one, about_person=False) if _ABSENCE in one.traits else one for one in findings]
    severe = sensitive and classified.severe >= thresholds.severe_from
    return Weighed(tuple(findings), classified.sensitive, severe)


def _stands_by_itself(finding: Finding, classified: Classified, policy: PolicyFile) -> bool:
    """Whether a clear finding is kept for what its own sentence says.

    One that alone makes a draft very sensitive is kept where sentences were not judged, or unless its sentence is
    judged to be harmless; others where the sentence is judged to be sensitive.
    """
    if finding.confidence < _CLEARLY_SAID:
        return False
    severe, thresholds = severe_alone(policy, finding), policy.thresholds
    own = [
        probability
        for sentence, probability in classified.said.items()
        if sentence.part == finding.part and sentence.start < finding.end and finding.start < sentence.end
    ]
    if not own:
        return severe
    return max(own) >= (thresholds.rule_stands_from if severe else thresholds.sensitive_from)


def _counts(finding: Finding) -> bool:
    return finding.about_person and finding.category not in _WITHOUT_CONTEXT and _ABSENCE not in finding.traits


def _settled(finding: Finding, *, stands: bool) -> Finding:
    if stands or finding.category in _WITHOUT_CONTEXT or not finding.about_person:
        return finding
    return replace(finding, about_person=False)


def _with_model_finding(
    findings: Sequence[Finding], classified: Classified, explanations: dict[str, str]
) -> list[Finding]:
    """Promotes the rule finding in the sentence that moved the model, else adds one of the model's own."""
    moving = classified.moving
    candidates = [
        finding for finding in findings if finding.category not in _WITHOUT_CONTEXT and _ABSENCE not in finding.traits
    ]
    if moving is not None:
        here = [one for one in candidates if one.part == moving.part and moving.start <= one.start < moving.end]
        candidates = here or candidates
    if candidates:
        best = max(candidates, key=lambda one: (one.confidence, classified.categories.get(one.category, 0.0)))
        promoted = replace(best, about_person=True, confidence=max(best.confidence, round(classified.sensitive, 3)))
        return [promoted if one is best else one for one in findings]
    if moving is None or _plain_words(moving) < _FEWEST_WORDS:
        return list(findings)
    category = max(classified.categories, key=lambda one: classified.categories[one])
    own = Finding(
        category=category,
        rule=_MODEL_RULE,
        part=moving.part,
        start=moving.start,
        end=moving.end,
        excerpt="•••",
        about_person=True,
        confidence=round(classified.sensitive, 3),
        explanation=explanations[_MODEL_RULE],
        source=("M1",),
        traits=frozenset({BY_MODEL}),
    )
    return [own, *findings]


def _plain_words(sentence: Sentence) -> int:
    """Words that are no marker for a name or number: a list of names says nothing of anybody."""
    return sum(word not in MARKERS for word in sentence.words.split())
