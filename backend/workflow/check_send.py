"""Send is pressed: what the draft's label, the sender's statements and the policy make of it."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from itsdangerous import URLSafeTimedSerializer

from backend.decision.facts import label_facts, sending_facts, valid_grounds
from backend.decision.obligations import obligations_of, send_decision
from backend.decision.recipients import decide_recipients, wrong_words
from backend.domain.assessment import Obligation
from backend.domain.draft import Draft, Mailbox
from backend.domain.label import Label, SendDecision
from backend.domain.person import Person
from backend.domain.recipient import FROM_TEXT, DecidedRecipients, JudgedRecipients
from backend.domain.records import Records, SendRecord
from backend.domain.sending import Circumstances
from backend.extraction.parts import extract_parts
from backend.recipients.text_doubts import with_text_doubts
from backend.workflow.assess_draft import Assessor
from backend.workflow.check_recipients import RecipientChecker
from backend.workflow.verdict import Verdict, VerdictSigner


@dataclass(frozen=True, slots=True)
class SendRequest:
    """A draft on its way out, with what the sender has stated. `repr` shows no text or address."""

    draft: Draft
    verdict: str = ""
    label: Label | None = None
    grounds: Mapping[str, str] | None = None
    confirmed: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"SendRequest({self.draft!r})"


@dataclass(frozen=True, slots=True)
class SendCheck:
    """The answer: `message` is what the Smart Alert shows (at most 500 characters), `receipt` proves the check."""

    decision: SendDecision
    message: str
    obligations: tuple[Obligation, ...]
    receipt: str | None


_MESSAGE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class SendChecker:
    """Checks sends for one installation."""

    assessor: Assessor
    recipients: RecipientChecker
    records: Records
    signer: VerdictSigner
    secret_key: bytes

    def check(self, request: SendRequest, person: Person) -> SendCheck:
        """The decision for one send. The text is read again only without a fresh verdict of this very draft."""
        draft = replace(request.draft, label=request.label) if request.label is not None else request.draft
        verdict = self.signer.read(request.verdict, draft, person.tenant) or self._assessed(draft, person.tenant)
        if verdict.policy_version != self.assessor.policy.version:
            verdict = self._assessed(draft, person.tenant)
        threads = self._thread_keys(draft, person.tenant)
        effective = max(verdict.label, draft.label or Label.NONE, key=lambda label: label.rank)
        circumstances = Circumstances(
            recipients=self._judged(draft, effective, person, verdict.digest),
            grounds=request.grounds or {},
            confirmed=frozenset(Mailbox(address).key for address in request.confirmed),
            flagged_thread=self.records.is_flagged(person.tenant, threads),
        )
        policy = self.assessor.policy
        chosen = label_facts(draft, verdict.label, verdict.categories, policy.rules)
        decided = decide_recipients(policy.rules.recipients, circumstances.recipients, effective)
        facts = (verdict.facts - _OF_LABEL) | chosen | sending_facts(draft, circumstances, decided, policy.rules)
        obligations = obligations_of(policy, facts, effective)
        decision = send_decision(obligations)
        record = self._record(request, verdict, person, SendCheck(decision, "", obligations, None))
        # A prompt can be answered "send anyway" without another call, so the thread is flagged then too.
        flags = effective is not Label.NONE and decision is not SendDecision.BLOCK
        self.records.record_send(replace(record, label=effective), threads if flags else [])
        if decision is not SendDecision.BLOCK:
            labelled = effective is not Label.NONE
            self.recipients.learn(circumstances.recipients, person, verdict.digest, labelled=labelled)
        return SendCheck(
            decision, self._message(decision, obligations, decided), obligations, self._receipt(verdict, decision)
        )

    def _judged(self, draft: Draft, label: Label, person: Person, digest: str) -> JudgedRecipients:
        """The recipients, judged. The text is read again only where the policy acts on what it says of them."""
        judged = self.recipients.judged(draft, person, digest)
        decisions = self.assessor.policy.rules.recipients.concerns[label]
        # Under a label everybody is confirmed anyway: what asks for no more than that needs no second reading.
        asked_anyway = SendDecision.ALLOW if label is Label.NONE else SendDecision.PROMPT
        acts = any(decisions[concern].rank > asked_anyway.rank for concern in FROM_TEXT)
        return with_text_doubts(judged, extract_parts(draft)) if acts else judged

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

    def _record(self, request: SendRequest, verdict: Verdict, person: Person, check: SendCheck) -> SendRecord:
        return SendRecord(
            tenant=person.tenant,
            actor=self._keyed("actor", person.tenant, person.id),
            draft=verdict.digest,
            at=datetime.now(UTC),
            label=verdict.label,
            decision=check.decision,
            categories=tuple(category.value for category in verdict.categories),
            unmet=tuple(obligation.code for obligation in check.obligations if not obligation.met),
            grounds=self._stated(request.grounds or {}),
            policy_version=verdict.policy_version,
            model_version=verdict.model_version,
        )

    def _stated(self, grounds: Mapping[str, str]) -> tuple[str, ...]:
        """The grounds that the policy knows: what a client makes up is not kept."""
        known = valid_grounds(grounds, self.assessor.policy.rules)
        return tuple(f"{kind}:{code}" for kind, code in sorted(known.items()))

    def _thread_keys(self, draft: Draft, tenant: str) -> list[str]:
        ids = [("conversation", draft.conversation_id), ("message", draft.in_reply_to)]
        return [self._keyed(kind, tenant, value) for kind, value in ids if value]

    def _keyed(self, kind: str, tenant: str, value: str) -> str:
        return hmac.new(self.secret_key, f"{kind}\x1f{tenant}\x1f{value}".encode(), hashlib.sha256).hexdigest()

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
