"""What the paper of a quote says: its figures add up, hidden prices stay hidden, texts are there."""

import io
from datetime import date
from decimal import Decimal
from unittest.mock import patch

from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import BaseCase, Form, tagged
from odoo.tools import html2plaintext

from ..cascade.steps import AGREEMENT, HEADER, NEGOTIATED, NET_PRICE, Cascade, Step
from ..evidence.discounts import show
from ..evidence.stamp import stamp
from .paper_common import PaperCommon

PERCENTS = st.decimals(-50, 99, places=2, allow_nan=False).filter(bool)


@st.composite
def cascades(draw):
    """A cascade of an order line, and which of its steps are shown."""
    steps = [Step(AGREEMENT, percent=percent) for percent in draw(st.lists(PERCENTS, max_size=2))]
    if draw(st.booleans()):
        steps.append(Step(NET_PRICE, price=draw(st.decimals(1, 1000, places=2))))
    else:
        steps += [Step(NEGOTIATED, percent=percent) for percent in draw(st.lists(PERCENTS, max_size=3))]
    if draw(st.booleans()):
        steps.append(Step(HEADER, amount=draw(st.decimals(0, 10, places=2))))
    visible = draw(st.lists(st.booleans(), min_size=len(steps), max_size=len(steps)))
    return Cascade(draw(st.decimals(1, 10_000, places=2)), draw(st.integers(1, 50)), steps), visible


@tagged("post_install", "-at_install")
class TestShown(BaseCase):
    @given(cascades())
    def test_shown_discounts_lead_from_the_shown_price_to_the_net_price(self, drawn):
        cascade, visible = drawn
        shown = show(cascade, visible)
        price = shown.price
        for row in shown.rows:
            self.assertAlmostEqual(row.before, price, places=9)
            if row.percent is not None:
                price *= 1 - row.percent / 100
                self.assertAlmostEqual(row.after, price, places=9)
            price = row.after
        self.assertAlmostEqual(price, cascade.net_unit_price, places=9)
        self.assertEqual([row.place for row in shown.rows], [place for place, seen in enumerate(visible) if seen])

    @given(cascades())
    def test_with_nothing_hidden_the_list_price_is_shown(self, drawn):
        cascade, _visible = drawn
        self.assertAlmostEqual(show(cascade, [True] * len(cascade.steps)).price, cascade.unit_price, places=9)

    def test_what_is_free_starts_from_its_price(self):
        cascade = Cascade(12, 1, [Step(NEGOTIATED, percent=Decimal(10)), Step("free_goods", percent=Decimal(100))])
        self.assertEqual(show(cascade, [True, True]).price, Decimal(12))


@tagged("post_install", "-at_install")
class TestFigures(PaperCommon):
    def test_discounts_are_named_with_what_they_take_off(self):
        order = self._create_quote(header_text="2")
        line = order.order_line[0]  # 10 x 12.50, 50+10, 2 on the order
        line.discount_step_ids[0].label = "Spring"
        self.assertEqual(
            line._get_paper_discounts(),
            [
                {"label": "Spring", "percent": "50 %", "value": 62.5},
                {"label": "Discount for you", "percent": "10 %", "value": 6.25},
                {"label": "Discount on the whole quote", "percent": "2 %", "value": 1.12},
            ],
        )
        self.assertEqual(line._format_paper_cascade(), "50+10+2 %")
        self.assertAlmostEqual(line._get_list_value() - 62.5 - 6.25 - 1.12, line.price_subtotal)

    def test_discounts_of_one_name_are_one(self):
        line = self._create_quote().order_line[0]
        [discount] = line._get_paper_discounts()
        self.assertEqual(discount, {"label": "Discount for you", "percent": "50+10 %", "value": 68.75})

    def test_a_dialog_says_how_the_customer_reads_a_step(self):
        line = self._create_quote().order_line[0].with_user(self.seller)
        action = line.action_open_discounts()
        opened = self.env[action["res_model"]].with_user(self.seller).browse(action["res_id"])
        with Form(opened, view="quote_discounts.sale_order_line_view_form_discounts") as form:
            with form.discount_step_ids.edit(0) as step:
                step.label = "Spring"
            with form.discount_step_ids.edit(1) as step:
                step.visible = False
        self.assertEqual([discount["label"] for discount in line._get_paper_discounts()], ["Spring"])
        self.assertEqual(line.discount_text, "50+10")

    def test_a_hidden_discount_is_in_the_shown_price(self):
        line = self._create_quote().order_line[0]
        line.discount_step_ids[1].visible = False
        self.assertEqual(line._format_paper_price(line._get_shown_cascade().price), "11.25")
        self.assertEqual(line._format_paper_cascade(), "50 %")
        self.assertEqual(line._get_list_value() - line._get_paper_discounts()[0]["value"], line.price_subtotal)

    def test_an_agreed_price_is_told_by_what_it_takes_off(self):
        order = self._create_quote({"product_id": self.machine.id, "agreed_price": 9000, "product_uom_qty": 2})
        [discount] = order.order_line._get_paper_discounts()
        self.assertEqual(discount, {"label": "Price agreed with you", "percent": "", "value": 2000})
        self.assertEqual(order.order_line._format_paper_cascade(), "")

    def test_figures_of_prices_with_vat_in_them(self):
        vat = self._create_included_tax()
        order = self._create_quote(
            {"product_id": self.machine.id, "price_unit": 122, "discount_text": "10", "tax_ids": vat.ids}
        )
        line = order.order_line
        self.assertTrue(line._has_tax_in_price())
        self.assertEqual(line._get_paper_discounts()[0]["value"], 10)
        self.assertEqual(order._get_savings(), (100, 10))
        self.assertEqual(line._format_paper_price(line._get_shown_cascade().net), "109.80")

    def test_digits_of_prices(self):
        line = self._create_quote().order_line[0]
        cases = {1.5: "1.50", 0.8325: "0.8325", 6000.3: "6,000.30", 1 / 3: "0.3333", 24.991250000000003: "24.9913"}
        for price, text in cases.items():
            self.assertEqual(line._format_paper_price(price), text)
        self.assertEqual(line.with_context(lang="it_IT")._format_paper_price(0.8325), "0,8325")

    def test_savings_leave_out_what_is_no_purchase(self):
        order = self._create_quote()
        before = order._get_savings()
        self.assertEqual(before, (10125, 568.75))
        order.order_line = [Command.create({"product_id": self.machine.id, "product_uom_qty": -1, "price_unit": 500})]
        self.assertEqual(order._get_savings(), before)

    def test_savings_lead_from_the_list_value_to_the_total(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        line = {"product_id": self.pasta_product.id, "price_unit": 10, "discount_text": "5,04"}
        order = self._create_quote(line, line, line)
        self.assertEqual((sum(order.order_line.mapped("price_subtotal")), order.amount_untaxed), (28.5, 28.49))
        self.assertEqual(order._get_savings(), (30, 1.51))

    def test_a_surcharge_is_no_saving(self):
        order = self._create_quote().with_user(self.manager)
        order.order_line[1].discount_text = "-10"
        self.assertEqual(order._get_savings()[1], -931.25)
        self.assertNotIn("You save", self._render(order))

    def test_vat_by_rate_adds_up_to_the_totals(self):
        included = self._create_included_tax(4)
        for method in ("round_per_line", "round_globally"):
            self.company.tax_calculation_rounding_method = method
            lines = [
                {
                    "product_id": self.pasta_product.id,
                    "product_uom_qty": quantity,
                    "discount_text": "33,33+10",
                    "tax_ids": tax.ids,
                }
                for quantity in (1, 3, 7)
                for tax in (self.vat10, self.vat22, included)
            ]
            order = self._create_quote(*lines)
            summary = order._get_vat_summary()
            self.assertEqual(len(summary), 3)
            self.assertAlmostEqual(sum(rate["base"] for rate in summary), order.amount_untaxed)
            self.assertAlmostEqual(sum(rate["tax"] for rate in summary), order.amount_tax)

    def test_without_vat_the_base_is_told(self):
        order = self._create_quote({"product_id": self.machine.id, "tax_ids": False})
        self.assertEqual(
            [(rate["name"], rate["base"], rate["tax"]) for rate in order._get_vat_summary()], [("No VAT", 10000, 0)]
        )

    @freeze_time("2026-01-15 10:00:00")
    def test_instalments_have_dates_and_amounts(self):
        order = self._create_quote()
        found = order._get_instalments()
        self.assertEqual([values["date"] for values in found], [date(2026, 1, 15), date(2026, 3, 2)])
        self.assertAlmostEqual(sum(values["amount"] for values in found), order.amount_total)
        self.assertEqual(found[0]["amount"], order.currency_id.round(order.amount_total * 0.3))
        self.assertEqual(found[1]["rule"], "30 days after the end of the invoice's month")

    @freeze_time("2026-01-15 23:30:00")
    def test_the_day_of_the_quote_is_the_company_s(self):
        self.company.partner_id.tz = "Europe/Rome"
        self.assertEqual(self._create_quote()._get_paper_date(), date(2026, 1, 16))

    def test_a_quote_without_terms_has_no_instalments(self):
        self.assertEqual(self._create_quote(payment_term_id=False)._get_instalments(), [])

    def test_texts_are_those_of_the_template_or_of_every_quote(self):
        default = self.env["quote.block"].create({"name": "Always", "body": "<p>x</p>", "is_default": True})
        template = self.env["sale.order.template"].create({"name": "T", "quote_block_ids": self.guarantee.ids})
        plain = self._create_order(self.machine, sale_order_template_id=False)
        self.assertEqual(plain.quote_block_ids, default)
        plain.sale_order_template_id = template
        self.assertEqual(plain.quote_block_ids, self.guarantee)

    def test_a_text_that_is_used_is_archived_not_deleted(self):
        self._create_quote()
        with self.assertRaises(UserError):
            self.guarantee.unlink()
        self.guarantee.active = False

    def test_texts_are_written_by_managers_only(self):
        self.assert_refused(self.guarantee.with_user(self.seller).write, {"name": "x"})
        self.guarantee.with_user(self.manager).name = "y"


@tagged("post_install", "-at_install")
class TestPage(PaperCommon):
    def _words(self, order, **kwargs):
        page = html.fromstring(self._render(order, **kwargs))
        return " ".join(page.xpath("//div[contains(@class, 'article')]")[0].text_content().split())

    def test_the_paper_says_it_all(self):
        self.guarantee.copy({"name": "Clauses", "needs_signature": True, "is_default": True})
        order = self._create_quote(validity_date="2099-12-31", note="<p>Ex works</p>")
        words = self._words(order)
        for text in (
            "List price",
            "Net price",
            "12.50",
            "50+10 %",
            "5.625",
            "Discount for you",
            "VAT",
            "You save",
            "568.75",
            "on the invoice date",
            "The dates count from the invoice date.",
            "This offer is valid until 12/31/2099.",
            "Ex works",
            "Satisfied",
            "Or refunded",
            "For acceptance of the quote",
            order._get_short_digest(),
        ):
            self.assertIn(text, words)

    def test_the_totals_leave_the_base_of_each_rate_to_the_summary(self):
        self.vat10.tax_group_id = self.vat10.tax_group_id.copy({"name": "Reduced"})
        order = self._create_quote(
            *({"product_id": self.machine.id, "tax_ids": tax.ids} for tax in (self.vat10, self.vat22))
        )
        rows = html.fromstring(self._render(order)).xpath("//tr[contains(@class, 'o_taxes')]")
        self.assertEqual(len(rows), 2)
        for row in rows:
            self.assertEqual(len(row.xpath(".//span[contains(@class, 'oe_currency_value')]")), 1, row.text_content())

    def test_discounts_stand_below_their_product_and_no_cell_spans_missing_columns(self):
        discounted = {"product_id": self.machine.id, "discount_text": "5"}
        order = self._create_quote(discounted, {"display_type": "line_note", "name": "By hand"})
        page = html.fromstring(self._render(order))
        columns = len(page.xpath("//table[contains(@class, 'o_quote_lines')]/thead/tr/th"))
        self.assertEqual(page.xpath("//td[@name='td_note_name']/@colspan"), [str(columns)])
        words = page.xpath("//td[@name='td_product_name']/div[@name='line_discounts']")[0].text_content()
        self.assertIn("Discount for you", words)

    def test_one_price_for_a_section_hides_those_of_its_lines(self):
        lines = [
            {"display_type": "line_section", "name": "Bundle", "collapse_prices": True},
            {"product_id": self.machine.id, "product_uom_qty": 3, "price_unit": 77.31, "discount_text": "13"},
            {"product_id": self.machine.id, "price_unit": 1234.5},
            {"display_type": "line_subsection", "name": "Sub"},
            {"product_id": self.machine.id, "price_unit": 55.17, "discount_text": "17"},
            {"display_type": "line_section", "name": "Open"},
            {"product_id": self.machine.id, "price_unit": 99.11},
        ]
        words = self._words(self._create_quote(*lines))
        for hidden in ("77.31", "13 %", "201.78", "1,234.50", "55.17", "45.79", "17 %", "271.59", "44.39"):
            self.assertNotIn(hidden, words)
        self.assertIn("99.11", words)
        self.assertIn("1,482.07", words)  # of the bundle

    def test_a_summary_of_a_section_hides_its_lines(self):
        lines = [
            {"display_type": "line_section", "name": "All in", "collapse_composition": True},
            {"product_id": self.pasta_product.id, "product_uom_qty": 3, "price_unit": 77.31, "discount_text": "13"},
            {"product_id": self.machine.id, "price_unit": 1234.5, "name": "Secret machine"},
        ]
        order = self._create_quote(*lines)
        words = self._words(order)
        for hidden in ("77.31", "13 %", "Secret machine"):
            self.assertNotIn(hidden, words)
        for shown in ("201.78", "1,234.50", "1,436.28"):  # by rate, and the total
            self.assertIn(shown, words)

    def test_a_void_signature_is_called_void(self):
        order = self._sign(self._create_quote())
        self.assertIn("Signed online: Mario Rossi", self._words(order))
        order.order_line[0].product_uom_qty = 11
        order.invalidate_recordset()
        self.assertIn("Signature void.", self._words(order))
        self.assertIn("For acceptance of the quote", self._words(order))

    def test_a_quote_that_is_not_allowed_is_a_draft(self):
        order = self._create_quote()
        self.assertNotIn("no offer yet", self._words(order))
        with patch.object(type(order), "_is_offer_allowed", lambda self: False):
            self.assertIn("no offer yet", self._words(order))

    def test_words_from_descriptions_are_escaped(self):
        order = self._create_quote({"product_id": self.machine.id, "name": "<b>x</b>", "discount_text": "5"})
        order.order_line.discount_step_ids.label = "<script>y</script>"
        page = self._render(order)
        self.assertNotIn("<script>y", page)
        self.assertIn("<script>y", html2plaintext(page))


@tagged("post_install", "-at_install")
class TestStamp(BaseCase):
    def test_each_page_is_marked_and_numbered(self):
        stream = io.BytesIO()
        canvas = Canvas(stream)
        for page in ("one", "two"):
            canvas.drawString(50, 50, page)
            canvas.showPage()
        canvas.save()
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(stamp(stream.getvalue(), "DRAFT", True))).pages]
        for text, number, page in zip(("one", "two"), ("1 / 2", "2 / 2"), pages, strict=True):
            for expected in (text, number, "DRAFT"):
                self.assertIn(expected, page)
