"""Builders of the tests of invoices: an Italian company and customer; XML checked as the exchange system does."""

from decimal import Decimal

import a38.fattura
import a38.validation
from lxml import etree

from odoo.fields import Command
from odoo.tests import Form

from ..einvoice.discounts import Entry, passes_00423
from .common import QuoteCommon
from .fatturapa_schema import official_schema


class InvoiceCommon(QuoteCommon):
    """A company that sends electronic invoices, a customer who takes them, and taxes of the Italian chart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("account.group_account_manager")
        italy = cls.env.ref("base.it")
        address = {"street": "Via Roma 1", "zip": "20121", "city": "Milano", "country_id": italy.id}
        company = {"vat": "IT01234560157", "l10n_it_codice_fiscale": "01234560157", "l10n_it_tax_system": "RF01"}
        cls.company.write({**address, **company})
        customer = {"vat": "IT00465840031", "l10n_it_codice_fiscale": "00465840031", "l10n_it_pa_index": "0803HR0"}
        cls.customer.write({**address, **customer, "is_company": True})
        chart = cls.env["account.chart.template"].with_company(cls.company)
        cls.vat22, cls.vat10, cls.vat4 = (chart.ref(f"{rate}v") for rate in (22, 10, 4))
        cls.vat4.active = True
        cls.machine.taxes_id, cls.pasta_product.taxes_id = cls.vat22, cls.vat10

    @classmethod
    def _confirm_and_invoice(cls, order):
        """The posted invoice of an order, with the Italian tax grid in euro."""
        order.with_user(cls.env.user).action_confirm()
        invoice = order.with_user(cls.env.user)._create_invoices()
        return cls._post(invoice)

    @classmethod
    def _post(cls, invoice):
        invoice.invoice_date = invoice.invoice_date or "2026-03-02"
        invoice.action_post()
        return invoice

    @classmethod
    def _create_invoice(cls, *lines, move_type="out_invoice", **values):
        """A draft invoice of lines given as dictionaries of values."""
        lines = [{"name": "Line", "quantity": 1.0, "tax_ids": [Command.set(cls.vat22.ids)], **line} for line in lines]
        commands = [Command.create(line) for line in lines]
        values = {"partner_id": cls.customer.id, "invoice_line_ids": commands, "invoice_date": "2026-03-02", **values}
        return cls.env["account.move"].create({"move_type": move_type, **values})

    @classmethod
    def _open(cls, invoice):
        return Form(invoice.with_user(cls.env.user))

    def _read_xml(self, invoice):
        """The electronic invoice, found right by validators that are not ours and by the exchange system's sums."""
        xml = etree.fromstring(invoice._l10n_it_edi_render_xml())
        self._check_with_schema(xml)
        self._check_with_a38(xml)
        self._check_lines(xml)
        self._check_summary(xml, is_euro=invoice.currency_id == self.euro)
        return xml

    def _check_with_schema(self, xml):
        """What the exchange system checks first; :mod:`.test_fatturapa_schema` says whether the schema is there."""
        if schema := official_schema():
            schema.validate(xml)
            self.assertFalse([error.message for error in schema.error_log])

    def _check_with_a38(self, xml):
        """All that a38 asks for but the unit of measure: Odoo leaves it out for pieces, and the format lets it."""
        document = a38.fattura.auto_from_etree(xml)
        validation = a38.validation.Validation()
        document.validate(validation)
        self.assertFalse([str(error) for error in validation.errors if "unita_misura" not in str(error)])

    def _check_lines(self, xml):
        """Checks 00423 and 00400: each line's total, and a nature where there is no VAT."""
        for line in xml.iter("DettaglioLinee"):
            figures = [Decimal(line.findtext(name)) for name in ("PrezzoUnitario", "Quantita", "PrezzoTotale")]
            price, quantity, total = figures
            found = passes_00423(price, entries_of_xml(line), quantity, total)
            self.assertTrue(found, etree.tostring(line, pretty_print=True).decode())
            self.assertEqual(line.findtext("Natura") is None, Decimal(line.findtext("AliquotaIVA")) != 0)

    def _check_summary(self, xml, *, is_euro):
        """Checks 00419, 00421, 00422: the bases and the VAT by rate and nature; and that they add up to the total."""
        bases, whole = {}, Decimal(0)
        for line in xml.iter("DettaglioLinee"):
            key = line.findtext("AliquotaIVA"), line.findtext("Natura")
            bases[key] = bases.get(key, 0) + Decimal(line.findtext("PrezzoTotale"))
        for summary in xml.iter("DatiRiepilogo"):
            key = summary.findtext("AliquotaIVA"), summary.findtext("Natura")
            base, tax = (Decimal(summary.findtext(name)) for name in ("ImponibileImporto", "Imposta"))
            rounding = Decimal(summary.findtext("Arrotondamento") or 0)
            self.assertLess(abs(bases.pop(key) + rounding - base), Decimal("0.01"))
            self.assertLessEqual(abs(base * Decimal(key[0]) / 100 - tax), Decimal("0.01"))
            whole += base + tax
        self.assertFalse(bases)
        if is_euro:  # Odoo writes the whole in the invoice's own currency
            whole += Decimal(xml.findtext(".//DatiGeneraliDocumento/Arrotondamento") or 0)
            self.assertEqual(Decimal(xml.findtext(".//ImportoTotaleDocumento")), whole)

    def _check_same_totals(self, order, invoice, xml):
        """Order, invoice and XML say the same to the cent."""
        self.assertEqual(invoice.amount_untaxed, order.amount_untaxed)
        self.assertEqual(invoice.amount_tax, order.amount_tax)
        self.assertEqual(invoice.amount_total, order.amount_total)
        self.assertEqual(xml.findtext(".//ImportoTotaleDocumento"), f"{order.amount_total:.2f}")


def entries_of_xml(line):
    """The ScontoMaggiorazione of a line as :class:`..einvoice.discounts.Entry`."""
    return [
        Entry(
            found.findtext("Tipo"),
            *(Decimal(text) if (text := found.findtext(name)) else None for name in ("Percentuale", "Importo")),
        )
        for found in line.iter("ScontoMaggiorazione")
    ]


def written_discounts(line):
    """The ScontoMaggiorazione of a line as texts: "SC 50.00 %", "MG 0.10000000"."""
    return [
        f"{entry.kind} {entry.percent} %" if entry.percent is not None else f"{entry.kind} {entry.amount}"
        for entry in entries_of_xml(line)
    ]
