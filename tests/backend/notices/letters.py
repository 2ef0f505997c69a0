"""Notices and letters to try couriers with."""

from datetime import UTC, datetime
from typing import Any

from backend.domain.draft import Mailbox
from backend.domain.notices import Letter, Notice, NoticeKind

BASE_URL = "https://sandkoll.granvik.example"
KERSTIN = Mailbox("kerstin.aberg@granvik.example", "Kerstin Åberg")
SENDER = Mailbox("sandkoll@granvik.example", "Sändkoll")
STRANGE_NAMES = [
    "Kerstin\r\nBcc: b@granvik.example",
    'K "Å" <x@y>, Z',
    "Kerstin\x00Åberg",
    "å" * 500,
    "=?utf-8?q?a=0d=0aBcc:_b@granvik.example?=",
    "=?utf-8?q?a=0d=0a=0d=0aLink:_https://evil.example?=",
    # "a", Bcc: evil@x.example, an empty line, "body"
    "=?utf-8?b?YQ0KQmNjOiBldmlsQHguZXhhbXBsZQ0KDQpib2R5?=",
    "Kerstin =?iso-8859-1?Q?=0aReply-To:_b@granvik.example?=",
]
"""Names that a person may have given themselves, to put something into a letter."""
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def notice(number: int = 1, **fields: Any) -> Notice:  # noqa: ANN401 - Notice's fields
    ordinary: dict[str, Any] = {
        "id": f"{number:032x}", "kind": NoticeKind.APPROVAL_ASKED, "request_id": "ab" * 16,
        "made_at": NOW, "due_at": NOW,
    }  # fmt: skip
    return Notice(**(ordinary | fields))


def letter(to: Mailbox = KERSTIN, number: int = 1) -> Letter:
    text = f"En fråga väntar på dig:\n\n{BASE_URL}/pages/approvals/{'ab' * 16}\n"
    return Letter(f"<{number:032x}@sandkoll.granvik.example>", to, "Sändkoll: en fråga väntar på ditt svar", text)
