"""What an order promises, as approvals and the gate compare it."""

import hashlib
import json

from odoo import fields, models

from ..approval.comparison import Content, Line, compare
from .limit_facts import LimitFacts


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_content(self, findings=()):
        """The order as :mod:`..approval.comparison` compares it.

        :param findings: what is beyond the limits, see :meth:`_check_limits`; its lines are not free
        """
        return self._read_content(self._take_snapshot(findings))

    def _take_snapshot(self, findings=()):
        """The order's content as JSON, and with it what people want to see of it."""
        self.ensure_one()
        bound = {finding.line_id for finding in findings if finding.line_id}
        return {**self._prepare_content_head(), "lines": self._prepare_content_lines(bound)}

    def _compare_with(self, snapshot, findings=()):
        """Why the order of today is a worse deal than a snapshot; see :func:`..approval.comparison.compare`."""
        self.ensure_one()
        whole = any(not finding.line_id for finding in findings)
        return compare(self._read_content(snapshot), self._get_content(findings), whole)

    def _read_content(self, snapshot):
        names = ("key", "name", "quantity", "price", "cost", "reference", "free", "gift")
        return Content(
            currency=snapshot["currency"],
            customer=snapshot["customer"],
            lines=tuple(Line(**{name: line[name] for name in names}) for line in snapshot["lines"]),
            cash_discount=snapshot["cash_discount"],
            rounding=snapshot["rounding"],
            company=snapshot.get("company", self.company_id.id),  # not noted in older ones
        )

    def _prepare_content_head(self):
        """What concerns all lines."""
        term = self.payment_term_id
        return {
            "company": self.company_id.id,
            "currency": self.currency_id.id,
            "rounding": self.currency_id.rounding,
            "customer": self._get_content_customer(),
            "cash_discount": term.discount_percentage if term.early_discount else 0.0,
            "validity": fields.Date.to_string(self.validity_date) or False,
            "total": self.amount_total,
            "untaxed": self.amount_untaxed,
        }

    def _get_content_customer(self):
        """Who gets the goods and who pays for them: the ids of the companies."""
        return [self.partner_id.commercial_partner_id.id, self.partner_invoice_id.commercial_partner_id.id]

    def _prepare_content_lines(self, bound):
        """Values of the lines that promise something.

        :param set bound: ids of the lines that are beyond a limit
        """
        facts, costs = LimitFacts(self), self._get_costs()
        lines = self.order_line.filtered(lambda line: not line.display_type and not line._is_down_payment_made())
        return [
            line._prepare_content_vals(line.id not in bound, costs.get(line.product_id), facts.deal(line))
            for line in lines
        ]

    def _get_costs(self):
        """Cost of one unit of each product in the order's currency, at today's rate.

        It is the product's own, whatever the lines say.
        """
        company, date = self.company_id, self.company_id._get_quote_day()
        costs = {}
        for product in self.order_line.product_id.with_company(company).sudo():  # the seller need not know it
            cost = product.standard_price
            if cost:
                costs[product] = company.currency_id._convert(cost, self.currency_id, company, date, round=False)
        return costs

    def _get_faults(self):
        """What is wrong with lines in a way that only a program can make: sentences in the user's language.

        Odoo lets a line's total be set beside its price, and counts nothing for down payments; both are meant for its
        own dialogs.
        """
        self.ensure_one()
        found = []
        for line in self.order_line:
            if line.is_downpayment and (line.product_uom_qty or line.price_subtotal):
                fault = self.env._("%(line)s: a down payment has no quantity. Delete the line.")
            elif line.extra_tax_data and line._has_forced_total():
                fault = self.env._("%(line)s: the total is not what the price makes. Delete the line.")
            else:
                continue
            found.append(fault % {"line": line._get_content_name()})
        return tuple(found)

    def _digest_of(self, snapshot):
        """SHA-256 of a snapshot."""
        return hashlib.sha256(json.dumps(snapshot, sort_keys=True, default=str).encode()).hexdigest()


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_content_vals(self, free, cost, deal):
        """The line in its product's own unit, with what people want to see of it.

        :param bool free: whether it is within the limits by itself; what takes money off never is
        :param float|None cost: of one unit of the product
        :param deal: the line as the limits see it, a :class:`..limits.findings.Deal`; None for a combo's part
        """
        self.ensure_one()
        unit, uom = self.product_id.uom_id, self.product_uom_id
        factor = uom._compute_quantity(1.0, unit, round=False) if unit and uom and uom != unit else 1.0
        quantity, price = self.product_uom_qty * factor, self._get_net_unit_price() / (factor or 1.0)
        if quantity < 0:
            quantity, price = -quantity, -price
        reference = float(deal.reference) / (factor or 1.0) if deal else 0.0
        return {
            "key": self.product_id.id,
            "name": self._get_content_name(),
            "quantity": quantity,
            "price": price,
            "cost": cost or None,
            "reference": reference or None,
            "free": free and price >= 0,
            "gift": bool(self.free_goods),
            "line": self.id,
            "uom": self.product_uom_id.id,
            "unit_price": self.price_unit,
            "discount": self.discount,
            "taxes": self.tax_ids.ids,
            "negotiator": self.negotiator_id.id,
        }

    def _get_content_name(self):
        return self.product_id.display_name or self.name or ""

    def _get_net_unit_price(self):
        """What one unit brings without taxes, not rounded; what is given away brings nothing."""
        self.ensure_one()
        if self.free_goods:
            return 0.0
        return self._get_untaxed_unit_price(self.price_unit * (1 - self.discount / 100))

    def _has_forced_total(self):
        """Whether the line costs less than its price says, here or on its invoice, which takes the data over."""
        self.ensure_one()
        price = self._get_untaxed_unit_price(self.price_unit * (1 - self.discount / 100))
        base_line = self._prepare_base_line_for_taxes_computation()
        taxes = self.env["account.tax"]
        taxes._add_tax_details_in_base_line(base_line, self.company_id)
        taxes._round_base_lines_tax_details([base_line], self.company_id)
        total = base_line["tax_details"]["total_excluded_currency"]
        return total < price * self.product_uom_qty - 2 * self.currency_id.rounding

    def _get_untaxed_unit_price(self, price):
        """A price of one unit without the taxes that it includes, not rounded."""
        taxes = self.tax_ids.flatten_taxes_hierarchy()
        if not price or not any(tax.price_include for tax in taxes):
            return price
        details = taxes._get_tax_details(price, 1.0, precision_rounding=1e-9, product=self.product_id)
        return details["total_excluded"]

    def _is_down_payment_made(self):
        """Whether the line only shows a down payment that was invoiced: it promises nothing."""
        self.ensure_one()
        return self.is_downpayment and not self.product_uom_qty
