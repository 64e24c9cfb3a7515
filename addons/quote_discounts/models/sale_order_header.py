"""Orders whose total is negotiated: an amount off, or the total that was agreed with or without VAT.

The cut is shared out over the lines to the cent. The shares belong to the server, which works them out anew whenever
something that stands behind the total changes; no tax amount is ever touched.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .header_cut import ABOVE, AMOUNT, EXACT, NEAREST, TAXED, TOO_LARGE, UNTAXED, HeaderPlan
from .sale_order_line_entry import REPRICING_KEY, Repricing
from .sale_order_line_header import HOLD_KEY, Holding

ENTRIES = {"header_text", "header_kind", "header_value"}
NAMES = {"header_reason_id", "header_label"}
BY_SERVER = {"header_reached", "header_status"}
BEHIND_CUT = {
    *ENTRIES,
    "company_id",
    "currency_id",
    "fiscal_position_id",
    "order_line",
    "partner_id",
    "payment_term_id",
    "pricelist_id",
}


class SaleOrder(models.Model):
    _inherit = "sale.order"

    header_kind = fields.Selection(
        [(AMOUNT, "An amount off"), (UNTAXED, "The total without VAT"), (TAXED, "The total with VAT")],
        string="Negotiated",
        help="What was agreed for the whole order. The difference is shared out over the lines.",
        is_internal=True,
    )
    header_value = fields.Monetary(string="Agreed Amount", is_internal=True)
    header_reached = fields.Monetary(
        string="Reached",
        readonly=True,
        copy=False,
        help="What the lines come to with their shares, to the cent.",
        is_internal=True,
    )
    header_status = fields.Selection(
        [
            (EXACT, "Reached"),
            (NEAREST, "The nearest that cents allow"),
            (ABOVE, "Nothing to cut off"),
            (TOO_LARGE, "Too large for the lines"),
        ],
        readonly=True,
        copy=False,
        is_internal=True,
    )
    header_reason_id = fields.Many2one(
        "quote.discount.reason",
        string="Reason of the Order's Discount",
        check_company=True,
        ondelete="restrict",
        is_internal=True,
    )
    header_label = fields.Char(
        string="Name of the Order's Discount", help="What the customer reads beside the discount."
    )
    header_notice = fields.Char(compute="_compute_header_notice", is_internal=True)

    # === COMPUTES === #

    @api.depends("header_kind", "header_value", "header_reached", "header_status", "currency_id")
    @api.depends_context("lang")
    def _compute_header_notice(self):
        for order in self:
            order.header_notice = order._describe_header_cut(
                order.header_kind, order.header_value, order.header_reached, order.header_status
            )

    @api.onchange("header_kind", "header_value", "header_text", "order_line", "currency_id", "payment_term_id")
    def _onchange_header_cut(self):
        """The shares as they will be, before the order is saved."""
        if self.header_kind or any(self.order_line.mapped("header_discount")):
            self._share_header_cut()

    # === CHECKS === #

    @api.constrains("header_kind", "header_value")
    def _check_header_value(self):
        for order in self:
            if order.header_kind and order.currency_id.compare_amounts(order.header_value, 0.0) <= 0:
                raise ValidationError(
                    self.env._("Write the amount that was agreed for the whole order: it is more than zero.")
                )

    # === CRUD === #

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: which total was reached is for the server to say.
        return super()._get_server_fields() | BY_SERVER

    @api.model_create_multi
    def create(self, vals_list):
        # OVERRIDE: a negotiated total is shared out.
        if not any(vals.get("header_kind") for vals in vals_list):
            return super().create(vals_list)
        orders = super(SaleOrder, self._holding()).create(vals_list).with_env(self.env)
        orders.filtered("header_kind")._share_header_cut()
        if not orders.order_line._is_copying():
            orders._check_header_reached()
        return orders

    def write(self, vals):
        # OVERRIDE: the shares follow once, whatever changes in the order.
        if not ENTRIES.isdisjoint(vals) and any(self.mapped("locked")):
            raise UserError(self.env._("The order is locked. Unlock it before you change its discount."))
        if (
            self._is_held()
            or BEHIND_CUT.isdisjoint(vals)
            or not (vals.get("header_kind") or self.filtered("header_kind"))
        ):
            result = super().write(vals)
        else:
            currencies = {order: order.currency_id for order in self}
            result = super(SaleOrder, self._holding()).write(vals)
            if "header_value" not in vals:
                self._convert_header_value(currencies)
            self._share_header_cut()
            if not ENTRIES.isdisjoint(vals):
                self._check_header_reached()
        self._note_header_negotiation(vals)
        return result

    # === ACTIONS === #

    def action_open_discount_wizard(self):
        # OVERRIDE: Odoo's dialog adds negative lines that don't follow the others; ours cuts the total.
        action = super().action_open_discount_wizard()
        return {
            **action,
            "name": self.env._("Negotiate the Total"),
            "res_model": "quote.total",
            "context": {"default_order_id": self.id},
        }

    # === THE CUT === #

    def _recompute_prices(self):
        # OVERRIDE: the shares follow the new prices.
        result = super()._recompute_prices()
        self.filtered("header_kind")._share_header_cut()
        return result

    def _recompute_taxes(self):
        # OVERRIDE: the shares follow the new taxes.
        result = super()._recompute_taxes()
        self.filtered("header_kind")._share_header_cut()
        return result

    def _share_header_cut(self):
        """Share out what is cut off each order over its lines, and note what is reached."""
        for order in self:
            if order.state != "cancel" and not order.locked:
                order.sudo()._store_header_cut()  # shares are the server's to write

    def _store_header_cut(self):
        self.ensure_one()
        cut = HeaderPlan.of(self).cut()
        marked = self.order_line.with_context(**{REPRICING_KEY: Repricing()})  # no steps until all shares are there
        changed = marked.browse()
        for line in marked:
            share = cut.shares.get(line, 0.0) if not line._is_header_share_settled() else line.header_discount
            if line.header_discount != share:
                line.header_discount = share
                changed += line
        if (self.header_reached, self.header_status) != (cut.reached, cut.status):
            self.update({"header_reached": cut.reached, "header_status": cut.status})
        if stored := changed.filtered(lambda line: isinstance(line.id, int)):
            self.env["quote.discount.step"]._keep_in_line(stored.with_env(self.env))

    def _check_header_reached(self):
        """Refuse what was just agreed where the lines can't make it; later it is only told.

        :raise UserError: saying what the lines are worth
        """
        for order in self:
            if order.header_status in (TOO_LARGE, ABOVE) and order.order_line:
                raise UserError(order.header_notice)

    def _describe_header_cut(self, kind, value, reached, status):
        """What the seller has to know about a negotiated total; False if it was simply reached."""
        if status not in (NEAREST, TOO_LARGE, ABOVE):
            return False
        figures = {"asked": self.currency_id.format(value), "reached": self.currency_id.format(reached)}
        if status == NEAREST:
            return self.env._(
                "%(asked)s can't be made of whole cents and their VAT: the nearest is %(reached)s.", **figures
            )
        if status == ABOVE:
            return self.env._(
                "The lines come to %(reached)s, less than the %(asked)s agreed: nothing is cut off. Change the agreed"
                " total, or the lines.",
                **figures,
            )
        if kind == AMOUNT:
            return self.env._(
                "%(asked)s is too much to cut off: there is %(reached)s to cut it from. Change the amount, or the"
                " lines.",
                **figures,
            )
        return self.env._(
            "The total can't come down to %(asked)s: some lines can't be reduced. Change the agreed total, or the"
            " lines.",
            **figures,
        )

    def _is_header_taxed(self, kind):
        """Whether a negotiated amount is with VAT; an amount off is, where the company's prices are."""
        self.ensure_one()
        return kind == TAXED or (kind == AMOUNT and self.company_id.account_price_include == "tax_included")

    # === HELPERS === #

    def _holding(self):
        return self.with_context(**{HOLD_KEY: Holding()})

    def _is_held(self):
        return isinstance(self.env.context.get(HOLD_KEY), Holding)

    def _convert_header_value(self, currencies):
        """What was agreed in another currency, in the one that the order has now."""
        for order in self.filtered("header_kind"):
            before = currencies[order]
            if before and before != order.currency_id:
                date = order.date_order or fields.Date.context_today(order)
                value = before._convert(order.header_value, order.currency_id, order.company_id, date)
                order._holding().header_value = value

    def _note_header_negotiation(self, vals):
        """Who negotiates the total has negotiated all the lines; names and reasons go to the steps."""
        if not self.env.su and not ENTRIES.isdisjoint(vals):
            self.order_line.sudo().negotiator_id = self.env.user  # the server notes it
        if not NAMES.isdisjoint(vals):
            for order in self:
                steps = order.order_line.discount_step_ids.filtered(lambda step: step.kind == "header")
                steps.write({"reason_id": order.header_reason_id.id, "label": order.header_label})
