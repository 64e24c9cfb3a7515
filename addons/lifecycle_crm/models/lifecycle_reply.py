"""How long customers wait for an answer to their mails."""

from odoo import api, fields, models

MODELS = [("lifecycle.case", "Post-Sale Case"), ("crm.lead", "Lead"), ("sale.order", "Order")]


class LifecycleReply(models.Model):
    """A customer wrote, and waits until a person of ours has answered; what he adds meanwhile starts no new clock."""

    _name = "lifecycle.reply"
    _description = "Answer to a Customer"
    _inherit = ["lifecycle.guarded"]
    _order = "due_on, id"
    _rec_name = "subject"

    res_model = fields.Selection(MODELS, string="About", required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    message_id = fields.Many2one("mail.message", readonly=True, index="btree_not_null", ondelete="cascade")
    subject = fields.Char(readonly=True)
    email_from = fields.Char(string="From", readonly=True)
    partner_id = fields.Many2one(
        "res.partner", string="Who Waits", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", string="Owner", readonly=True, index="btree_not_null", ondelete="set null")
    received_on = fields.Datetime(required=True, readonly=True, index=True)
    due_on = fields.Datetime(string="Answer by", readonly=True)
    answered_on = fields.Datetime(readonly=True, index=True)
    answered_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null", ondelete="set null")
    minutes = fields.Integer(string="Working Minutes", readonly=True, aggregator="avg")
    is_in_time = fields.Boolean(readonly=True)
    escalated_on = fields.Datetime(readonly=True)

    _waiting_unique = models.UniqueIndex(
        "(res_model, res_id) WHERE answered_on IS NULL", "A customer waits once in a thread."
    )
    _thread_index = models.Index("(res_model, res_id, received_on)")

    def action_open(self):
        """The thread to answer in."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    @api.model
    def _get_target_minutes(self, company):
        """Working minutes in which a company answers: a hook."""
        return round(company.lifecycle_reply_hours * 60)
