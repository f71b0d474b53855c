"""Rounds that ask a diagnosis again name the case that asked it first"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_case", sa.String(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("migrations go forward; restore a backup to go back")
