"""How long customers wait for an answer to their mails."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

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
    is_mine = fields.Boolean(string="Mine", compute="_compute_is_mine", search="_search_is_mine")

    _waiting_unique = models.UniqueIndex(
        "(res_model, res_id) WHERE answered_on IS NULL", "A customer waits once in a thread."
    )
    _thread_index = models.Index("(res_model, res_id, received_on)")

    @api.depends("company_id", "user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        mine = self.search([("id", "in", self.ids), ("is_mine", "=", True)])
        for reply in self:
            reply.is_mine = reply in mine

    @api.model
    def _search_is_mine(self, operator, value):
        """Those of the user, and those of nobody or of somebody who cannot see them, as on the list of the day."""
        if operator != "in":
            return NotImplemented
        self.flush_model(["company_id", "user_id"])
        of_others = SQL(
            """(
            SELECT reply.id
              FROM lifecycle_reply reply
              JOIN %s owner ON owner.company_id = reply.company_id AND owner.user_id = reply.user_id
             WHERE owner.user_id <> %s)""",
            self.env["lifecycle.today"]._get_callers_query(),
            self.env.uid,
        )
        return Domain("id", "not in" if True in value else "in", of_others)

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
