"""The database's tables. Each row has a tenant; no row has text, a name, an address or a number of a person."""

from datetime import UTC, date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Instant(TypeDecorator[datetime]):
    """A time that comes back aware and in UTC from every database: SQLite forgets the zone. ValueError for a naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """In UTC, so that SQLite's text can be compared."""
        _ = dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("naive")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Without a zone it is as we wrote it."""
        _ = dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables."""


class FlaggedThreadEntry(Base):
    """A thread that a labelled send belongs to. `id` is random; `last_at` when something of it was last sent."""

    __tablename__ = "flagged_thread"
    __table_args__ = (Index("ix_flagged_thread_last_at", "tenant", "last_at"),)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    label: Mapped[str] = mapped_column(String(20))
    flagged_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)


class ThreadMark(Base):
    """What leads to a thread: a keyed hash (hex) of an id that Outlook gives, or of the draft that registered it."""

    __tablename__ = "thread_mark"
    __table_args__ = (Index("ix_thread_mark_thread", "tenant", "thread_id"),)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    mark_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    thread_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))


class ThreadParticipant(Base):
    """Who takes part in a thread, as a keyed hash that means nothing in another thread."""

    __tablename__ = "thread_participant"

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    thread_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    participant_key: Mapped[str] = mapped_column(String(64), primary_key=True)


class ThreadBlock(Base):
    """A stretch of a message of a thread, with how many fingerprints are kept of it, and how many particular ones."""

    __tablename__ = "thread_block"
    __table_args__ = (Index("ix_thread_block_thread", "tenant", "thread_id"),)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    block: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    thread_id: Mapped[str] = mapped_column(String(32))
    kept: Mapped[int] = mapped_column(SmallInteger)
    kept_particular: Mapped[int] = mapped_column(SmallInteger)


class ThreadPrint(Base):
    """A content fingerprint: a keyed hash of 64 bits (as a signed number) of some normalised words of a block."""

    __tablename__ = "thread_print"
    __table_args__ = (Index("ix_thread_print_block", "tenant", "block"), {"sqlite_with_rowid": False})

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    block: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    particular: Mapped[bool] = mapped_column(Boolean)


class ForwardRequestEntry(Base):
    """A request to forward. Persons are keyed hashes; addresses and comments are encrypted (`sealed…`) or erased."""

    __tablename__ = "forward_request"
    __table_args__ = (
        Index("ix_forward_request_requester", "tenant", "requester_key", "content_key"),
        Index("ix_forward_request_status", "tenant", "status", "expires_at"),
        Index("ix_forward_request_decider", "tenant", "decider_key"),
    )

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(20))
    requester_key: Mapped[str] = mapped_column(String(64))
    label: Mapped[str] = mapped_column(String(20))
    categories: Mapped[str] = mapped_column(String(400))
    reason: Mapped[str] = mapped_column(String(40))
    content_key: Mapped[str] = mapped_column(String(64))
    own_key: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    policy_version: Mapped[str] = mapped_column(String(80))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_answer: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decider_key: Mapped[str | None] = mapped_column(String(64))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    used_by: Mapped[str | None] = mapped_column(String(64))
    threads: Mapped[str] = mapped_column(String(2000))


class ForwardRecipientEntry(Base):
    """A recipient of a forward that was asked for. The address is encrypted, or erased."""

    __tablename__ = "forward_recipient"

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    recipient_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[int] = mapped_column(Integer)
    verdict: Mapped[str] = mapped_column(String(20))
    concerns: Mapped[str] = mapped_column(String(600))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    approved: Mapped[bool] = mapped_column(Boolean)


class ForwardApproverEntry(Base):
    """Somebody named to decide a request, as a keyed hash, and why."""

    __tablename__ = "forward_approver"
    __table_args__ = (Index("ix_forward_approver_key", "tenant", "approver_key"),)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    approver_key: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))


class NoticeEntry(Base):
    """A notice in the outbox. The mailbox it goes to is encrypted, or erased."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_due", "tenant", "state", "due_at"),)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    request_id: Mapped[str] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(Instant)
    due_at: Mapped[datetime] = mapped_column(Instant)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int] = mapped_column(Integer)
    error: Mapped[str] = mapped_column(String(64))
    done_at: Mapped[datetime | None] = mapped_column(Instant)


class AuditEventEntry(Base):
    """A row of the audit log: codes, keyed hashes, and the chain. `actor` and `salt` are None once erased."""

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_actor", "tenant", "actor"),)

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Instant)
    event: Mapped[str] = mapped_column(String(40))
    actor: Mapped[str | None] = mapped_column(String(64))
    salt: Mapped[str | None] = mapped_column(String(32))
    commitment: Mapped[str] = mapped_column(String(64))
    details: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    erased_by: Mapped[int | None] = mapped_column(BigInteger)


class AuditHead(Base):
    """Where a tenant's log ends, and where it begins once old rows are purged. Whoever appends holds this row.

    `seal` covers the others under the chain's key.
    """

    __tablename__ = "audit_head"

    tenant: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str] = mapped_column(String(64))
    first_number: Mapped[int] = mapped_column(BigInteger)
    anchor: Mapped[str] = mapped_column(String(64))
    seal: Mapped[str] = mapped_column(String(64))


class SendCheckEntry(Base):
    """A send check as the audit log keeps it: codes and keyed hashes."""

    __tablename__ = "send_check"
    __table_args__ = (Index("ix_send_check_tenant_at", "tenant", "checked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant: Mapped[str] = mapped_column(String(64))
    checked_at: Mapped[datetime] = mapped_column(Instant)
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
