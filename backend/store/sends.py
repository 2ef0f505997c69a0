"""Send checks in a database, inside a transaction of one tenant."""

from sqlalchemy.orm import Session

from backend.domain.records import SendRecord
from backend.store.tables import SendCheckEntry


class DatabaseSends:
    """The `SendRecords` port."""

    def __init__(self, session: Session, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    def add(self, record: SendRecord) -> None:
        """Keeps a send check. ValueError for one of another tenant."""
        if record.tenant != self._tenant:
            raise ValueError("tenant")
        self._session.add(_entry(record))


def _entry(record: SendRecord) -> SendCheckEntry:
    return SendCheckEntry(
        tenant=record.tenant,
        checked_at=record.at,
        actor_key=record.actor,
        draft_digest=record.draft,
        label=record.label.value,
        decision=record.decision.value,
        categories=" ".join(record.categories),
        unmet=" ".join(record.unmet),
        grounds=" ".join(record.grounds),
        policy_version=record.policy_version,
        model_version=record.model_version,
    )
