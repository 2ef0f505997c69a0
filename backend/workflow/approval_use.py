"""An approval meets the draft it was given for: its one use, inside the send check's transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from backend.domain.audit import AuditEntry, Detail, Event
from backend.domain.draft import Draft
from backend.domain.forwarding import Conflict, ForwardRequest, RequestStatus
from backend.domain.label import Category, Label
from backend.domain.person import Person
from backend.domain.store import Work
from backend.domain.threads import ThreadStanding
from backend.forwarding.coverage import Forwarded, covers, covers_threads
from backend.forwarding.transitions import is_over, may_use, used
from backend.workflow.assess_draft import Assessor
from backend.workflow.forward_content import ForwardContent, content_of
from backend.workflow.record_keys import RecordKeys


@dataclass(frozen=True, slots=True)
class Leaving:
    """A draft on its way out. `recipients` are mailbox keys, `actor` and `session` keyed hashes.

    `flagged` is the thread that this very send has flagged; empty where there is none.
    """

    tenant: str
    actor: str
    session: str | None
    forwarded: Forwarded
    recipients: frozenset[str] = field(repr=False)
    flagged: str = ""

    def within(self, standing: ThreadStanding) -> "Leaving":
        """The draft as one of these threads. Without it no approval is usable."""
        return replace(self, forwarded=replace(self.forwarded, standing=standing))


@dataclass(frozen=True, slots=True)
class ApprovalUse:
    """Uses approvals for one municipality."""

    keys: RecordKeys
    assessor: Assessor

    def leaving(self, draft: Draft, person: Person, label: Label, categories: Iterable[Category]) -> Leaving:
        """The draft as `usable` and `use` want it: made before the transaction, for text is read here.

        `label` is the stricter of suggested and set, and not that of its thread; `categories` the assessment's.
        """
        actor = self.keys.actor(person.tenant, person.id)
        return Leaving(
            tenant=person.tenant,
            actor=actor,
            session=self.keys.session(person.tenant, actor, draft.session).key if draft.session else None,
            forwarded=self.forwarded(draft, person, label, categories),
            recipients=frozenset(one.mailbox.key for one in draft.recipients),
        )

    def forwarded(self, draft: Draft, person: Person, label: Label, categories: Iterable[Category]) -> Forwarded:
        """What requests compare of a draft, but for its threads: only the store knows these."""
        read = self._content(draft, person)
        own_label = Label.NONE if label is Label.NONE else self.assessor.assess(read.own_draft).label
        return Forwarded(read.content, read.own, label, frozenset(categories), own_label)

    def usable(self, work: Work, approval_id: str, leaving: Leaving, now: datetime) -> ForwardRequest | None:
        """The approval if this very send may use it; else None. Only reads.

        Only who asked may use it, for the same content, of no other flagged thread, for nobody but approved recipients,
        in time, and once: again only in the compose session that used it.
        """
        if not is_request_id(approval_id):
            return None
        return self._standing(work.requests.get(approval_id), leaving, now)

    def use(self, work: Work, approval_id: str, leaving: Leaving, now: datetime) -> ForwardRequest:
        """The approval, used, with its entry in the audit log. Again in the same session changes nothing.

        The thread that this send has flagged belongs to it from now on: the same session may be checked again. Only
        after `usable` in the same step. Raises Conflict where somebody else has used it since: the step is then done
        again, and `usable` answers None.
        """
        request = self._standing(work.requests.get(approval_id, for_update=True), leaving, now)
        if request is None:
            raise Conflict
        changed = used(request, leaving.session, now)
        if leaving.flagged:
            changed = replace(changed, threads=(*changed.threads, leaving.flagged))
        if changed is request:
            return request
        saved = work.requests.save(changed)
        if request.status is not RequestStatus.USED:
            details: dict[str, Detail] = {
                "request": request.id,
                "label": leaving.forwarded.stricter_label.value,
                "recipients": len(leaving.recipients),
            }
            work.audit.append(AuditEntry(Event.APPROVAL_USED, now, leaving.actor, details))
        return saved

    def latest(
        self, work: Work, draft: Draft, person: Person, standing: ThreadStanding, now: datetime | None = None
    ) -> ForwardRequest | None:
        """The person's request for what this draft forwards: the newest that leads anywhere, else the newest of all.

        One that is approved for the draft's threads goes before one that waits, as does one that this very compose
        session has used. `now` leaves out what is over but not marked yet.
        """
        actor = self.keys.actor(person.tenant, person.id)
        session = self.keys.session(person.tenant, actor, draft.session).key if draft.session else None
        found: Sequence[ForwardRequest] = work.requests.of_requester(actor, self._content(draft, person).content)

        def place(request: ForwardRequest) -> int:
            is_used_here = request.status is RequestStatus.USED and session is not None and request.used_by == session
            if now is not None and is_over(request, now):
                return 2
            if is_used_here or request.status is RequestStatus.APPROVED:
                return 0 if covers_threads(request, standing) else 1
            return 1 if request.status is RequestStatus.PENDING else 2

        return min(found, key=place, default=None)

    def _standing(self, request: ForwardRequest | None, leaving: Leaving, now: datetime) -> ForwardRequest | None:
        if request is None or request.requester != leaving.actor or not leaving.recipients:
            return None
        keys = {self.keys.recipient(leaving.tenant, request.id, one) for one in leaving.recipients}
        stands = keys <= request.approved_keys and may_use(request, leaving.session, now)
        return request if stands and covers(request, leaving.forwarded) else None

    def _content(self, draft: Draft, person: Person) -> ForwardContent:
        prefixes = self.assessor.policy.rules.places.forward_prefixes
        return content_of(draft, self.keys, person.tenant, prefixes)


def is_request_id(request_id: str) -> bool:
    """Whether this can be the id of a request: 32 hex digits. What cannot is never asked of the database."""
    return len(request_id) == _ID_DIGITS and set(request_id) <= _HEX


_ID_DIGITS = 32
_HEX = frozenset("0123456789abcdef")
