"""What a step would say to a customer, before it says it to anybody."""

import contextlib

from odoo import fields, models

from .lifecycle_gate_request import GateRequest


class LifecycleStep(models.Model):
    _inherit = "lifecycle.step"

    def _render_sample(self, partner, langs):
        """The mail of this step as it would go to a customer; nothing of it stays.

        :param langs: codes of languages
        :return: a dict by language of rendered values
        """
        self.ensure_one()
        # A contact is needed by what templates ask of it; the savepoint takes it away again in any case.
        with contextlib.closing(self.env.cr.savepoint()):
            touch = self._create_sample(partner)
            return {lang: touch.with_context(template_preview_lang=lang)._render_mails()[touch.id] for lang in langs}

    def _create_sample(self, partner):
        """A contact of this step with a customer: only ever within a savepoint that is rolled back."""
        customer, company = partner.commercial_partner_id, self.company_id
        orders = self.env["sale.order"].sudo()  # who previews plays need not see all orders
        order = orders.search(
            [("partner_id", "child_of", customer.id), ("company_id", "=", company.id), ("state", "=", "sale")], limit=1
        )
        entry = (
            self.env["lifecycle.entry"]
            .sudo()
            .create(  # the server's, and gone at once
                {
                    "play_id": self.play_id.id,
                    "company_id": company.id,
                    "partner_id": customer.id,
                    "contact_id": partner.id,
                    "key": "sample",
                    "entered_on": fields.Datetime.now(),
                    "trigger_date": company._lifecycle_today(),
                    "order_id": order.id,
                }
            )
        )
        return entry.touch_ids.create(
            {
                "entry_id": entry.id,
                "step_id": self.id,
                "contact_id": partner.id,
                "purpose_id": self.purpose_id.id,
                "channel": entry.touch_ids._get_channels()[self.action],
                "address": partner.email_normalized,
                "due_on": fields.Datetime.now(),
            }
        )

    def _prepare_sample_request(self, partner):
        """What the gate would be asked about this step for a customer."""
        return GateRequest(
            partner_id=partner.id,
            purpose=self.purpose_id.code,
            channel=self.env["lifecycle.touch"]._get_channels()[self.action],
            address=partner.email_normalized or None,
            is_promotional=self.is_promotional,
            is_profiled=self.is_profiled,
        )

    def _get_template_faults(self):
        """Whether the template can be written for a customer: a missing field is found before the first mail."""
        partner = self.play_id._find_sample_partner()
        try:
            self._render_sample(partner, [partner.lang or self.env.lang])
        except Exception as error:  # noqa: BLE001 - whatever a template trips over
            words = self.env["lifecycle.touch"]._get_fault_words(error)
            return [
                self.env._(
                    "The template of the step %(step)s can't be written for %(customer)s: %(fault)s",
                    step=self.display_name,
                    customer=partner.display_name,
                    fault=words,
                )
            ]
        return []


class LifecyclePlay(models.Model):
    _inherit = "lifecycle.play"

    def _find_sample_partner(self):
        """A customer for a preview: the latest in the stage of the play, else the latest known, else ourselves."""
        statuses = self.env["lifecycle.status"]
        known = [("company_id", "=", self.company_id.id)]
        in_stage = [*known, ("stage_id", "=", self.stage_id.id)]
        found = statuses.search(in_stage, order="stage_since desc, id desc", limit=1) if self.stage_id else statuses
        found = found or statuses.search(known, order="last_order_date desc nulls last, id desc", limit=1)
        return found.partner_id or self.company_id.partner_id
