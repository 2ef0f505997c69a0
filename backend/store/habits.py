"""The store behind the `Habits` port: one transaction per call, one row per gathering."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Delete, Engine, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.domain.habits import Gathering
from backend.store.tables import HabitEntry

_MOST_GATHERINGS = 200
"""Of one sender."""
_MOST_RECIPIENTS = 500
"""Of one gathering: who is one of more says nothing of who belongs together."""
_HASH_BYTES = 16
_HASH_DIGITS = 2 * _HASH_BYTES
_AGAIN = 3
"""Tries. Another one is needed when two processes keep the same draft at once."""


class DatabaseHabits:
    """Gatherings in a database. Hashes of recipients have 32 hex digits; ValueError for others."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def remember(self, tenant: str, actor: str, gathering: Gathering) -> None:
        """Keeps a gathering in place of an earlier one of the same draft. Beyond the newest 200 the oldest go.

        One without recipients, or with more than 500, is not kept; what stood for its draft goes.
        """
        recipients = _packed(gathering.recipients)
        for _ in range(_AGAIN - 1):
            try:
                return self._remember(tenant, actor, gathering, recipients)
            except IntegrityError:
                # The same draft was kept twice at once: the other one is there now.
                continue
        return self._remember(tenant, actor, gathering, recipients)

    def _remember(self, tenant: str, actor: str, gathering: Gathering, recipients: bytes) -> None:
        with Session(self._engine) as session, session.begin():
            entry = session.get(HabitEntry, (tenant, actor, gathering.draft), with_for_update=True)
            if not 0 < len(gathering.recipients) <= _MOST_RECIPIENTS:
                if entry is not None:
                    session.delete(entry)
                return
            is_new = entry is None
            entry = entry or HabitEntry(tenant=tenant, actor_key=actor, draft_key=gathering.draft)
            entry.sent_on, entry.labelled, entry.recipient_keys = gathering.day, gathering.labelled, recipients
            if is_new:
                session.add(entry)
                session.flush()
                # Only who adds a row has to make room: processes that do both wait for each other.
                session.execute(_delete_beyond_newest(tenant, actor))

    def gatherings(self, tenant: str, actor: str) -> Sequence[Gathering]:
        """The sender's gatherings, newest day first; at most 200."""
        query = (
            select(HabitEntry.draft_key, HabitEntry.sent_on, HabitEntry.labelled, HabitEntry.recipient_keys)
            .where(*_of(tenant, actor))
            .order_by(*_NEWEST_FIRST)
            .limit(_MOST_GATHERINGS)
        )
        with Session(self._engine) as session:
            rows = session.execute(query).all()
        known: dict[str, str] = {}
        return [Gathering(draft, day, labelled, _unpacked(hashes, known)) for draft, day, labelled, hashes in rows]

    def forget_before(self, day: date) -> int:
        """Deletes gatherings of earlier days in every tenant; how many there were."""
        return self._forget(HabitEntry.sent_on < day)

    def forget_actor(self, tenant: str, actor: str) -> int:
        """Deletes everything of one sender; how many gatherings there were."""
        return self._forget(*_of(tenant, actor))

    def _forget(self, *which: ColumnElement[bool]) -> int:
        with Session(self._engine) as session, session.begin():
            # Asked for what is gone, for not every driver counts it.
            return len(session.scalars(delete(HabitEntry).where(*which).returning(HabitEntry.draft_key)).all())


_NEWEST_FIRST = (HabitEntry.sent_on.desc(), HabitEntry.draft_key)


def _of(tenant: str, actor: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return HabitEntry.tenant == tenant, HabitEntry.actor_key == actor


def _delete_beyond_newest(tenant: str, actor: str) -> Delete:
    own = _of(tenant, actor)
    oldest = select(HabitEntry.draft_key).where(*own).order_by(*_NEWEST_FIRST)
    # SQLite has no OFFSET without LIMIT; a sender has never more than the newest and a few.
    beyond = oldest.limit(_MOST_GATHERINGS).offset(_MOST_GATHERINGS)
    return delete(HabitEntry).where(*own, HabitEntry.draft_key.in_(beyond)).execution_options(synchronize_session=False)


def _packed(hashes: Iterable[str]) -> bytes:
    """In rising order: the order of To and Cc is not kept."""
    kept = sorted(map(bytes.fromhex, hashes))
    if any(len(one) != _HASH_BYTES for one in kept):
        raise ValueError(_HASH_BYTES)
    return b"".join(kept)


def _unpacked(content: bytes, known: dict[str, str]) -> frozenset[str]:
    """`known` keeps each hash once: the same people come back in a sender's gatherings."""
    digits = content.hex()
    hashes = (digits[at : at + _HASH_DIGITS] for at in range(0, len(digits), _HASH_DIGITS))
    return frozenset(known.setdefault(one, one) for one in hashes)
