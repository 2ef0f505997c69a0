"""A draft in, a label with its reasons out. Read this file from top to bottom and you have seen the house.

draft → parts of text → findings → probabilities → weighed findings → label → recipients → obligations → send decision
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from backend.decision.facts import PLAIN_ABSENCE, draft_facts, finding_facts, label_facts, sending_facts
from backend.decision.grounds import Grounds
from backend.decision.levels import Level, categories_of, level_of
from backend.decision.lowering import lowering_of
from backend.decision.meanings import meanings_of
from backend.decision.obligations import obligations_of, send_decision, tips_of
from backend.decision.places import SentencePlaces
from backend.decision.policy import Policy
from backend.decision.reasons import reasons_of
from backend.decision.recipients import decide_recipients
from backend.decision.telling import nothing_telling_left
from backend.decision.weighing import Weighed, weigh
from backend.detection.engine import Detector
from backend.domain.assessment import Assessment
from backend.domain.classified import Classified, Classifier
from backend.domain.detected import Detected
from backend.domain.draft import Draft
from backend.domain.label import Label
from backend.domain.part import Part
from backend.domain.reason import LoweringStep, Reason
from backend.domain.sending import Circumstances
from backend.extraction.parts import extract_parts
from backend.recipients.text_doubts import with_text_doubts
from backend.texts.catalog import Texts
from backend.workflow.own_signs import with_own_signs
from backend.workflow.unchanged_drafts import UnchangedDrafts

_OWN_PARTS = ("subject", "body")
_LINK_PARTS = ("body", "location", "quoted")
_UNKNOWN = Circumstances()
_Seen = Callable[[Detected], None]


@dataclass(frozen=True, slots=True)
class Assessor:
    """Assesses drafts by one policy. Immutable: one serves a whole process."""

    detector: Detector
    classifier: Classifier
    policy: Policy
    texts: Texts
    today: Callable[[], date] = date.today
    unchanged: UnchangedDrafts | None = None

    def assess(self, draft: Draft, circumstances: Circumstances = _UNKNOWN, seen: _Seen | None = None) -> Assessment:
        """The assessment of a draft. Time is linear in its text; no text is kept.

        `seen` is given the detection, unless an assessment of the same draft and circumstances is still kept.
        """
        started = time.perf_counter()
        if self.unchanged is None:
            return self._assess(draft, circumstances, seen, started)
        key = self.unchanged.key(draft, circumstances, self.today())
        kept = self.unchanged.get(key, _milliseconds(started))
        if kept is not None:
            return kept
        assessment = self._assess(draft, circumstances, seen, started)
        self.unchanged.put(key, assessment)
        return assessment

    def _assess(self, draft: Draft, circumstances: Circumstances, seen: _Seen | None, started: float) -> Assessment:
        parts = extract_parts(draft)
        detected, classified = self._read(parts, seen)
        weighed = weigh(detected, classified, self.policy.rules, self.texts.explanations)
        of_findings = finding_facts(detected.identity, weighed.findings, likely_severe=weighed.likely_severe)
        level = level_of(self.policy.rules, weighed.findings, of_findings)
        categories = categories_of(weighed.findings)
        of_draft = draft_facts(draft, self.policy.rules, _links(draft, parts))
        lasting = of_findings | of_draft | label_facts(draft, level.label, categories, self.policy.rules)
        effective = _effective(draft, level.label)
        judged = with_text_doubts(circumstances.recipients, parts, _telling_sentences(parts, detected, weighed))
        recipients = decide_recipients(self.policy.rules.recipients, judged, effective)
        thread = with_own_signs(circumstances.thread, draft, effective, self.policy.rules.places.forward_prefixes)
        facts = lasting | sending_facts(draft, replace(circumstances, thread=thread), recipients, self.policy.rules)
        obligations = obligations_of(self.policy, facts, effective)
        reasons, lowering = self._explained(detected, classified, weighed, level)
        return Assessment(
            id=draft.id,
            label=level.label,
            confidence=_confidence(level, weighed),
            sensitive=round(weighed.sensitive, 4),
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
            encoder_version=self.classifier.encoder_version,
            elapsed_ms=_milliseconds(started),
            reasons=reasons,
            lowering=lowering,
            recipients=recipients,
            thread=thread,
        )

    def _read(self, parts: tuple[Part, ...], seen: _Seen | None) -> tuple[Detected, Classified]:
        detected = self.detector.detect(parts, self.today())
        if seen is not None:
            seen(detected)
        return detected, self.classifier.classify(detected)

    def _explained(
        self, detected: Detected, classified: Classified, weighed: Weighed, level: Level
    ) -> tuple[tuple[Reason, ...], tuple[LoweringStep, ...]]:
        meanings = meanings_of(weighed.findings)
        if not meanings:
            return (), ()
        grounds = Grounds(self.policy.rules, detected.identity, weighed.likely_severe, meanings)
        words = self.texts.reasons
        reasons = reasons_of(grounds, level, weighed.findings, SentencePlaces(detected.sentences), words)
        telling_from = self.policy.rules.thresholds.rule_stands_from

        def quiet_without(removed: tuple[int, ...]) -> bool:
            return classified.whole and nothing_telling_left(classified.said, weighed.findings, removed, telling_from)

        steps = lowering_of(grounds, level, words, lambda label: self.policy.label(label).name, quiet_without)
        return reasons, steps

    def _summary(self, level: Level, *, asked: bool) -> str:
        if level.rule is None:
            return self.texts.message("summary_asked" if asked else "summary_none")
        return self.texts.message("summary", label=self.policy.label(level.label).name, reason=level.rule.text)


def _telling_sentences(parts: tuple[Part, ...], detected: Detected, weighed: Weighed) -> list[str]:
    """The sentences of the writer's own text that hold something said of a person."""
    own = {part.id: part.text for part in parts if part.id in _OWN_PARTS}
    places = SentencePlaces(detected.sentences)
    telling = {places.place(one) for one in weighed.findings if one.about_person and one.part in own}
    return [own[place.part][place.start : place.end] for place in telling]


def _milliseconds(since: float) -> float:
    return round((time.perf_counter() - since) * 1000, 2)


def _effective(draft: Draft, suggested: Label) -> Label:
    """The stricter of the suggestion and what the sender has set."""
    return max(suggested, draft.label or Label.NONE, key=lambda label: label.rank)


def _links(draft: Draft, parts: tuple[Part, ...]) -> str:
    """Where a meeting link can stand. In HTML it stands in the mark-up behind the words that are read."""
    texts = [part.text for part in parts if part.id in _LINK_PARTS]
    return "\n".join([draft.body, *texts]).lower()


def _confidence(level: Level, weighed: Weighed) -> float:
    """How sure the label is, 0–1: the model's probability, or the strongest finding's where that is higher.

    A plain notice of absence looks like much that is sensitive: where it gives no label, it is the finding that counts.
    """
    if level.label is Label.NONE:
        absent = (one.confidence for one in weighed.findings if one.about_person and PLAIN_ABSENCE in one.traits)
        return round(max(1.0 - weighed.sensitive, *absent, 0.0), 3)
    strongest = max((finding.confidence for finding in level.findings), default=0.0)
    return round(max(weighed.sensitive, strongest), 3)
