"""Which account of X may sign in to the console as which account of ``quizbot user``"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "x_link",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("handle", sa.String(), nullable=True),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "name"),
        sa.UniqueConstraint("account", "user_id"),
        sa.UniqueConstraint("account", "handle"),
    )


def downgrade() -> None:
    raise NotImplementedError("migrations go forward; restore a backup to go back")
