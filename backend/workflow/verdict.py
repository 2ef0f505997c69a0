"""The signed verdict that binds an assessment to one draft, so that a send check need not read the text again."""

import hashlib
import hmac
import json
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

from backend.domain.assessment import Assessment
from backend.domain.draft import Draft
from backend.domain.label import Category, Label

_SALT = "verdict-1"
_LONGEST_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a send check needs of an earlier assessment. Codes only, no text."""

    digest: str
    tenant: str
    label: Label
    categories: tuple[Category, ...]
    facts: frozenset[str]
    policy_version: str
    model_version: str


class VerdictSigner:
    """Signs and checks verdicts with the installation's secret key. A verdict is valid for a day."""

    def __init__(self, secret_key: bytes) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt=_SALT)
        self._digest_key = hashlib.sha256(b"draft-digest" + secret_key).digest()

    def digest(self, draft: Draft) -> str:
        """Keyed digest of all that a draft's label rests on, as 64 hex digits. The sender's own label is not in it."""
        content = (
            draft.subject,
            draft.body,
            draft.body_format,
            draft.kind,
            draft.compose_type,
            draft.location,
            draft.online_meeting_url,
            [(one.name, one.inline, hashlib.sha256(one.content or b"").hexdigest()) for one in draft.attachments],
        )
        return hmac.new(self._digest_key, json.dumps(content).encode(), "sha256").hexdigest()

    def sign(self, draft: Draft, assessment: Assessment, tenant: str) -> str:
        """An opaque token, URL-safe, under 1,500 characters."""
        return self._serializer.dumps(
            {
                "d": self.digest(draft),
                "t": tenant,
                "l": assessment.label.value,
                "c": [category.value for category in assessment.categories],
                "f": sorted(assessment.facts),
                "p": assessment.policy_version,
                "m": assessment.model_version,
            }
        )

    def read(self, token: str, draft: Draft, tenant: str) -> Verdict | None:
        """The verdict when it is genuine, fresh, of this tenant and of exactly this draft; else None."""
        try:
            content = self._serializer.loads(token, max_age=_LONGEST_SECONDS)
        except (BadData, UnicodeEncodeError):
            return None
        if content["t"] != tenant or not hmac.compare_digest(content["d"], self.digest(draft)):
            return None
        return Verdict(
            digest=content["d"],
            tenant=tenant,
            label=Label(content["l"]),
            categories=tuple(Category(one) for one in content["c"]),
            facts=frozenset(content["f"]),
            policy_version=content["p"],
            model_version=content["m"],
        )
