"""What was sold on which list: revenue, list value, cost and margin of confirmed order lines."""

from odoo import fields, models
from odoo.tools import SQL


class ListinoSaleReport(models.Model):
    """A confirmed order line with the list behind its price, amounts in the currency of the reader's company."""

    _name = "listino.sale.report"
    _inherit = "listino.line.report"
    _description = "Sales by Price List"
    _auto = False
    _rec_name = "date"
    _order = "date desc, id desc"
    _shares = {
        "at_list_share": ("at_list_revenue", "listed_revenue"),
        "price_index": ("listed_revenue", "list_value"),
        "margin_share": ("margin", "costed_revenue"),
    }

    pricelist_id = fields.Many2one("product.pricelist", string="Price List", readonly=True)
    audience_id = fields.Many2one("listino.audience", readonly=True)
    rule_id = fields.Many2one("product.pricelist.item", string="Price Rule", readonly=True)
    at_list = fields.Boolean(string="Sold at List Price", readonly=True)
    quantity = fields.Float(string="Quantity Sold", readonly=True)
    revenue = fields.Monetary(readonly=True)
    list_value = fields.Monetary(
        readonly=True, help="What the sold quantities would have brought at list price, before taxes."
    )
    listed_revenue = fields.Monetary(
        string="Revenue with a List Price", readonly=True, help="Revenue of the lines whose list price is known."
    )
    at_list_revenue = fields.Monetary(string="Revenue at List Price", readonly=True)
    at_list_share = fields.Float(
        string="Sold at List (%)",
        readonly=True,
        aggregator="avg",
        help="Part of the revenue that was sold at list price, of all whose list price is known.",
    )
    price_index = fields.Float(
        string="Revenue / List Value (%)",
        readonly=True,
        aggregator="avg",
        help="100 means sold at list price, 95 that on average 5 % were given away.",
    )
    cost = fields.Monetary(readonly=True, groups="listino_pricelist.group_listino_manager")
    costed_revenue = fields.Monetary(
        string="Revenue with a Cost",
        readonly=True,
        groups="listino_pricelist.group_listino_manager",
        help="Revenue of the lines whose cost was noted when they were sold.",
    )
    margin = fields.Monetary(readonly=True, groups="listino_pricelist.group_listino_manager")
    margin_share = fields.Float(
        string="Margin (%)",
        readonly=True,
        aggregator="avg",
        groups="listino_pricelist.group_listino_manager",
        help="Margin as a part of the revenue whose cost is known.",
    )

    # === QUERY === #

    def _get_keys(self):
        # OVERRIDE: a line with its list and rule.
        return SQL(
            """
            l.id, %s, pricelist.id AS pricelist_id, pricelist.audience_id, l.listino_rule_id AS rule_id,
            l.listino_at_list AS at_list, %s AS quantity
            """,
            super()._get_keys(),
            self._get_quantity(),
        )

    def _get_amounts(self):
        # OVERRIDE: revenue, beside what it would have been at list price and what it cost.
        return SQL(
            """
            %(revenue)s AS revenue,
            CASE WHEN %(listed)s THEN %(revenue)s END AS listed_revenue,
            CASE WHEN %(listed)s AND l.listino_at_list THEN %(revenue)s WHEN %(listed)s THEN 0 END AS at_list_revenue,
            CASE WHEN %(listed)s THEN %(list_value)s END AS list_value,
            CASE WHEN %(costed)s THEN %(revenue)s END AS costed_revenue,
            CASE WHEN %(costed)s THEN %(cost)s END AS cost,
            CASE WHEN %(costed)s THEN %(revenue)s - %(cost)s END AS margin
            """,
            revenue=self._convert_amount(SQL("l.price_subtotal")),
            listed=SQL("l.listino_price_date IS NOT NULL"),
            list_value=self._convert_amount(self._get_list_value()),
            costed=SQL("l.listino_unit_cost <> 0"),
            cost=self._get_cost(),
        )

    def _get_list_value(self):
        """The untaxed amount at list price: the subtotal in proportion, since unit prices may include taxes."""
        return SQL(
            """
            COALESCE(
                l.price_subtotal * l.listino_price / NULLIF(l.price_unit * (1 - COALESCE(l.discount, 0) / 100), 0),
                l.listino_price * l.product_uom_qty
            )
            """
        )

    def _get_source(self):
        # OVERRIDE: with the list of the price.
        return SQL(
            """
            %s
            LEFT JOIN product_pricelist pricelist ON pricelist.id = COALESCE(l.listino_pricelist_id, s.pricelist_id)
            """,
            super()._get_source(),
        )

    def _get_condition(self):
        # OVERRIDE: what was sold.
        return SQL("s.state = 'sale' AND %s", super()._get_condition())
