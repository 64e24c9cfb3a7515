"""What goes wrong after a sale, until it is put right."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("complaint", "Complaint"),
    ("wrong_goods", "Wrong or damaged goods"),
    ("delivery", "Delivery"),
    ("invoice", "Invoice"),
    ("payment", "Payment"),
    ("return", "Return"),
    ("other", "Other"),
]
NEW, OURS, CUSTOMERS, SOLVED = "new", "us", "customer", "solved"
STATES = [(NEW, "New"), (OURS, "Waiting for Us"), (CUSTOMERS, "Waiting for the Customer"), (SOLVED, "Solved")]


class LifecycleCase(models.Model):
    """A post-sale case, with an owner and a deadline; while a complaint is open nobody advertises to the customer."""

    _name = "lifecycle.case"
    _description = "Post-Sale Case"
    _inherit = ["lifecycle.guarded", "portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "is_closed, deadline, id"
    _check_company_auto = True
    _mail_post_access = "read"

    name = fields.Char(string="Subject", required=True, tracking=True)
    number = fields.Char(readonly=True, copy=False, index="trigram", default=lambda self: self.env._("New"))
    kind = fields.Selection(KINDS, required=True, default="other", tracking=True)
    reason_id = fields.Many2one(
        "lifecycle.case.reason",
        domain="['|', ('kind', '=', False), ('kind', '=', kind)]",
        tracking=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    state = fields.Selection(STATES, required=True, default=NEW, tracking=True, copy=False, group_expand=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="restrict", tracking=True
    )
    contact_id = fields.Many2one(
        "res.partner",
        string="Person",
        domain="[('id', 'child_of', partner_id)]",
        index="btree_not_null",
        ondelete="set null",
        help="Who wrote or called, where it is not the company itself.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", string="Owner", index=True, tracking=True, check_company=True)
    deadline = fields.Date(tracking=True)
    description = fields.Html()
    order_id = fields.Many2one(
        "sale.order",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        domain="[('partner_id', 'child_of', partner_id), ('company_id', '=', company_id)]",
    )
    picking_id = fields.Many2one(
        "stock.picking",
        string="Delivery",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        domain="[('sale_id', '=', order_id)]",
    )
    refund_id = fields.Many2one(
        "account.move",
        string="Credit Note",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        domain="[('move_type', '=', 'out_refund'), ('partner_id', 'child_of', partner_id)]",
    )
    solution = fields.Text(help="What was done in the end.")
    cost = fields.Monetary(help="What it cost the company: goods, carriage, a refund.")
    is_closed = fields.Boolean(compute="_compute_is_closed", store=True, index=True)
    closed_on = fields.Datetime(readonly=True, copy=False)
    state_since = fields.Datetime(readonly=True, copy=False, default=fields.Datetime.now)
    days_ours = fields.Float(
        string="Days with Us", readonly=True, copy=False, aggregator="avg", help="Spent new, or waiting for us."
    )
    days_customer = fields.Float(string="Days with the Customer", readonly=True, copy=False, aggregator="avg")
    days_open = fields.Float(string="Days to Solve", readonly=True, copy=False, aggregator="avg")
    reopen_count = fields.Integer(string="Times Reopened", readonly=True, copy=False)
    escalated_on = fields.Datetime(readonly=True, copy=False, help="When the manager was told that it is overdue.")
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")

    # === COMPUTE METHODS === #

    @api.depends("state")
    def _compute_is_closed(self):
        for case in self:
            case.is_closed = case.state == SOLVED

    @api.depends("deadline", "is_closed")
    def _compute_is_overdue(self):
        for case in self:
            today = case.company_id._lifecycle_today()
            case.is_overdue = bool(case.deadline and not case.is_closed and case.deadline < today)

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = [("is_closed", "=", False), ("deadline", "<", self.env.company._lifecycle_today())]
        return overdue if True in value else ["!", "&", *overdue]

    def _compute_access_url(self):
        # OVERRIDE: its page in the portal.
        result = super()._compute_access_url()
        for case in self:
            case.access_url = f"/my/cases/{case.id}"
        return result

    @api.depends("number", "name")
    def _compute_display_name(self):
        for case in self:
            case.display_name = f"{case.number}: {case.name}" if case.number else case.name

    @api.constrains("reason_id", "kind")
    def _check_reason(self):
        for case in self:
            if case.reason_id.kind and case.reason_id.kind != case.kind:
                raise ValidationError(
                    self.env._("“%(reason)s” is not a reason of this kind of case.", reason=case.reason_id.display_name)
                )

    @api.constrains("state", "solution")
    def _check_solution(self):
        """Whoever drags a card says how it was solved, too."""
        if self.filtered(lambda case: case.state == SOLVED and not case.solution):
            raise ValidationError(self.env._("Say in a few words how it was solved, then close the case."))

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a case has a number, an owner and a deadline from the start.
        cases = super().create(vals_list)
        for case in cases.sudo():  # what the server finds out
            case.write(case._prepare_opening_vals())
        return cases

    def write(self, vals):
        # OVERRIDE: how long it was in whose hands is known from the changes of its state.
        moved = self.filtered(lambda case: "state" in vals and case.state != vals["state"])
        before = {case: case.state for case in moved}
        result = super().write(vals)
        for case, state in before.items():
            case.sudo().write(case._prepare_move_vals(state))  # the server keeps the times
        return result

    def _prepare_opening_vals(self):
        """Number, owner and deadline of a new case, where nobody said otherwise."""
        sequence = self.env["ir.sequence"].with_company(self.company_id)
        owner = self.user_id or self._get_default_owner()
        days = self.company_id._lifecycle_get_case_days(self.kind)
        return {
            "number": sequence.next_by_code("lifecycle.case"),
            "user_id": owner.id,
            "deadline": self.deadline or self.company_id._lifecycle_today() + timedelta(days),
            **({"closed_on": fields.Datetime.now()} if self.is_closed else {}),
        }

    def _get_default_owner(self):
        """The salesperson of the order or the customer, where they see cases of the company; else the company's own."""
        company = self.company_id
        return company._lifecycle_pick_owner(
            self.order_id.user_id, self.partner_id.user_id, company.lifecycle_case_user_id
        )

    def _prepare_move_vals(self, before):
        """The times of a case that has left a state."""
        now = fields.Datetime.now()
        days = (now - (self.state_since or self.create_date)).total_seconds() / 86400
        vals = {"state_since": now}
        if before in (NEW, OURS):
            vals["days_ours"] = self.days_ours + days
        elif before == CUSTOMERS:
            vals["days_customer"] = self.days_customer + days
        if self.state == SOLVED:
            vals |= {"closed_on": now, "days_open": (now - self.create_date).total_seconds() / 86400}
        elif before == SOLVED:
            vals |= {"closed_on": False, "escalated_on": False, "reopen_count": self.reopen_count + 1}
        return vals

    # === BUSINESS METHODS === #

    @api.model
    def _open_case(self, kind, partner, company, **values):
        """Open a case on behalf of the system: from a low score, a portal page, a mail.

        :param str kind: one of :data:`KINDS`
        :param partner: who complains; the case is that of the commercial partner
        :return: the new ``lifecycle.case``
        """
        commercial = partner.commercial_partner_id
        return self.sudo().create(  # a customer who answers has no rights on it
            {
                "name": dict(self._fields["kind"]._description_selection(self.env))[kind],
                "kind": kind,
                "partner_id": commercial.id,
                "contact_id": partner.id if partner != commercial else False,
                "company_id": company.id,
                **values,
            }
        )
