"""Threads by marks and content, forward requests, the outbox and the audit log.

A thread that was kept as one row for each of its keys becomes a thread of its own for each: none of them is forgotten.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def _tenant() -> sa.Column[str]:
    return sa.Column("tenant", sa.String(64), primary_key=True)


def upgrade() -> None:
    """Creates the tables, and moves the flagged threads into theirs."""
    # Not renamed: PostgreSQL would leave the name of the primary key with the old table.
    op.execute("CREATE TEMPORARY TABLE kept AS SELECT * FROM flagged_thread")
    op.drop_table("flagged_thread")
    _create_threads()
    op.execute(
        "INSERT INTO flagged_thread (tenant, id, label, flagged_at, last_at) "
        "SELECT tenant, substr(thread_key, 1, 32), label, flagged_at, flagged_at FROM kept"
    )
    op.execute(
        "INSERT INTO thread_mark (tenant, mark_key, thread_id, kind) "
        "SELECT tenant, thread_key, substr(thread_key, 1, 32), 'conversation' FROM kept"
    )
    op.execute("DROP TABLE kept")
    _create_fingerprints()
    _create_requests()
    _create_who_of_requests()
    _create_notices_and_audit()


def downgrade() -> None:
    """Drops what is new; of the threads what the older tables can hold is kept."""
    for table in ("audit_head", "audit_event", "notice", "forward_approver", "forward_recipient", "forward_request"):
        op.drop_table(table)
    for table in ("thread_print", "thread_block", "thread_participant"):
        op.drop_table(table)
    # One mark can lead to several threads: the strictest label stays ("mycket_kanslig" comes after "kanslig").
    op.execute(
        "CREATE TEMPORARY TABLE kept AS "
        "SELECT m.tenant, m.mark_key AS thread_key, max(t.label) AS label, min(t.flagged_at) AS flagged_at "
        "FROM thread_mark m JOIN flagged_thread t ON t.tenant = m.tenant AND t.id = m.thread_id "
        "WHERE m.kind IN ('conversation', 'message') GROUP BY m.tenant, m.mark_key"
    )
    op.drop_table("thread_mark")
    op.drop_table("flagged_thread")
    op.create_table(
        "flagged_thread",
        _tenant(),
        sa.Column("thread_key", sa.String(64), primary_key=True),
        sa.Column("label", sa.String(20), nullable=False),
        sa.Column("flagged_at", _AT, nullable=False),
    )
    op.execute(
        "INSERT INTO flagged_thread (tenant, thread_key, label, flagged_at) "
        "SELECT tenant, thread_key, label, flagged_at FROM kept"
    )
    op.execute("DROP TABLE kept")


def _create_threads() -> None:
    op.create_table(
        "flagged_thread",
        _tenant(),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("label", sa.String(20), nullable=False),
        sa.Column("flagged_at", _AT, nullable=False),
        sa.Column("last_at", _AT, nullable=False),
    )
    op.create_index("ix_flagged_thread_last_at", "flagged_thread", ["tenant", "last_at"])
    op.create_table(
        "thread_mark",
        _tenant(),
        sa.Column("mark_key", sa.String(64), primary_key=True),
        sa.Column("thread_id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
    )
    op.create_index("ix_thread_mark_thread", "thread_mark", ["tenant", "thread_id"])
    op.create_table(
        "thread_participant",
        _tenant(),
        sa.Column("thread_id", sa.String(32), primary_key=True),
        sa.Column("participant_key", sa.String(64), primary_key=True),
    )


def _create_fingerprints() -> None:
    op.create_table(
        "thread_block",
        _tenant(),
        sa.Column("block", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("thread_id", sa.String(32), nullable=False),
        sa.Column("kept", sa.SmallInteger, nullable=False),
        sa.Column("kept_particular", sa.SmallInteger, nullable=False),
    )
    op.create_index("ix_thread_block_thread", "thread_block", ["tenant", "thread_id"])
    op.create_table(
        "thread_print",
        _tenant(),
        sa.Column("value", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("block", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("particular", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_thread_print_block", "thread_print", ["tenant", "block"])


def _create_requests() -> None:
    op.create_table(
        "forward_request",
        _tenant(),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("requester_key", sa.String(64), nullable=False),
        sa.Column("label", sa.String(20), nullable=False),
        sa.Column("categories", sa.String(400), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("content_key", sa.String(64), nullable=False),
        sa.Column("own_key", sa.String(64), nullable=False),
        sa.Column("asked_at", _AT, nullable=False),
        sa.Column("expires_at", _AT, nullable=False),
        sa.Column("policy_version", sa.String(80), nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("sealed_answer", sa.LargeBinary),
        sa.Column("decided_at", _AT),
        sa.Column("decider_key", sa.String(64)),
        sa.Column("ended_at", _AT),
        sa.Column("used_by", sa.String(64)),
        sa.Column("threads", sa.String(2000), nullable=False),
    )
    op.create_index("ix_forward_request_requester", "forward_request", ["tenant", "requester_key", "content_key"])
    op.create_index("ix_forward_request_status", "forward_request", ["tenant", "status", "expires_at"])
    op.create_index("ix_forward_request_decider", "forward_request", ["tenant", "decider_key"])


def _create_who_of_requests() -> None:
    op.create_table(
        "forward_recipient",
        _tenant(),
        sa.Column("request_id", sa.String(32), primary_key=True),
        sa.Column("recipient_key", sa.String(64), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("concerns", sa.String(600), nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("approved", sa.Boolean, nullable=False),
    )
    op.create_table(
        "forward_approver",
        _tenant(),
        sa.Column("request_id", sa.String(32), primary_key=True),
        sa.Column("approver_key", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
    )
    op.create_index("ix_forward_approver_key", "forward_approver", ["tenant", "approver_key"])


def _create_notices_and_audit() -> None:
    op.create_table(
        "notice",
        _tenant(),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("request_id", sa.String(32), nullable=False),
        sa.Column("made_at", _AT, nullable=False),
        sa.Column("due_at", _AT, nullable=False),
        sa.Column("sealed", sa.LargeBinary),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("error", sa.String(64), nullable=False),
        sa.Column("done_at", _AT),
    )
    op.create_index("ix_notice_due", "notice", ["tenant", "state", "due_at"])
    op.create_table(
        "audit_event",
        _tenant(),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", _AT, nullable=False),
        sa.Column("event", sa.String(40), nullable=False),
        sa.Column("actor", sa.String(64)),
        sa.Column("salt", sa.String(32)),
        sa.Column("commitment", sa.String(64), nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("erased_by", sa.BigInteger),
    )
    op.create_index("ix_audit_event_actor", "audit_event", ["tenant", "actor"])
    op.create_table(
        "audit_head",
        _tenant(),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("first_number", sa.BigInteger, nullable=False),
        sa.Column("anchor", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
