"""Plays in all their parts, and customers for them."""

import datetime
from contextlib import contextmanager, nullcontext
from unittest.mock import patch

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase

from ..gate.verdict import GO, Verdict
from .common import LifecycleCommon

NOW = datetime.datetime(2026, 6, 15, 9, 0)


class PlaysCommon(LifecycleCommon):
    """A stage, a template, and a play that greets whoever enters the stage."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["lifecycle.play"].search([]).state = "draft"
        cls.company.email = "shop@example.com"
        cls.lost = cls._create_stage("test_lost")
        cls.regular = cls._create_stage("test_regular")
        cls.purpose = cls.env.ref("lifecycle_crm.lifecycle_purpose_feedback")
        cls.template = cls._create_template("Hello {{ object.partner_id.name }}")

    @classmethod
    def _create_stage(cls, code, **values):
        return cls.env["lifecycle.stage"].create({"name": code, "code": code, "phase": "separation", **values})

    @classmethod
    def _create_template(cls, subject, body='<p>Dear <t t-out="object.partner_id.name"/></p>', **values):
        return cls.env["mail.template"].create(
            {
                "name": "A greeting",
                "model_id": cls.env["ir.model"]._get_id("lifecycle.touch"),
                "subject": subject,
                "body_html": body,
                **values,
            }
        )

    @classmethod
    def _create_play(cls, steps=({},), **values):
        """A play whose steps wait for the customer to be lost, unless told otherwise."""
        values = {"name": "Greet", "code": "test_greet", "stage_id": cls.lost.id, "holdout_percent": 0, **values}
        rows = [cls._prepare_step(place, step) for place, step in enumerate(steps)]
        return cls.env["lifecycle.play"].create({**values, "step_ids": [Command.create(row) for row in rows]})

    @classmethod
    def _prepare_step(cls, place, values):
        return {
            "name": f"Step {place}",
            "code": f"step_{place}",
            "sequence": place,
            "trigger": "entered",
            "action": "mail",
            "purpose_id": cls.purpose.id,
            "template_id": cls.template.id,
            **values,
        }

    @classmethod
    def _move(cls, partners, stage, moment):
        """Have customers enter a stage; their statuses show it."""
        known = cls.env["lifecycle.status"].search(
            [("partner_id", "in", partners.ids), ("company_id", "=", stage.company_id.id)]
        )
        known.write({"stage_id": stage.id, "stage_since": moment})
        place = {"company_id": stage.company_id.id}
        cls.env["lifecycle.status"].create(
            [
                {"partner_id": partner.id, "stage_id": stage.id, "stage_since": moment, **place}
                for partner in partners - known.partner_id
            ]
        )
        return cls.env["lifecycle.transition"].create(
            [
                {"partner_id": each.id, "to_stage_id": stage.id, "moment": moment, "cause": "silence", **place}
                for each in partners
            ]
        )

    @classmethod
    def _create_customers(cls, count):
        return cls.env["res.partner"].create(
            [
                {"name": f"Customer {place}", "email": f"customer{place}@example.com", "lang": "en_US"}
                for place in range(count)
            ]
        )

    def _start_with(self, play, partners, days_ago=0):
        """Start a play, and let customers in."""
        moment = fields.Datetime.now() - datetime.timedelta(days_ago)
        play.action_start()
        play.started_on = moment - datetime.timedelta(hours=1)
        self._move(partners, play.stage_id, moment)
        self._plan()

    def _plan(self):
        self._run_cron("plan")

    def _send(self):
        self._run_cron("send")

    def _run_cron(self, name):
        self.env.flush_all()
        with nullcontext() if isinstance(self, HttpCase) else self.enter_registry_test_mode():  # which is in it already
            self.env.ref(f"lifecycle_crm.ir_cron_lifecycle_{name}").method_direct_trigger()
        self.env.invalidate_all()

    def _claim(self):
        """The first of the two transactions of sending, as if it were committed."""
        with patch.object(self.registry["ir.cron"], "_commit_progress", lambda *args, **kwargs: float("inf")):
            return self.env["lifecycle.touch"]._claim_next()

    def _get_touches(self, play):
        return self.env["lifecycle.touch"].search([("play_id", "=", play.id)], order="id")

    @contextmanager
    def _gate(self, judge=lambda request, now: Verdict(GO, now)):
        """A gate of the test's own.

        :param judge: the verdict on a request at a moment
        """

        def judge_all(gate, requests, company, now=None):
            asked.extend(requests)
            return [judge(request, now or fields.Datetime.now()) for request in requests]

        asked = []
        with patch.object(self.registry["lifecycle.gate"], "_judge", judge_all):
            yield asked
