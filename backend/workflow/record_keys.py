"""Keyed hashes for threads, requests and the audit log, derived from the installation's secret."""

import hashlib
import hmac
import json

from backend.domain.threads import Mark, MarkKind
from backend.workflow.feedback_keys import derived_key


class RecordKeys:
    """Without the secret, nothing that is hashed here can be found out by trying. All results are 64 hex digits."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._of = {name: derived_key(secret, f"record {name}") for name in _PURPOSES}
        self.prints = derived_key(secret, "record prints")
        """The key of content fingerprints; a tenant's is derived from it."""
        self.audit = derived_key(secret, "record audit")
        """The key of the audit log's chain."""

    def actor(self, tenant: str, person_id: str) -> str:
        """A signed-in person, in send checks, requests and the audit log."""
        return self._plainly("actor", tenant, person_id)

    def conversation(self, tenant: str, conversation_id: str) -> Mark:
        """The mark of Outlook's conversation id."""
        return Mark(MarkKind.CONVERSATION, self._plainly("conversation", tenant, conversation_id))

    def message(self, tenant: str, message_id: str) -> Mark:
        """The mark of an internet message id as it is given: `ThreadWatch` gives it in angle brackets."""
        return Mark(MarkKind.MESSAGE, self._plainly("message", tenant, message_id))

    def session(self, tenant: str, actor: str, session: str) -> Mark:
        """The mark of one person's compose session."""
        return Mark(MarkKind.SESSION, self._keyed("session", tenant, actor, session))

    def draft(self, tenant: str, actor: str, digest: str) -> Mark:
        """The mark of a draft of exactly this content by this person."""
        return Mark(MarkKind.DRAFT, self._keyed("draft", tenant, actor, digest))

    def participant(self, tenant: str, thread: str, mailbox_key: str) -> str:
        """A mailbox (`Mailbox.key`) in one thread; another hash in every other."""
        return self._keyed("participant", tenant, thread, mailbox_key)

    def recipient(self, tenant: str, request_id: str, mailbox_key: str) -> str:
        """A mailbox in one forward request; another hash in every other."""
        return self._keyed("recipient", tenant, request_id, mailbox_key)

    def content(self, tenant: str, words: str) -> str:
        """What a request is about: normalised words."""
        return self._keyed("content", tenant, words)

    def _keyed(self, purpose: str, *words: str) -> str:
        return hmac.digest(self._of[purpose], json.dumps(words).encode(), "sha256").hex()

    def _plainly(self, kind: str, tenant: str, value: str) -> str:
        # As the first version hashed them: what has been flagged stays flagged.
        return hmac.new(self._secret, f"{kind}\x1f{tenant}\x1f{value}".encode(), hashlib.sha256).hexdigest()


_PURPOSES = ("session", "draft", "participant", "recipient", "content")
