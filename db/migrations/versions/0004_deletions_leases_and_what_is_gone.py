"""Deletions in the outbox, leases, and rounds whose post is gone"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lease",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "task"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("target_id", sa.String(), nullable=True))
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("standing_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("unread", sa.String(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("migrations go forward; restore a backup to go back")
