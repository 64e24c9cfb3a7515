"""What was given away: list value, each kind of discount with its reason, net and margin of order lines."""

from odoo import fields, models
from odoo.tools import SQL

SOLD, BY_HAND, LINE, OTHER = "sold", "by_hand", "line", "other"
OF_STEPS = ("list", "promotion", "agreement", "negotiated", "net_price", "header", "free_goods")
KINDS = (*OF_STEPS, BY_HAND, LINE, OTHER)
GIVEN = ("negotiated", "net_price", "header", "free_goods", BY_HAND, LINE)  # the rest is management's own
MANAGERS = "quote_discounts.group_quote_manager"


class QuoteDiscountReport(models.Model):
    """The parts of an order line's price, amounts before taxes in the currency of the reader's company.

    A line is several rows: one with its list value, net and margin, and one for each discount with its kind and reason.
    So every measure adds up under every grouping, and list value less discounts is the net, to the cent.
    """

    _name = "quote.discount.report"
    _inherit = "quote.report.shares"
    _description = "Analysis of Discounts"
    _auto = False
    _rec_name = "date"
    _order = "date desc, order_id desc, line_id, id"
    _shares = {
        "discount_share": ("discount", "list_value"),
        "given_share": ("given", "list_value"),
        "margin_share": ("margin", "costed_net"),
        "beyond_share": ("beyond", "given"),
    }

    date = fields.Datetime(string="Order Date", readonly=True)
    line_id = fields.Many2one("sale.order.line", string="Order Line", readonly=True)
    order_id = fields.Many2one("sale.order", string="Order", readonly=True)
    state = fields.Selection(
        [("draft", "Quotation"), ("sent", "Quotation Sent"), ("sale", "Sales Order"), ("cancel", "Cancelled")],
        string="Status",
        readonly=True,
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    commercial_partner_id = fields.Many2one("res.partner", string="Customer Entity", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    negotiator_id = fields.Many2one("res.users", string="Negotiated by", readonly=True)
    team_id = fields.Many2one("crm.team", string="Sales Team", readonly=True)
    product_id = fields.Many2one("product.product", string="Product Variant", readonly=True)
    product_tmpl_id = fields.Many2one("product.template", string="Product", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)
    kind = fields.Selection(
        [
            (SOLD, "Price"),
            ("list", "Price list"),
            ("promotion", "Promotion"),
            ("agreement", "Agreement"),
            ("negotiated", "Negotiated"),
            ("net_price", "Agreed price"),
            ("header", "On the whole order"),
            ("free_goods", "Free goods"),
            (BY_HAND, "Unit price changed by hand"),
            (LINE, "Discount lines and rewards"),
            (OTHER, "Other and rounding"),
        ],
        readonly=True,
        help="“Price” stands for the line itself, the others for one discount each.",
    )
    reason_id = fields.Many2one("quote.discount.reason", string="Reason", readonly=True)
    quantity = fields.Float(readonly=True, help="In the product's own unit.")
    list_value = fields.Monetary(readonly=True, help="What the quantities cost at the list price of the moment.")
    list_discount = fields.Monetary(string="Price List Discounts", readonly=True)
    promotion_discount = fields.Monetary(string="Promotions", readonly=True)
    agreement_discount = fields.Monetary(string="Agreements", readonly=True)
    negotiated_discount = fields.Monetary(string="Negotiated Discounts", readonly=True)
    net_price_discount = fields.Monetary(string="Agreed Prices", readonly=True)
    header_discount = fields.Monetary(string="Discounts on the Whole Order", readonly=True)
    free_goods_discount = fields.Monetary(string="Free Goods", readonly=True)
    by_hand_discount = fields.Monetary(string="Unit Prices Changed by Hand", readonly=True)
    line_discount = fields.Monetary(string="Discount Lines and Rewards", readonly=True)
    other_discount = fields.Monetary(string="Other and Rounding", readonly=True)
    discount = fields.Monetary(string="All Discounts", readonly=True)
    given = fields.Monetary(
        string="Given by Salespeople",
        readonly=True,
        help="Discounts without those of price lists, promotions and agreements, which management grants itself.",
    )
    net = fields.Monetary(string="Net Value", readonly=True)
    discount_share = fields.Float(
        string="All Discounts (%)", readonly=True, aggregator="avg", help="All discounts as a part of the list value."
    )
    given_share = fields.Float(
        string="Given by Salespeople (%)",
        readonly=True,
        aggregator="avg",
        help="What salespeople gave, as a part of the list value.",
    )
    cost = fields.Monetary(readonly=True, groups=MANAGERS, help="Cost of what was sold, where it is known.")
    costed_net = fields.Monetary(
        string="Net Value with a Cost",
        readonly=True,
        groups=MANAGERS,
        help="Net value of the sold lines whose cost was noted when they were sold.",
    )
    margin = fields.Monetary(readonly=True, groups=MANAGERS)
    margin_share = fields.Float(
        string="Margin (%)",
        readonly=True,
        aggregator="avg",
        groups=MANAGERS,
        help="Margin as a part of the net value whose cost is known.",
    )
    limit_allowed = fields.Float(string="Discount Allowed (%)", readonly=True, aggregator="avg")
    limit_given = fields.Float(string="Discount Given (%)", readonly=True, aggregator="avg")
    beyond = fields.Monetary(
        string="Given Beyond the Limits",
        readonly=True,
        groups=MANAGERS,
        help="What whoever negotiated the sold lines was not free to give, approved or not.",
    )
    beyond_share = fields.Float(
        string="Beyond the Limits (%)",
        readonly=True,
        aggregator="avg",
        groups=MANAGERS,
        help="What was beyond the limits, as a part of what salespeople gave.",
    )

    def action_open_order(self):
        """Open the order of a row."""
        self.ensure_one()
        return self.order_id.get_formview_action()

    # === QUERY === #

    @property
    def _table_query(self):
        # OVERRIDE: the report is a query, not a table.
        return SQL(
            "SELECT *, %s FROM (SELECT %s, %s FROM %s WHERE %s) AS priced",
            self._get_shares(),
            self._get_keys(),
            self._get_amounts(),
            self._get_source(),
            self._get_condition(),
        )

    def _get_keys(self):
        """What the amounts are grouped by; hook for further columns."""
        return SQL(
            """
            part.id, s.date_order AS date, l.id AS line_id, l.order_id, s.state, s.company_id,
            %(currency_id)s AS currency_id, s.partner_id, partner.commercial_partner_id, s.user_id,
            COALESCE(l.negotiator_id, s.user_id) AS negotiator_id,
            s.team_id, l.product_id, p.product_tmpl_id, t.categ_id, part.kind, part.reason_id
            """,
            currency_id=self.env.company.currency_id.id,
        )

    def _get_amounts(self):
        """The amounts of a row, in the currency of the reader's company; hook for further columns."""
        rate = SQL("COALESCE(NULLIF(s.currency_rate, 0), 1.0)")
        of_kinds = [
            SQL(
                "CASE WHEN part.kind = %s THEN part.discount / %s * account_currency_table.rate END AS %s",
                kind,
                rate,
                SQL.identifier(f"{kind}_discount"),
            )
            for kind in KINDS
        ]
        return SQL(
            """
            part.list_value / %(rate)s * account_currency_table.rate AS list_value,
            part.discount / %(rate)s * account_currency_table.rate AS discount,
            CASE WHEN part.kind IN %(given)s THEN part.discount / %(rate)s * account_currency_table.rate END AS given,
            part.net / %(rate)s * account_currency_table.rate AS net,
            CASE WHEN part.kind = 'sold' THEN l.product_uom_qty * u.factor / u2.factor END AS quantity,
            CASE WHEN %(costed)s THEN part.net / %(rate)s * account_currency_table.rate END AS costed_net,
            CASE WHEN %(costed)s THEN %(cost)s END AS cost,
            CASE WHEN %(costed)s THEN part.net / %(rate)s * account_currency_table.rate - %(cost)s END AS margin,
            CASE WHEN part.kind = 'sold' THEN l.limit_beyond / %(rate)s * account_currency_table.rate END AS beyond,
            CASE WHEN part.kind = 'sold' AND s.state = 'sale' THEN l.limit_allowed END AS limit_allowed,
            CASE WHEN part.kind = 'sold' AND s.state = 'sale' THEN l.limit_given END AS limit_given,
            %(of_kinds)s
            """,
            rate=rate,
            given=GIVEN,
            costed=SQL("part.kind = 'sold' AND l.listino_unit_cost <> 0"),
            cost=SQL("l.listino_unit_cost * l.product_uom_qty * account_currency_table.rate"),
            of_kinds=SQL(", ").join(of_kinds),
        )

    def _get_shares(self):
        """The shares of single rows, in percent; those of groups are made of the groups' sums."""
        return SQL(
            """
            100.0 * discount / NULLIF(list_value, 0) AS discount_share,
            100.0 * given / NULLIF(list_value, 0) AS given_share,
            100.0 * margin / NULLIF(costed_net, 0) AS margin_share,
            100.0 * beyond / NULLIF(given, 0) AS beyond_share
            """
        )

    def _get_source(self):
        """The tables behind the report; hook for further joins."""
        return SQL(
            """
            sale_order_line l
            JOIN sale_order s ON s.id = l.order_id
            JOIN res_company company ON company.id = s.company_id
            JOIN res_currency currency ON currency.id = s.currency_id
            JOIN res_partner partner ON partner.id = s.partner_id
            JOIN product_product p ON p.id = l.product_id
            JOIN product_template t ON t.id = p.product_tmpl_id
            JOIN uom_uom u ON u.id = l.product_uom_id
            JOIN uom_uom u2 ON u2.id = t.uom_id
            JOIN %(rates)s ON account_currency_table.company_id = s.company_id
            CROSS JOIN LATERAL (%(values)s) AS value
            CROSS JOIN LATERAL (%(parts)s) AS part
            """,
            rates=self.env["res.currency"]._get_simple_currency_table(self.env.companies),
            values=self._get_values(),
            parts=self._get_parts(),
        )

    def _get_condition(self):
        """Which order lines count; hook."""
        return SQL("l.display_type IS NULL AND l.is_downpayment IS NOT TRUE")

    # === PARTS OF A LINE === #

    def _get_values(self):
        """The untaxed amounts of a line at its list price and at its unit price, and the taxes inside its prices."""
        return SQL(
            """
            SELECT
                ROUND(%(list_price)s * l.product_uom_qty / inside.factor, currency.decimal_places) AS listed,
                ROUND(l.price_unit * l.product_uom_qty / inside.factor, currency.decimal_places) AS asked
            FROM (
                SELECT 1 + COALESCE(SUM(tax.amount), 0) / 100 AS factor
                FROM (
                    SELECT account_tax_id FROM account_tax_sale_order_line_rel
                    WHERE sale_order_line_id = l.id AND l.free_goods IS NULL
                    UNION ALL
                    SELECT tax_id FROM product_taxes_rel  -- free goods have another tax, but the product's price
                    WHERE l.free_goods IS NOT NULL
                        AND prod_id = (SELECT product_tmpl_id FROM product_product WHERE id = l.product_id)
                ) AS taxes
                JOIN account_tax tax ON tax.id = taxes.account_tax_id
                WHERE
                    tax.amount_type = 'percent'
                    AND COALESCE(tax.price_include_override, company.account_price_include) = 'tax_included'
                    AND POSITION('/' || tax.company_id || '/' IN '/' || company.parent_path) > 0
            ) AS inside
            """,
            list_price=self._get_list_price(),
        )

    def _get_list_price(self):
        """The list's price of one unit, before the discount that the list shows.

        A price that lies more than a rounding off the list's was changed by hand; one below zero is a discount itself.
        """
        return SQL(
            """
            CASE
                WHEN l.price_unit < 0 THEN 0
                WHEN l.listino_price_date IS NULL OR l.list_discount >= 100
                    OR ABS(l.price_unit * (1 - COALESCE(l.list_discount, 0) / 100) - l.listino_price) <= 0.005
                    THEN l.price_unit
                ELSE l.listino_price / (1 - COALESCE(l.list_discount, 0) / 100)
            END
            """
        )

    def _get_parts(self):
        """The rows of a line: its price, what was changed by hand, each step, and what no step explains.

        The amount left after each step is rounded, so that the steps of a line add up to what it costs.
        """
        steps = SQL(
            """
            SELECT id, kind, reason_id, share, SUM(share) OVER (ORDER BY sequence, id) AS reached
            FROM quote_discount_step WHERE order_line_id = l.id
            """
        )
        left = "ROUND(value.asked * (1 - %s)::numeric, currency.decimal_places)"
        return SQL(
            """
            SELECT l.id * 3 AS id, 'sold' AS kind, NULL::int4 AS reason_id, value.listed AS list_value,
                l.price_subtotal AS net, NULL::numeric AS discount
            UNION ALL
            SELECT l.id * 3 + 1,
                CASE
                    WHEN l.reversal_of_id IS NOT NULL THEN 'free_goods'
                    WHEN l.price_unit < 0 THEN 'line'
                    ELSE 'by_hand'
                END,
                l.discount_reason_id, NULL, NULL, value.listed - value.asked
            WHERE value.listed <> value.asked
            UNION ALL
            SELECT -l.id * 3, 'other', NULL, NULL, NULL, rest.amount
            FROM (
                SELECT %(left_total)s - l.price_subtotal AS amount
                FROM quote_discount_step WHERE order_line_id = l.id
            ) AS rest
            WHERE rest.amount <> 0
            UNION ALL
            SELECT step.id * 3 + 2, step.kind, step.reason_id, NULL, NULL, %(before)s - %(after)s
            FROM (%(steps)s) AS step
            """,
            left_total=SQL(left % "COALESCE(SUM(share), 0)"),
            before=SQL(left % "(step.reached - step.share)"),
            after=SQL(left % "step.reached"),
            steps=steps,
        )
