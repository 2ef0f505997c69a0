"""A draft in, a label with its reasons out. Read this file from top to bottom and you have seen the house.

draft → parts of text → findings → probabilities → weighed findings → label → obligations → send decision
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from backend.decision.facts import draft_facts, finding_facts, label_facts, sending_facts
from backend.decision.levels import Level, categories_of, level_of
from backend.decision.obligations import obligations_of, send_decision, tips_of
from backend.decision.policy import Policy
from backend.decision.weighing import Weighed, weigh
from backend.detection.engine import Detector
from backend.domain.assessment import Assessment
from backend.domain.classified import Classifier
from backend.domain.draft import Draft
from backend.domain.label import Label
from backend.domain.part import Part
from backend.domain.sending import Circumstances
from backend.extraction.parts import extract_parts
from backend.texts.catalog import Texts

_LINK_PARTS = ("body", "location", "quoted")


@dataclass(frozen=True, slots=True)
class Assessor:
    """Assesses drafts by one policy. Immutable: one serves a whole process."""

    detector: Detector
    classifier: Classifier
    policy: Policy
    texts: Texts
    today: Callable[[], date] = date.today

    def assess(self, draft: Draft, circumstances: Circumstances = Circumstances()) -> Assessment:  # noqa: B008 - immutable
        """The assessment of a draft. Time is linear in its text; nothing is kept."""
        started = time.perf_counter()
        parts = extract_parts(draft)
        detected = self.detector.detect(parts, self.today())
        classified = self.classifier.classify(detected)
        weighed = weigh(detected, classified, self.policy.rules, self.texts.explanations)
        of_findings = finding_facts(detected.identity, weighed.findings, likely_severe=weighed.likely_severe)
        level = level_of(self.policy.rules, weighed.findings, of_findings)
        categories = categories_of(weighed.findings)
        lasting = (
            of_findings
            | draft_facts(draft, self.policy.rules, _links(draft, parts))
            | label_facts(draft, level.label, categories, self.policy.rules)
        )
        facts = lasting | sending_facts(draft, circumstances, self.policy.rules)
        obligations = obligations_of(self.policy, facts, _effective(draft, level.label))
        return Assessment(
            id=draft.id,
            label=level.label,
            confidence=_confidence(level, weighed),
            categories=categories,
            findings=weighed.findings,
            obligations=obligations,
            tips=tips_of(self.policy, facts),
            send_decision=send_decision(obligations),
            summary=self._summary(level, asked=any(not one.met for one in obligations)),
            reason=level.rule.text if level.rule else "",
            level_rule=level.rule.id if level.rule else "",
            facts=lasting,
            policy_id=self.policy.id,
            policy_version=self.policy.version,
            model_version=self.classifier.version,
            elapsed_ms=round((time.perf_counter() - started) * 1000, 2),
        )

    def _summary(self, level: Level, *, asked: bool) -> str:
        if level.rule is None:
            return self.texts.message("summary_asked" if asked else "summary_none")
        return self.texts.message("summary", label=self.policy.label(level.label).name, reason=level.rule.text)


def _effective(draft: Draft, suggested: Label) -> Label:
    """The stricter of the suggestion and what the sender has set."""
    return max(suggested, draft.label or Label.NONE, key=lambda label: label.rank)


def _links(draft: Draft, parts: tuple[Part, ...]) -> str:
    """Where a meeting link can stand. In HTML it stands in the mark-up behind the words that are read."""
    texts = [part.text for part in parts if part.id in _LINK_PARTS]
    return "\n".join([draft.body, *texts]).lower()


def _confidence(level: Level, weighed: Weighed) -> float:
    """How sure the label is, 0–1: the model's probability, or the strongest finding's where that is higher."""
    if level.label is Label.NONE:
        return round(1.0 - weighed.sensitive, 3)
    strongest = max((finding.confidence for finding in level.findings), default=0.0)
    return round(max(weighed.sensitive, strongest), 3)
