"""Rows to put into the store, ordinary but for what a test says."""

from datetime import UTC, datetime, timedelta
from typing import Any

from backend.domain.forwarding import (
    ApproverKind,
    DisclosureReason,
    ForwardRequest,
    RequestedRecipient,
    RequestStatus,
)
from backend.domain.label import Category, Label, SendDecision
from backend.domain.notices import Notice, NoticeKind
from backend.domain.recipient import Concern, RecipientVerdict
from backend.domain.records import SendRecord

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SARA, KERSTIN, OMAR = "1" * 64, "2" * 64, "3" * 64
CONTENT = "c" * 64
AUDIT_KEY = b"audit key of the tests".ljust(32)


def forward_request(number: int = 0, **fields: Any) -> ForwardRequest:  # noqa: ANN401 - ForwardRequest's fields
    ordinary: dict[str, Any] = {
        "id": f"{number:032x}", "requester": SARA, "status": RequestStatus.PENDING, "label": Label.KANSLIG,
        "categories": (Category.HEALTH, Category.SCHOOL_WELFARE), "reason": DisclosureReason.CONSENT,
        "content": CONTENT, "own": "d" * 64, "recipients": (recipient(1), recipient(2)), "asked_at": AT,
        "expires_at": AT + 24 * HOUR, "policy_version": "1+0", "approvers": ((KERSTIN, ApproverKind.MANAGER),),
        "sealed": b"who asks",
    }  # fmt: skip
    return ForwardRequest(**(ordinary | fields))


def recipient(number: int, **fields: Any) -> RequestedRecipient:  # noqa: ANN401 - RequestedRecipient's fields
    ordinary: dict[str, Any] = {
        "key": f"{number:064x}", "verdict": RecipientVerdict.VERIFIED, "concerns": (Concern.NAMESAKE,),
        "sealed": b"an address",
    }  # fmt: skip
    return RequestedRecipient(**(ordinary | fields))


def notice(number: int = 0, **fields: Any) -> Notice:  # noqa: ANN401 - Notice's fields
    ordinary: dict[str, Any] = {
        "id": f"{number:032x}", "kind": NoticeKind.APPROVAL_ASKED, "request_id": "0" * 32, "made_at": AT,
        "due_at": AT, "sealed": b"an address",
    }  # fmt: skip
    return Notice(**(ordinary | fields))


def send(**fields: Any) -> SendRecord:  # noqa: ANN401 - SendRecord's fields
    ordinary: dict[str, Any] = {
        "tenant": "granvik", "actor": SARA, "draft": "4" * 64, "at": AT, "label": Label.KANSLIG,
        "decision": SendDecision.PROMPT, "categories": ("health",), "unmet": ("set_label",),
        "grounds": ("photo:consent",), "policy_version": "1+0", "model_version": "linear-0",
    }  # fmt: skip
    return SendRecord(**(ordinary | fields))
