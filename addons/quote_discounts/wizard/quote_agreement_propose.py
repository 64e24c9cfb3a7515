"""Remember what was negotiated: make an agreement of a signed or confirmed quote."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..agreements.offers import BEST, CASCADE
from ..agreements.scope import CATEGORY, PRODUCT, TEMPLATE

CONDITION_FIELDS = (
    "applied_on",
    "product_id",
    "product_tmpl_id",
    "categ_id",
    "discount_text",
    "net_price",
    "currency_id",
    "uom_id",
    "min_quantity",
    "stacking",
)


class QuoteAgreementPropose(models.TransientModel):
    """What the customer has signed or ordered, ready to be proposed as an agreement."""

    _name = "quote.agreement.propose"
    _description = "Proposal of a customer agreement"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(
        related="order_id.partner_id.commercial_partner_id", string="Customer", related_sudo=False
    )
    date_start = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_end = fields.Date(
        string="Until",
        default=lambda self: fields.Date.add(fields.Date.context_today(self), years=1, days=-1),
        help="The last day. Empty: until further notice.",
    )
    note = fields.Html()
    line_ids = fields.One2many("quote.agreement.propose.line", "wizard_id", string="Conditions")

    def action_propose(self):
        """Make the agreement, which a manager then activates."""
        agreement = self._propose()
        if not agreement._is_manager():
            agreement.sudo()._ask_manager()  # reminders of managers are the server's own
        return agreement._open()

    def action_propose_and_activate(self):
        """Make the agreement and put it in force; for managers."""
        agreement = self._propose()
        agreement.action_activate()
        return agreement._open()

    def _propose(self):
        self.ensure_one()
        self.order_id._check_agreed()
        if not self.line_ids:
            raise UserError(self.env._("Keep at least one condition."))
        # Salespeople propose what only managers may write.
        agreement = self.env["quote.agreement"].sudo().create(self._prepare_agreement_vals()).with_env(self.env)
        self.order_id.message_post(
            body=self.env._("Its conditions were proposed as %(agreement)s.", agreement=agreement.name)
        )
        return agreement

    def _prepare_agreement_vals(self):
        order = self.order_id
        conditions = dict.fromkeys(tuple(line._prepare_condition_vals().items()) for line in self.line_ids)
        return {
            "partner_id": order.partner_id.commercial_partner_id.id,
            "company_id": order.company_id.id,
            "user_id": order.user_id.id or self.env.uid,
            "date_start": self.date_start,
            "date_end": self.date_end,
            "source_order_id": order.id,
            "note": self.note,
            "line_ids": [Command.create(dict(condition)) for condition in conditions],
        }

    def _take_conditions(self):
        """Fill in what was negotiated on the lines of the order, or came from an agreement there."""
        self.ensure_one()
        vals_list = [vals for line in self.order_id.order_line if (vals := line._prepare_agreement_condition_vals())]
        if not vals_list:
            raise UserError(
                self.env._("Nothing was negotiated on the lines of this quote, so there is nothing to remember.")
            )
        unique = {tuple(vals.items()): vals for vals in vals_list}.values()
        self.line_ids = [Command.create(vals) for vals in unique]


class QuoteAgreementProposeLine(models.TransientModel):
    """A condition that is proposed: for the product of the line, or more widely."""

    _name = "quote.agreement.propose.line"
    _inherit = ["quote.offer"]
    _description = "Proposed condition of an agreement"

    wizard_id = fields.Many2one("quote.agreement.propose", required=True, ondelete="cascade")
    sold_product_id = fields.Many2one("product.product", readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="wizard_id.order_id.company_id")
    net_price = fields.Monetary()
    currency_id = fields.Many2one("res.currency", required=True, ondelete="cascade")
    uom_id = fields.Many2one("uom.uom", string="Unit", ondelete="cascade")
    stacking = fields.Selection(
        selection=lambda self: self.env["quote.agreement.line"]._fields["stacking"].selection,
        string="With Promotions",
        required=True,
        default=BEST,
    )

    @api.onchange("applied_on")
    def _onchange_applied_on(self):
        """Widen the condition from the product that was sold to its template or category."""
        product = self.sold_product_id
        self.product_id = product if self.applied_on == PRODUCT else False
        self.product_tmpl_id = product.product_tmpl_id if self.applied_on == TEMPLATE else False
        self.categ_id = product.categ_id if self.applied_on == CATEGORY else False

    def _prepare_condition_vals(self):
        self.ensure_one()
        return {name: self._fields[name].convert_to_write(self[name], self) for name in CONDITION_FIELDS}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_agreement_condition_vals(self):
        """What the line would say as a condition of an agreement, empty where nothing was negotiated.

        What was negotiated came on top of the list's discount and of promotions: so it does in the agreement, if there
        were any. An agreement that was behind the line goes into the new condition.
        """
        self.ensure_one()
        text = "+".join(filter(None, [self.agreement_discount, self.discount_text]))
        price = self.agreed_price
        if self.agreement_price and not price:
            price, text = self.net_price, False
        if not self._has_discounts() or self.combo_item_id or not (price or self.discount_text):
            return {}
        beside = self.promotion_discount or (self.list_discount and not self.agreement_replaces)
        return {
            "applied_on": PRODUCT,
            "product_id": self.product_id.id,
            "sold_product_id": self.product_id.id,
            "discount_text": False if price else text,
            "net_price": price,
            "currency_id": self.currency_id.id,
            "uom_id": self.product_uom_id.id if price else False,
            "stacking": CASCADE if beside and not price else BEST,
        }
