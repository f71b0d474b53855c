"""An index of the few who said stop: every reading of replies, and every look at the item analysis, asks for them"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    out = sa.text("opted_out_at IS NOT NULL")
    op.create_index("ix_respondent_out", "respondent", ["account", "user_id"], sqlite_where=out, postgresql_where=out)


def downgrade() -> None:
    raise NotImplementedError("migrations go forward; restore a backup to go back")
