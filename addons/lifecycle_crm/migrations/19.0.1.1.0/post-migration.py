"""From 19.0.1.0.0, which had no questions on leads and looked at all customers once a day."""

from openupgradelib import openupgrade


@openupgrade.migrate()
def migrate(env, version):
    """Companies that are there get the usual questions, as a new one does; their day begins at their own midnight."""
    env["res.company"].search([])._lifecycle_ensure_questions()
    sweep = env.ref("lifecycle_crm.ir_cron_lifecycle_sweep", raise_if_not_found=False)
    if sweep and (sweep.interval_number, sweep.interval_type) == (1, "days"):  # nobody set another rhythm
        openupgrade.load_data(env, "lifecycle_crm", "migrations/19.0.1.1.0/sweep.xml")
