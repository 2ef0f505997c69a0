"""Who got drafts together, as keyed hashes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table."""
    op.create_table(
        "habit",
        sa.Column("tenant", sa.String(64), primary_key=True),
        sa.Column("actor_key", sa.String(64), primary_key=True),
        sa.Column("draft_key", sa.String(64), primary_key=True),
        sa.Column("sent_on", sa.Date, nullable=False),
        sa.Column("labelled", sa.Boolean, nullable=False),
        sa.Column("recipient_keys", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_habit_sent_on", "habit", ["sent_on"])


def downgrade() -> None:
    """Drops the table."""
    op.drop_table("habit")
