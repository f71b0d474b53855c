"""People, and the record of sign-offs"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REFUSAL = "the record of sign-offs is only added to"


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("shown_name", sa.String(), nullable=False),
        sa.Column("handle", sa.String(), nullable=True),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("passphrase", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("account", "name"),
        sa.UniqueConstraint("account", "handle"),
    )
    op.create_table(
        "signoff",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account", "seq"),
        sa.UniqueConstraint("account", "previous"),
    )
    with op.batch_alter_table("signoff", schema=None) as batch_op:
        batch_op.create_index("ix_signoff_case", ["account", "case_id"], unique=False)
    _keep_as_it_is()


def _keep_as_it_is() -> None:
    """No statement of this program changes an entry; the triggers stop those of others, and slips of a hand."""
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER signoff_no_{act.lower()} BEFORE {act} ON signoff "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION signoff_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER signoff_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON signoff "
        "FOR EACH STATEMENT EXECUTE FUNCTION signoff_refuse()"
    )


def downgrade() -> None:
    raise NotImplementedError("migrations go forward; restore a backup to go back")
