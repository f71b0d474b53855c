"""Replies by their author: a respondent's own page no longer reads the whole table"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_reply_author", "reply", ["account", "author_id"])


def downgrade() -> None:
    raise NotImplementedError("migrations go forward; restore a backup to go back")
