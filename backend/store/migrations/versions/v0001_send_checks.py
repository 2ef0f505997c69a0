"""Send checks and flagged threads."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates both tables."""
    op.create_table(
        "flagged_thread",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("thread_key", sa.String(64), primary_key=True),
        sa.Column("label", sa.String(20), nullable=False),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "send_check",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("tenant", sa.String(64), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_key", sa.String(64), nullable=False),
        sa.Column("draft_digest", sa.String(64), nullable=False),
        sa.Column("label", sa.String(20), nullable=False),
        sa.Column("decision", sa.String(10), nullable=False),
        sa.Column("categories", sa.String(400), nullable=False),
        sa.Column("unmet", sa.String(400), nullable=False),
        sa.Column("grounds", sa.String(200), nullable=False),
        sa.Column("policy_version", sa.String(80), nullable=False),
        sa.Column("model_version", sa.String(80), nullable=False),
    )
    op.create_index("ix_send_check_tenant_at", "send_check", ["tenant", "checked_at"])


def downgrade() -> None:
    """Drops both tables."""
    op.drop_table("send_check")
    op.drop_table("flagged_thread")
