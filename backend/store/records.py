"""The store behind the `Records` port: one transaction per call."""

from collections.abc import Sequence

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from backend.domain.label import Label
from backend.domain.records import SendRecord
from backend.store.tables import FlaggedThread, SendCheckEntry


class DatabaseRecords:
    """Send checks and flagged threads in a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def is_flagged(self, tenant: str, thread_keys: Sequence[str]) -> bool:
        """Whether any of the keyed thread hashes is registered as flagged for this tenant."""
        if not thread_keys:
            return False
        query = (
            select(FlaggedThread.thread_key)
            .where(FlaggedThread.tenant == tenant, FlaggedThread.thread_key.in_(thread_keys))
            .limit(1)
        )
        with Session(self._engine) as session:
            return session.scalar(query) is not None

    def record_send(self, record: SendRecord, thread_keys: Sequence[str]) -> None:
        """Keeps a send check and registers its threads as flagged. A thread's label is only ever made stricter."""
        try:
            self._record(record, thread_keys)
        except IntegrityError:
            # Another process registered the same thread between our look and our write.
            self._record(record, thread_keys)

    def _record(self, record: SendRecord, thread_keys: Sequence[str]) -> None:
        with Session(self._engine) as session, session.begin():
            session.add(_entry(record))
            for key in thread_keys:
                thread = session.get(FlaggedThread, (record.tenant, key), with_for_update=True)
                if thread is None:
                    thread = FlaggedThread(tenant=record.tenant, thread_key=key, label=record.label.value)
                    thread.flagged_at = record.at
                    session.add(thread)
                elif record.label.rank > Label(thread.label).rank:
                    thread.label = record.label.value

    def is_reachable(self) -> bool:
        """Whether the database answers a trivial question."""
        try:
            with self._engine.connect() as connection:
                connection.execute(select(1))
        except SQLAlchemyError:
            return False
        return True


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
