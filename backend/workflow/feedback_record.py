"""How a draft's vector is written into a stored answer, and read back by whoever has the key."""

import json
import math
import secrets
from dataclasses import dataclass

from backend.domain.feedback import DraftVector, FeedbackRecord
from backend.workflow.feedback_keys import FeedbackKeys, packed, unpacked

_FORM = "words-1"
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class WrittenVector:
    """The fields of a `FeedbackRecord` that hold the vector."""

    signals: bytes
    columns: bytes
    salt: bytes
    form: str


def written(vector: DraftVector, keys: FeedbackKeys, tenant: str) -> WrittenVector:
    """The vector with its columns hidden, under a new salt each time."""
    salt = secrets.token_bytes(_SALT_BYTES)
    hidden = keys.columns(tenant, salt, vector.space).hide(vector.columns) if vector.columns else []
    return WrittenVector(
        signals=json.dumps(dict(vector.signals), separators=(",", ":")).encode(),
        columns=packed(hidden),
        salt=salt,
        form=f"{_FORM}:{vector.space}",
    )


def read_vector(record: FeedbackRecord, keys: FeedbackKeys) -> DraftVector | None:
    """The vector of a stored answer; None when it is of another key or form, or damaged."""
    form, _, space = record.form.partition(":")
    if record.key_id != keys.key_id or form != _FORM or not space.isdecimal():
        return None
    try:
        signals = {str(name): float(value) for name, value in json.loads(record.signals).items()}
        hidden = unpacked(record.columns)
        columns = keys.columns(record.tenant, record.salt, int(space)).show(hidden) if hidden else []
    except (ValueError, TypeError, AttributeError):
        return None
    whole = all(map(math.isfinite, signals.values()))
    return DraftVector(signals, tuple(columns), int(space)) if whole else None
