"""Send is pressed: what the draft's label, the sender's statements, the thread and the policy make of it.

Everything that asks others or reads text comes first; then one transaction looks at the thread and the approval,
decides, and keeps what was decided, the thread and its proof in the audit log: all of it or nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from itsdangerous import URLSafeTimedSerializer

from backend.decision.facts import label_facts, sending_facts
from backend.decision.obligations import obligations_of, send_decision
from backend.decision.recipients import decide_recipients, label_of_recipients, wrong_words
from backend.domain.assessment import Obligation
from backend.domain.draft import Draft, Mailbox
from backend.domain.label import Label, SendDecision
from backend.domain.part import Part
from backend.domain.person import Person
from backend.domain.recipient import FROM_TEXT, DecidedRecipients, JudgedRecipients
from backend.domain.sending import Circumstances
from backend.domain.store import Store, Work
from backend.domain.threads import DraftTraces, ThreadStanding
from backend.extraction.parts import extract_parts
from backend.recipients.text_doubts import with_text_doubts
from backend.workflow.approval_use import ApprovalUse, Leaving
from backend.workflow.assess_draft import Assessor
from backend.workflow.check_recipients import RecipientChecker
from backend.workflow.primary_addresses import with_primary_addresses
from backend.workflow.send_trail import Outcome, SendTrail
from backend.workflow.thread_watch import LabelledSend, ThreadWatch
from backend.workflow.verdict import Verdict, VerdictSigner


@dataclass(frozen=True, slots=True)
class SendRequest:
    """A draft on its way out, with what the sender has stated. `repr` shows no text or address."""

    draft: Draft
    verdict: str = ""
    label: Label | None = None
    grounds: Mapping[str, str] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    approval: str = ""

    def __repr__(self) -> str:
        return f"SendRequest({self.draft!r})"


@dataclass(frozen=True, slots=True)
class SendCheck:
    """The answer: `message` is what the Smart Alert shows (at most 500 characters), `receipt` proves the check."""

    decision: SendDecision
    message: str
    obligations: tuple[Obligation, ...]
    receipt: str | None


@dataclass(frozen=True, slots=True)
class _Sending:
    """One press on Send, with all that is known before the store is asked.

    `addressed` is the draft with its recipients' primary addresses, by which threads know who takes part. `label` is
    the stricter of suggested and set; `leaving` is there where an approval is named.
    """

    request: SendRequest
    draft: Draft
    addressed: Draft
    person: Person
    verdict: Verdict
    label: Label
    recipients: JudgedRecipients
    traces: DraftTraces
    leaving: Leaving | None
    at: datetime


_MESSAGE_LIMIT = 500


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SendChecker:
    """Checks sends for one organisation."""

    assessor: Assessor
    recipients: RecipientChecker
    store: Store
    watch: ThreadWatch
    approvals: ApprovalUse
    trail: SendTrail
    signer: VerdictSigner
    secret_key: bytes
    clock: Callable[[], datetime] = _utc_now

    def check(self, request: SendRequest, person: Person) -> SendCheck:
        """The decision for one send. The text is judged again only without a fresh verdict of this very draft."""
        sending = self._prepared(request, person)
        check = self.store.run(person.tenant, lambda work: self._step(work, sending))
        if check.decision is not SendDecision.BLOCK:
            labelled = sending.label is not Label.NONE
            self.recipients.learn(sending.recipients, person, sending.verdict.digest, labelled=labelled)
        return check

    def _prepared(self, request: SendRequest, person: Person) -> _Sending:
        draft = replace(request.draft, label=request.label) if request.label is not None else request.draft
        verdict = self.signer.read(request.verdict, draft, person.tenant) or self._assessed(draft, person.tenant)
        if verdict.policy_version != self.assessor.policy.version:
            verdict = self._assessed(draft, person.tenant)
        label = max(verdict.label, draft.label or Label.NONE, key=lambda one: one.rank)
        parts = extract_parts(draft)
        approval = request.approval
        recipients = self._judged(draft, parts, label, person, verdict.digest)
        return _Sending(
            request=request,
            draft=draft,
            addressed=with_primary_addresses(draft, recipients),
            person=person,
            verdict=verdict,
            label=label,
            recipients=recipients,
            traces=self.watch.traces(draft, parts, person, verdict.digest),
            leaving=self.approvals.leaving(draft, person, label, verdict.categories) if approval else None,
            at=self.clock(),
        )

    def _step(self, work: Work, sending: _Sending) -> SendCheck:
        """What is decided and kept, in one transaction."""
        draft, person, leaving, approval = sending.addressed, sending.person, sending.leaving, sending.request.approval
        labelled = sending.label is not Label.NONE
        standing = self.watch.standing(work.threads, sending.traces, draft, person, labelled=labelled)
        leaving = leaving.within(standing) if leaving is not None else None
        usable = leaving is not None and self.approvals.usable(work, approval, leaving, sending.at) is not None
        used = usable and bool(standing.signals or standing.unread)
        check, outcome = self._decided(sending, standing, approved=usable)
        is_leaving = check.decision is not SendDecision.BLOCK
        # A prompt can be answered "send anyway" without another call, so the thread is flagged then too.
        flagged = (
            self._registered(work, sending, standing, used=used)
            if is_leaving and (labelled or standing.flagged)
            else ""
        )
        if is_leaving and used and leaving is not None:
            self.approvals.use(work, approval, replace(leaving, flagged=flagged), sending.at)
        kept = replace(outcome, approval=approval if used else "", flagged=flagged)
        self.trail.keep(work, kept, person, sending.at)
        return check

    def _registered(self, work: Work, sending: _Sending, standing: ThreadStanding, *, used: bool) -> str:
        """The id of the thread that was not flagged before; empty where there is none."""
        # What nobody calls sensitive is not kept of a flagged thread either: only that it belongs to it, and its label.
        is_plain = sending.label is Label.NONE
        traces = replace(sending.traces, blocks=()) if is_plain else sending.traces
        label = standing.label if is_plain else sending.label
        send = LabelledSend(sending.addressed, sending.person, label, sending.at, approved=used)
        kept = self.watch.registrations(standing, traces, send)
        for registration in kept:
            work.threads.register(registration)
        return next((one.thread for one in kept if one.thread not in standing.threads), "")

    def _decided(self, sending: _Sending, standing: ThreadStanding, *, approved: bool) -> tuple[SendCheck, Outcome]:
        request, verdict, label, rules = sending.request, sending.verdict, sending.label, self.assessor.policy.rules
        circumstances = Circumstances(
            recipients=sending.recipients,
            grounds=request.grounds,
            confirmed=frozenset(Mailbox(address).key for address in request.confirmed),
            thread=standing,
            approved=approved,
        )
        chosen = label_facts(sending.draft, verdict.label, verdict.categories, rules)
        decided = decide_recipients(rules.recipients, sending.recipients, label)
        facts = (verdict.facts - _OF_LABEL) | chosen | sending_facts(sending.draft, circumstances, decided, rules)
        obligations = obligations_of(self.assessor.policy, facts, label)
        decision = send_decision(obligations)
        outcome = Outcome(verdict, label, decision, obligations, request.grounds, sending.recipients, standing)
        of_thread = decide_recipients(rules.recipients, sending.recipients, label_of_recipients(label, standing))
        message = self._message(decision, obligations, of_thread)
        return SendCheck(decision, message, obligations, self._receipt(verdict, decision)), outcome

    def _judged(
        self, draft: Draft, parts: tuple[Part, ...], label: Label, person: Person, digest: str
    ) -> JudgedRecipients:
        """The recipients, judged. The text is asked only where the policy acts on what it says of them."""
        judged = self.recipients.judged(draft, person, digest)
        decisions = self.assessor.policy.rules.recipients.concerns[label]
        # Under a label everybody is confirmed anyway: what asks for no more than that needs no second reading.
        asked_anyway = SendDecision.ALLOW if label is Label.NONE else SendDecision.PROMPT
        acts = any(decisions[concern].rank > asked_anyway.rank for concern in FROM_TEXT)
        return with_text_doubts(judged, parts) if acts else judged

    def _assessed(self, draft: Draft, tenant: str) -> Verdict:
        assessment = self.assessor.assess(draft)
        return Verdict(
            digest=self.signer.digest(draft),
            tenant=tenant,
            label=assessment.label,
            categories=assessment.categories,
            facts=assessment.facts,
            policy_version=assessment.policy_version,
            model_version=assessment.model_version,
        )

    def _message(self, decision: SendDecision, obligations: tuple[Obligation, ...], decided: DecidedRecipients) -> str:
        """What decides, in the policy's order; a recipient that is wrong goes before all, for nothing else mends it."""
        texts = self.assessor.texts
        if decision is SendDecision.ALLOW:
            return texts.message("send_allowed")
        told = [one.text for one in obligations if not one.met and one.decision is decision]
        head = texts.message("send_held" if decision is SendDecision.BLOCK else "send_warned")
        asked = any(one.code in _OF_RECIPIENTS and not one.met for one in obligations)
        wrong = wrong_words(decided, texts.recipients) if asked else ()
        return _fitting([head, *wrong, *told])

    def _receipt(self, verdict: Verdict, decision: SendDecision) -> str | None:
        if decision is SendDecision.BLOCK:
            return None
        return URLSafeTimedSerializer(self.secret_key, salt="receipt-1").dumps([verdict.digest, decision.value])


_OF_RECIPIENTS = frozenset({"verify_recipients", "move_to_work_mail", "use_secure_channel"})
_OF_LABEL = frozenset({"suggested", "labelled", "label_set", "article_9", "kanslig", "mycket_kanslig"})


def _fitting(lines: list[str]) -> str:
    """The lines that fit into a Smart Alert, whole sentences only."""
    text = lines[0]
    for line in lines[1:]:
        if len(text) + 1 + len(line) > _MESSAGE_LIMIT:
            break
        text = f"{text} {line}"
    return text
