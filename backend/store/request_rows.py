"""Forward requests as rows, and rows as forward requests."""

from collections.abc import Iterable
from typing import Any

from backend.domain.forwarding import (
    ApproverKind,
    DisclosureReason,
    ForwardRequest,
    RequestedRecipient,
    RequestStatus,
)
from backend.domain.label import Category, Label
from backend.domain.recipient import Concern, RecipientVerdict
from backend.store.tables import ForwardRecipientEntry, ForwardRequestEntry


def request_columns(request: ForwardRequest) -> dict[str, Any]:
    """The request as a row without tenant and id."""
    return {
        "version": request.version,
        "status": request.status.value,
        "requester_key": request.requester,
        "label": request.label.value,
        "categories": " ".join(request.categories),
        "reason": request.reason.value,
        "content_key": request.content,
        "own_key": request.own,
        "asked_at": request.asked_at,
        "expires_at": request.expires_at,
        "policy_version": request.policy_version,
        "sealed": request.sealed,
        "sealed_answer": request.sealed_answer,
        "decided_at": request.decided_at,
        "decider_key": request.decider,
        "ended_at": request.ended_at,
        "used_by": request.used_by,
        "threads": " ".join(request.threads),
    }


def recipient_columns(recipient: RequestedRecipient) -> dict[str, Any]:
    """A recipient as a row without tenant, request and place."""
    return {
        "recipient_key": recipient.key,
        "verdict": recipient.verdict.value,
        "concerns": " ".join(recipient.concerns),
        "sealed": recipient.sealed,
        "approved": recipient.approved,
    }


def recipient_of(entry: ForwardRecipientEntry) -> RequestedRecipient:
    """The recipient that a row holds."""
    return RequestedRecipient(
        key=entry.recipient_key,
        verdict=RecipientVerdict(entry.verdict),
        concerns=tuple(map(Concern, entry.concerns.split())),
        sealed=entry.sealed,
        approved=entry.approved,
    )


def request_of(
    entry: ForwardRequestEntry, recipients: Iterable[RequestedRecipient], approvers: Iterable[tuple[str, ApproverKind]]
) -> ForwardRequest:
    """The request that a row holds, with its recipients and approvers."""
    return ForwardRequest(
        id=entry.id,
        requester=entry.requester_key,
        status=RequestStatus(entry.status),
        label=Label(entry.label),
        categories=tuple(map(Category, entry.categories.split())),
        reason=DisclosureReason(entry.reason),
        content=entry.content_key,
        own=entry.own_key,
        recipients=tuple(recipients),
        asked_at=entry.asked_at,
        expires_at=entry.expires_at,
        policy_version=entry.policy_version,
        approvers=tuple(approvers),
        sealed=entry.sealed,
        sealed_answer=entry.sealed_answer,
        decided_at=entry.decided_at,
        decider=entry.decider_key,
        ended_at=entry.ended_at,
        used_by=entry.used_by,
        threads=tuple(entry.threads.split()),
        version=entry.version,
    )
