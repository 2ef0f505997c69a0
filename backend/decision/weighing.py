"""Rules and model together: rules give evidence, level and explanation; the model weighs the whole text.

The model takes back findings where the text as a whole treats the topic in general, and points at the sentence that
speaks of somebody where no rule's words do.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from backend.decision.levels import severe_alone
from backend.decision.places import SentencePlaces
from backend.decision.policy_file import PolicyFile
from backend.decision.telling import is_in
from backend.domain.classified import Classified
from backend.domain.detected import MARKERS, Detected, Sentence
from backend.domain.finding import BY_MODEL, SAID_OF_NAMED, UNSURE_TOPIC, WRITTEN_OUT, Finding
from backend.domain.label import Category

_WITHOUT_CONTEXT = frozenset({Category.PERSONNUMMER, Category.PHOTO})
"""Found or not, whatever the text is about."""
_ABSENCE = "absence_plain"
_FEWEST_WORDS = 4
"""A sentence of the model's own finding must hold this many words beside names and numbers."""
_CLEARLY_SAID = 0.8
"""From this confidence a finding can stand by its own sentence, however much harmless text stands around it: one such
sentence in a newsletter is enough."""
_BRIEF = 15
"""A draft of so few words is not about a topic in general: what it clearly says of somebody is what it is about."""
_NOT_A_WORD_OF_IT = 0.03
"""Below this probability of the draft the model is so sure that a rule misread it, as a word with two meanings. Of 224
sensitive drafts in which something is said outright of somebody named, none had less than 0.15."""
_SURE_TOPIC = 0.5
"""Below this probability of the category a sentence of the model's own is said to be about it perhaps. Of 531 such
sentences in drafts by authors that the model had not read, the category was right in 48 % below and in 76 % above."""
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
    kept = frozenset[Finding]() if stands else _beside_numbers(detected) | _said_outright(detected, classified)
    findings = [
        _settled(finding, stands=stands or _stands_by_itself(finding, kept, classified, policy))
        for finding in detected.findings
    ]
    if sensitive and not any(_counts(finding) for finding in findings):
        moving = _moving(findings, classified, thresholds.sensitive_from)
        findings = _with_model_finding(findings, classified, moving, explanations)
    if any(_counts(finding) for finding in findings):
        # "Sjukskriven för utmattning" is no plain notice of absence: saying both would confuse.
        findings = [replace(one, about_person=False) if _ABSENCE in one.traits else one for one in findings]
    rules_speak = any(_counts(finding) and BY_MODEL not in finding.traits for finding in findings)
    severe_from = thresholds.severe_over_rules_from if rules_speak else thresholds.severe_from
    severe = sensitive and classified.severe >= severe_from
    return Weighed(tuple(findings), classified.sensitive, severe)


def _stands_by_itself(finding: Finding, kept: AbstractSet[Finding], classified: Classified, policy: PolicyFile) -> bool:
    """Whether a clear finding is kept for what its own sentence says.

    One of the `kept` or one that shows the secret itself is, whatever the model says. One that alone makes a draft very
    sensitive is kept where sentences were not judged, or unless its sentence is judged to be harmless; others where the
    sentence is judged to be sensitive.
    """
    if finding.confidence < _CLEARLY_SAID:
        return False
    if finding in kept or WRITTEN_OUT in finding.traits:
        return True
    severe, thresholds = severe_alone(policy, finding), policy.thresholds
    own = [probability for sentence, probability in classified.said.items() if is_in(finding, sentence)]
    if not own:
        return severe
    return max(own) >= (thresholds.rule_stands_from if severe else thresholds.sensitive_from)


def _beside_numbers(detected: Detected) -> frozenset[Finding]:
    """Findings that begin in a sentence in which a personnummer begins: there is no doubt whom they are said of."""
    numbers = [finding for finding in detected.findings if finding.category is Category.PERSONNUMMER]
    if not numbers:
        return frozenset()
    places = SentencePlaces(detected.sentences)
    numbered = {place for number in numbers if (place := places.place(number)).number}
    return frozenset(finding for finding in detected.findings if places.place(finding) in numbered)


def _said_outright(detected: Detected, classified: Classified) -> frozenset[Finding]:
    """Findings said outright of somebody named, and those of a brief draft.

    Of 237 drafts of the corpus with such a finding of somebody named 224 are sensitive.
    """
    if classified.sensitive < _NOT_A_WORD_OF_IT:
        return frozenset()
    words = sum(len(sentence.words.split()) for sentence in detected.sentences)
    brief = 0 < words <= _BRIEF
    return frozenset(finding for finding in detected.findings if brief or SAID_OF_NAMED in finding.traits)


def _counts(finding: Finding) -> bool:
    return finding.about_person and finding.category not in _WITHOUT_CONTEXT and _ABSENCE not in finding.traits


def _settled(finding: Finding, *, stands: bool) -> Finding:
    if stands or finding.category in _WITHOUT_CONTEXT or not finding.about_person:
        return finding
    return replace(finding, about_person=False)


def _moving(findings: Sequence[Finding], classified: Classified, telling_from: float) -> Sentence | None:
    """The sentence that the model means.

    A plain notice of absence looks like much that is sensitive, and gives no label: where it moved the model, the most
    telling of the other sentences is meant, if one is telling enough by itself.
    """
    moving = classified.moving
    absences = [finding for finding in findings if _ABSENCE in finding.traits]
    if moving is None or not any(is_in(finding, moving) for finding in absences):
        return moving
    others = {
        sentence: probability
        for sentence, probability in classified.said.items()
        if probability >= telling_from and not any(is_in(finding, sentence) for finding in absences)
    }
    return max(others, key=lambda sentence: others[sentence], default=None)


def _with_model_finding(
    findings: Sequence[Finding], classified: Classified, moving: Sentence | None, explanations: dict[str, str]
) -> list[Finding]:
    """Promotes the rule finding in the sentence that the model means, else adds one of the model's own."""
    if moving is None:
        return list(findings)
    candidates = [
        finding for finding in findings if finding.category not in _WITHOUT_CONTEXT and _ABSENCE not in finding.traits
    ]
    candidates = [one for one in candidates if is_in(one, moving)] or candidates
    if candidates:
        best = max(candidates, key=lambda one: (one.confidence, classified.categories.get(one.category, 0.0)))
        promoted = replace(best, about_person=True, confidence=max(best.confidence, round(classified.sensitive, 3)))
        return [promoted if one is best else one for one in findings]
    if _plain_words(moving) < _FEWEST_WORDS:
        return list(findings)
    category = max(classified.categories, key=lambda one: classified.categories[one])
    sure = classified.categories[category] >= _SURE_TOPIC
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
        traits=frozenset({BY_MODEL} if sure else {BY_MODEL, UNSURE_TOPIC}),
    )
    return [own, *findings]


def _plain_words(sentence: Sentence) -> int:
    """Words that are no marker for a name or number: a list of names says nothing of anybody."""
    return sum(word not in MARKERS for word in sentence.words.split())
