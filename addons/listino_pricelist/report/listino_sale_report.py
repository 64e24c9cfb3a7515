"""What was sold on which list: revenue, list value, cost and margin of confirmed order lines."""

from odoo import fields, models
from odoo.tools import SQL

# Shares of sums, which are not the averages of the shares of lines: numerator and denominator in SQL fields.
SHARES = {
    "at_list_share:avg": ("at_list_revenue", "listed_revenue"),
    "price_index:avg": ("listed_revenue", "list_value"),
    "margin_share:avg": ("margin", "costed_revenue"),
}


class ListinoSaleReport(models.Model):
    """A confirmed order line with the list behind its price, amounts in the currency of the reader's company."""

    _name = "listino.sale.report"
    _description = "Sales by Price List"
    _auto = False
    _rec_name = "date"
    _order = "date desc, id desc"

    date = fields.Datetime(string="Order Date", readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", string="Customer Entity", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    product_id = fields.Many2one("product.product", string="Product Variant", readonly=True)
    product_tmpl_id = fields.Many2one("product.template", string="Product", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)
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

    def action_open_order(self):
        """Open the order of a line."""
        self.ensure_one()
        return self.order_id.get_formview_action()

    # === QUERY === #

    @property
    def _table_query(self):
        # OVERRIDE: the report is a query, not a table.
        return SQL(
            "SELECT *, %s FROM (SELECT %s FROM %s WHERE %s) AS sold",
            self._get_shares(),
            self._get_columns(),
            self._get_source(),
            self._get_condition(),
        )

    def _get_columns(self):
        """The columns taken from the order lines; hook for further ones."""
        revenue = SQL("l.price_subtotal / %s * account_currency_table.rate", self._get_order_rate())
        listed = SQL("l.listino_price_date IS NOT NULL")
        cost = SQL("l.listino_unit_cost * l.product_uom_qty * account_currency_table.rate")
        amounts = SQL(
            """
            %(revenue)s AS revenue,
            CASE WHEN %(listed)s THEN %(revenue)s END AS listed_revenue,
            CASE WHEN %(listed)s AND l.listino_at_list THEN %(revenue)s WHEN %(listed)s THEN 0 END AS at_list_revenue,
            CASE WHEN %(listed)s THEN %(list_value)s END AS list_value,
            CASE WHEN %(costed)s THEN %(revenue)s END AS costed_revenue,
            CASE WHEN %(costed)s THEN %(cost)s END AS cost,
            CASE WHEN %(costed)s THEN %(revenue)s - %(cost)s END AS margin
            """,
            revenue=revenue,
            listed=listed,
            list_value=self._get_list_value(),
            costed=SQL("l.listino_unit_cost <> 0"),
            cost=cost,
        )
        return SQL("%s, %s", self._get_keys(), amounts)

    def _get_keys(self):
        """What the amounts are grouped by; hook for further columns."""
        return SQL(
            """
            l.id, s.date_order AS date, l.order_id, s.company_id, %(currency_id)s AS currency_id, s.partner_id,
            partner.commercial_partner_id, s.user_id, s.team_id, l.product_id, p.product_tmpl_id, t.categ_id,
            pricelist.id AS pricelist_id, pricelist.audience_id, l.listino_rule_id AS rule_id,
            l.listino_at_list AS at_list, l.product_uom_qty * u.factor / u2.factor AS quantity
            """,
            currency_id=self.env.company.currency_id.id,
        )

    def _get_list_value(self):
        """The untaxed amount at list price: the subtotal in proportion, since unit prices may include taxes."""
        return SQL(
            """
            COALESCE(
                l.price_subtotal * l.listino_price / NULLIF(l.price_unit * (1 - COALESCE(l.discount, 0) / 100), 0),
                l.listino_price * l.product_uom_qty
            ) / %s * account_currency_table.rate
            """,
            self._get_order_rate(),
        )

    def _get_order_rate(self):
        """The order's currency rate, 1 where it has none, as ``sale.report`` takes it."""
        return SQL("COALESCE(NULLIF(s.currency_rate, 0), 1.0)")

    def _get_shares(self):
        """The shares of single lines, in percent; those of groups are made of the groups' sums."""
        return SQL(
            """
            100.0 * at_list_revenue / NULLIF(listed_revenue, 0) AS at_list_share,
            100.0 * listed_revenue / NULLIF(list_value, 0) AS price_index,
            100.0 * margin / NULLIF(costed_revenue, 0) AS margin_share
            """
        )

    def _get_source(self):
        """The tables behind the report; hook for further joins."""
        return SQL(
            """
            sale_order_line l
            JOIN sale_order s ON s.id = l.order_id
            JOIN res_partner partner ON partner.id = s.partner_id
            JOIN product_product p ON p.id = l.product_id
            JOIN product_template t ON t.id = p.product_tmpl_id
            JOIN uom_uom u ON u.id = l.product_uom_id
            JOIN uom_uom u2 ON u2.id = t.uom_id
            LEFT JOIN product_pricelist pricelist ON pricelist.id = COALESCE(l.listino_pricelist_id, s.pricelist_id)
            JOIN %s ON account_currency_table.company_id = s.company_id
            """,
            self.env["res.currency"]._get_simple_currency_table(self.env.companies),
        )

    def _get_condition(self):
        """Which order lines count as sold; hook."""
        return SQL("s.state = 'sale' AND l.display_type IS NULL AND l.is_downpayment IS NOT TRUE")

    def _read_group_select(self, aggregate_spec, query):
        # OVERRIDE: the share of a group is a share of its sums, not the average of its lines.
        if aggregate_spec not in SHARES:
            return super()._read_group_select(aggregate_spec, query)
        self._check_field_access(self._fields[aggregate_spec.split(":")[0]], "read")
        part, whole = (self._field_to_sql(self._table, name, query) for name in SHARES[aggregate_spec])
        return SQL("100.0 * SUM(%s) / NULLIF(SUM(%s), 0)", part, whole)
