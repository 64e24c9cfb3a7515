"""The debit note as an electronic invoice: valid by the official schema and by a38, with the invoices it refers to."""

import a38.fattura
import a38.validation
from freezegun import freeze_time
from lxml import etree

from odoo.tests import tagged

from .charge_common import ChargeCommon
from .fatturapa_schema import official_schema


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestChargeXml(ChargeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        italy = cls.env.ref("base.it")
        address = {"street": "Via Roma 1", "zip": "20121", "city": "Milano", "country_id": italy.id}
        seller = {"vat": "IT01234560157", "l10n_it_codice_fiscale": "01234560157", "l10n_it_tax_system": "RF01"}
        buyer = {"vat": "IT00465840031", "l10n_it_codice_fiscale": "00465840031", "l10n_it_pa_index": "0803HR0"}
        cls.company.write({**address, **seller})
        cls.customer.write({**address, **buyer})

    def test_the_debit_note_is_a_valid_electronic_invoice(self):
        second = self._create_invoice(500, due="2026-05-31", date="2026-04-30")
        self._scan()
        self._add_cost(name="Raccomandata “mora” — €7,50")
        note = self._charge()
        note.action_post()
        xml = etree.fromstring(note._l10n_it_edi_render_xml())
        self._check_valid(xml)
        self.assertEqual(xml.findtext(".//TipoDocumento"), "TD05")
        self.assertEqual({line.findtext("Natura") for line in xml.iter("DettaglioLinee")}, {"N1"})
        self.assertEqual(xml.findtext(".//ImportoTotaleDocumento"), f"{note.amount_total:.2f}")
        linked = [place.findtext("IdDocumento") for place in xml.iter("DatiFattureCollegate")]
        self.assertEqual(sorted(linked), sorted([self.move.name, second.name]))

    def test_an_ordinary_invoice_refers_to_none(self):
        xml = etree.fromstring(self.move._l10n_it_edi_render_xml())
        self.assertFalse(list(xml.iter("DatiFattureCollegate")))

    def _check_valid(self, xml):
        schema = official_schema()
        if not schema:
            self.skipTest("The official schema is not here: set BOTTEGA_FATTURAPA_XSD to its file.")
        self.assertTrue(schema.validate(xml), schema.error_log)
        validation = a38.validation.Validation()
        a38.fattura.auto_from_etree(xml).validate(validation)
        self.assertFalse([str(error) for error in validation.errors if "unita_misura" not in str(error)])
