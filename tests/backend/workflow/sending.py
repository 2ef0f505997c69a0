"""Somebody who writes, lets the draft be assessed and presses Send."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from backend.directory.sample_directory import sample_directory
from backend.domain.assessment import Assessment
from backend.domain.directory import Directory
from backend.domain.draft import Draft, DraftKind
from backend.domain.label import Category, Label
from backend.domain.person import Person
from backend.municipality import judge_of, watch_of
from backend.store.database import open_database
from backend.store.habits import DatabaseHabits
from backend.store.transactions import DatabaseStore
from backend.workflow.approval_use import ApprovalUse
from backend.workflow.check_recipients import RecipientChecker
from backend.workflow.check_send import SendCheck, SendChecker, SendRequest
from backend.workflow.habit_keys import HabitKeys
from backend.workflow.record_keys import RecordKeys
from backend.workflow.send_trail import SendTrail
from backend.workflow.sender_habits import SenderHabits
from backend.workflow.verdict import VerdictSigner
from tests.backend.served import KEY, assessor

SARA = Person("sara", "granvik")
STRANGER = Person("sara", "elsewhere")
SEVERE = "Orosanmälan: Tuva Lind blir slagen av sin pappa hemma och är placerad enligt LVU. Tuva är rädd för pappa."
HARMLESS = "Skrivaren på plan 2 är trasig igen. Teknikern kommer i morgon förmiddag, använd den på plan 3 så länge."


@dataclass(frozen=True, slots=True)
class Desk:
    """A checker with its signer and the file of its database."""

    checker: SendChecker
    signer: VerdictSigner
    database: Path

    def verdict(
        self,
        draft: Draft,
        label: Label = Label.NONE,
        *categories: Category,
        facts: Iterable[str] = (),
        tenant: str = SARA.tenant,
        policy_version: str = "",
    ) -> str:
        """The token of an assessment that said this of `draft`."""
        kind = "booking" if draft.kind is DraftKind.APPOINTMENT else "message"
        known = frozenset({kind, draft.compose_type.value, *facts})
        said = replace(self.blank(), label=label, categories=categories, facts=known)
        return self.signer.sign(draft, replace(said, policy_version=policy_version or said.policy_version), tenant)

    def blank(self) -> Assessment:
        """The assessment of nothing."""
        return self.checker.assessor.assess(Draft("", ""))

    def send(
        self,
        draft: Draft,
        verdict: str = "",
        person: Person = SARA,
        *,
        confirm: bool = True,
        **fields: Any,  # noqa: ANN401 - SendRequest's fields
    ) -> SendCheck:
        """The answer; every recipient is confirmed unless said otherwise."""
        addresses = frozenset(one.mailbox.address for one in draft.recipients) if confirm else frozenset()
        request = SendRequest(draft, verdict, **({"confirmed": addresses} | fields))
        return self.checker.check(request, person)

    def rows(self, table: str) -> list[dict[str, Any]]:
        connection = sqlite3.connect(self.database)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608 - our own table names
        finally:
            connection.close()


def open_desk(folder: Path, policy: str = "standard", directory: Directory | None = None) -> Desk:
    read, secret = assessor(policy), KEY.encode()
    database = folder / "records.sqlite3"
    engine = open_database(f"sqlite:///{database}")
    directory = directory or sample_directory()
    habits = SenderHabits(DatabaseHabits(engine), HabitKeys(secret))
    recipients = RecipientChecker(directory, judge_of(read.policy, directory), habits, read.policy, read.texts)
    keys, signer = RecordKeys(secret), VerdictSigner(secret)
    checker = SendChecker(
        read,
        recipients,
        DatabaseStore(engine, keys.audit),
        watch_of(keys, read.policy),
        ApprovalUse(keys, read),
        SendTrail(keys, read.policy),
        signer,
        secret,
    )
    return Desk(checker, signer, database)


def unmet(check: SendCheck) -> set[str]:
    return {one.code for one in check.obligations if not one.met}
