"""Electronic invoices with one ScontoMaggiorazione a step, each line of which the exchange system can check."""

from decimal import Decimal

from odoo import models

from ..einvoice import snapshot
from ..einvoice.discounts import entries_of
from .sale_order_line import FREE

CENTS = 0.05  # more than this between the sums is no matter of rounding


class AccountMove(models.Model):
    _inherit = "account.move"

    def _l10n_it_edi_get_values(self, pdf_values=None):
        # OVERRIDE: where taxes are rounded globally, Odoo's invoice rounds the sum of all bases, its XML each rate's: a
        # cent apart. The document's total is that of the invoice, and Arrotondamento (2.1.1.10) says the difference.
        values = super()._l10n_it_edi_get_values(pdf_values)
        currency = self.currency_id
        rounding = currency.round(self.amount_total - values["importo_totale_documento"])
        if self.is_sale_document() and 0 < abs(rounding) <= CENTS:
            values["importo_totale_documento"] += rounding
            values["arrotondamento"] = rounding
        return values

    def _l10n_it_edi_add_base_lines_xml_values(self, base_lines_aggregated_values, is_downpayment):
        # OVERRIDE: Odoo writes one percentage of two decimals, with which a line of several steps is rejected (00423),
        # and takes the price of a free line with its taxes.
        result = super()._l10n_it_edi_add_base_lines_xml_values(base_lines_aggregated_values, is_downpayment)
        for base_line, _aggregated_values in base_lines_aggregated_values:
            self._l10n_it_edi_set_discounts(base_line)
            if base_line["record"].free_goods == FREE:
                base_line["it_values"]["tipo_cessione_prestazione"] = "SC"  # art. 21 c. 2 lett. e) DPR 633/72
        return result

    def _l10n_it_edi_set_discounts(self, base_line):
        """The unit price and the discounts of a discounted line, such that they lead to its total."""
        steps = base_line["record"]._get_discount_steps()
        if not steps:
            return
        values = base_line["it_values"]
        price = self._l10n_it_edi_get_untaxed_price(base_line) * float(snapshot.hidden_factor(steps))
        entries = entries_of(
            _written(price, 8),
            snapshot.cuts_of(steps),
            _written(values["quantita"], values["quantita_pd"]),
            _written(values["prezzo_totale"], 8),
        )
        values["prezzo_unitario"] = price
        values["sconto_maggiorazione_list"] = [
            {
                "tipo": entry.kind,
                "percentuale": entry.percent and float(entry.percent),
                "importo": entry.amount and float(entry.amount),
            }
            for entry in entries
        ]

    def _l10n_it_edi_get_untaxed_price(self, base_line):
        """The price of one unit before all discounts, without the taxes that it includes, in the company's currency."""
        price, quantity = base_line["price_unit"], base_line["quantity"]
        taxes = base_line["tax_ids"]
        if quantity and any(tax.price_include for tax in taxes.flatten_taxes_hierarchy()):
            details = taxes._get_tax_details(
                price_unit=price,
                quantity=quantity,
                precision_rounding=base_line["currency_id"].rounding,
                rounding_method="round_globally",
                product=base_line["product_id"],
                product_uom=base_line["product_uom_id"],
                special_mode=base_line["special_mode"],
                filter_tax_function=base_line["filter_tax_function"],
            )
            price = details["total_excluded"] / quantity
        is_foreign = base_line["currency_id"] != self.company_currency_id
        return price / base_line["rate"] if is_foreign and base_line["rate"] else price


def _written(figure, decimals):
    """A figure as the invoice shows it."""
    return Decimal(f"{figure:.{decimals}f}")
