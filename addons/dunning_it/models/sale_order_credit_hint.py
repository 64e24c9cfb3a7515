"""What a salesperson should know before he gives credit: how the customer pays, what he owes, what this quote adds."""

from odoo import api, fields, models

from .open_items import OpenItems
from .sale_order_watch import QUOTE

NOTABLE_DAYS = 5  # a bank and a weekend make as many
LEVELS = [("warning", "Pays late"), ("danger", "Overdue, or beyond the credit limit")]


class SaleOrder(models.Model):
    _inherit = "sale.order"

    dunning_hint = fields.Text(
        compute="_compute_dunning_hint", compute_sudo=True, groups="sales_team.group_sale_salesman"
    )
    dunning_hint_level = fields.Selection(
        LEVELS, compute="_compute_dunning_hint", compute_sudo=True, groups="sales_team.group_sale_salesman"
    )

    @api.depends("partner_id", "company_id", "state", "amount_total")
    @api.depends_context("lang", "tz", "uid")
    def _compute_dunning_hint(self):
        """In a number of queries that does not depend on how much the customer has bought; on quotes only."""
        self.dunning_hint = self.dunning_hint_level = False
        for order in self.filtered(lambda order: order.state in QUOTE and order.partner_id and order.company_id):
            standing = Standing(order)
            order.dunning_hint_level = standing.level
            if standing.level:
                is_full = order.company_id.dunning_quote_hint == "full"
                order.dunning_hint = standing.describe() if is_full else standing.describe_light()


class Standing:
    """Where a customer stands with what he owes, beside one quote; amounts in the company's currency."""

    def __init__(self, order):
        self.env = order.env
        company = order.company_id
        partner = order.partner_id.commercial_partner_id._origin.with_company(company)
        paying = partner._get_dunning_behaviour()[partner]
        overdue, _credit = OpenItems(partner.env).get(partner, fields.Date.context_today(order))
        self.currency = company.currency_id
        self.days = round(paying.median_days_late or 0)
        self.open, self.overdue = paying.amount_open, paying.amount_overdue
        self.count = sum(len(items) for items in overdue.values())
        self.adds = order.amount_total / (order.currency_rate or 1)
        self.limit = partner.credit_limit if company.account_use_credit_limit else 0

    @property
    def is_beyond_limit(self):
        """Whether what is open and the quote exceed his credit limit; without one, never."""
        return bool(self.limit) and self.currency.compare_amounts(self.open + self.adds, self.limit) > 0

    @property
    def level(self):
        """A value of ``dunning_hint_level``; False: there is nothing to say."""
        if self.count or self.is_beyond_limit:
            return "danger"
        return "warning" if self.days >= NOTABLE_DAYS else False

    def describe(self):
        """Two lines: how he pays and what is overdue; what is open and what the quote adds."""
        return "\n".join(filter(None, [self._describe_paying(), self._describe_credit()]))

    def describe_light(self):
        """The same for whom amounts are not meant."""
        if self.level == "danger":
            return self.env._("Credit is used up or overdue: agree the payment with the administration first.")
        return self.env._("This customer pays late as a rule.")

    def _describe_paying(self):
        _ = self.env._
        values = {"days": self.days, "count": self.count, "amount": self.currency.format(self.overdue)}
        parts = []
        if self.days >= NOTABLE_DAYS:
            parts.append(_("Pays %(days)s days late as a rule.", **values))
        if self.count == 1:
            parts.append(_("One instalment of %(amount)s is overdue.", **values))
        elif self.count:
            parts.append(_("%(count)s instalments of %(amount)s altogether are overdue.", **values))
        return " ".join(parts)

    def _describe_credit(self):
        values = {
            "open": self.currency.format(self.open),
            "adds": self.currency.format(self.adds),
            "limit": self.currency.format(self.limit),
        }
        if not self.limit:
            return self.env._("Open altogether: %(open)s. This quote adds %(adds)s.", **values)
        if self.is_beyond_limit:
            return self.env._(
                "Open altogether: %(open)s. This quote adds %(adds)s, and goes beyond the credit limit of %(limit)s.",
                **values,
            )
        return self.env._(
            "Open altogether: %(open)s. This quote adds %(adds)s; the credit limit is %(limit)s.", **values
        )
