"""What the company gives up: proposed by one person, approved by another, booked by the accountant."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .dunning_watch import EFFECTS

WITH_VAT, WITHOUT_VAT, LOSS = "with_vat", "without_vat", "loss"
OUTCOMES = [
    (WITH_VAT, "Credit note with VAT"),
    (WITHOUT_VAT, "Credit note without VAT"),
    (LOSS, "Loss on the receivable"),
]
BASIS_NAMES = [
    ("insolvency", "Insolvency procedure opened"),
    ("homologated_agreement", "Agreement with creditors homologated"),
    ("fruitless_enforcement", "Individual enforcement without result"),
    ("agreement_within_year", "Agreement within one year of the supply"),
]
WAITING = ("proposed", "approved")  # until it is decided and booked, nothing is done about the case
UNDER_WAY = ("draft", *WAITING)
DRAFT_FIELDS = {"outcome", "basis", "basis_date", "basis_reference", "reason", "watch_effect", "line_ids"}


class DunningWaiver(models.Model):
    """Instalments of a case that are given up, in whole or in part.

    Interest and compensation are not booked, so there is nothing to give up of them: they go with their instalment. A
    waiver never books anything: approved, it leaves drafts for the accountant, and what he posts closes the
    instalments.
    """

    _name = "dunning.waiver"
    _description = "Waiver"
    _inherit = ["dunning.guarded", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    case_id = fields.Many2one("dunning.case", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposed"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("booked", "Booked"),
            ("undone", "Taken back"),
        ],
        required=True,
        default="draft",
        readonly=True,
        tracking=True,
        index=True,
    )
    outcome = fields.Selection(OUTCOMES, string="How", tracking=True)
    basis = fields.Selection(BASIS_NAMES, string="Legal Basis", tracking=True, help="Art. 26 D.P.R. 633/72.")
    basis_date = fields.Date(string="Of", help="The opening, the homologation, the enforcement, or the agreement.")
    basis_reference = fields.Char(string="Reference", help="Court and number, or where the agreement is written.")
    reason = fields.Text(help="Why the company gives up: for the file, not for the customer.")
    line_ids = fields.One2many("dunning.waiver.line", "waiver_id", string="Instalments")
    amount = fields.Monetary(string="Given Up", compute="_compute_amount", store=True, tracking=True)
    watch_effect = fields.Selection(
        EFFECTS, string="Watch List", default="warn", help="The customer is put on it when the waiver is booked."
    )
    proposed_by_id = fields.Many2one("res.users", readonly=True, index="btree_not_null")
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decision_note = fields.Text(string="Decision", help="Why it is approved or refused.")
    digest = fields.Char(readonly=True, help="SHA-256 of what was proposed: only that is approved, only that booked.")
    event_ids = fields.One2many("dunning.waiver.event", "waiver_id", string="Trail", readonly=True)
    entry_count = fields.Integer(compute="_compute_entry_count")
    can_decide = fields.Boolean(compute="_compute_can_decide")

    # What is proposed or approved of merged customers stands side by side in the case that is kept.
    _one_under_way = models.UniqueIndex("(case_id) WHERE state = 'draft'", "A case has one waiver under way.")

    # === COMPUTE METHODS === #

    @api.depends("partner_id", "amount")
    def _compute_display_name(self):
        for waiver in self:
            amount = waiver.currency_id.format(waiver.amount) if waiver.currency_id else ""
            waiver.display_name = self.env._(
                "Waiver of %(amount)s · %(customer)s", amount=amount, customer=waiver.partner_id.name or ""
            )

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for waiver in self:
            waiver.amount = sum(waiver.line_ids.mapped("amount"))

    @api.depends("line_ids.entry_id")
    def _compute_entry_count(self):
        for waiver in self:
            waiver.entry_count = len(waiver.line_ids.entry_id)

    @api.depends("state", "proposed_by_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        for waiver in self:
            waiver.can_decide = waiver.state == "proposed" and waiver._may_decide(self.env.user)

    # === CRUD === #

    def _is_fixed(self):
        # OVERRIDE: what was proposed stays as it is until it is taken back to draft.
        return self.state != "draft"

    @api.model
    def _get_fixed_fields(self):
        # OVERRIDE: what is proposed.
        return DRAFT_FIELDS

    def _get_guard_words(self):
        # OVERRIDE: of a waiver.
        return self.env._("Where a waiver stands follows from its approval and from the books.")

    def _get_fixed_words(self):
        # OVERRIDE: of a waiver.
        return self.env._("This waiver was proposed already: take it back to draft to change it, then propose it anew.")

    def _check_draft(self):
        if any(waiver._is_fixed() for waiver in self):
            raise UserError(self._get_fixed_words())

    # === ACTIONS === #

    def action_open_entries(self):
        """The credit notes or the entry that it is booked by."""
        self.ensure_one()
        entries = self.line_ids.entry_id
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Credit Notes and Entries"),
            "res_model": "account.move",
            "context": {"create": False},
        }
        if len(entries) == 1:
            return {**action, "view_mode": "form", "res_id": entries.id}
        return {**action, "view_mode": "list,form", "domain": [("id", "in", entries.ids)]}

    def _get_form_action(self, **values):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Waiver: %(customer)s", customer=self.partner_id.display_name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            **values,
        }


class DunningWaiverLine(models.Model):
    """An instalment of the case; nothing of it is given up where the amount is zero."""

    _name = "dunning.waiver.line"
    _description = "Instalment of a Waiver"
    _order = "id"
    _check_company_auto = True

    waiver_id = fields.Many2one("dunning.waiver", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="waiver_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="waiver_id.currency_id")
    state = fields.Selection(related="waiver_id.state")
    move_line_id = fields.Many2one("account.move.line", required=True, readonly=True, index=True, ondelete="restrict")
    move_id = fields.Many2one(related="move_line_id.move_id", string="Invoice")
    due_date = fields.Date(readonly=True, required=True)
    amount_residual = fields.Monetary(
        related="move_line_id.amount_residual_currency", string="Open", currency_field="currency_id"
    )
    amount_residual_then = fields.Monetary(string="Open When Proposed", readonly=True)
    amount = fields.Monetary(string="Given Up", required=True)
    entry_id = fields.Many2one(
        "account.move", string="Booked By", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    entry_line_id = fields.Many2one("account.move.line", readonly=True, index="btree_not_null", ondelete="set null")

    _check_amount = models.Constraint("CHECK (amount >= 0)", "Less than nothing can't be given up.")
    _one_each = models.UniqueIndex("(waiver_id, move_line_id)", "An instalment is in a waiver once.")

    @api.depends("move_line_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.move_line_id.move_name or line.move_line_id.display_name

    def write(self, vals):
        # OVERRIDE: how much is given up is a person's to say, until it was proposed; the rest is the server's.
        if not self.env.su:
            if not set(vals) <= {"amount"}:
                raise AccessError(self.env._("Only the amount of an instalment that is given up can be changed."))
            self.waiver_id._check_draft()
        return super().write(vals)

    def _is_whole(self):
        """Whether nothing of the instalment is left."""
        self.ensure_one()
        return self.currency_id.compare_amounts(self.amount, self.amount_residual) >= 0

    def _get_chosen(self):
        return self.filtered(lambda line: not line.currency_id.is_zero(line.amount))
