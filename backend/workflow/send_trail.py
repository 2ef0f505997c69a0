"""What is kept of a press on Send: the record for statistics, and its proof in the audit log. Codes only."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from backend.decision.facts import valid_grounds
from backend.decision.policy import Policy
from backend.domain.assessment import Obligation
from backend.domain.audit import AuditEntry, Detail, Event
from backend.domain.label import Label, SendDecision
from backend.domain.person import Person
from backend.domain.recipient import JudgedRecipients
from backend.domain.records import SendRecord
from backend.domain.store import Work
from backend.domain.threads import ThreadStanding
from backend.workflow.record_keys import RecordKeys
from backend.workflow.verdict import Verdict

_EVENTS = {
    SendDecision.ALLOW: Event.SEND_ALLOWED,
    SendDecision.PROMPT: Event.SEND_PROMPTED,
    SendDecision.BLOCK: Event.SEND_BLOCKED,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a send was decided, and by what. `label` is the stricter of suggested and set.

    `approval` is the request that was used, `flagged` the thread that was flagged by it; empty where there is none.
    """

    verdict: Verdict
    label: Label
    decision: SendDecision
    obligations: tuple[Obligation, ...]
    grounds: Mapping[str, str]
    recipients: JudgedRecipients
    standing: ThreadStanding
    approval: str = ""
    flagged: str = ""


@dataclass(frozen=True, slots=True)
class SendTrail:
    """Keeps outcomes for one organisation."""

    keys: RecordKeys
    policy: Policy

    def keep(self, work: Work, outcome: Outcome, person: Person, at: datetime) -> None:
        """Adds the record and the audit entry to the transaction."""
        actor = self.keys.actor(person.tenant, person.id)
        work.sends.add(self._record(outcome, person.tenant, actor, at))
        work.audit.append(AuditEntry(_EVENTS[outcome.decision], at, actor, self._details(outcome)))
        if outcome.flagged:
            thread = {"thread": outcome.flagged, "label": outcome.label.value}
            work.audit.append(AuditEntry(Event.THREAD_FLAGGED, at, actor, thread))

    def _record(self, outcome: Outcome, tenant: str, actor: str, at: datetime) -> SendRecord:
        verdict = outcome.verdict
        return SendRecord(
            tenant=tenant,
            actor=actor,
            draft=verdict.digest,
            at=at,
            label=outcome.label,
            decision=outcome.decision,
            categories=tuple(category.value for category in verdict.categories),
            unmet=_unmet(outcome),
            grounds=self._stated(outcome),
            policy_version=verdict.policy_version,
            model_version=verdict.model_version,
        )

    def _details(self, outcome: Outcome) -> dict[str, Detail]:
        verdicts = Counter(one.verdict.value for one in outcome.recipients.each)
        told: dict[str, Detail] = {
            "label": outcome.label.value,
            "suggested": outcome.verdict.label.value,
            "categories": tuple(category.value for category in outcome.verdict.categories),
            "unmet": _unmet(outcome),
            "grounds": self._stated(outcome),
            "recipients": tuple(f"{verdict}:{count}" for verdict, count in sorted(verdicts.items())),
            "thread_label": outcome.standing.label.value,
            "signals": tuple(sorted(outcome.standing.signals)),
            "policy": outcome.verdict.policy_version,
            "model": outcome.verdict.model_version,
        }
        return told | ({"request": outcome.approval} if outcome.approval else {})

    def _stated(self, outcome: Outcome) -> tuple[str, ...]:
        """The grounds that the policy knows: what a client makes up is not kept."""
        known = valid_grounds(outcome.grounds, self.policy.rules)
        return tuple(f"{kind}:{code}" for kind, code in sorted(known.items()))


def _unmet(outcome: Outcome) -> tuple[str, ...]:
    return tuple(obligation.code for obligation in outcome.obligations if not obligation.met)
