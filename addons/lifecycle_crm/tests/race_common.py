"""Customers in a play, committed for all connections to see, and deleted afterwards."""

import contextlib
import time
from datetime import timedelta

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, api, fields
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name

CUSTOMERS = 8
ADDRESSES = {f"racer{place}@example.com" for place in range(CUSTOMERS)}


class ConnectionsCommon(BaseCase):
    """With connections of their own."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())

    @contextlib.contextmanager
    def _environment(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"lang": "en_US", "tracking_disable": True})


class RaceCommon(ConnectionsCommon):
    """With what workers on other connections need."""

    def setUp(self):
        super().setUp()
        with self._environment() as env:
            self.template_id = self._create_template(env).id
            self.stage_id = env["lifecycle.stage"].create({"name": "Race", "code": "race", "phase": "separation"}).id
            self.play_id = self._create_play(env).id
            self.partner_ids = self._create_customers(env).ids
        self.addCleanup(self._clean)

    def _create_template(self, env):
        return env["mail.template"].create(
            {
                "name": "Race",
                "model_id": env["ir.model"]._get_id("lifecycle.touch"),
                "subject": "Race {{ object.partner_id.name }}",
                "body_html": "<p>Race</p>",
                "email_from": "race@example.com",
            }
        )

    def _create_play(self, env):
        step = {
            "name": "Race",
            "code": "race",
            "purpose_id": env.ref("lifecycle_crm.lifecycle_purpose_service").id,
            "template_id": self.template_id,
            "is_profiled": False,
        }
        play = env["lifecycle.play"].create(
            {
                "name": "Race",
                "code": "race",
                "stage_id": self.stage_id,
                "holdout_percent": 0,
                "step_ids": [Command.create(step)],
            }
        )
        play.action_start()
        play.started_on -= timedelta(2)
        return play

    def _create_customers(self, env):
        partners = env["res.partner"].create(
            [{"name": f"Racer {place}", "email": address} for place, address in enumerate(sorted(ADDRESSES))]
        )
        moment = fields.Datetime.now() - timedelta(1)  # yesterday: what is for this morning may be still to come
        place = {"company_id": env.company.id}
        env["lifecycle.status"].create(
            [{**place, "partner_id": each.id, "stage_id": self.stage_id, "stage_since": moment} for each in partners]
        )
        env["lifecycle.transition"].create(
            [
                {**place, "partner_id": each.id, "to_stage_id": self.stage_id, "moment": moment, "cause": "silence"}
                for each in partners
            ]
        )
        return partners

    def _clean(self):
        with self._environment() as env:
            env = env["base"].with_context(lifecycle_erasure=True).env
            play = env["lifecycle.play"].browse(self.play_id)
            play.action_pause()
            partners = env["res.partner"].browse(self.partner_ids)
            self._get_mails(env).unlink()
            play.entry_ids.unlink()
            play.unlink()
            env["lifecycle.transition"].search([("partner_id", "in", partners.ids)]).unlink()
            env["lifecycle.status"].search([("partner_id", "in", partners.ids)]).unlink()
            env["mail.template"].browse(self.template_id).unlink()
            env["lifecycle.stage"].browse(self.stage_id).unlink()
            crons = [f"lifecycle_crm.ir_cron_lifecycle_{name}" for name in ("plan", "send")]
            crons = [env.ref(name).id for name in (*crons, "mail.ir_cron_mail_scheduler_action")]
            env["ir.cron.trigger"].search([("cron_id", "in", crons)]).unlink()
            partners.unlink()

    # === WORKERS === #

    def _plan(self):
        self._run("lifecycle.play", "_cron_plan")

    def _send(self):
        self._run("lifecycle.touch", "_cron_send")

    def _run(self, model, name):
        """What Odoo's cron workers do: run the action, and once more where the database asks for it."""
        for _attempt in range(20):
            try:
                with self._environment() as env:
                    getattr(env[model], name)()
                    return
            except SerializationFailure:
                time.sleep(0.05)
        self.fail("The database asked for it again and again.")

    # === WHAT CAME OF IT === #

    def _get_touches(self, env):
        return env["lifecycle.touch"].search([("play_id", "=", self.play_id)])

    def _get_mails(self, env):
        return env["mail.mail"].search([("model", "=", "res.partner"), ("res_id", "in", self.partner_ids)])

    def _count_mails(self):
        with self._environment() as env:
            return len(self._get_mails(env))

    def _check_everybody_was_written_to_once(self):
        with self._environment() as env:
            mails, touches = self._get_mails(env), self._get_touches(env)
            self.assertEqual(sorted(mails.mapped("res_id")), sorted(self.partner_ids))
            self.assertEqual(set(touches.mapped("state")), {"done"})
            self.assertEqual(len(touches), CUSTOMERS)
            self.assertEqual(touches.mail_id, mails)
            self.assertEqual(set(touches.mapped("message_uid")), set(mails.mapped("message_id")))
