"""Forward requests in requests and answers: the OpenAPI description is made from these."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from backend.domain.draft import Mailbox
from backend.domain.threads import ThreadStanding
from backend.extraction.draft_document import DraftDocument, without_lone_surrogates
from backend.workflow.assess_for_sender import Forwarding
from backend.workflow.forward_view import RecipientView, RequestView

_Text = Annotated[str, BeforeValidator(without_lone_surrogates)]
_Address = Annotated[_Text, Field(min_length=1, max_length=1000)]
_Comment = Annotated[_Text, Field(max_length=10_000)]
"""Longer than is taken, so that who writes too much is told so and not that the draft is too large."""
_LONGEST_TOKEN = 8000
_MOST_RECIPIENTS = 5000
_Reason = Literal["consent_12_2", "necessary_10_2", "general_clause_10_27", "duty_10_28", "same_case"]
_Status = Literal["pending", "approved", "refused", "expired", "withdrawn", "used"]


class ForwardRequestDocument(BaseModel):
    """May this draft go there? `recipients` are addresses; the draft's where there are none."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    draft: DraftDocument
    reason: _Reason
    verdict: Annotated[str, Field(max_length=_LONGEST_TOKEN)] | None = None
    recipients: Annotated[list[_Address], Field(max_length=_MOST_RECIPIENTS)] = []
    comment: _Comment | None = None


class ForwardDecisionDocument(BaseModel):
    """An answer. `recipients` are those to approve; all where it is left out or null."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    decision: Literal["approve", "refuse"]
    recipients: Annotated[list[_Address], Field(max_length=_MOST_RECIPIENTS)] | None = None
    comment: _Comment | None = None


class ForwardRequestPath(BaseModel):
    """Which request."""

    request_id: Annotated[str, Field(max_length=1000)]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PersonInBrief(_Answer):
    """Somebody who asks or has answered."""

    address: str
    name: str


class ForwardRecipientAnswer(_Answer):
    """A recipient that was asked for. `address` is null once it is erased."""

    address: str | None
    name: str
    verdict: str
    concerns: list[str]
    approved: bool


class ForwardRequestAnswer(_Answer):
    """A request. `own`: it is the caller's. `may_decide`: it waits for the caller. Times are ISO 8601, UTC."""

    id: str
    status: _Status
    label: Literal["none", "kanslig", "mycket_kanslig"]
    categories: list[str]
    reason: _Reason
    recipients: list[ForwardRecipientAnswer]
    approved_recipients: list[str]
    asked_at: str
    expires_at: str
    own: bool
    may_decide: bool
    requester: PersonInBrief | None
    requester_title: str
    comment: str
    decided_at: str | None
    decider: PersonInBrief | None
    answer: str


class ForwardRequestsAnswer(_Answer):
    """What waits for the caller, oldest first, and what the caller decided lately, newest first."""

    waiting: list[ForwardRequestAnswer]
    decided: list[ForwardRequestAnswer]


class ThreadAnswer(_Answer):
    """A draft's thread. `counts`: the draft counts as a forward, for the reasons in `signals`."""

    thread_flagged: bool
    thread_label: Literal["none", "kanslig", "mycket_kanslig"]
    counts: bool
    signals: list[str]


class ForwardingAnswer(ThreadAnswer):
    """The same with the caller's newest request for what the draft forwards."""

    request: ForwardRequestAnswer | None


def thread_answer(standing: ThreadStanding) -> dict[str, Any]:
    """A draft's thread as JSON tells it."""
    return {
        "thread_flagged": standing.flagged,
        "thread_label": standing.label.value,
        "counts": standing.is_forward,
        "signals": sorted(standing.signals),
    }


def forwarding_answer(forwarding: Forwarding) -> dict[str, Any]:
    """A draft's thread and the request for it as JSON tells them."""
    request = request_answer(forwarding.request).model_dump() if forwarding.request else None
    return thread_answer(forwarding.standing) | {"request": request}


def request_answer(view: RequestView) -> ForwardRequestAnswer:
    """A request as JSON tells it."""
    return ForwardRequestAnswer(
        id=view.id,
        status=view.status.value,
        label=view.label.value,
        categories=[one.value for one in view.categories],
        reason=view.reason.value,
        recipients=[_recipient_answer(one) for one in view.recipients],
        approved_recipients=[one.mailbox.address for one in view.recipients if one.approved and one.mailbox],
        asked_at=view.asked_at.isoformat(),
        expires_at=view.expires_at.isoformat(),
        own=view.own,
        may_decide=view.may_decide,
        requester=_in_brief(view.requester),
        requester_title=view.requester_title,
        comment=view.comment,
        decided_at=view.decided_at.isoformat() if view.decided_at else None,
        decider=_in_brief(view.decider),
        answer=view.answer,
    )


def _recipient_answer(one: RecipientView) -> ForwardRecipientAnswer:
    return ForwardRecipientAnswer(
        address=one.mailbox.address if one.mailbox else None,
        name=one.mailbox.name if one.mailbox else "",
        verdict=one.verdict.value,
        concerns=[concern.value for concern in one.concerns],
        approved=one.approved,
    )


def _in_brief(mailbox: Mailbox | None) -> PersonInBrief | None:
    return PersonInBrief(address=mailbox.address, name=mailbox.name) if mailbox else None
