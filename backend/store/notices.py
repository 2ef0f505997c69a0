"""The outbox in a database, inside a transaction of one tenant."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select, true, update
from sqlalchemy.orm import Session

from backend.domain.notices import Notice, NoticeKind, NoticeState
from backend.store.tables import NoticeEntry


class DatabaseNotices:
    """The `Notices` port."""

    def __init__(self, session: Session, tenant: str) -> None:
        self._session = session
        self._tenant = tenant

    def add(self, notice: Notice) -> None:
        """Keeps a new notice. IntegrityError where there is one of this id."""
        self._session.add(
            NoticeEntry(
                tenant=self._tenant,
                id=notice.id,
                kind=notice.kind.value,
                request_id=notice.request_id,
                made_at=notice.made_at,
                due_at=notice.due_at,
                sealed=notice.sealed,
                state=notice.state.value,
                tries=notice.tries,
                error=notice.error,
                done_at=notice.done_at,
            )
        )

    def claim(self, now: datetime, until: datetime, limit: int = 20) -> Sequence[Notice]:
        """Waiting notices that are due, longest due first, put off to `until` so that nobody else takes them meanwhile.

        In PostgreSQL what another step claims at the same time is passed over; in SQLite a step writes alone.
        """
        query = (
            select(NoticeEntry)
            .where(
                NoticeEntry.tenant == self._tenant,
                NoticeEntry.state == NoticeState.WAITING.value,
                NoticeEntry.due_at <= now,
            )
            .order_by(NoticeEntry.due_at, NoticeEntry.made_at, NoticeEntry.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
        claimed = [replace(_notice(entry), due_at=until) for entry in self._session.scalars(query)]
        put_off = update(NoticeEntry).where(
            NoticeEntry.tenant == self._tenant, NoticeEntry.id.in_([one.id for one in claimed])
        )
        self._session.execute(put_off.values(due_at=until), execution_options={"synchronize_session": False})
        return claimed

    def save(self, notice: Notice) -> None:
        """Keeps how a delivery ended.

        What was sent stays sent, whatever a second courier came to in the meantime, and an erased mailbox stays erased.
        """
        is_sent = notice.state is NoticeState.SENT
        change = update(NoticeEntry).where(
            NoticeEntry.tenant == self._tenant,
            NoticeEntry.id == notice.id,
            true() if is_sent else NoticeEntry.state != NoticeState.SENT.value,
        )
        values: dict[str, Any] = {
            "due_at": notice.due_at,
            "state": notice.state.value,
            "tries": notice.tries,
            "error": notice.error,
            "done_at": notice.done_at,
        }
        if notice.sealed is None:
            values["sealed"] = None
        self._session.execute(change.values(values), execution_options={"synchronize_session": False})

    def newest(self, limit: int = 50) -> Sequence[Notice]:
        """The newest notices in any state, newest first."""
        query = select(NoticeEntry).where(NoticeEntry.tenant == self._tenant)
        query = query.order_by(NoticeEntry.made_at.desc(), NoticeEntry.id).limit(limit)
        return [_notice(entry) for entry in self._session.scalars(query.execution_options(populate_existing=True))]


def _notice(entry: NoticeEntry) -> Notice:
    return Notice(
        id=entry.id,
        kind=NoticeKind(entry.kind),
        request_id=entry.request_id,
        made_at=entry.made_at,
        due_at=entry.due_at,
        sealed=entry.sealed,
        state=NoticeState(entry.state),
        tries=entry.tries,
        error=entry.error,
        done_at=entry.done_at,
    )
