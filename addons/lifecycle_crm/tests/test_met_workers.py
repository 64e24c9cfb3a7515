"""Two workers write the same row: the scheduled action of the one that is refused is done again, at once."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .race_common import RaceCommon

MODULE = "odoo.addons.lifecycle_crm.models.ir_cron"


@tagged("post_install", "-at_install", "slow")  # connections of their own
class TestMetWorkers(RaceCommon):
    def setUp(self):
        super().setUp()
        with self._environment() as env:
            self.company_id, self.sweep_date = env.company.id, env.company.lifecycle_sweep_date
            env.company.lifecycle_sweep_date = False
            env.company._lifecycle_ensure_rules()
        self.addCleanup(self._restore)
        self.startPatcher(patch(f"{MODULE}.PAUSE", 0))

    def _restore(self):
        with self._environment() as env:
            env.company.lifecycle_sweep_date = self.sweep_date

    @mute_logger("odoo.sql_db", MODULE)
    def test_a_sweep_whose_company_is_written_meanwhile_is_done_again(self):
        sweep, met = self.registry["lifecycle.status"]._sweep, []

        def meet(statuses, company):
            if not met:
                met.append(company)
                with self._environment() as other:
                    other.cr.execute("UPDATE res_company SET write_date = write_date WHERE id = %s", [company.id])
            return sweep(statuses, company)

        with patch.object(self.registry["lifecycle.status"], "_sweep", meet), self._environment() as env:
            action = env.ref("lifecycle_crm.ir_cron_lifecycle_sweep")
            action._callback(action.cron_name, action.ir_actions_server_id.id)
        self.assertTrue(met)
        with self._environment() as env:
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(company.lifecycle_sweep_date, company._lifecycle_today())
