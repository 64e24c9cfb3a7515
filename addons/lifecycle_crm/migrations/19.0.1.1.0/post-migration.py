"""From 19.0.1.0.0, which had no questions on leads, looked at all customers once a day and kept more of statuses."""

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
    """Companies that are there get the usual questions, as a new one does; their day begins at their own midnight.

    What statuses no longer have leaves their table.
    """
    env["res.company"].search([])._lifecycle_ensure_questions()
    sweep = env.ref("lifecycle_crm.ir_cron_lifecycle_sweep", raise_if_not_found=False)
    if sweep and (sweep.interval_number, sweep.interval_type) == (1, "days"):  # nobody set another rhythm
        openupgrade.load_data(env, "lifecycle_crm", "migrations/19.0.1.1.0/sweep.xml")
    openupgrade.drop_columns(env.cr, [("lifecycle_status", name) for name in LOGGED])
    for index in INDEXES:
        openupgrade.logged_query(env.cr, f'DROP INDEX IF EXISTS "{index}"')
