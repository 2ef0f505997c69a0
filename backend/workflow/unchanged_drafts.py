"""Assessments of the last minutes, so that a draft that has not changed is answered without reading it again."""

import hashlib
import json
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from threading import Lock
from time import monotonic

from backend.domain.assessment import Assessment
from backend.domain.draft import Draft
from backend.domain.sending import Circumstances

_MOST = 256
_SECONDS = 600.0


class UnchangedDrafts:
    """At most 256 assessments of the last ten minutes, in this process's memory only.

    They hold masked excerpts and codes, no text; keys are digests under a key of this process.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._secret = secrets.token_bytes(32)
        self._lock = Lock()
        self._kept: OrderedDict[bytes, tuple[float, Assessment]] = OrderedDict()

    def key(self, draft: Draft, circumstances: Circumstances, today: date) -> bytes:
        """A keyed digest of all that an assessment rests on."""
        attachments = [
            (one.name, one.content_type, one.inline, hashlib.sha256(one.content or b"").hexdigest())
            for one in draft.attachments
        ]
        content = (
            {name: getattr(draft, name) for name in _PLAIN},
            attachments,
            [draft.sender, draft.recipients],
            [circumstances.recipients, sorted(circumstances.grounds.items()), sorted(circumstances.confirmed)],
            [circumstances.thread, circumstances.approved, today],
        )
        written = json.dumps(content, default=_fields, sort_keys=True).encode("utf-8", "surrogatepass")
        return hashlib.blake2b(written, key=self._secret, digest_size=32).digest()

    def get(self, key: bytes, elapsed_ms: float) -> Assessment | None:
        """The kept assessment with the time that this answer took, in milliseconds."""
        with self._lock:
            since, assessment = self._kept.get(key, (0.0, None))
            if assessment is None or self._now() - since > _SECONDS:
                return None
            self._kept.move_to_end(key)
        return replace(assessment, elapsed_ms=elapsed_ms)

    def put(self, key: bytes, assessment: Assessment) -> None:
        """Keeps an assessment; the one that was not asked for longest goes."""
        with self._lock:
            self._kept[key] = (self._now(), assessment)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)


_PLAIN = (
    "id", "subject", "body", "body_format", "kind", "compose_type", "conversation_id", "in_reply_to", "label",
    "location", "online_meeting_url", "start", "end",
)  # fmt: skip


def _fields(value: object) -> object:
    """The fields of a domain object by name, a set in order; other things as they are written."""
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    names = getattr(value, "__dataclass_fields__", None)
    return str(value) if names is None else {name: getattr(value, name) for name in names}
