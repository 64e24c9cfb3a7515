"""Statuses are written by the hundred thousand: they say no more who wrote them, and have fewer indexes."""

from openupgradelib import openupgrade

LOGGED = ("create_uid", "create_date", "write_uid", "write_date")
INDEXES = (
    "lifecycle_status__company_id_index",
    "lifecycle_status__next_change_date_index",
    "lifecycle_status__rule_id_index",
    "lifecycle_transition__company_id_index",
)


@openupgrade.migrate()
def migrate(env, version):
    """Drop what the fields have left behind."""
    openupgrade.drop_columns(env.cr, [("lifecycle_status", name) for name in LOGGED])
    for index in INDEXES:
        openupgrade.logged_query(env.cr, f'DROP INDEX IF EXISTS "{index}"')
