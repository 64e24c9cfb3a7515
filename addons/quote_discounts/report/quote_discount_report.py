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
    _inherit = "listino.line.report"
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

    line_id = fields.Many2one("sale.order.line", string="Order Line", readonly=True)
    state = fields.Selection(
        [("draft", "Quotation"), ("sent", "Quotation Sent"), ("sale", "Sales Order"), ("cancel", "Cancelled")],
        string="Status",
        readonly=True,
    )
    negotiator_id = fields.Many2one("res.users", string="Negotiated by", readonly=True)
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
    reason_id = fields.Many2one("quote.discount.reason", readonly=True)
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

    # === QUERY === #

    def _get_keys(self):
        # OVERRIDE: a line, or one of its discounts with kind and reason.
        return SQL(
            """
            part.id, %s, l.id AS line_id, s.state, COALESCE(l.negotiator_id, s.user_id) AS negotiator_id, part.kind,
            part.reason_id
            """,
            super()._get_keys(),
        )

    def _get_amounts(self):
        # OVERRIDE: list value, discounts by their kind, net and margin.
        discount, net = (self._convert_amount(SQL(amount)) for amount in ("part.discount", "part.net"))
        return SQL(
            """
            %(list_value)s AS list_value,
            %(discount)s AS discount,
            CASE WHEN part.kind IN %(given)s THEN %(discount)s END AS given,
            %(net)s AS net,
            CASE WHEN part.kind = 'sold' THEN %(quantity)s END AS quantity,
            CASE WHEN %(costed)s THEN %(net)s END AS costed_net,
            CASE WHEN %(costed)s THEN %(cost)s END AS cost,
            CASE WHEN %(costed)s THEN %(net)s - %(cost)s END AS margin,
            CASE WHEN part.kind = 'sold' THEN %(beyond)s END AS beyond,
            CASE WHEN part.kind = 'sold' AND s.state = 'sale' THEN l.limit_allowed END AS limit_allowed,
            CASE WHEN part.kind = 'sold' AND s.state = 'sale' THEN l.limit_given END AS limit_given,
            %(of_kinds)s
            """,
            list_value=self._convert_amount(SQL("part.list_value")),
            discount=discount,
            given=GIVEN,
            net=net,
            quantity=self._get_quantity(),
            costed=SQL("part.kind = 'sold' AND l.listino_unit_cost <> 0"),
            cost=self._get_cost(),
            beyond=self._convert_amount(SQL("l.limit_beyond")),
            of_kinds=SQL(", ").join(
                SQL("CASE WHEN part.kind = %s THEN %s END AS %s", kind, discount, SQL.identifier(f"{kind}_discount"))
                for kind in KINDS
            ),
        )

    def _get_source(self):
        # OVERRIDE: each line with its parts.
        return SQL(
            """
            %(lines)s
            JOIN res_company company ON company.id = s.company_id
            JOIN res_currency currency ON currency.id = s.currency_id
            CROSS JOIN LATERAL (%(values)s) AS value
            CROSS JOIN LATERAL (%(parts)s) AS part
            """,
            lines=super()._get_source(),
            values=self._get_values(),
            parts=self._get_parts(),
        )
