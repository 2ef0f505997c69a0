"""Somebody says that an assessment was wrong: their answer is kept without a word of the draft.

assessment → vector in memory → answer → hidden vector and codes in the database
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta

from backend.domain.assessment import Assessment
from backend.domain.detected import Detected
from backend.domain.draft import Draft
from backend.domain.errors import LimitReached, NotFound
from backend.domain.feedback import DraftVectors, FeedbackRecord, FeedbackStore
from backend.domain.label import Category, Label
from backend.domain.person import Person
from backend.workflow.assess_draft import Assessor
from backend.workflow.feedback_keys import FeedbackKeys
from backend.workflow.feedback_record import written
from backend.workflow.recent_assessments import Recent, RecentAssessments

_MOST_RULES = 40
"""Wrong reasons of one answer that are kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says of an assessment. `categories` is None where nothing was said of them.

    `wrong_rules` are ids of the rules whose reasons are said to be wrong. `draft` is the draft once more, for a worker
    that did not make the assessment. `repr` shows no text.
    """

    assessment: str
    right: Label
    categories: tuple[Category, ...] | None = None
    wrong_rules: frozenset[str] = frozenset()
    draft: Draft | None = None


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FeedbackTaker:
    """Takes answers for one installation: `most_a_day` of one person."""

    assessor: Assessor
    vectors: DraftVectors
    store: FeedbackStore
    keys: FeedbackKeys
    most_a_day: int
    recent: RecentAssessments = field(default_factory=RecentAssessments)
    now: Callable[[], datetime] = _utc_now

    def remember(self, assessment: Assessment, detected: Detected, person: Person) -> None:
        """Keeps what an answer to this assessment would need, in memory, for a short while."""
        actor, receipt = self._who(person, assessment.id)
        self.recent.keep(actor, receipt, self._recent(assessment, detected))

    def take(self, answer: Answer, person: Person) -> str:
        """Keeps an answer and gives its receipt.

        Raises NotFound (`assessment_unknown`) when this process does not know the assessment and no draft came along,
        LimitReached (`feedback_limit`), and what assessing the draft raises.
        """
        actor, receipt = self._who(person, answer.assessment)
        # What was assessed under this id counts before what is said to be the same draft.
        recent = self.recent.find(actor, receipt) or (self._assessed(answer.draft) if answer.draft else None)
        if recent is None:
            raise NotFound("assessment_unknown")
        now = self.now()
        vector = written(recent.vector, self.keys, person.tenant)
        record = FeedbackRecord(
            tenant=person.tenant,
            receipt=receipt,
            actor=actor,
            day=now.date(),
            said=recent.said,
            right=answer.right,
            categories=answer.categories,
            # Only rules that did speak: what a client makes up is not kept.
            wrong_rules=tuple(sorted(answer.wrong_rules & recent.rules)[:_MOST_RULES]),
            signals=vector.signals,
            columns=vector.columns,
            salt=vector.salt,
            key_id=self.keys.key_id,
            form=vector.form,
            model_version=recent.model_version,
        )
        if not self.store.put(record, self.most_a_day):
            raise LimitReached("feedback_limit", retry_after=_seconds_to_midnight(now))
        return receipt

    def _who(self, person: Person, assessment: str) -> tuple[str, str]:
        keys = self.keys
        return keys.actor(person.tenant, person.id), keys.receipt(person.tenant, person.id, assessment)

    def _assessed(self, draft: Draft) -> Recent:
        seen: list[Detected] = []
        # Read anew: what is kept of unchanged drafts has no vector.
        assessment = replace(self.assessor, unchanged=None).assess(draft, seen=seen.append)
        return self._recent(assessment, seen[0])

    def _recent(self, assessment: Assessment, detected: Detected) -> Recent:
        return Recent(
            said=assessment.label,
            rules=frozenset(finding.rule for finding in assessment.findings),
            model_version=assessment.model_version,
            vector=self.vectors.of(detected),
        )


def _seconds_to_midnight(now: datetime) -> int:
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), UTC)
    return int((tomorrow - now).total_seconds()) + 1
