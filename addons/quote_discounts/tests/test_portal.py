"""The customer's page: what is signed is what was shown, and the signed paper is kept."""

import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.listino_pricelist.freezing.content import sha256_of

from .paper_common import SIGNATURE, PaperCommon


class PortalCommon(PaperCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.write({"lang": "en_US", "email": "rossi@example.com"})
        cls.order = cls._create_quote()
        cls.order._portal_ensure_token()
        cls.url = cls.order.get_portal_url()

    def _accept(self, digest, **values):
        url = self.order.get_portal_url(suffix="/accept", query_string=f"&content_digest={digest}" if digest else "")
        return self.make_jsonrpc_request(url, {"name": "Mario Rossi", "signature": SIGNATURE.decode(), **values})

    def _read(self):
        self.env.invalidate_all()
        return self.order


@tagged("post_install", "-at_install")
class TestPortal(PortalCommon):
    def test_a_signature_of_what_was_shown_is_kept_with_its_paper(self):
        page = self.url_open(self.url).text
        digest = self.order._get_content_digest()
        self.assertIn(f"content_digest={digest}", page)
        self.assertNotIn("error", self._accept(digest))
        order = self._read()
        self.assertEqual((order.state, order.acceptance, order.signed_digest), ("sale", "valid", digest))
        evidence = order.evidence_ids.sudo()
        self.assertEqual(len(evidence), 1)
        self.assertEqual((evidence.address, bool(evidence.user_agent)), ("127.0.0.1", True))
        self.assertTrue(evidence.attachment_id)
        self.assertEqual(evidence.sha256, sha256_of(evidence.attachment_id.raw))
        self.assertIn(b"Mario Rossi", evidence.attachment_id.raw)

    def test_a_quote_that_changed_meanwhile_is_not_signed(self):
        digest = self.order._get_content_digest()
        self.order.order_line[0].price_unit = 14
        self.env.flush_all()
        self.assertIn("The quote has changed", self._accept(digest)["error"])
        self.assertFalse(self._read().signature)

    def test_a_signature_without_what_was_shown_is_refused(self):
        self.assertIn("The quote has changed", self._accept("")["error"])
        self.assertIn("The quote has changed", self._accept("ünknown")["error"])
        self.assertFalse(self._read().signature or self.order.evidence_ids)

    def test_nobody_signs_without_the_token(self):
        digest = self.order._get_content_digest()
        with mute_logger("odoo.addons.base.models.ir_model"):
            result = self.make_jsonrpc_request(
                f"/my/orders/{self.order.id}/accept?access_token=no&content_digest={digest}",
                {"name": "x", "signature": SIGNATURE.decode()},
            )
        self.assertIn("error", result)
        self.assertFalse(self._read().signature)

    def test_what_holds_no_drawing_signs_nothing(self):
        digest = self.order._get_content_digest()
        for rubbish in ("%%%", "aGVsbG8=", "abc"):
            with self.subTest(rubbish), mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self._accept(digest, signature=rubbish)
            self.assertRecordValues(self._read(), [{"state": "sent", "signed_by": False, "signature": False}])

    def test_a_void_signature_is_shown_and_signed_anew(self):
        self._sign(self.order)
        self.assertNotIn("Signature void", self.url_open(self.url).text)
        self.order.order_line[0].price_unit = 14
        self.env.flush_all()
        page = self.url_open(self.url).text
        self.assertIn("Signature void", page)
        self.assertEqual(page.count("Signature void"), 1)
        self.assertNotIn('id="signature"', page)
        self.assertIn("Accept & Sign", page)
        self.assertNotIn("error", self._accept(self._read()._get_content_digest()))
        self.assertEqual(self._read().acceptance, "valid")
        self.assertEqual(len(self.order.evidence_ids), 2)

    def test_the_page_of_an_offer_that_is_not_allowed_is_closed(self):
        with patch.object(type(self.order), "_is_offer_allowed", lambda self: False):
            for url in (self.url, f"{self.url}&report_type=pdf", f"{self.url}&report_type=html"):
                page = self.url_open(url).text
                self.assertNotIn("Spaghetti", page)
                self.assertNotIn(self.order._get_content_digest(), page)
            self.assertIn("error", self._accept(self.order._get_content_digest()))
            self.assertFalse(self._read().signature)
            self.authenticate(self.seller.login, self.seller.login)
            self.assertIn("can't see this page yet", self.url_open(self.url).text.replace("&#39;", "'"))

    def test_hidden_prices_are_not_on_the_page(self):
        self.order.order_line = [
            (0, 0, {"display_type": "line_subsection", "name": "Sub", "sequence": 1}),
            (0, 0, {"display_type": "line_section", "name": "Bundle", "collapse_prices": True, "sequence": 98}),
            (0, 0, {"product_id": self.machine.id, "price_unit": 77.31, "discount_text": "13", "sequence": 99}),
            (0, 0, {"product_id": self.machine.id, "price_unit": 55.17, "sequence": 99}),
        ]
        self.env.flush_all()
        page = self.url_open(self.url).text
        for hidden in ("77.31", "67.26", "13 %", "55.17"):
            self.assertNotIn(hidden, page)
        self.assertIn("122.43", page)


@tagged("post_install", "-at_install", "slow")
class TestPrinted(PortalCommon):
    def _print(self, orders):
        self.env["ir.config_parameter"].sudo().set_param("report.url", self.base_url())
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        with mute_logger("odoo.addons.base.models.ir_actions_report"):  # the static build grumbles of SSL
            content = report._render_qweb_pdf("sale.action_report_saleorder", orders.ids)[0]
        return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]

    def test_a_long_quote_is_printed_to_its_end(self):
        lines = [
            {"product_id": self.pasta_product.id, "name": f"Pasta {number:02}", "discount_text": "50+10"}
            for number in range(60)
        ]
        pages = self._print(self._create_quote(*lines))
        self.assertGreater(len(pages), 1)
        text = "\n".join(pages)
        for number in range(60):
            self.assertIn(f"Pasta {number:02}", text)
        self.assertIn("For acceptance of the quote", pages[-1])

    def test_a_draft_is_marked_on_each_page(self):
        with patch.object(type(self.order), "_is_offer_allowed", lambda self: False):
            pages = self._print(self.order)
        self.assertTrue(all("DRAFT" in page for page in pages))
        self.assertFalse(any("DRAFT" in page for page in self._print(self.order)))

    def test_without_headers_the_letterhead_is_in_the_body_and_pages_are_numbered(self):
        self.company.write({"street": "Via Roma 1", "city": "Bologna"})
        orders = self.order + self._create_quote(self.machine)
        with patch.object(type(self.env["ir.actions.report"]), "_has_headers", lambda self: False):
            pages = self._print(orders)
        text = "\n".join(pages)
        for order in orders:
            self.assertIn(order.name, text)
        self.assertIn("1 / ", pages[0])


@tagged("post_install", "-at_install", "tour")
class TestPortalTour(PortalCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_customer_signs_on_a_phone(self):
        self.start_tour(self.url, "quote_paper_sign")
        order = self._read()
        self.assertEqual((order.acceptance, order.signed_by), ("valid", "Mario Rossi"))
        self.assertTrue(order.evidence_ids.sudo().sha256)

    def test_a_customer_does_not_sign_what_changed_meanwhile(self):
        shown = "0" * 64
        with patch.object(type(self.order), "_get_shown_digest", lambda self: shown):
            self.start_tour(self.url, "quote_paper_changed")
        self.assertFalse(self._read().signature)
