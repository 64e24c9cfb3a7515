"""The directions of management: how far whoever negotiates may go, for whom, on what and when."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date, formatLang

from ..cascade.steps import exact
from ..limits import scope
from ..limits.scope import Limit

WHO = {"everyone": scope.EVERYONE, "role": scope.ROLE, "team": scope.TEAM, "user": scope.USER}
CUSTOMERS = {"everyone": scope.EVERY_CUSTOMER, "tag": scope.TAG, "customer": scope.CUSTOMER}
GOODS = {
    "everything": scope.EVERYTHING,
    "category": scope.CATEGORY,
    "template": scope.TEMPLATE,
    "product": scope.VARIANT,
}
RECORD_OF = {
    "who": {"role": "group_id", "team": "team_id", "user": "user_id"},
    "customer": {"tag": "tag_id", "customer": "partner_id"},
    "goods": {"category": "categ_id", "template": "product_tmpl_id", "product": "product_id"},
}
SCOPES = tuple(name for names in RECORD_OF.values() for name in names.values())
LIMIT_FIELDS = [
    *("company_id", "who", "customer", "goods", "date_start", "date_end", "amount_from", "amount_to"),
    *(name for names in RECORD_OF.values() for name in names.values()),
    *("limits_discount", "max_discount", "limits_margin", "min_margin", "limits_free_goods", "max_free_goods"),
]
MEASURES = {"limits_discount": "max_discount", "limits_margin": "min_margin", "limits_free_goods": "max_free_goods"}


class QuoteDiscountLimit(models.Model):
    """A limit that holds by itself: nobody gives it an order, the most specific one wins (see ``limits/choice.py``)."""

    _name = "quote.discount.limit"
    _description = "Limit of discounts"
    _order = "who, customer, goods, id"
    _check_company_auto = True

    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    who = fields.Selection(
        [("everyone", "Everyone"), ("role", "A role"), ("team", "A sales team"), ("user", "A person")],
        string="Who Negotiates",
        required=True,
        default="everyone",
    )
    group_id = fields.Many2one("res.groups", string="Role", ondelete="restrict")
    team_id = fields.Many2one("crm.team", string="Sales Team", check_company=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", string="Person", check_company=True, ondelete="restrict")
    customer = fields.Selection(
        [("everyone", "All customers"), ("tag", "Customers with a tag"), ("customer", "One customer")],
        string="With Whom",
        required=True,
        default="everyone",
    )
    tag_id = fields.Many2one("res.partner.category", string="Customer Tag", ondelete="restrict")
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        check_company=True,
        ondelete="restrict",
        help="The whole company, with all its contacts.",
    )
    goods = fields.Selection(
        [
            ("everything", "All products"),
            ("category", "A category and those below it"),
            ("template", "A product"),
            ("product", "A variant"),
        ],
        string="On What",
        required=True,
        default="everything",
    )
    categ_id = fields.Many2one("product.category", string="Product Category", ondelete="restrict")
    product_tmpl_id = fields.Many2one("product.template", string="Product", check_company=True, ondelete="restrict")
    product_id = fields.Many2one("product.product", string="Variant", check_company=True, ondelete="restrict")
    date_start = fields.Date(string="From")
    date_end = fields.Date(string="Until", help="The last day.")
    amount_from = fields.Monetary(
        string="Orders From", help="Total without taxes from which the limit holds. Zero: from the first euro."
    )
    amount_to = fields.Monetary(
        string="Orders Below", help="Total without taxes below which the limit holds. Zero: whatever the total."
    )
    limits_discount = fields.Boolean(string="Limit the Discount", default=True)
    max_discount = fields.Float(
        string="Largest Discount",
        digits="Discount",
        help="Percent of the list price, with all that was negotiated: cascades, agreed prices, a lower unit price, "
        "discounts on the order. Promotions and customer agreements are not counted: they are management's own.",
    )
    limits_margin = fields.Boolean(string="Limit the Margin")
    min_margin = fields.Float(
        string="Smallest Margin",
        digits="Discount",
        help="Percent of the net price that has to remain after the product's cost. Salespeople read that they are "
        "below the smallest margin, never the margin or the cost.",
    )
    limits_free_goods = fields.Boolean(string="Limit Free Goods")
    max_free_goods = fields.Float(
        string="Most Free Goods",
        digits="Discount",
        help="Share of the list value given free, in percent: 10+1 is 9.09. Without this limit, free goods are a "
        "discount of 100 %.",
    )
    note = fields.Char(string="Why", help="For whoever reads the directions later.")
    figures = fields.Char(string="Limit", compute="_compute_figures")

    _max_discount_range = models.Constraint(
        "CHECK (max_discount >= 0 AND max_discount <= 100)",
        "The largest discount is a percentage: write a figure between 0 and 100.",
    )
    _min_margin_range = models.Constraint(
        "CHECK (min_margin >= 0 AND min_margin <= 100)",
        "The smallest margin is a percentage: write a figure between 0 and 100.",
    )
    _max_free_goods_range = models.Constraint(
        "CHECK (max_free_goods >= 0 AND max_free_goods <= 100)",
        "The most free goods are a percentage: write a figure between 0 and 100.",
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_start <= date_end)", "A limit can't end before it begins: change one of the two dates."
    )
    _amounts_in_order = models.Constraint(
        "CHECK (amount_from >= 0 AND amount_to >= 0 AND (COALESCE(amount_to, 0) = 0 OR amount_from < amount_to))",
        "The amounts of orders are not below zero, and the second is larger than the first.",
    )
    _says_something = models.Constraint(
        "CHECK (limits_discount OR limits_margin OR limits_free_goods)",
        "A limit that limits nothing has no effect: limit the discount, the margin or free goods.",
    )

    # === COMPUTES AND CHECKS === #

    @api.depends(*RECORD_OF, *SCOPES)
    @api.depends_context("lang")
    def _compute_display_name(self):
        for limit in self:
            parts = [limit._name_scope(count) for count in RECORD_OF]
            limit.display_name = " · ".join(filter(None, parts)) or self.env._("Everyone")

    @api.depends(*MEASURES, *MEASURES.values())
    @api.depends_context("lang")
    def _compute_figures(self):
        for limit in self:
            limit.figures = ", ".join(limit._describe_figures())

    @api.constrains(*RECORD_OF, *SCOPES)
    def _check_scope(self):
        for limit in self:
            for count, names in RECORD_OF.items():
                if limit[count] in names and not limit._get_scope_record(count):
                    missing = limit._fields[names[limit[count]]]._description_string(self.env)
                    raise ValidationError(
                        self.env._("The limit is for one of them: choose it in “%(field)s”.", field=missing)
                    )

    # === BUSINESS METHODS === #

    @api.model
    def _get_limits(self, companies):
        """The limits of companies as plain :class:`..limits.scope.Limit`.

        :rtype: dict[int, list]
        """
        limits = self.search_fetch([("company_id", "in", companies.ids)], LIMIT_FIELDS, order="id")
        by_company = limits.grouped("company_id")
        return {company.id: [limit._to_limit() for limit in by_company.get(company, ())] for company in companies}

    def _to_limit(self):
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id if self.customer == "customer" else self.tag_id
        return Limit(
            self.id,
            who=(WHO[self.who], self._get_scope_record("who").id),
            customer=(CUSTOMERS[self.customer], customer.id),
            goods=(GOODS[self.goods], self._get_scope_record("goods").id),
            start=self.date_start or None,
            end=self.date_end or None,
            amount_from=exact(self.amount_from) if self.amount_from else None,
            amount_to=exact(self.amount_to) if self.amount_to else None,
            **{name: exact(self[name]) if self[flag] else None for flag, name in MEASURES.items()},
        )

    def _get_scope_record(self, count):
        """The person, customer or goods that the limit is for; empty: all."""
        self.ensure_one()
        name = RECORD_OF[count].get(self[count])
        return self[name] if name else self.env["res.partner"]

    def _name_scope(self, count):
        return self._get_scope_record(count).sudo().display_name or ""  # names only: a seller reads no role

    def _describe_figures(self):
        """The figures in words."""
        self.ensure_one()
        words = {
            "max_discount": self.env._("discount up to %(percent)s %%", percent=self._write_percent("max_discount")),
            "min_margin": self.env._("margin of at least %(percent)s %%", percent=self._write_percent("min_margin")),
            "max_free_goods": self.env._(
                "free goods up to %(percent)s %%", percent=self._write_percent("max_free_goods")
            ),
        }
        return [words[name] for flag, name in MEASURES.items() if self[flag]]

    def _write_percent(self, name):
        return formatLang(self.env, self[name], digits=2).rstrip("0").rstrip(",.")

    def _describe_period(self):
        """Since when and until when, or nothing."""
        self.ensure_one()
        if not (self.date_start or self.date_end):
            return ""
        return " – ".join(format_date(self.env, date) if date else "…" for date in (self.date_start, self.date_end))
