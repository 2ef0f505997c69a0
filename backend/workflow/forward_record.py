"""A forward request as it is kept, made of a question, and as one person may see it."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.domain.draft import Mailbox
from backend.domain.forwarding import ApproverKind, ForwardRequest, RequestedRecipient, RequestStatus
from backend.domain.person import Person, Role
from backend.domain.recipient import Concern
from backend.forwarding.coverage import covers
from backend.forwarding.transitions import OPEN, is_over
from backend.workflow.forward_question import ReadQuestion, concerns_of
from backend.workflow.forward_seals import Asked, ForwardSeals
from backend.workflow.forward_view import RecipientView, RequestView
from backend.workflow.record_keys import RecordKeys
from backend.workflow.sealing import Sealer

_MOST_THREADS = 50
"""What a request is kept with. A draft of more is covered by none: nobody can have seen what it is."""


@dataclass(frozen=True, slots=True)
class ForwardRecords:
    """Makes and reads records for one municipality. `kinds` are the policy's approvers."""

    keys: RecordKeys
    sealer: Sealer
    kinds: tuple[ApproverKind, ...]

    def made(self, read: ReadQuestion, pending_hours: int, now: datetime) -> ForwardRequest:
        """A new request. Its id is random: nobody finds one by trying."""
        request_id, tenant = secrets.token_hex(16), read.person.tenant
        named = {self.keys.actor(tenant, one.account): one.kind for one in read.approvers if one.account}
        asked = Asked(
            requester=Mailbox(read.person.address, read.person.name),
            title=read.title,
            comment=read.question.comment.strip(),
            told=tuple(one.mailbox for one in read.approvers),
        )
        return ForwardRequest(
            id=request_id,
            requester=self.keys.actor(tenant, read.person.id),
            status=RequestStatus.PENDING,
            label=read.forwarded.stricter_label,
            categories=read.categories,
            reason=read.question.reason,
            content=read.forwarded.content,
            own=read.forwarded.own,
            recipients=self._recipients(read, request_id),
            asked_at=now,
            expires_at=now + timedelta(hours=pending_hours),
            policy_version=read.policy_version,
            approvers=tuple(named.items()),
            sealed=ForwardSeals(self.sealer, tenant).asked(request_id, asked),
            threads=read.forwarded.standing.threads[:_MOST_THREADS] if read.forwarded.standing else (),
        )

    def is_same(self, request: ForwardRequest, read: ReadQuestion, now: datetime) -> bool:
        """Whether the question is the one that this request, still waiting or unused, was made of."""
        if request.status not in OPEN or is_over(request, now) or request.reason is not read.question.reason:
            return False
        asked = self.recipient_keys(request, read.person, (one.judged.key for one in read.recipients))
        return asked == {one.key for one in request.recipients} and covers(request, read.forwarded)

    def recipient_keys(self, request: ForwardRequest, person: Person, mailboxes: Iterable[str]) -> frozenset[str]:
        """Mailbox keys as this request knows them."""
        return frozenset(self.keys.recipient(person.tenant, request.id, one) for one in mailboxes)

    def is_requester(self, request: ForwardRequest, person: Person) -> bool:
        """By account, and by address: a second account of the same person is the same person."""
        if request.requester == self.keys.actor(person.tenant, person.id):
            return True
        asked = ForwardSeals(self.sealer, person.tenant).opened_asked(request)
        key = Mailbox(person.address).key
        return asked is not None and key != "" and asked.requester.key == key

    def has_right(self, request: ForwardRequest, person: Person) -> bool:
        """Whether the person is named, or decides by role; also once the request has ended."""
        return self.decides_by_role(person) or self.keys.actor(person.tenant, person.id) in dict(request.approvers)

    def decides_by_role(self, person: Person) -> bool:
        """Whether the person may decide all requests but their own."""
        return Role.APPROVER in person.roles and ApproverKind.ROLE in self.kinds

    def shown_keys(self, request: ForwardRequest, tenant: str) -> frozenset[str]:
        """Of its recipients those whose address can be shown to who decides."""
        seals = ForwardSeals(self.sealer, tenant)
        return frozenset(one.key for one in request.recipients if seals.opened_recipient(request.id, one) is not None)

    def view(self, request: ForwardRequest, person: Person, now: datetime) -> RequestView:
        """The request, unsealed. Whether the person may see it at all is asked before."""
        seals = ForwardSeals(self.sealer, person.tenant)
        asked, answered = seals.opened_asked(request), seals.opened_answer(request)
        own = self.is_requester(request, person)
        status = RequestStatus.EXPIRED if is_over(request, now) else request.status
        return RequestView(
            id=request.id,
            status=status,
            label=request.label,
            categories=request.categories,
            reason=request.reason,
            recipients=tuple(
                RecipientView(seals.opened_recipient(request.id, one), one.verdict, one.concerns, one.approved)
                for one in request.recipients
            ),
            asked_at=request.asked_at,
            expires_at=request.expires_at,
            own=own,
            may_decide=status is RequestStatus.PENDING and not own and self.has_right(request, person),
            requester=asked.requester if asked else None,
            requester_title=asked.title if asked else "",
            comment=asked.comment if asked else "",
            decided_at=request.decided_at,
            decider=answered.decider if answered else None,
            answer=answered.comment if answered else "",
        )

    def _recipients(self, read: ReadQuestion, request_id: str) -> tuple[RequestedRecipient, ...]:
        tenant = read.person.tenant
        seals = ForwardSeals(self.sealer, tenant)
        made = []
        for one in read.recipients:
            key = self.keys.recipient(tenant, request_id, one.judged.key)
            sealed = seals.recipient(request_id, key, one.judged.recipient.mailbox)
            concerns = tuple(map(Concern, concerns_of(one)))
            made.append(RequestedRecipient(key, one.judged.verdict, concerns, sealed))
        return tuple(made)
