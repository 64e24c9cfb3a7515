"""What people really have: pictures of no bytes, customers without a list, companies without a chart of accounts."""

import base64
import io

from PIL import Image

from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_document import DocumentCommon


def picture():
    """A small PNG, as a binary field takes it."""
    with io.BytesIO() as stream:
        Image.new("RGB", (8, 8), "red").save(stream, "PNG")
        return base64.b64encode(stream.getvalue())


@tagged("post_install", "-at_install")
class TestBadInput(DocumentCommon):
    def _write(self, document, extension="pdf"):
        with io.BytesIO() as stream:
            document._write_file(extension, stream)
            return stream.getvalue()

    def test_a_picture_of_no_bytes_is_no_picture(self):
        self.penne.image_1920 = picture()
        self.env.flush_all()
        pictures = self.env["ir.attachment"].search(
            [("res_model", "in", ["product.product", "product.template"]), ("res_field", "like", "image_%")]
        )
        pictures.filtered(lambda one: one.res_id in (self.penne.id, self.penne.product_tmpl_id.id)).raw = b""
        self.env.invalidate_all()
        self.document.show_image = True
        for extension, beginning in (("pdf", b"%PDF"), ("xlsx", b"PK")):
            self.assertTrue(self._write(self.document, extension).startswith(beginning))
        self.assertTrue(self.document._publish("With a broken picture").pdf_id.raw.startswith(b"%PDF"))

    def test_a_customer_without_a_list_gets_that_of_the_document(self):
        customer = self.env["res.partner"].create({"name": "Nobody's"})
        self.env["product.pricelist"].search([("id", "!=", self.document.pricelist_id.id)]).active = False
        self.assertEqual(self.document._get_builder(customer).pricelist, self.document.pricelist_id)

    def test_a_customer_without_a_list_is_not_compared(self):
        customer = self.env["res.partner"].create({"name": "Nobody's"})
        self.env["product.pricelist"].search([]).active = False
        simulation = self.env["listino.simulation"].create({"partner_ids": customer.ids})
        with self.assertRaisesRegex(UserError, "Nobody's has no price list"):
            simulation.action_compare()

    def test_a_company_without_a_chart_of_accounts_prints_and_publishes(self):
        company = self.env["res.company"].create({"name": "Nuova"})
        self.env.user.company_ids += company
        pricelist = self._create_list("Nuovo", company_id=company.id, currency_id=company.currency_id.id)
        document = self._create_document(company_id=company.id, pricelist_id=pricelist.id)
        self._create_product("Novità", 3.0, company_id=company.id)
        self.assertTrue(self._write(document.with_company(company)).startswith(b"%PDF"))
        self.assertEqual(document.with_company(company)._publish("First").number, 1)
