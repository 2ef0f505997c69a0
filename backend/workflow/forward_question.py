"""A question "may this go there?" read: what the draft is, who the recipients are, and who may answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from backend.decision.policy import Policy
from backend.decision.recipients import decide_recipients
from backend.domain.assessment import Assessment
from backend.domain.directory import Directory, DirectoryEntry
from backend.domain.draft import Draft, Mailbox, Recipient
from backend.domain.errors import UnreadableInput
from backend.domain.forwarding import Approver
from backend.domain.label import Category, Label, SendDecision
from backend.domain.person import Person
from backend.domain.recipient import DecidedRecipient
from backend.domain.store import Work
from backend.domain.threads import DraftTraces, ThreadStanding
from backend.extraction.parts import extract_parts
from backend.forwarding.approvers import ApproverRules, Asking, Owner, approvers_of
from backend.forwarding.coverage import Forwarded
from backend.recipients.branches import Branches
from backend.recipients.text_doubts import with_text_doubts
from backend.workflow.approval_use import ApprovalUse
from backend.workflow.assess_draft import Assessor
from backend.workflow.check_recipients import RecipientChecker
from backend.workflow.forward_view import ForwardQuestion
from backend.workflow.thread_watch import ThreadWatch
from backend.workflow.verdict import VerdictSigner

MOST_RECIPIENTS = 100
LONGEST_COMMENT = 500
_LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """All that a request is made of. `repr` shows no text and no person."""

    question: ForwardQuestion
    person: Person
    forwarded: Forwarded
    categories: tuple[Category, ...]
    policy_version: str
    recipients: tuple[DecidedRecipient, ...] = field(repr=False)
    approvers: tuple[Approver, ...] = field(repr=False)
    title: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class QuestionReader:
    """Reads questions for one municipality. `role_mailboxes` are where those with the approver's role are told."""

    assessor: Assessor
    signer: VerdictSigner
    recipients: RecipientChecker
    directory: Directory
    branches: Branches
    approvals: ApprovalUse
    role_mailboxes: tuple[Mailbox, ...] = ()

    @property
    def policy(self) -> Policy:
        """The municipality's policy."""
        return self.assessor.policy

    def traces(self, draft: Draft, person: Person) -> DraftTraces:
        """What the draft's threads are found by: text is read here, before the store is asked."""
        return self._watch.traces(draft, extract_parts(draft), person, self.signer.digest(draft))

    def standing(self, work: Work, traces: DraftTraces, draft: Draft, person: Person) -> ThreadStanding:
        """The flagged threads that the draft belongs to. Only reads."""
        return self._watch.standing(work.threads, traces, draft, person, labelled=False)

    def read(self, question: ForwardQuestion, person: Person, standing: ThreadStanding) -> ReadQuestion:
        """The question with its answerers. Nothing is kept. The label is never less strict than the thread's.

        Raises UnreadableInput (`reason_unknown`, `recipients_missing`, `recipient_invalid`, `too_many_recipients`,
        `comment_too_long`, `comment_sensitive`), Refused (`no_approver`), and ClaimsNeeded where the directory wants a
        new sign-in.
        """
        if question.reason not in {one.code for one in self.policy.rules.reason}:
            raise UnreadableInput("reason_unknown", question.reason.value)
        addressed = _addressed(question)
        self.check_comment(question.comment)
        label, categories, version = self._said(question, person)
        forwarded = self.approvals.forwarded(question.draft, person, label, categories)
        forwarded = replace(forwarded, standing=standing)
        sender = question.draft.sender or Mailbox(person.address, person.name)
        draft = replace(question.draft, recipients=addressed, sender=sender)
        entry = self._entry_of(person)
        branch = self.branches.of(entry)
        asking = Asking(
            account=person.id,
            mailboxes=frozenset(Mailbox(one).key for one in (person.address, entry.address if entry else "") if one),
            entry=entry,
            branch=branch.id if branch else "",
            categories=frozenset(categories),
        )
        return ReadQuestion(
            question=question,
            person=person,
            forwarded=forwarded,
            categories=categories,
            policy_version=version,
            recipients=self._judged(draft, forwarded.stricter_label, person),
            approvers=approvers_of(self._rules(), asking),
            title=entry.title if entry else "",
        )

    def check_comment(self, comment: str) -> None:
        """Raises UnreadableInput (`comment_too_long`, `comment_sensitive`): a comment says nothing of the case."""
        if len(comment) > LONGEST_COMMENT:
            raise UnreadableInput("comment_too_long", f"{len(comment)} > {LONGEST_COMMENT}")
        if not comment.strip():
            return
        if _is_sensitive(self.assessor.assess(Draft("", comment))):
            raise UnreadableInput("comment_sensitive", "the comment itself is sensitive")

    def _said(self, question: ForwardQuestion, person: Person) -> tuple[Label, tuple[Category, ...], str]:
        """The stricter of suggested and set label, the categories, and the policy that said so."""
        draft = question.draft
        verdict = self.signer.read(question.verdict, draft, person.tenant)
        if verdict is None or verdict.policy_version != self.policy.version:
            said = self.assessor.assess(draft)
            label, categories = said.label, said.categories
        else:
            label, categories = verdict.label, verdict.categories
        stricter = max(label, draft.label or Label.NONE, key=lambda one: one.rank)
        return stricter, tuple(categories), self.policy.version

    def _judged(self, draft: Draft, label: Label, person: Person) -> tuple[DecidedRecipient, ...]:
        judged = with_text_doubts(self.recipients.judged(draft, person), extract_parts(draft))
        return decide_recipients(self.policy.rules.recipients, judged, label).each

    def _entry_of(self, person: Person) -> DirectoryEntry | None:
        key = Mailbox(person.address).key
        return self.directory.look_up(person, [key]).entries.get(key) if key else None

    @property
    def _watch(self) -> ThreadWatch:
        rules = self.policy.rules
        return ThreadWatch(self.approvals.keys, rules.places.forward_prefixes, rules.threads.model_texts)

    def _rules(self) -> ApproverRules:
        rows = self.policy.rules.information_owner
        owners = tuple(Owner(one.account, Mailbox(one.address, one.name), one.branch, one.categories) for one in rows)
        return ApproverRules(self.policy.rules.approval.approvers, owners, self.role_mailboxes)


def _is_sensitive(comment: Assessment) -> bool:
    """By what rules find: of one short sentence the model alone is believed only where it gives the strictest label."""
    by_rules = [one for one in comment.findings if one.rule.partition(".")[0] != "model"]
    has_number = any(one.category is Category.PERSONNUMMER for one in by_rules)
    tells_of_person = comment.label is not Label.NONE and any(one.about_person for one in by_rules)
    return has_number or tells_of_person or comment.label is Label.MYCKET_KANSLIG


def concerns_of(one: DecidedRecipient) -> list[str]:
    """Codes of what the policy asks to think of."""
    return [doubt.concern.value for doubt in one.doubts if doubt.decision is not SendDecision.ALLOW]


def _addressed(question: ForwardQuestion) -> tuple[Recipient, ...]:
    """Each recipient once: those asked for, else the draft's. Who is not in the draft yet may be asked for."""
    of_draft: dict[str, Recipient] = {}
    for one in question.draft.recipients:
        of_draft.setdefault(one.mailbox.key, one)
    asked = [Mailbox(address) for address in question.recipients]
    if not all(_is_address(one.key) for one in asked if one.key):
        raise UnreadableInput("recipient_invalid", "no mail address")
    chosen = {one.key: of_draft.get(one.key, Recipient(one)) for one in asked} if asked else of_draft
    return _counted([one for key, one in chosen.items() if key])


def _is_address(key: str) -> bool:
    """Whether a mail can go there at all (RFC 5321: 254 characters at most; no blanks, one @ that parts two words)."""
    name, _, domain = key.rpartition("@")
    return bool(name and domain) and len(key) <= _LONGEST_ADDRESS and key.isprintable() and len(key.split()) == 1


def _counted(recipients: Sequence[Recipient]) -> tuple[Recipient, ...]:
    if not recipients:
        raise UnreadableInput("recipients_missing", "a request is about somebody")
    if len(recipients) > MOST_RECIPIENTS:
        raise UnreadableInput("too_many_recipients", f"{len(recipients)} > {MOST_RECIPIENTS}")
    return tuple(recipients)
