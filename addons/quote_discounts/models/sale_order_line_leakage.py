"""What was given beyond the limits of whoever gave it, noted when an order is confirmed.

Limits change; what somebody was free to give on the day of the sale can't be told later.
"""

from odoo import api, fields, models

from odoo.addons.listino_pricelist.models.empty_columns import create_empty_columns

from ..limits.leakage import beyond, discount_figures
from .limit_facts import LimitFacts
from .sale_order_limits import BEHIND_LIMITS

COLUMNS = {"limit_allowed": "numeric", "limit_given": "numeric", "limit_beyond": "numeric"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    limit_allowed = fields.Float(
        string="Discount Allowed When Sold",
        compute="_compute_leakage",
        store=True,
        copy=False,
        digits=False,
        min_display_digits="Discount",
        help="The discount that whoever negotiated the line might give, in percent. 100: there was no limit.",
        is_internal=True,
    )
    limit_given = fields.Float(
        string="Discount Given When Sold",
        compute="_compute_leakage",
        store=True,
        copy=False,
        digits=False,
        min_display_digits="Discount",
        help="What was negotiated, in percent of the price without promotions and agreements.",
        is_internal=True,
    )
    limit_beyond = fields.Monetary(
        string="Given Beyond the Limits",
        compute="_compute_leakage",
        store=True,
        copy=False,
        groups="quote_discounts.group_quote_manager",  # together with the smallest margin it would tell the cost
        help="Money that whoever negotiated the line was not free to give, approved or not.",
    )

    def _auto_init(self):
        # OVERRIDE: nobody knows what was allowed on the lines already there, so their columns stay empty.
        create_empty_columns(self, COLUMNS)
        return super()._auto_init()

    @api.depends("state", *BEHIND_LIMITS)
    def _compute_leakage(self):
        """The limits of the moment, if any, from the confirmation on; a sold line that is changed is judged anew."""
        nothing = dict.fromkeys(COLUMNS, 0.0)
        sold = self.filtered(lambda line: line.state == "sale")._filter_for_limits()
        facts = LimitFacts(sold.order_id)
        limited = sold.order_id.filtered(lambda order: not facts.is_free(order))
        judged = sold.filtered(lambda line: line.order_id in limited and facts.deal(line))
        (self - judged).update(nothing)
        findings = {order: facts.check(order) for order in judged.order_id}
        for line in judged:
            line.update(line._prepare_leakage_vals(facts, facts.deal(line), findings[line.order_id]))

    def _prepare_leakage_vals(self, facts, deal, findings):
        """What was allowed, given and too much on a line."""
        self.ensure_one()
        directions, policy = facts.directions(deal), facts.policy(self.order_id)
        allowed, given = discount_figures(deal, directions, policy)
        return {
            "limit_allowed": float(allowed),
            "limit_given": float(given),
            "limit_beyond": self.currency_id.round(float(beyond(deal, directions, policy, findings))),
        }

    # === CRUD === #

    @api.model
    def _get_server_fields(self):
        # OVERRIDE: what was allowed is for the server to say.
        return super()._get_server_fields() | COLUMNS.keys()
