"""Drafts, findings and what is known at send, with everything unremarkable filled in."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from backend.domain.detected import Detected, Identity, Sentence
from backend.domain.directory import Members
from backend.domain.draft import Attachment, ComposeType, Draft, DraftKind, Mailbox, Recipient
from backend.domain.finding import Finding
from backend.domain.label import Category, Label
from backend.domain.recipient import JudgedRecipient, JudgedRecipients, RecipientVerdict

COLLEAGUE = "johan.ek@granvik.example"
"""Somebody whom the sample municipality's directory knows."""
OUTSIDER = "bo.lind@example.se"
PRIVATE = "bo.lind@gmail.com"


def finding(
    category: Category, *traits: str, about: bool = True, part: str = "body", confidence: float = 0.9
) -> Finding:
    return Finding(
        category=category,
        rule=f"{category.value}.made_up",
        part=part,
        start=0,
        end=5,
        excerpt="•••",
        about_person=about,
        confidence=confidence,
        explanation="",
        source=("M1",),
        traits=frozenset(traits),
    )


def detected(*findings: Finding, sentences: Iterable[Sentence] = (), **identity: Any) -> Detected:  # noqa: ANN401 - Identity's fields
    return Detected(findings, Identity(**identity), tuple(sentences), {})


def recipients(addresses: Iterable[str]) -> tuple[Recipient, ...]:
    return tuple(Recipient(Mailbox(address)) for address in addresses)


def draft(
    body: str = "",
    *addresses: str,
    subject: str = "",
    forward: bool = False,
    label: Label | None = None,
    **fields: Any,  # noqa: ANN401 - Draft's fields
) -> Draft:
    compose_type = ComposeType.FORWARD if forward else ComposeType.NEW
    return Draft(subject, body, compose_type=compose_type, recipients=recipients(addresses), label=label, **fields)


def judged(*verdicts: RecipientVerdict, address: str = "anna@example.se") -> JudgedRecipients:
    """Recipients of these verdicts, all of one address."""
    (recipient,) = recipients([address])
    return JudgedRecipients(tuple(JudgedRecipient(recipient, verdict) for verdict in verdicts))


def counted(members: Members | None) -> Members:
    """A group's numbers alone, without where its members work."""
    assert members is not None
    return replace(members, departments=())


def booking(subject: str = "", body: str = "", *, files: Iterable[str] = (), **fields: Any) -> Draft:  # noqa: ANN401 - Draft's fields
    attachments = tuple(Attachment(name) for name in files)
    return Draft(subject, body, kind=DraftKind.APPOINTMENT, attachments=attachments, **fields)
