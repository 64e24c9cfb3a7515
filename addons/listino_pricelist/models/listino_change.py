"""A change of many prices: what a person chooses, sees and presses."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..changing import formula as formulas
from ..pricing.rounding import CENT, SELECTION_OF_ENDINGS

STATES = [
    ("draft", "To prepare"),
    ("previewed", "Preview"),
    ("approved", "Approved"),
    ("running", "Applying"),
    ("applied", "Applied"),
    ("rolled_back", "Rolled back"),
    ("failed", "Failed"),
]
CHOICES = {"target", "pricelist_id", "formula", "percent", "amount", "fixed_price", "cost_factor", "margin", "ending"}
CHOICES |= {"base_pricelist_id", "vendor_id", "create_missing", "all_quantities", "threshold", "effective_date"}
CHOICES |= {"every_product", "category_ids", "vendor_ids", "tag_ids", "product_domain", "file", "company_id"}
# How far a change is and in whose name: not for a client to say.
SERVER_OWNED = ("state", "user_id", "approved_by_id", "approved_date", "applied_date", "rolled_back_by_id")
SERVER_OWNED += ("rolled_back_date", "error", "attempt_count", "world_digest", "is_outdated", "file_remarks")
SERVER_OWNED += ("line_count", "change_count", "refuse_count", "effect_count", "below_cost_count", "jump_count")


class ListinoChange(models.Model):
    """A change of many prices, on its way from a choice to the catalogue or a price list, and back if need be.

    Chosen (``draft``), worked out without writing a price (``previewed``), approved (``approved``: it waits for its
    date or its turn), written in one transaction (``applied``) or not at all (``failed``), taken back
    (``rolled_back``).
    This file holds what a person sees and presses. Which products: ``listino_change_choice``; their new prices:
    ``listino_change_plan``; what these do to the lists: ``listino_change_effects``; writing: ``listino_change_apply``;
    taking back: ``listino_change_rollback``; when and as whom: ``listino_change_job``.
    """

    _name = "listino.change"
    _inherit = ["listino.product.search"]
    _description = "Change of many prices"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Reason", required=True, help="Why prices change; the history of every product shows it.")
    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False)
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    user_id = fields.Many2one(
        "res.users", string="Prepared by", default=lambda self: self.env.user, readonly=True, copy=False
    )
    target = fields.Selection(
        [
            ("sales", "Sales prices of the products"),
            ("pricelist", "Fixed prices in a price list"),
            ("remove", "No prices of their own in a price list"),
        ],
        string="What changes",
        default="sales",
        required=True,
        help="No prices of their own: the rules of the list for single products are removed, so that the rule for "
        "their category, or for all products, applies to them again.",
    )
    pricelist_id = fields.Many2one("product.pricelist", string="In the price list", check_company=True)
    formula = fields.Selection(
        [
            ("percent", "Old price ± %"),
            ("amount", "Old price ± amount"),
            ("fixed", "Fixed price"),
            ("cost_factor", "Cost × factor"),
            ("cost_margin", "Cost with a margin"),
            ("pricelist", "From another price list"),
            ("vendor", "From the vendor's price"),
            ("file", "From the file"),
        ],
        string="New price",
        default="percent",
        required=True,
    )
    percent = fields.Float(string="Percentage", digits=(16, 2), help="3 for 3 % more, -2.5 for 2.5 % less.")
    amount = fields.Float(min_display_digits="Product Price", help="0.10 for ten cents more, -0.10 for ten cents less.")
    fixed_price = fields.Float(min_display_digits="Product Price")
    cost_factor = fields.Float(string="Factor", digits=(16, 4), default=1.0)
    margin = fields.Float(string="Margin %", digits=(16, 2), help="Percent of the new price.")
    base_pricelist_id = fields.Many2one("product.pricelist", string="From List", check_company=True)
    vendor_id = fields.Many2one(
        "res.partner", check_company=True, help="Left empty, each product's first vendor counts."
    )
    ending = fields.Selection(SELECTION_OF_ENDINGS, string="Rounding", required=True, default=CENT)
    create_missing = fields.Boolean(
        string="Also where there is none yet",
        compute="_compute_create_missing",
        store=True,
        readonly=False,
        help="Chosen products without a price of their own in the list get one.",
    )
    all_quantities = fields.Boolean(
        string="At all quantities",
        compute="_compute_all_quantities",
        store=True,
        readonly=False,
        help="Change the prices for larger quantities too, not only the price for one piece.",
    )
    threshold = fields.Float(
        string="Warn beyond %", digits=(16, 1), default=20.0, help="Changes by more than so many percent are marked."
    )
    effective_date = fields.Datetime(
        string="Takes effect", copy=False, help="Left empty, prices change as soon as the change is approved."
    )
    every_product = fields.Boolean(string="All products")
    category_ids = fields.Many2many("product.category", string="Categories", help="With those below them.")
    vendor_ids = fields.Many2many("res.partner", "listino_change_vendor_rel", string="Vendors")
    tag_ids = fields.Many2many("product.tag", string="Tags")
    file = fields.Binary(
        string="File (XLSX or CSV)", attachment=True, help="References or barcodes; prices if need be."
    )
    file_name = fields.Char()
    file_remarks = fields.Text(readonly=True, copy=False)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    line_ids = fields.One2many("listino.change.line", "change_id")
    line_count = fields.Integer("Prices looked at", readonly=True, copy=False)
    change_count = fields.Integer("Prices that change", readonly=True, copy=False)
    refuse_count = fields.Integer("Refused", readonly=True, copy=False)
    effect_count = fields.Integer("Effects", readonly=True, copy=False)
    below_cost_count = fields.Integer("Below cost", readonly=True, copy=False)
    jump_count = fields.Integer("Large changes", readonly=True, copy=False)
    is_outdated = fields.Boolean(readonly=True, copy=False, help="Lines were edited since their effects were shown.")
    world_digest = fields.Char(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", string="Approved by", readonly=True, copy=False)
    approved_date = fields.Datetime("Approved on", readonly=True, copy=False)
    applied_date = fields.Datetime("Applied on", readonly=True, copy=False)
    rolled_back_by_id = fields.Many2one("res.users", string="Rolled back by", readonly=True, copy=False)
    rolled_back_date = fields.Datetime("Rolled back on", readonly=True, copy=False)
    error = fields.Text(readonly=True, copy=False)
    attempt_count = fields.Integer(readonly=True, copy=False)

    _due = models.Index("(effective_date) WHERE state IN ('approved', 'running')")

    # === COMPUTES AND CHECKS === #

    # Two methods: values given for one of two fields computed together would leave the other one empty.
    @api.depends("formula", "target")
    def _compute_create_missing(self):
        """A percentage is for the prices that are there; a price from elsewhere is for every chosen product."""
        for change in self:
            change.create_missing = change.formula not in formulas.FROM_OLD_PRICE and change.target == "pricelist"

    @api.depends("formula")
    def _compute_all_quantities(self):
        """A percentage, or another list, keeps quantity discounts; one price from elsewhere would flatten them."""
        for change in self:
            change.all_quantities = change.formula in (*formulas.FROM_OLD_PRICE, formulas.OTHER_LIST)

    @api.depends("target", "pricelist_id", "company_id")
    def _compute_currency_id(self):
        for change in self:
            own = change.target != "sales" and change.pricelist_id.currency_id
            change.currency_id = own or change.company_id.currency_id

    @api.constrains("percent", "amount", "fixed_price", "cost_factor", "margin", "threshold")
    def _check_numbers(self):
        """Each written so that what is no number fails too."""
        for change in self:
            if not -100 < change.percent < 10_000:
                raise ValidationError(self.env._("A price can't fall by 100 % or more, nor grow by 10,000 %."))
            if not abs(change.amount) < 1e9 or not 0 <= change.fixed_price < 1e9:
                raise ValidationError(self.env._("The amount is no price. Correct it."))
            if not 0 < change.cost_factor < 1000:
                raise ValidationError(self.env._("The factor on the cost must be more than 0 and less than 1,000."))
            if not -1000 < change.margin < 100:
                raise ValidationError(self.env._("A margin is less than 100 % of the price."))
            if not 0 <= change.threshold < 1e6:
                raise ValidationError(self.env._("The limit of the warning must be 0 or more."))

    def _check_choices(self):
        """Raise unless the choices make a change possible."""
        self.ensure_one()
        if self.target != "sales" and not self.pricelist_id:
            raise UserError(self.env._("Choose the price list whose prices change."))
        if self.target != "remove":
            self._check_formula()
        self._check_lists()
        self._check_date()

    def _check_lists(self):
        lists = self.env["product.pricelist"]
        lists |= self.pricelist_id if self.target != "sales" else lists
        lists |= self.base_pricelist_id if self._has_formula("pricelist") else lists
        for archived in lists.filtered(lambda one: not one.active):
            raise UserError(
                self.env._("The price list %(name)s is archived. Unarchive it or choose another.", name=archived.name)
            )

    def _check_formula(self):
        if self._has_formula("pricelist") and not self.base_pricelist_id:
            raise UserError(self.env._("Choose the price list from which the new prices come."))
        if self._has_formula("pricelist") and self.base_pricelist_id == self.pricelist_id and self.target != "sales":
            raise UserError(
                self.env._("The new prices can't come from the same list. For a percentage choose it above.")
            )
        if self._has_formula("file") and not self.file:
            raise UserError(self.env._("Choose the file with the new prices."))
        if self._has_formula("fixed") and not self.fixed_price > 0:
            raise UserError(self.env._("The fixed price must be more than zero."))
        if (self._has_formula("percent") and not self.percent) or (self._has_formula("amount") and not self.amount):
            raise UserError(self.env._("Say by how much the prices change."))

    def _check_date(self):
        if self.effective_date and self.effective_date < fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The date on which the change takes effect has passed. Choose another, or none to change the "
                    "prices as soon as the change is approved."
                )
            )

    def _has_formula(self, *methods):
        return self.target != "remove" and self.formula in methods

    def _check_manager(self):
        """Raise unless the user manages price lists; buttons can be called without their view."""
        self.check_access("write")
        if not self.env.user.has_group("listino_pricelist.group_listino_manager"):
            raise AccessError(self.env._("Only managers of price lists change many prices at once. Ask one of them."))

    def _check_target_rights(self):
        """Raise a clear message, before any work, when the user may not write these prices."""
        model = "product.template" if self.target == "sales" else "product.pricelist.item"
        operations = ("write",) if self.target == "sales" else ("write", "create", "unlink")
        if not all(self.env[model].has_access(operation) for operation in operations):
            raise AccessError(
                self.env._(
                    "You may not change these prices (%(model)s). Ask an administrator for the right “Products: "
                    "Create”, or let somebody approve who has it.",
                    model=self.env[model]._description,
                )
            )

    def _check_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            raise UserError(
                self.env._(
                    "The change “%(name)s” has moved on meanwhile. Reload the page to see where it stands.",
                    name=self.name,
                )
            )

    @api.model
    def _check_owned(self, names):
        """Raise where values come from outside for what the server alone says of a change."""
        if not self.env.su and not set(SERVER_OWNED).isdisjoint(names):
            raise AccessError(
                self.env._("Odoo itself records where a change of prices stands. Use its buttons instead.")
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a change begins as a draft of the one who creates it, whatever values, context or defaults say.
        self._check_owned(set().union(*vals_list))
        if not self.env.su:
            fresh = dict.fromkeys(SERVER_OWNED, False) | {"state": "draft", "user_id": self.env.uid}
            vals_list = [vals | fresh for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        # OVERRIDE: what was previewed, approved or applied keeps the choices it was made with.
        self._check_owned(vals)
        if CHOICES.intersection(vals) and any(change.state != "draft" for change in self):
            raise UserError(self.env._("The choices of a previewed change are fixed. Press “Change settings” first."))
        return super().write(vals)

    def _write_owned(self, vals):
        """Write what the server alone says of a change."""
        self.sudo().write(vals)  # no user has the right to these fields

    @api.ondelete(at_uninstall=False)
    def _unlink_except_applied(self):
        if any(change.state in ("running", "applied", "rolled_back") for change in self):
            raise UserError(
                self.env._("A change that was applied is kept: it proves what was done and can be rolled back.")
            )

    # === ACTIONS === #

    def action_preview(self):
        """Work out the new prices and their effects; no price is written."""
        self._check_manager()
        self._check_state("draft", "previewed", "failed")
        self._check_choices()
        self._with_own_company()._store_preview()
        return True

    def action_refresh(self):
        """Work out the effects anew, of the lines as they were edited."""
        self._check_manager()
        self._check_state("previewed")
        self._with_own_company()._store_effects()
        return True

    def action_leave_out_refused(self):
        """Leave out the prices that can't be."""
        self._check_manager()
        self._check_state("previewed")
        self.line_ids.filtered(lambda line: line.status == "refused").write({"is_left_out": True})
        return self.action_refresh()

    def action_back(self):
        """Back to the choices."""
        self._check_manager()
        self._check_state("previewed", "failed")
        self._clear_preview()
        return True

    def action_approve(self):
        """Approve what the preview shows: it is written now, or by the scheduled action at its date."""
        self._check_manager()
        self._check_state("previewed")
        self._check_target_rights()
        self._check_choices()
        self._with_own_company()._check_preview()
        self._write_owned(
            {
                "approved_by_id": self.env.uid,
                "approved_date": fields.Datetime.now(),
                "error": False,
                "attempt_count": 0,
            }
        )
        self._start()
        return True

    def action_cancel(self):
        """Take back the approval of a change that waits."""
        self._check_manager()
        self._check_state("approved")
        self._write_owned({"state": "previewed", "approved_by_id": False, "approved_date": False})
        return True

    def action_roll_back(self):
        """Write the old prices back, exactly as they were."""
        self._check_manager()
        self._check_state("applied")
        self._check_target_rights()
        self._with_own_company()._roll_back()
        return True

    def action_view_lines(self):
        """The prices in a list of their own, filtered by what the button says."""
        return self._open("listino_pricelist.listino_change_line_action", [("change_id", "=", self.id)])

    def action_view_effects(self):
        """What every list would make of it."""
        return self._open("listino_pricelist.listino_change_effect_action", [("change_id", "=", self.id)])

    def action_view_history(self):
        """What this change has left in the history."""
        self.check_access("read")
        return self.env["listino.price.history"]._open_for([("change_id", "=", self.id)])

    def _open(self, action, domain):
        self.ensure_one()
        self.check_access("read")
        shown = self.env.context.get("listino_shown")
        values = self.env["ir.actions.act_window"]._for_xml_id(action)
        return {**values, "domain": domain, "context": {f"search_default_{shown}": 1} if shown else {}}

    def _with_own_company(self):
        """The same in the company of the change alone, so that a preview and a scheduled run see the same."""
        return self.with_context(allowed_company_ids=self.company_id.ids)
