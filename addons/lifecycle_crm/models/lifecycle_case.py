"""What goes wrong after a sale, until it is put right."""

from odoo import api, fields, models

KINDS = [
    ("complaint", "Complaint"),
    ("wrong_goods", "Wrong or damaged goods"),
    ("delivery", "Delivery"),
    ("invoice", "Invoice"),
    ("payment", "Payment"),
    ("return", "Return"),
    ("other", "Other"),
]


class LifecycleCase(models.Model):
    """A post-sale case, with an owner and a deadline; while a complaint is open nobody advertises to the customer."""

    _name = "lifecycle.case"
    _description = "Post-Sale Case"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "is_closed, deadline, id"
    _check_company_auto = True

    name = fields.Char(string="Subject", required=True, tracking=True)
    kind = fields.Selection(KINDS, required=True, default="other", tracking=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", string="Owner", index=True, tracking=True)
    deadline = fields.Date(tracking=True)
    description = fields.Html()
    order_id = fields.Many2one("sale.order", check_company=True, index="btree_not_null", ondelete="set null")
    is_closed = fields.Boolean(readonly=True, copy=False, index=True)
    closed_on = fields.Datetime(readonly=True, copy=False)

    @api.model
    def _open_case(self, kind, partner, company, **values):
        """Open a case on behalf of the system: from a low score, a portal page, a mail.

        :param str kind: one of :data:`KINDS`
        :param partner: who complains; the case is that of the commercial partner
        :return: the new ``lifecycle.case``
        """
        return self.sudo().create(  # a customer who answers has no rights on it
            {"kind": kind, "partner_id": partner.commercial_partner_id.id, "company_id": company.id, **values}
        )
