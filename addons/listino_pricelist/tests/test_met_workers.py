"""Two workers write the same row: the scheduled action of the one that is refused is done again, and fails nobody."""

from unittest.mock import patch

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .sending_common import SendingCommon

MODULE = "odoo.addons.listino_pricelist.models.ir_cron"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 12:00:00")
class TestMetWorkers(SendingCommon):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch(f"{MODULE}.PAUSE", 0))
        self.enterContext(mute_logger(MODULE))

    def _refuse_once(self, model, name):
        """Have the database refuse what a method does the first time, as when another worker was quicker."""
        method, calls = getattr(self.registry[model], name), []

        def refused(records, *args, **kwargs):
            result = method(records, *args, **kwargs)
            calls.append(name)
            if len(calls) == 1:
                raise SerializationFailure
            return result

        self.patch(self.registry[model], name, refused)
        return calls

    def test_a_sending_is_not_paused(self):
        calls = self._refuse_once("listino.sending", "_create_lines")
        self.sending.action_start()
        self._work()
        self.assertEqual(len(calls), 2)
        self.assertRecordValues(self.sending, [{"state": "done", "problem": False}])
        self.assertEqual(self._received(), {"gino@example.com": 1, "emma@example.com": 1})

    def test_a_price_list_that_is_printed_does_not_fail(self):
        calls = self._refuse_once("listino.document", "_write_file")
        run = self.env["listino.run"].create(
            {"document_id": self.document.id, "extension": "csv", "partner_ids": [Command.set(self.gino.ids)]}
        )
        run.action_start()
        with self._test_mode():
            self.env.ref("listino_pricelist.ir_cron_listino_run").method_direct_trigger()
        self.assertGreater(len(calls), 1)
        self.assertEqual(run.line_ids.mapped("state"), ["done"])

    def test_one_that_meets_others_again_and_again_is_left_to_its_next_turn(self):
        calls = []

        def send(_model):
            calls.append(1)
            raise SerializationFailure

        self.patch(self.registry["listino.sending"], "_cron_send", send)
        with self._test_mode(), mute_logger("odoo.addons.base.models.ir_cron"):
            self.cron.method_direct_trigger()
        self.assertEqual(len(calls), 5)
