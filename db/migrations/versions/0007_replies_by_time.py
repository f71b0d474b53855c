"""Replies whose text is kept, by time: their removal and the pace of replies no longer read the whole table"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = sa.text("text IS NOT NULL")
    op.create_index("ix_reply_kept", "reply", ["account", "posted_at"], sqlite_where=kept, postgresql_where=kept)


def downgrade() -> None:
    raise NotImplementedError("migrations go forward; restore a backup to go back")
