"""The parts of a request that people must be shown again, sealed and opened. Each has a place of its own."""

import json
from dataclasses import dataclass, field

from backend.domain.draft import Mailbox
from backend.domain.forwarding import ForwardRequest, RequestedRecipient
from backend.workflow.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and who is told of it. `repr` shows nothing."""

    requester: Mailbox = field(repr=False)
    title: str = field(default="", repr=False)
    comment: str = field(default="", repr=False)
    told: tuple[Mailbox, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Answered:
    """Who answered. `repr` shows nothing."""

    decider: Mailbox = field(repr=False)
    comment: str = field(default="", repr=False)


class ForwardSeals:
    """Seals and opens for one tenant. What is erased opens as None."""

    def __init__(self, sealer: Sealer, tenant: str) -> None:
        self._sealer, self._tenant = sealer, tenant

    def asked(self, request_id: str, asked: Asked) -> bytes:
        """For `ForwardRequest.sealed`."""
        told = json.dumps([[one.address, one.name] for one in asked.told])
        words = _mailbox_words(asked.requester) | {"title": asked.title, "comment": asked.comment, "told": told}
        return self._sealer.seal(self._tenant, asked_place(request_id), words)

    def opened_asked(self, request: ForwardRequest) -> Asked | None:
        """What `ForwardRequest.sealed` holds."""
        words = self._sealer.open(self._tenant, asked_place(request.id), request.sealed)
        if not words:
            return None
        told = tuple(Mailbox(address, name) for address, name in json.loads(words["told"]))
        return Asked(_mailbox(words), words["title"], words["comment"], told)

    def answered(self, request_id: str, answered: Answered) -> bytes:
        """For `ForwardRequest.sealed_answer`."""
        words = _mailbox_words(answered.decider) | {"comment": answered.comment}
        return self._sealer.seal(self._tenant, answer_place(request_id), words)

    def opened_answer(self, request: ForwardRequest) -> Answered | None:
        """What `ForwardRequest.sealed_answer` holds."""
        words = self._sealer.open(self._tenant, answer_place(request.id), request.sealed_answer)
        return Answered(_mailbox(words), words["comment"]) if words else None

    def recipient(self, request_id: str, key: str, mailbox: Mailbox) -> bytes:
        """For `RequestedRecipient.sealed`."""
        return self._sealer.seal(self._tenant, recipient_place(request_id, key), _mailbox_words(mailbox))

    def opened_recipient(self, request_id: str, recipient: RequestedRecipient) -> Mailbox | None:
        """What `RequestedRecipient.sealed` holds."""
        words = self._sealer.open(self._tenant, recipient_place(request_id, recipient.key), recipient.sealed)
        return _mailbox(words) if words else None

    def notice(self, notice_id: str, mailbox: Mailbox) -> bytes:
        """For `Notice.sealed`."""
        return self._sealer.seal(self._tenant, notice_place(notice_id), _mailbox_words(mailbox))


def asked_place(request_id: str) -> str:
    """Where `address`, `name`, `title`, `comment` and `told` (JSON of address and name) of a question are sealed."""
    return f"request.asked:{request_id}"


def answer_place(request_id: str) -> str:
    """Where `address`, `name` and `comment` of an answer are sealed."""
    return f"request.answer:{request_id}"


def recipient_place(request_id: str, key: str) -> str:
    """Where `address` and `name` of a recipient are sealed."""
    return f"request.recipient:{request_id}:{key}"


def notice_place(notice_id: str) -> str:
    """Where `address` and `name` of a notice's mailbox are sealed."""
    return f"notice.to:{notice_id}"


def _mailbox_words(mailbox: Mailbox) -> dict[str, str]:
    return {"address": mailbox.address, "name": mailbox.name}


def _mailbox(words: dict[str, str]) -> Mailbox:
    return Mailbox(words["address"], words["name"])
