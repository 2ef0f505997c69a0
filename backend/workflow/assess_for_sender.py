"""A signed-in sender's draft: assessed with its recipients, its thread, and the approval that was asked for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from backend.domain.assessment import Assessment
from backend.domain.detected import Detected
from backend.domain.draft import Draft
from backend.domain.forwarding import ForwardRequest, RequestStatus
from backend.domain.label import Label
from backend.domain.person import Person
from backend.domain.sending import Circumstances
from backend.domain.store import Store, Work
from backend.domain.threads import DraftTraces, ThreadStanding
from backend.extraction.parts import extract_parts
from backend.workflow.approval_use import ApprovalUse
from backend.workflow.assess_draft import Assessor
from backend.workflow.check_recipients import RecipientChecker
from backend.workflow.forward_view import ForwardDesk, RequestView
from backend.workflow.primary_addresses import with_primary_addresses
from backend.workflow.thread_watch import ThreadWatch
from backend.workflow.verdict import VerdictSigner

_ANSWERED = frozenset({RequestStatus.APPROVED, RequestStatus.USED})


@dataclass(frozen=True, slots=True)
class Forwarding:
    """What a draft's thread is, whether the draft counts as a forward, and the sender's newest request for it."""

    standing: ThreadStanding
    request: RequestView | None = None


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SenderAssessor:
    """Assesses drafts of signed-in people of one organisation."""

    assessor: Assessor
    recipients: RecipientChecker
    store: Store
    watch: ThreadWatch
    approvals: ApprovalUse
    forwards: ForwardDesk
    signer: VerdictSigner
    clock: Callable[[], datetime] = _utc_now

    def assess(
        self, draft: Draft, person: Person, seen: Callable[[Detected], None] | None = None
    ) -> tuple[Assessment, Forwarding]:
        """The assessment, and what is known of the draft's thread. Nothing is kept.

        `seen` is given the detection, as `Assessor.assess` gives it.
        """
        digest = self.signer.digest(draft)
        traces = self.watch.traces(draft, extract_parts(draft), person, digest)
        recipients = self.recipients.judged(draft, person, digest)
        addressed = with_primary_addresses(draft, recipients)
        standing, newest = self.store.look(person.tenant, lambda work: self._known(work, traces, addressed, person))
        circumstances = Circumstances(recipients, thread=standing)
        assessment = self.assessor.assess(draft, circumstances, seen)
        if newest is None:
            return assessment, Forwarding(assessment.thread)
        if (
            (assessment.thread.signals or assessment.thread.unread)
            and newest.status in _ANSWERED
            and self._approves(newest, draft, person, assessment)
        ):
            assessment = self.assessor.assess(draft, replace(circumstances, approved=True))
        return assessment, Forwarding(assessment.thread, self.forwards.seen(newest.id, person))

    def thread(self, draft: Draft, person: Person) -> ThreadStanding:
        """What is known of a draft's thread alone: no text is judged."""
        traces = self.watch.traces(draft, extract_parts(draft), person, self.signer.digest(draft))
        labelled = draft.label not in (None, Label.NONE)

        def step(work: Work) -> ThreadStanding:
            return self.watch.standing(work.threads, traces, draft, person, labelled=labelled)

        return self.store.look(person.tenant, step)

    def _known(
        self, work: Work, traces: DraftTraces, draft: Draft, person: Person
    ) -> tuple[ThreadStanding, ForwardRequest | None]:
        # What a label makes of it, the assessor adds: it is not known yet whether there will be one.
        standing = self.watch.standing(work.threads, traces, draft, person, labelled=False)
        return standing, self.approvals.latest(work, draft, person, standing)

    def _approves(self, request: ForwardRequest, draft: Draft, person: Person, assessment: Assessment) -> bool:
        """Whether a send of this draft could use the approval now."""
        label = max(assessment.label, draft.label or Label.NONE, key=lambda one: one.rank)
        leaving = self.approvals.leaving(draft, person, label, assessment.categories).within(assessment.thread)
        now = self.clock()

        def step(work: Work) -> bool:
            return self.approvals.usable(work, request.id, leaving, now) is not None

        return self.store.look(person.tenant, step)
