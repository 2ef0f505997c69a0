"""Keys for habits, derived from the installation's secret: what they hash says nothing without it."""

import hmac
import json

from backend.workflow.feedback_keys import derived_key

_RECIPIENT_DIGITS = 32
"""Of the 64 that the hash has. Two of a sender's few thousand recipients agree in 16 bytes once in 10³¹ (birthday)."""


class HabitKeys:
    """Hashes of senders, recipients and drafts: HMAC-SHA-256, each under a key of its own.

    None agrees with what other tables keep of the same sender or draft, so that no hash joins the tables.
    """

    def __init__(self, secret: bytes) -> None:
        self._of_actor, self._of_recipient, self._of_draft = (
            derived_key(secret, f"habit {purpose}") for purpose in ("actor", "recipient", "draft")
        )

    def actor(self, tenant: str, person_id: str) -> str:
        """A sender's gatherings are found by this. 64 hex digits."""
        return _hashed(self._of_actor, tenant, person_id)

    def recipient(self, tenant: str, actor: str, mailbox_key: str) -> str:
        """A mailbox (`Mailbox.key`) as this sender writes to it; means nothing for another one. 32 hex digits."""
        return _hashed(self._of_recipient, tenant, actor, mailbox_key)[:_RECIPIENT_DIGITS]

    def draft(self, tenant: str, actor: str, draft: str) -> str:
        """A sender's draft, by whatever tells it from the sender's others. 64 hex digits."""
        return _hashed(self._of_draft, tenant, actor, draft)


def _hashed(key: bytes, *words: str) -> str:
    return hmac.digest(key, json.dumps(words).encode(), "sha256").hex()
