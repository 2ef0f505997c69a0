"""Answers to assessments, without text."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "feedback",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("receipt", sa.String(64), primary_key=True),
        sa.Column("given_on", sa.Date, nullable=False),
        sa.Column("actor_key", sa.String(64), nullable=False),
        sa.Column("said_label", sa.String(20), nullable=False),
        sa.Column("right_label", sa.String(20), nullable=False),
        sa.Column("categories", sa.String(400), nullable=True),
        sa.Column("wrong_rules", sa.String(4000), nullable=False),
        sa.Column("signals", sa.LargeBinary, nullable=False),
        sa.Column("columns", sa.LargeBinary, nullable=False),
        sa.Column("salt", sa.LargeBinary, nullable=False),
        sa.Column("key_id", sa.String(16), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("model_version", sa.String(80), nullable=False),
    )
    op.create_index("ix_feedback_actor_on", "feedback", ["tenant", "actor_key", "given_on"])
    op.create_index("ix_feedback_given_on", "feedback", ["given_on"])


def downgrade() -> None:
    """Drops the table."""
    op.drop_table("feedback")
