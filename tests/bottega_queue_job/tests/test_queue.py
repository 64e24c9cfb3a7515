"""A scheduled action that is due becomes jobs; each does what it can claim, and none comes twice."""

from odoo.tests import TransactionCase, tagged

from odoo.addons.queue_job.job import Job
from odoo.addons.queue_job.tests.common import trap_jobs


@tagged("post_install", "-at_install")
class TestQueue(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.action = cls.env["ir.cron"].create(
            {
                "name": "Count",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "code": "model.create({'name': 'Made by an action'})",
                "interval_type": "days",
                "queue_job_count": 2,
            }
        )

    def _call(self):
        """As a cron worker does."""
        with self.enter_registry_test_mode():
            self.action.method_direct_trigger()
        self.env.invalidate_all()

    def _get_jobs(self):
        return self.env["queue.job"].search([("model_name", "=", "ir.cron"), ("method_name", "=", "_run_in_queue")])

    def _count_made(self):
        return self.env["res.partner"].search_count([("name", "=", "Made by an action")])

    def test_an_action_that_is_due_becomes_so_many_jobs(self):
        self._call()
        jobs = self._get_jobs()
        self.assertEqual(
            sorted(jobs.mapped("identity_key")), [f"ir.cron-{self.action.id}-0", f"ir.cron-{self.action.id}-1"]
        )
        self.assertEqual(set(jobs.mapped("state")), {"pending"})
        self.assertEqual(set(jobs.mapped("channel")), {"root.bottega"})
        self.assertFalse(self._count_made(), "It was done by the cron worker.")

    def test_jobs_that_wait_are_not_put_in_the_queue_again(self):
        self._call()
        self._call()
        self.assertEqual(len(self._get_jobs()), 2)

    def test_a_job_does_the_work_and_may_commit(self):
        self._call()
        job = Job.load(self.env, self._get_jobs()[0].uuid)
        self.assertTrue(job.job_config.allow_commit)
        with self.enter_registry_test_mode():
            job.perform()
        self.assertEqual(self._count_made(), 1)

    def test_an_action_without_jobs_is_done_by_odoo(self):
        self.action.queue_job_count = 0
        with trap_jobs() as trap:
            self._call()
        trap.assert_jobs_count(0)
        self.assertEqual(self._count_made(), 1)
