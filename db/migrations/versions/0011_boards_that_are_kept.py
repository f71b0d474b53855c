"""Boards, and how each round was answered, are kept as they are counted; a pseudonym can be barred"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", "name"),
    )
    op.create_table(
        "standing",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("board", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("median_seconds", sa.Float(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("results", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account", "board", "author_id"),
    )
    place = ["account", "board", sa.text("points DESC"), "median_seconds", "author_id"]
    op.create_index("ix_standing_author", "standing", ["account", "author_id"])
    for name, listed in (("place", "points > 0 AND choice >= 0"), ("joined", "points > 0 AND choice = 1")):
        where = sa.text(listed)
        op.create_index(f"ix_standing_{name}", "standing", place, sqlite_where=where, postgresql_where=where)
    op.create_table(
        "round_tally",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("judged", sa.Integer(), nullable=False),
        sa.Column("correct", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"]),
        sa.PrimaryKeyConstraint("account", "round_id"),
    )
    points = ["account", "round_id", sa.text("points DESC"), "seconds", "author_id"]
    op.create_index("ix_attempt_author", "attempt", ["account", "author_id"])
    op.create_index("ix_attempt_points", "attempt", points)
    with op.batch_alter_table("respondent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name_barred_at", sa.DateTime(timezone=True), nullable=True))
    chose = sa.text("on_board IS NOT NULL")
    op.create_index(
        "ix_respondent_choice", "respondent", ["account", "user_id"], sqlite_where=chose, postgresql_where=chose
    )


def downgrade() -> None:
    raise NotImplementedError("migrations go forward; restore a backup to go back")
