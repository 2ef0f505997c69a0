"""A forward desk with a real database, directory, model and policy, and a clock that is set by hand."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from backend.decision.policy import Policy
from backend.decision.policy_file import InformationOwner
from backend.directory import sample_directory
from backend.directory.file_directory import FileDirectory
from backend.domain.audit import AuditRow
from backend.domain.directory import Directory
from backend.domain.draft import Draft, Mailbox
from backend.domain.errors import CodedError
from backend.domain.forwarding import ApproverKind, DisclosureReason, ForwardRequest
from backend.domain.label import Category, Label
from backend.domain.notices import Notice
from backend.domain.person import Person, Role
from backend.domain.store import Work
from backend.domain.threads import NO_STANDING, Registration, ThreadStanding
from backend.municipality import judge_of
from backend.store.habits import DatabaseHabits
from backend.store.transactions import DatabaseStore
from backend.workflow.approval_use import ApprovalUse, Leaving
from backend.workflow.assess_draft import Assessor
from backend.workflow.check_recipients import RecipientChecker
from backend.workflow.forward_expiry import ForwardExpiry
from backend.workflow.forward_notices import ForwardNotices
from backend.workflow.forward_question import QuestionReader
from backend.workflow.forward_requests import ForwardRequestDesk
from backend.workflow.forward_seals import notice_place
from backend.workflow.forward_view import ForwardQuestion
from backend.workflow.habit_keys import HabitKeys
from backend.workflow.record_keys import RecordKeys
from backend.workflow.sealing import Sealer
from backend.workflow.sender_habits import SenderHabits
from backend.workflow.verdict import VerdictSigner
from tests.backend import factories
from tests.backend.served import KEY, assessor

TENANT = "granvik"
BEGIN = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
QUOTED = "Orosanmälan: Tuva Lind blir slagen av sin pappa hemma och är placerad enligt LVU. Tuva är rädd för pappa."
JOHAN_ADDRESS, OMAR_ADDRESS = "johan.ek@granvik.example", "omar.haddad@granvik.example"


def _person(account: str, address: str, *roles: Role, tenant: str = TENANT) -> Person:
    name = address.partition("@")[0].replace(".", " ").title()
    return Person(account, tenant, frozenset({Role.EMPLOYEE, *roles}), name=name, address=address)


SARA = _person("sara", "sara.lindqvist@granvik.example")
KERSTIN = _person("kerstin", "kerstin.aberg@granvik.example", Role.APPROVER)
"""Has the role, and is Sara's manager."""
BENGT = _person("bengt", "bengt.stahl@granvik.example")
"""Kerstin's manager."""
GUNNEL = _person("gunnel", "gunnel.oberg@granvik.example", Role.APPROVER)
OMAR = _person("omar", OMAR_ADDRESS)
"""Has nothing to do with it."""
STRANGER = _person("kerstin", "kerstin.aberg@granvik.example", Role.APPROVER, tenant="elsewhere")
ROLE_MAILBOX = Mailbox("godkannare@granvik.example", "Godkännare")


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        return self.now

    def forward(self, hours: float) -> None:
        self.now += timedelta(hours=hours)


@dataclass(frozen=True, slots=True)
class Asking:
    """A desk with all that it stands on."""

    desk: ForwardRequestDesk
    store: DatabaseStore
    clock: Clock
    approvals: ApprovalUse = field(repr=False)

    @property
    def keys(self) -> RecordKeys:
        return self.desk.keys

    @property
    def expiry(self) -> ForwardExpiry:
        return ForwardExpiry(self.store, ForwardNotices(self.desk.keys, self.desk.sealer), self.clock)

    def question(self, draft: Draft | None = None, **fields: Any) -> ForwardQuestion:  # noqa: ANN401 - ForwardQuestion's fields
        """A question about a draft that was assessed as sensitive already."""
        asked = draft or forward()
        known = {"reason": DisclosureReason.SAME_CASE, "verdict": self.verdict(asked)} | fields
        return ForwardQuestion(asked, **known)

    def verdict(
        self, draft: Draft, label: Label = Label.MYCKET_KANSLIG, categories: Sequence[Category] = (Category.HEALTH,)
    ) -> str:
        blank = self.approvals.assessor.assess(Draft("", ""))
        said = replace(blank, label=label, categories=tuple(categories))
        return self.desk.reader.signer.sign(draft, said, TENANT)

    def asked(self, draft: Draft | None = None, person: Person = SARA, **fields: Any) -> str:  # noqa: ANN401 - as above
        return self.desk.ask(self.question(draft, **fields), person)[0].id

    def leaving(
        self,
        draft: Draft,
        person: Person = SARA,
        label: Label = Label.MYCKET_KANSLIG,
        categories: Sequence[Category] = (Category.HEALTH,),
        standing: ThreadStanding = NO_STANDING,
    ) -> Leaving:
        return self.approvals.leaving(draft, person, label, categories).within(standing)

    def usable(self, approval: str, leaving: Leaving) -> ForwardRequest | None:
        return self.store.look(
            leaving.tenant, lambda work: self.approvals.usable(work, approval, leaving, self.clock())
        )

    def use(self, approval: str, leaving: Leaving) -> ForwardRequest | None:
        """As a send check does it: None where the send is held."""

        def step(work: Work) -> ForwardRequest | None:
            if self.approvals.usable(work, approval, leaving, self.clock()) is None:
                return None
            return self.approvals.use(work, approval, leaving, self.clock())

        return self.store.run(leaving.tenant, step)

    def flag(self, thread: str, conversation: str, label: Label = Label.MYCKET_KANSLIG) -> None:
        """As somebody's labelled send in a conversation does it."""
        mark = self.keys.conversation(TENANT, conversation)
        kept = Registration(thread, label, self.clock(), (mark,))
        self.store.run(TENANT, lambda work: work.threads.register(kept))

    def kept(self, request_id: str, tenant: str = TENANT) -> ForwardRequest:
        found = self.store.look(tenant, lambda work: work.requests.get(request_id))
        assert found is not None
        return found

    def notices(self) -> list[tuple[str, str]]:
        """Kind and address of every notice, in order of the words."""
        return sorted((one.kind.value, self._address(one)) for one in self._newest())

    def notices_of(self, request_id: str) -> list[tuple[str, str]]:
        kept = (one for one in self._newest() if one.request_id == request_id)
        return sorted((one.kind.value, self._address(one)) for one in kept)

    def log(self) -> list[AuditRow]:
        return self.store.look(TENANT, lambda work: list(work.audit.rows()))

    def events(self) -> list[str]:
        return [row.entry.event.value for row in self.log()]

    def _newest(self) -> Sequence[Notice]:
        return self.store.look(TENANT, lambda work: work.notices.newest(100_000))

    def _address(self, notice: Notice) -> str:
        return self.desk.sealer.open(TENANT, notice_place(notice.id), notice.sealed)["address"]


def forward(own: str = "", *addresses: str, quoted: str = QUOTED, **fields: Any) -> Draft:  # noqa: ANN401 - Draft's fields
    """A mail that forwards another, with the sender's own words above."""
    head = (
        "Från: Anna Berg <anna.berg@granvik.example>\nSkickat: den 1 mars 2026 10:00\nTill: Sara Lindqvist\nÄmne: Möte"
    )
    known: dict[str, Any] = {"subject": "VB: Möte", "forward": True, "session": "session-1"} | fields
    return factories.draft(f"{own}\n\n{head}\n\n{quoted}", *(addresses or (JOHAN_ADDRESS,)), **known)


def code(call: object, *args: object) -> str:
    assert callable(call)
    with pytest.raises(CodedError) as caught:
        call(*args)
    return caught.value.code


def directory_with_accounts(folder: Path) -> FileDirectory:
    """The sample municipality's, where everybody's account is the first name in lower case."""
    source = Path(sample_directory.__file__).parent / "sample" / "granvik.csv"
    with source.open(encoding="utf-8", newline="") as rows, (folder / "d.csv").open("w", encoding="utf-8") as written:
        reader = csv.DictReader(rows)
        writer = csv.DictWriter(written, list(reader.fieldnames or ()))
        writer.writeheader()
        for row in reader:
            account = row["address"].partition(".")[0] if row["kind"] == "person" else ""
            writer.writerow({**row, "account": account})
    return FileDirectory(folder / "d.csv")


def policy_with(
    policy: Policy,
    kinds: Sequence[ApproverKind] = (ApproverKind.INFORMATION_OWNER, ApproverKind.MANAGER, ApproverKind.ROLE),
    owners: Sequence[InformationOwner] = (),
    **approval: int,
) -> Policy:
    """The policy with other approvers."""
    changed = policy.rules.approval.model_copy(update={"approvers": tuple(kinds), **approval})
    rules = policy.rules.model_copy(update={"approval": changed, "information_owner": tuple(owners)})
    return replace(policy, rules=rules)


def open_asking(
    engine: Engine,
    folder: Path,
    change: Callable[[Policy], Policy] = policy_with,
    *,
    directory: Directory | None = None,
    role_mailboxes: Sequence[Mailbox] = (ROLE_MAILBOX,),
) -> Asking:
    read, secret = assessor(), KEY.encode()
    read = replace(read, policy=change(read.policy))
    keys, sealer, clock = RecordKeys(secret), Sealer(secret), Clock()
    approvals = ApprovalUse(keys, read)
    reader = _reader(read, directory or directory_with_accounts(folder), engine, approvals)
    store = DatabaseStore(engine, keys.audit)
    reader = replace(reader, role_mailboxes=tuple(role_mailboxes))
    return Asking(ForwardRequestDesk(store, keys, sealer, reader, clock), store, clock, approvals)


def _reader(read: Assessor, directory: Directory, engine: Engine, approvals: ApprovalUse) -> QuestionReader:
    secret = KEY.encode()
    judge = judge_of(read.policy, directory)
    habits = SenderHabits(DatabaseHabits(engine), HabitKeys(secret))
    checker = RecipientChecker(directory, judge, habits, read.policy, read.texts)
    return QuestionReader(read, VerdictSigner(secret), checker, directory, judge.branches, approvals)
