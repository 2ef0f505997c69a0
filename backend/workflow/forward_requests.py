"""Forward requests: asked, seen, decided, withdrawn. Each call is one step, with its notices and its audit entry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.decision.policy_file import Approval
from backend.domain.audit import AuditEntry, Detail, Event
from backend.domain.draft import Mailbox
from backend.domain.errors import Forbidden, LimitReached, Refused
from backend.domain.forwarding import ApproverKind, ForwardRequest, RequestStatus
from backend.domain.person import Person
from backend.domain.store import Store, Work
from backend.forwarding.transitions import Ruling, decided, is_over, withdrawn
from backend.workflow.forward_expiry import ForwardExpiry, unknown
from backend.workflow.forward_notices import ForwardNotices
from backend.workflow.forward_question import QuestionReader, ReadQuestion
from backend.workflow.forward_record import ForwardRecords
from backend.workflow.forward_seals import Answered, ForwardSeals
from backend.workflow.forward_view import ForwardDecision, ForwardQuestion, RequestView
from backend.workflow.record_keys import RecordKeys
from backend.workflow.sealing import Sealer

_RETRY_SECONDS = 3600
_DAY = timedelta(days=1)
_DAYS_MOST_OPEN = 5
"""How often the policy's `most_open` may be asked in a day, however the requests end."""


@dataclass(frozen=True, slots=True)
class ForwardRequestDesk:
    """The `ForwardDesk` of one municipality. `clock` gives aware UTC."""

    store: Store
    keys: RecordKeys
    sealer: Sealer
    reader: QuestionReader
    clock: Callable[[], datetime]

    def ask(self, question: ForwardQuestion, person: Person) -> tuple[RequestView, bool]:
        """Keeps a request, and whether it is new. The same question while it waits, or is approved, is the same one.

        Raises what `QuestionReader.read` raises, and LimitReached (`too_many_requests_open`).
        """
        draft, traces = question.draft, self.reader.traces(question.draft, person)
        standing = self.store.look(person.tenant, lambda work: self.reader.standing(work, traces, draft, person))
        read = self.reader.read(question, person, standing)
        request, is_new = self.store.run(person.tenant, lambda work: self._asked(work, read))
        return self._view(request, person), is_new

    def seen(self, request_id: str, person: Person) -> RequestView:
        """The request, for its requester and for those who may decide it. Raises NotFound."""
        request = self._expiry.current(person.tenant, request_id)
        if not self._records.is_requester(request, person) and not self._records.has_right(request, person):
            raise unknown()
        return self._view(request, person)

    def decide(self, request_id: str, decision: ForwardDecision, person: Person) -> RequestView:
        """The request after the decision. The same decision by the same person again changes nothing.

        Raises NotFound (`forward_request_unknown`), Forbidden (`own_request`, `not_an_approver`), UnreadableInput
        (`comment_…`, `recipients_…`), Refused (`request_decided`, `request_expired`, `request_withdrawn`).
        """
        request = self._expiry.current(person.tenant, request_id)
        if self._records.is_requester(request, person):
            raise Forbidden("own_request", "nobody decides about their own request")
        if not self._records.has_right(request, person):
            raise Forbidden("not_an_approver", "neither named nor with the role")
        self.reader.check_comment(decision.comment)
        ruled = self.store.run(person.tenant, lambda work: self._decided(work, request_id, decision, person))
        return self._view(ruled, person)

    def withdraw(self, request_id: str, person: Person) -> RequestView:
        """The requester needs no answer any more, or gives an unused approval back. Again changes nothing.

        Raises NotFound, Forbidden (`not_the_requester`), Refused (`request_decided`, `request_expired`).
        """
        request = self._expiry.current(person.tenant, request_id)
        actor = self._actor(person)
        if actor != request.requester and not self._records.has_right(request, person):
            raise unknown()

        def step(work: Work) -> ForwardRequest:
            now = self.clock()
            known = self._held(work, request_id)
            changed = withdrawn(known, actor, now)
            if changed is known:
                return known
            details = {"request": request_id, "status": known.status.value}
            return self._kept(work, changed, person, AuditEntry(Event.FORWARD_WITHDRAWN, now, actor, details))

        return self._view(self.store.run(person.tenant, step), person)

    def waiting(self, person: Person) -> Sequence[RequestView]:
        """Requests that wait for this person, oldest first."""
        by_role = self._records.decides_by_role(person)
        actor, now = self._actor(person), self.clock()
        found = self.store.look(person.tenant, lambda work: work.requests.to_decide(actor, by_role=by_role))
        views = (self._view(one, person) for one in found if not is_over(one, now))
        return [view for view in views if view.may_decide]

    def decided(self, person: Person) -> Sequence[RequestView]:
        """What this person decided lately, newest first."""
        actor = self._actor(person)
        found = self.store.look(person.tenant, lambda work: work.requests.decided_by(actor))
        return [self._view(one, person) for one in found]

    @property
    def _expiry(self) -> ForwardExpiry:
        return ForwardExpiry(self.store, self._notices, self.clock)

    @property
    def _notices(self) -> ForwardNotices:
        return ForwardNotices(self.keys, self.sealer)

    @property
    def _approval(self) -> Approval:
        return self.reader.policy.rules.approval

    @property
    def _records(self) -> ForwardRecords:
        return ForwardRecords(self.keys, self.sealer, self._approval.approvers)

    def _actor(self, person: Person) -> str:
        return self.keys.actor(person.tenant, person.id)

    def _asked(self, work: Work, read: ReadQuestion) -> tuple[ForwardRequest, bool]:
        now, actor = self.clock(), self._actor(read.person)
        # Whoever looks here is alone with this requester until the transaction ends.
        earlier = work.requests.of_requester(actor, read.forwarded.content)
        same = next((one for one in earlier if self._records.is_same(one, read, now)), None)
        if same is not None:
            return same, False
        if work.requests.open_of(actor) >= self._approval.most_open:
            raise LimitReached("too_many_requests_open", "most_open", retry_after=_RETRY_SECONDS)
        # Each is told to its approvers: what is asked and withdrawn again and again is too.
        if work.requests.asked_since(actor, now - _DAY) >= self._approval.most_open * _DAYS_MOST_OPEN:
            raise LimitReached("too_many_requests_open", "in a day", retry_after=_RETRY_SECONDS)
        request = self._records.made(read, self._approval.pending_hours, now)
        work.requests.add(request)
        self._notices.asked(work, read.person.tenant, request, now)
        details: Mapping[str, Detail] = {
            "request": request.id,
            "label": request.label.value,
            "categories": tuple(one.value for one in request.categories),
            "reason": request.reason.value,
            "recipients": len(request.recipients),
            "approvers": len(read.approvers),
            "policy": request.policy_version,
        }
        work.audit.append(AuditEntry(Event.FORWARD_REQUESTED, now, actor, details))
        return request, True

    def _decided(self, work: Work, request_id: str, decision: ForwardDecision, person: Person) -> ForwardRequest:
        now, actor = self.clock(), self._actor(person)
        known = self._held(work, request_id)
        answered = Answered(Mailbox(person.address, person.name), decision.comment.strip())
        ruling = Ruling(
            decider=actor,
            approve=decision.approve,
            recipients=self._chosen(known, decision, person),
            until=now + timedelta(hours=self._approval.approved_hours),
            sealed=ForwardSeals(self.sealer, person.tenant).answered(request_id, answered),
        )
        changed = decided(known, ruling, now)
        if changed is known:
            return known
        event = Event.FORWARD_APPROVED if decision.approve else Event.FORWARD_REFUSED
        details: Mapping[str, Detail] = {
            "request": request_id,
            "kind": dict(known.approvers).get(actor, ApproverKind.ROLE).value,
            "recipients": len(known.recipients),
            "approved_recipients": len(changed.approved_keys),
        }
        return self._kept(work, changed, person, AuditEntry(event, now, actor, details))

    def _chosen(self, request: ForwardRequest, decision: ForwardDecision, person: Person) -> frozenset[str]:
        if decision.recipients is None:
            keys = frozenset(one.key for one in request.recipients)
            waits = decision.approve and request.status is RequestStatus.PENDING
            if waits and keys != self._records.shown_keys(request, person.tenant):
                raise Refused("recipients_not_asked_for", "a recipient cannot be shown any more")
            return keys
        return self._records.recipient_keys(request, person, (Mailbox(one).key for one in decision.recipients))

    def _held(self, work: Work, request_id: str) -> ForwardRequest:
        request = work.requests.get(request_id, for_update=True)
        if request is None:
            raise unknown()
        return request

    def _kept(self, work: Work, changed: ForwardRequest, person: Person, entry: AuditEntry) -> ForwardRequest:
        saved = work.requests.save(changed)
        self._notices.ended(work, person.tenant, saved, entry.at)
        work.audit.append(entry)
        return saved

    def _view(self, request: ForwardRequest, person: Person) -> RequestView:
        return self._records.view(request, person, self.clock())
