"""What a customer signs for, as a canonical text: see :mod:`..evidence.content`.

Left out is what changes without the offer changing: dates of confirmation, states, deliveries, invoices, down payments,
and the names that a language or a master record gives to what the quote tells by its own words.
"""

from itertools import zip_longest

from odoo import models
from odoo.tools import html2plaintext

from ..evidence.content import Content, Number


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_content_digest(self):
        """The SHA-256 of what the customer signs for.

        :rtype: str
        """
        return self._get_paper_content().digest

    def _get_paper_content(self):
        """What the customer signs for.

        :rtype: ..evidence.content.Content
        """
        self.ensure_one()
        order = self.sudo().with_context(lang="en_US")  # one language, whoever asks
        content = Content()
        content.add("quote", order.name, order.company_id.name, order.company_id.vat, order.currency_id.name)
        for key in ("partner_id", "partner_invoice_id", "partner_shipping_id"):
            content.add(key.removesuffix("_id"), *order[key]._get_paper_address())
        for line in order.order_line.sorted(lambda line: (line.sequence, line._origin.id)):
            if not line.is_downpayment:
                line._add_content(content)
        for key in ("amount_untaxed", "amount_tax", "amount_total"):
            content.add(key, Number(order[key]))
        order._add_terms(content)
        return content

    def _add_terms(self, content):
        """Add what the customer signs for beside the goods."""
        content.add("terms", html2plaintext(self.note or "").strip())
        term = self.payment_term_id
        if term.early_discount:
            content.add("early_payment", Number(term.discount_percentage), term.discount_days)
        for line in term.line_ids:
            day = line.days_next_month if line.delay_type == "days_end_of_month_on_the" else ""
            content.add("instalment", line.value, Number(line.value_amount), line.delay_type, line.nb_days, day)
        content.add("validity", self.validity_date)
        for block in self._get_paper_blocks():
            signed = "signed separately" if block["needs_signature"] else ""
            content.add("text", block["kind"], block["title"], html2plaintext(block["body"]).strip(), signed)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _add_content(self, content):
        """Add the line, its discounts and its taxes."""
        self.ensure_one()
        if self.display_type:
            shown = "one price" if self.collapse_prices else "summary" if self.collapse_composition else ""
            content.add(self.display_type, self.name, shown)
            return
        uom = self.product_uom_id.name
        content.add(
            "line",
            self.name,
            self.product_id.id,
            Number(self.product_uom_qty),
            uom,
            Number(self.price_unit),
            ", ".join(self._get_content_steps()),
            "+".join(sorted(tax._get_content_name() for tax in self.tax_ids)),
            Number(self.price_subtotal),
            Number(self.price_tax),
        )

    def _get_content_steps(self):
        """Each discount as the digest takes it: what it is, how much, and how the customer's paper calls it."""
        steps = self._get_cascade().steps
        for step, record in zip_longest(steps, self.discount_step_ids[: len(steps)]):
            figure = f"{Number(step.percent)} %" if step.percent is not None else f"{Number(step.price or step.amount)}"
            hidden = " (hidden)" if record and not record.visible else ""
            yield " ".join(filter(None, (step.kind, figure, record and record.label))) + hidden


class AccountTax(models.Model):
    _inherit = "account.tax"

    def _get_content_name(self):
        """The tax by what it does, not by a name that may be translated."""
        self.ensure_one()
        included = " included" if self.price_include else ""
        return f"{Number(self.amount)}{'%' if self.amount_type == 'percent' else ' ' + self.amount_type}{included}"


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_paper_address(self):
        """Who and where, in the words of the record alone."""
        self.ensure_one()
        town = " ".join(filter(None, (self.zip, self.city, self.state_id.code, self.country_id.code)))
        name = self.name or self.commercial_partner_id.name
        return [name, self.vat or "", ", ".join(filter(None, (self.street, self.street2))), town]
