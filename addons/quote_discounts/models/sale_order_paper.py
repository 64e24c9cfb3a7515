"""What the paper of a quote says beside its lines: texts, instalments, VAT by rate, what the customer saves."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.listino_pricelist.models.empty_columns import create_empty_columns


class SaleOrder(models.Model):
    _inherit = "sale.order"

    quote_block_ids = fields.Many2many(
        "quote.block",
        string="Conditions and Guarantees",
        compute="_compute_quote_block_ids",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        help="Texts that are printed below the quote. They stay as they were when the quote was sent.",
    )
    block_snapshot = fields.Json(
        compute="_compute_block_snapshot",
        store=True,
        copy=False,
        help="The texts as they were when the quote was sent: a later change of a text does not change this quote.",
    )

    # === COMPUTES === #

    @api.depends("sale_order_template_id", "company_id")
    def _compute_quote_block_ids(self):
        """The texts of the template, or those for every new quote."""
        defaults = self.env["quote.block"].search([("is_default", "=", True)])
        for order in self:
            own = order.sale_order_template_id.quote_block_ids
            order.quote_block_ids = own or defaults.filtered_domain(order._get_block_domain())

    def _auto_init(self):
        # OVERRIDE: what quotes already sent said is not known: their texts are not looked for.
        create_empty_columns(self, {"block_snapshot": "jsonb"})
        return super()._auto_init()

    def _get_block_domain(self):
        return Domain("company_id", "in", [False, self.company_id.id])

    @api.depends("state", "signed_digest", "quote_block_ids")
    def _compute_block_snapshot(self):
        """Texts already kept stay as they are; those that were added are kept as they are now."""
        for order in self:
            if order.state == "draft" and not order.signed_digest:
                order.block_snapshot = False
                continue
            kept = {values["id"]: values for values in order._origin.block_snapshot or ()}
            now = order._get_block_origins()._prepare_snapshot(order._get_lang())
            order.block_snapshot = [kept.get(values["id"], values) for values in now]

    # === TEXTS === #

    def _get_block_origins(self):
        """The texts of the order, archived ones too."""
        return self.with_context(active_test=False).quote_block_ids._origin.sudo()  # of a template of all companies

    def _get_paper_blocks(self):
        """The texts to print, each a dict: kind, title, body, needs_signature.

        :rtype: list[dict]
        """
        self.ensure_one()
        blocks = self.block_snapshot
        if blocks is False or blocks is None:
            blocks = self._get_block_origins()._prepare_snapshot(self._get_lang())
        # The field sanitized them.
        return [{**values, "body": Markup(values["body"])} for values in blocks]  # noqa: S704

    # === FIGURES === #

    def _get_instalments(self):
        """What is to be paid when, were the invoice of the day of the quote.

        :return: dicts of ``date``, ``amount`` and ``rule``, in words
        :rtype: list[dict]
        """
        self.ensure_one()
        term = self.payment_term_id
        if not term:
            return []
        company_rate = self.currency_id._get_conversion_rate(
            self.currency_id, self.company_id.currency_id, self.company_id, self._get_paper_date()
        )
        terms = term._compute_terms(
            date_ref=self._get_paper_date(),
            currency=self.currency_id,
            company=self.company_id,
            tax_amount=self.amount_tax * company_rate,
            tax_amount_currency=self.amount_tax,
            sign=1,
            untaxed_amount=self.amount_untaxed * company_rate,
            untaxed_amount_currency=self.amount_untaxed,
        )
        return [
            {"date": values["date"], "amount": values["foreign_amount"], "rule": line._describe_delay()}
            for line, values in zip(term.line_ids, terms["line_ids"], strict=True)
        ]

    def _get_early_payment(self):
        """The discount for paying early, as a sentence; empty: there is none."""
        self.ensure_one()
        term = self.payment_term_id
        if not term.early_discount:
            return ""
        return self.env._(
            "%(percent)s %% less if paid within %(days)s days of the invoice",
            percent=f"{term.discount_percentage:g}",
            days=term.discount_days,
        )

    def _get_paper_date(self):
        """The day of the quote where the company is."""
        return self.company_id._get_quote_day(self.date_order)

    def _get_vat_summary(self):
        """Base and tax of each rate; they add up to the order's totals, which Odoo takes by the same engine.

        :return: dicts of ``name``, ``base``, ``tax`` and ``note``, the reason of an exemption
        :rtype: list[dict]
        """
        self.ensure_one()
        AccountTax = self.env["account.tax"]
        lines = [line._prepare_base_line_for_taxes_computation() for line in self._get_priced_lines()]
        lines += self._add_base_lines_for_early_payment_discount()
        AccountTax._add_tax_details_in_base_lines(lines, self.company_id)
        AccountTax._round_base_lines_tax_details(lines, self.company_id)
        by_line = AccountTax._aggregate_base_lines_tax_details(lines, lambda _line, data: data and data["tax"])
        totals = AccountTax._aggregate_base_lines_aggregated_values(by_line)
        # Where a line has several taxes, a base is not what is charged.
        several = any(len(line["tax_details"]["taxes_data"]) > 1 for line in lines)
        base = "base_amount_currency" if several else "total_excluded_currency"
        return [
            {
                "name": tax._get_paper_name() if tax else self.env._("No VAT"),
                "base": values[base],
                "tax": values["tax_amount_currency"],
                "note": (tax and tax.sudo().invoice_legal_notes) or "",
            }
            for tax, values in totals.items()
            if values[base] or values["tax_amount_currency"]
        ]

    def _get_paper_totals(self):
        """Odoo's totals without the base of each tax, which the summary says as it is charged.

        Where prices include tax and the order is rounded as a whole, Odoo's base may be a cent away from it.

        :rtype: dict
        """
        self.ensure_one()
        return {**self.tax_totals, "same_tax_base": True}

    def _get_savings(self):
        """What the goods cost at list prices, without VAT, and what of it the customer saves.

        Goods that go back and other negative lines are left out, since they are no purchase; a line that is a discount
        by itself is saved. So is the cent by which a total that is rounded as a whole misses its lines.

        :return: two amounts
        :rtype: tuple[float, float]
        """
        self.ensure_one()
        lines = self._get_priced_lines().filtered(lambda line: not line.is_downpayment)
        sold = lines.filtered(lambda line: line.price_unit * line.product_uom_qty > 0)
        given = (lines - sold).filtered(lambda line: line._is_global_discount())
        value = sum(sold.mapped(lambda line: line._get_list_value()))
        rounded_off = sum(self.order_line.mapped("price_subtotal")) - self.amount_untaxed
        saved = value - sum((sold | given).mapped("price_subtotal")) + rounded_off
        return self.currency_id.round(value), self.currency_id.round(saved)

    def _get_validity_text(self):
        """Until when the offer holds, as a sentence; empty: it has no end."""
        self.ensure_one()
        if not self.validity_date:
            return ""
        return self.env._("This offer is valid until %(date)s.", date=format_date(self.env, self.validity_date))
