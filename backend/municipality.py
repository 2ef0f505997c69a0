"""Puts one organisation's own together: its policy, its directory, and the use cases that go by them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Engine

from backend.classification.deferred_model import DeferredModel
from backend.classification.feedback_vector import FeedbackVectors, known_words_path, read_known_words
from backend.decision.policy import Policy
from backend.detection.engine import Detector
from backend.domain.directory import Directory, EntryKind
from backend.domain.draft import Mailbox
from backend.domain.recipient import Branch
from backend.domain.store import Store
from backend.recipients.branches import Branches
from backend.recipients.judging import Judge
from backend.recipients.known_domains import KnownDomains, bundled
from backend.recipients.lookalikes import Lookalikes
from backend.services import Municipality
from backend.settings import Settings
from backend.store.feedback import DatabaseFeedback
from backend.texts.catalog import Texts
from backend.workflow.approval_use import ApprovalUse
from backend.workflow.assess_draft import Assessor
from backend.workflow.assess_for_sender import SenderAssessor
from backend.workflow.audit_trail import AuditTrail
from backend.workflow.check_recipients import RecipientChecker
from backend.workflow.check_send import SendChecker
from backend.workflow.feedback_keys import FeedbackKeys
from backend.workflow.forward_question import QuestionReader
from backend.workflow.forward_requests import ForwardRequestDesk
from backend.workflow.record_keys import RecordKeys
from backend.workflow.sealing import Sealer
from backend.workflow.send_trail import SendTrail
from backend.workflow.sender_habits import SenderHabits
from backend.workflow.take_feedback import FeedbackTaker
from backend.workflow.thread_watch import ThreadWatch
from backend.workflow.unchanged_drafts import UnchangedDrafts
from backend.workflow.verdict import VerdictSigner


def utc_now() -> datetime:
    """The clock of everything that is kept."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Shared:
    """What one process builds once for all organisations."""

    settings: Settings
    texts: Texts
    detector: Detector
    classifier: DeferredModel
    engine: Engine
    store: Store
    habits: SenderHabits
    keys: RecordKeys
    sealer: Sealer
    signer: VerdictSigner
    clock: Callable[[], datetime] = utc_now

    @property
    def secret(self) -> bytes:
        """The installation's secret key."""
        return self.settings.secret_key.get_secret_value().encode()


@dataclass(frozen=True, slots=True)
class Own:
    """What is an organisation's own. `role_mailboxes` are where those with the approver's role are told."""

    name: str
    policy: Policy
    directory: Directory
    role_mailboxes: tuple[Mailbox, ...] = ()


def municipality_of(shared: Shared, own: Own) -> Municipality:
    """The organisation's use cases."""
    policy, directory = own.policy, own.directory
    assessor = Assessor(shared.detector, shared.classifier, policy, shared.texts, unchanged=UnchangedDrafts())
    recipients = RecipientChecker(directory, judge_of(policy, directory), shared.habits, policy, shared.texts)
    watch = watch_of(shared.keys, policy)
    approvals = ApprovalUse(shared.keys, assessor)
    forwards = _forwards(shared, own, assessor, recipients, approvals)
    return Municipality(
        name=own.name,
        assessor=assessor,
        senders=SenderAssessor(
            assessor, recipients, shared.store, watch, approvals, forwards, shared.signer, shared.clock
        ),
        directory=directory,
        recipients=recipients,
        checker=SendChecker(
            assessor,
            recipients,
            shared.store,
            watch,
            approvals,
            SendTrail(shared.keys, policy),
            shared.signer,
            shared.secret,
            shared.clock,
        ),
        forwards=forwards,
        audit=AuditTrail(shared.store, shared.keys, shared.clock),
        feedback=_feedback(shared, assessor),
    )


def _forwards(
    shared: Shared, own: Own, assessor: Assessor, recipients: RecipientChecker, approvals: ApprovalUse
) -> ForwardRequestDesk:
    reader = QuestionReader(
        assessor,
        shared.signer,
        recipients,
        own.directory,
        branches_of(own.policy),
        approvals,
        role_mailboxes=own.role_mailboxes,
    )
    return ForwardRequestDesk(shared.store, shared.keys, shared.sealer, reader, shared.clock)


def _feedback(shared: Shared, assessor: Assessor) -> FeedbackTaker:
    return FeedbackTaker(
        assessor,
        vectors=FeedbackVectors(partial(read_known_words, known_words_path(shared.settings.model))),
        store=DatabaseFeedback(shared.engine),
        keys=FeedbackKeys(shared.secret),
        most_a_day=shared.settings.feedback_per_day,
    )


def watch_of(keys: RecordKeys, policy: Policy) -> ThreadWatch:
    """The register's use by the policy's words."""
    return ThreadWatch(keys, policy.rules.places.forward_prefixes, policy.rules.threads.model_texts)


def branches_of(policy: Policy) -> Branches:
    """The policy's map of departments."""
    return Branches([Branch(row.id, row.name, row.committee, row.departments) for row in policy.rules.branch])


def judge_of(policy: Policy, directory: Directory) -> Judge:
    """The judge of recipients by a policy's tables and a directory's domains."""
    rules = policy.rules
    private = frozenset(domain.lower() for domain in rules.places.private_domains)
    return Judge(
        own=directory.domains,
        private=private,
        lookalikes=Lookalikes(directory.domains, _known_domains(directory, private), private),
        branches=branches_of(policy),
        large_group_from=rules.recipients.large_group_from,
        externals_visible_from=rules.recipients.externals_visible_from,
        private_visible_from=rules.recipients.private_visible_from,
    )


def _known_domains(directory: Directory, private: frozenset[str]) -> KnownDomains:
    """The bundled list, and the domains of those outside who stand in the directory's address book."""
    outside = [one for one in directory.known_entries() if one.guest or one.kind is EntryKind.CONTACT]
    partners = {Mailbox(one.address).key.rpartition("@")[2]: one.company or one.name for one in outside}
    known = bundled()
    plain = Lookalikes(directory.domains, known, private)
    ours = private | directory.domains
    # Anybody can have a guest invited: what looks like a known domain is no partner.
    strange = {domain: name for domain, name in partners.items() if domain not in ours and not plain.resembled(domain)}
    return replace(known, organisations=strange | dict(known.organisations))
