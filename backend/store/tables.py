"""The database's tables. Each row has a tenant; no row has text, a name, an address or a number of a person."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, DateTime, Index, LargeBinary, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Base of all tables."""


class FlaggedThread(Base):
    """A thread that a labelled send belongs to. `thread_key` is a keyed hash (hex) of an id that Outlook gives."""

    __tablename__ = "flagged_thread"

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    thread_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    label: Mapped[str] = mapped_column(String(20))
    flagged_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class SendCheckEntry(Base):
    """A send check as the audit log keeps it: codes and keyed hashes."""

    __tablename__ = "send_check"
    __table_args__ = (Index("ix_send_check_tenant_at", "tenant", "checked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant: Mapped[str] = mapped_column(String(64))
    checked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    actor_key: Mapped[str] = mapped_column(String(64))
    draft_digest: Mapped[str] = mapped_column(String(64))
    label: Mapped[str] = mapped_column(String(20))
    decision: Mapped[str] = mapped_column(String(10))
    categories: Mapped[str] = mapped_column(String(400))
    unmet: Mapped[str] = mapped_column(String(400))
    grounds: Mapped[str] = mapped_column(String(200))
    policy_version: Mapped[str] = mapped_column(String(80))
    model_version: Mapped[str] = mapped_column(String(80))


class FeedbackEntry(Base):
    """An answer to an assessment: codes, keyed hashes, rounded signals, and words' columns hidden under the key."""

    __tablename__ = "feedback"
    __table_args__ = (
        Index("ix_feedback_actor_on", "tenant", "actor_key", "given_on"),
        Index("ix_feedback_given_on", "given_on"),
    )

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    receipt: Mapped[str] = mapped_column(String(64), primary_key=True)
    given_on: Mapped[date] = mapped_column(Date)
    actor_key: Mapped[str] = mapped_column(String(64))
    said_label: Mapped[str] = mapped_column(String(20))
    right_label: Mapped[str] = mapped_column(String(20))
    categories: Mapped[str | None] = mapped_column(String(400))
    wrong_rules: Mapped[str] = mapped_column(String(4000))
    signals: Mapped[bytes] = mapped_column(LargeBinary)
    columns: Mapped[bytes] = mapped_column(LargeBinary)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    key_id: Mapped[str] = mapped_column(String(16))
    form: Mapped[str] = mapped_column(String(40))
    model_version: Mapped[str] = mapped_column(String(80))


class HabitEntry(Base):
    """Those who got one draft together: keyed hashes of 16 bytes, one after another in rising order.

    Without SQLite's hidden row numbers, which would tell in what order drafts of a day were sent.
    """

    __tablename__ = "habit"
    __table_args__ = (Index("ix_habit_sent_on", "sent_on"), {"sqlite_with_rowid": False})

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    actor_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    draft_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    sent_on: Mapped[date] = mapped_column(Date)
    labelled: Mapped[bool] = mapped_column(Boolean)
    recipient_keys: Mapped[bytes] = mapped_column(LargeBinary)
