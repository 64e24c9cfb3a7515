"""The dialog in which the total of a quote is negotiated."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..cascade.steps import CascadeError
from ..models.header_cut import ABOVE, AMOUNT, TAXED, TOO_LARGE, UNTAXED, HeaderPlan
from ..models.sale_order_header import ENTRIES, NAMES

CHOSEN = (*sorted(ENTRIES), *sorted(NAMES))


class QuoteTotal(models.TransientModel):
    """The dialog in which the total of a quote is negotiated, with what comes of it before it is applied.

    The preview is made by the plan that makes the shares, so it says what the order will say.
    """

    _name = "quote.total"
    _description = "Negotiation of a total"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id")
    currency_id = fields.Many2one(related="order_id.currency_id")
    header_text = fields.Char(
        string="Discount on All Lines", help="Step by step, as 5+2, after what was negotiated for each line."
    )
    header_kind = fields.Selection(
        [
            (AMOUNT, "An amount off"),
            (TAXED, "The total with VAT that was agreed"),
            (UNTAXED, "The total without VAT that was agreed"),
        ],
        string="Then",
    )
    header_value = fields.Monetary(string="Amount")
    header_reason_id = fields.Many2one("quote.discount.reason", string="Reason", check_company=True)
    header_label = fields.Char(string="Name for the Customer", help="What the customer reads beside the discount.")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    problem = fields.Char(compute="_compute_preview")
    notice = fields.Char(compute="_compute_preview")

    # === COMPUTES === #

    @api.model
    def default_get(self, fields):
        # OVERRIDE: begin with what the order has.
        values = super().default_get(fields)
        order = self.env["sale.order"].browse(values.get("order_id"))
        order.check_access("read")
        return {**{name: order._fields[name].convert_to_write(order[name], order) for name in CHOSEN}, **values}

    @api.depends("order_id", *sorted(ENTRIES))
    @api.depends_context("lang")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = wizard.problem = wizard.notice = False
            try:
                text = wizard.order_id.order_line[:0]._read_discount_text(wizard.header_text)
            except CascadeError as error:
                wizard.problem = wizard.order_id.order_line[:0]._explain_cascade_error(error)
                continue
            plan = HeaderPlan(wizard.order_id, text, wizard.header_kind, wizard.header_value)
            cut = plan.cut()
            notice = wizard.order_id._describe_header_cut(plan.kind, plan.value, cut.reached, cut.status)
            wizard["problem" if cut.status in (ABOVE, TOO_LARGE) else "notice"] = notice
            wizard.preview = self.env["ir.qweb"]._render(
                "quote_discounts.quote_total_preview", wizard._prepare_preview(plan.rates(cut.shares))
            )

    # === ACTIONS === #

    def action_apply(self):
        """Write what was negotiated on the order, with the rights of who negotiates."""
        self.ensure_one()
        values = {name: self._fields[name].convert_to_write(self[name], self) for name in CHOSEN}
        if not self.header_kind:
            values["header_value"] = 0.0
        self.order_id.write(values)
        return {"type": "ir.actions.act_window_close"}

    def action_clear(self):
        """Take back what was negotiated for the whole order; what was negotiated for its lines stays."""
        self.ensure_one()
        if self.order_id.locked:
            raise UserError(self.env._("The order is locked. Unlock it before you change its discount."))
        self.order_id.write({**dict.fromkeys(CHOSEN, False), "header_value": 0.0})
        return {"type": "ir.actions.act_window_close"}

    # === PREVIEW === #

    def _prepare_preview(self, after):
        """What the preview shows: each rate of tax, the totals, and the discount as a percentage.

        :param dict after: by set of taxes, the untaxed amount and the tax with the discount
        """
        before = HeaderPlan(self.order_id, False, False, 0.0).rates({})
        rows = [
            {"taxes": taxes, "before": before[taxes][0], "untaxed": untaxed, "tax": tax}
            for taxes, (untaxed, tax) in after.items()
        ]
        total = {name: sum(row[name] for row in rows) for name in ("before", "untaxed", "tax")}
        cut = total["before"] - total["untaxed"]
        return {
            "rows": [*rows, total],
            "currency": self.currency_id,
            "percent": 100 * cut / total["before"] if total["before"] else 0.0,
            "has_options": any(
                line.price_unit * line.product_uom_qty and line._is_line_optional() for line in self.order_id.order_line
            ),
        }
