"""A worker is killed in the middle of a scheduled action: nothing is lost, nobody is told twice."""

import json
import os
import pathlib
import signal
import subprocess
import sys

import odoo
from odoo import fields
from odoo.tests import get_db_name, tagged
from odoo.tools import config

from .race_common import RaceCommon

WORKER = pathlib.Path(__file__).with_name("killed_worker.py")
MODELS = "odoo.addons.quote_discounts.models"
OPTIONS = ("db_host", "db_port", "db_user", "db_password")
COUNT = 5
LONG_AGO = "2020-01-01 00:00:00"


@tagged("post_install", "-at_install", "slow")  # a process with a registry of its own
class TestKilledWorker(RaceCommon):
    def _run_and_kill(self, action, model, method, calls, **constants):
        """Run a scheduled action in another process that dies in it."""
        options = [f"--{name}={config[name]}" for name in OPTIONS if config[name]]
        options += [f"--data-dir={config['data_dir']}", f"--addons-path={','.join(config['addons_path'])}"]
        settings = {
            "options": [*options, "--log-level=critical"],
            "database": get_db_name(),
            "action": f"quote_discounts.{action}",
            "model": model,
            "method": method,
            "calls": calls,
            "constants": {f"{MODELS}.{module}": {"BATCH": size} for module, size in constants.items()},
        }
        paths = [str(pathlib.Path(odoo.__path__[0]).parent), *sys.path]
        done = subprocess.run(
            [sys.executable, WORKER, json.dumps(settings)],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )
        self.assertEqual(done.returncode, -signal.SIGKILL, done.stderr)

    def _run(self, action):
        with self._environment() as env:
            env.ref(f"quote_discounts.{action}").method_direct_trigger()

    def _count_activities(self, model, ids, summary):
        """How many reminders each record has."""
        with self._environment() as env:
            domain = [("res_model", "=", model), ("res_id", "in", ids), ("summary", "ilike", summary)]
            counts = dict(env["mail.activity"]._read_group(domain, ["res_id"], ["__count"]))
        return [counts.get(record_id, 0) for record_id in ids]

    # === REQUESTS FOR APPROVAL === #

    def _make_overdue_requests(self):
        with self._environment() as env:
            values = {"name": "Race", "sequence": 20, "max_discount": 60, "user_ids": [(6, 0, [self.ids["manager"]])]}
            level = env["quote.discount.level"].create(values)
            self.addCleanup(self._delete_level, level.id)
        request_ids = []
        for _number in range(COUNT):
            order_id = self._create_order("20")
            with self._environment("seller") as env:
                request_ids.append(env["sale.order"].browse(order_id)._ask_approval("A competitor").id)
        with self._environment() as env:
            env["quote.discount.request"].browse(request_ids).write({"deadline": LONG_AGO})
        return level.id, request_ids

    def _delete_level(self, level_id):
        self._delete_deals()
        with self._environment() as env:
            env["quote.discount.level"].browse(level_id).unlink()

    def _read_requests(self, request_ids, level_id):
        """For each request: is it at the level, how often was it passed on, how many mails for whom decides there."""
        with self._environment() as env:
            requests = env["quote.discount.request"].browse(request_ids)
            self.assertTrue(requests.event_ids._is_intact())
            partner = env["res.users"].browse(self.ids["manager"]).partner_id
            return [
                (
                    request.level_id.id == level_id,
                    request.event_ids.mapped("kind").count("escalated"),
                    env["mail.mail"].search_count(
                        [
                            ("model", "=", request._name),
                            ("res_id", "=", request.id),
                            ("recipient_ids", "in", partner.ids),
                        ]
                    ),
                    len(request.activity_ids),
                )
                for request in requests
            ]

    def test_requests_are_passed_on_once(self):
        level_id, request_ids = self._make_overdue_requests()
        self._run_and_kill("ir_cron_quote_approval", "quote.discount.request", "_announce", 3)
        passed, waiting = (True, 1, 1, 1), (False, 0, 0, 2)
        self.assertCountEqual(self._read_requests(request_ids, level_id), [passed] * 2 + [waiting] * 3)
        self._run("ir_cron_quote_approval")
        self.assertEqual(self._read_requests(request_ids, level_id), [passed] * COUNT)

    # === REPLIES === #

    def test_sellers_are_reminded_once_of_quotes(self):
        order_ids = [self._create_order("5") for _number in range(COUNT)]
        with self._environment() as env:
            env["sale.order"].browse(order_ids).write({"reply_requested_on": LONG_AGO})
            env["sale.order"].flush_model()
        self._run_and_kill("ir_cron_remind_of_replies", "sale.order", "_remind_of_reply", 2, sale_order_reminders=2)
        self.assertEqual(sum(self._count_activities("sale.order", order_ids, "should have left")), 2)
        self._run("ir_cron_remind_of_replies")
        self.assertEqual(self._count_activities("sale.order", order_ids, "should have left"), [1] * COUNT)

    # === AGREEMENTS === #

    def test_ends_of_agreements_are_told_once(self):
        today = fields.Date.today()
        with self._environment() as env:
            agreements = env["quote.agreement"]
            for number in range(COUNT):
                condition = {
                    "applied_on": "product",
                    "product_id": self.ids["product"],
                    "discount_text": "5",
                    "min_quantity": number,
                }
                values = {"partner_id": self.ids["customer"], "date_end": fields.Date.add(today, days=1)}
                agreements += agreements.create({**values, "line_ids": [(0, 0, condition)]})
            agreements.action_activate()
        self._run_and_kill("quote_agreement_cron", "quote.agreement", "_report_end", 2, quote_agreement_life=2)
        self.assertEqual(sum(self._count_activities("quote.agreement", agreements.ids, "ends on")), 2)
        self._run("quote_agreement_cron")
        self.assertEqual(self._count_activities("quote.agreement", agreements.ids, "ends on"), [1] * COUNT)
