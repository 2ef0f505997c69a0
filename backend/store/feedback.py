"""The store behind the `FeedbackStore` port."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, Engine, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.domain.feedback import FeedbackRecord
from backend.domain.label import Category, Label
from backend.store.tables import FeedbackEntry

_AT_ONCE = 500


class DatabaseFeedback:
    """Answers in a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, record: FeedbackRecord, most_a_day: int) -> bool:
        """Keeps an answer; False when the actor has given too many others on this day."""
        try:
            return self._put(record, most_a_day)
        except IntegrityError:
            # The same answer was given twice at once: the other one is there now.
            return self._put(record, most_a_day)

    def _put(self, record: FeedbackRecord, most_a_day: int) -> bool:
        given = select(func.count()).where(
            FeedbackEntry.tenant == record.tenant,
            FeedbackEntry.actor_key == record.actor,
            FeedbackEntry.given_on == record.day,
        )
        with Session(self._engine) as session, session.begin():
            entry = session.get(FeedbackEntry, (record.tenant, record.receipt), with_for_update=True)
            if entry is None:
                if (session.scalar(given) or 0) >= most_a_day:
                    return False
                # The day of the first answer stays: it says how long the row is kept.
                entry = FeedbackEntry(tenant=record.tenant, receipt=record.receipt, given_on=record.day)
                session.add(entry)
            _fill(entry, record)
        return True

    def answers(self) -> Iterator[FeedbackRecord]:
        """Every tenant's answers, oldest day first, then by receipt."""
        query = select(FeedbackEntry).order_by(FeedbackEntry.given_on, FeedbackEntry.receipt)
        with Session(self._engine) as session:
            for entry in session.scalars(query.execution_options(yield_per=_AT_ONCE)):
                yield _record(entry)

    def forget_before(self, day: date) -> int:
        """Deletes the answers of earlier days in every tenant; how many there were."""
        with Session(self._engine) as session, session.begin():
            return _deleted(session, FeedbackEntry.given_on < day)

    def forget_actor(self, tenant: str, actor: str) -> int:
        """Deletes one person's answers; how many there were."""
        own = (FeedbackEntry.tenant == tenant, FeedbackEntry.actor_key == actor)
        with Session(self._engine) as session, session.begin():
            return _deleted(session, *own)


def _deleted(session: Session, *which: ColumnElement[bool]) -> int:
    # Asked for what is gone, for not every driver counts it.
    gone = session.scalars(delete(FeedbackEntry).where(*which).returning(FeedbackEntry.receipt))
    return len(gone.all())


def _fill(entry: FeedbackEntry, record: FeedbackRecord) -> None:
    entry.actor_key = record.actor
    entry.said_label = record.said.value
    entry.right_label = record.right.value
    entry.categories = None if record.categories is None else " ".join(record.categories)
    entry.wrong_rules = " ".join(record.wrong_rules)
    entry.signals = record.signals
    entry.columns = record.columns
    entry.salt = record.salt
    entry.key_id = record.key_id
    entry.form = record.form
    entry.model_version = record.model_version


def _record(entry: FeedbackEntry) -> FeedbackRecord:
    said_of = entry.categories
    return FeedbackRecord(
        tenant=entry.tenant,
        receipt=entry.receipt,
        actor=entry.actor_key,
        day=entry.given_on,
        said=Label(entry.said_label),
        right=Label(entry.right_label),
        categories=None if said_of is None else tuple(map(Category, said_of.split())),
        wrong_rules=tuple(entry.wrong_rules.split()),
        signals=entry.signals,
        columns=entry.columns,
        salt=entry.salt,
        key_id=entry.key_id,
        form=entry.form,
        model_version=entry.model_version,
    )
