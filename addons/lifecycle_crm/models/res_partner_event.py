"""How other systems tell what happened to a customer."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _lifecycle_event(self, code, key, company, values=None, moment=None):
        """Take down what happened to a person outside of Odoo; plays that wait for it begin within minutes.

        :param str code: what happened, such as ``not_used``
        :param str key: what the event is called where it comes from: the same key again adds nothing
        :param company: the ``res.company`` that it concerns
        :param dict values: whatever else is known of it, for the templates; JSON
        :param moment: when it happened, in UTC; None: now
        :return: the ``lifecycle.event``, the one already there where it was told before
        """
        self.ensure_one()
        events = self.env["lifecycle.event"].sudo()  # whoever tells it has no rights on it
        if known := events._find(code, key, company):
            return known
        event = events.create(
            {
                "partner_id": self.id,
                "company_id": company.id,
                "code": code,
                "key": key,
                "values": values,
                "moment": moment or fields.Datetime.now(),
            }
        )
        events.env.ref("lifecycle_crm.ir_cron_lifecycle_plan")._trigger()
        return event
