from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .invoice_common import InvoiceCommon, written_discounts


@tagged("post_install", "-at_install")
class TestFreeGoods(InvoiceCommon):
    def _create_gift_order(self, kind="gift", price=100, **values):
        """An order of a machine that is paid and one that is a gift."""
        return self._create_order(
            {"product_id": self.machine.id, "price_unit": 1000},
            {"product_id": self.machine.id, "price_unit": price, "free_goods": kind, **values},
        )

    def _get_gift_lines(self, order):
        gift = order.order_line.filtered("free_goods")
        return gift, gift.reversal_line_ids

    # === AS A DISCOUNT === #

    def test_goods_given_as_a_discount_leave_the_tax_base(self):
        order = self._create_gift_order("discount", discount_text="10")
        _paid, free = order.order_line
        self.assertRecordValues(free, [{"price_subtotal": 0.0, "discount": 100.0}])
        self.assertEqual(free.tax_ids.l10n_it_exempt_reason, "N1")
        invoice = self._confirm_and_invoice(order)
        xml = self._read_xml(invoice)
        self._check_same_totals(order, invoice, xml)
        line = xml.findall(".//DettaglioLinee")[1]
        self.assertEqual(line.findtext("TipoCessionePrestazione"), "SC")
        self.assertEqual(line.findtext("PrezzoUnitario"), "100.00000000", "the goods' normal value")
        self.assertEqual(line.findtext("Natura"), "N1")
        self.assertEqual(written_discounts(line), ["SC 10.00 %", "SC 100.00 %"])
        self.assertEqual(xml.findtext(".//DatiRiepilogo/ImponibileImporto"), "1000.00")

    def test_the_tax_comes_back_when_the_goods_are_paid_after_all(self):
        order = self._create_gift_order("discount")
        order.order_line[1].free_goods = False
        self.assertEqual(order.order_line[1].tax_ids, self.vat22)

    def test_without_a_configured_tax_the_line_keeps_its_own(self):
        self.company.quote_free_tax_id = False
        order = self._create_gift_order("discount")
        self.assertEqual(order.order_line[1].tax_ids, self.vat22)
        self._read_xml(self._confirm_and_invoice(order))

    def test_ten_bought_one_free(self):
        order = self._create_order({"product_id": self.pasta_product.id, "product_uom_qty": 35})
        action = order.order_line.action_add_free_goods()
        form = Form(self.env[action["res_model"]].with_user(self.seller).with_context(**action["context"]))
        self.assertEqual(form.free_quantity, 3)
        form.given_quantity = 2
        self.assertEqual(form.free_quantity, 6)
        form.save().action_add()
        self.assertRecordValues(
            order.order_line,
            [
                {"product_uom_qty": 35, "free_goods": False, "price_subtotal": 437.5},
                {"product_uom_qty": 6, "free_goods": "discount", "price_subtotal": 0.0},
            ],
        )

    def test_too_few_bought_for_a_free_one(self):
        order = self._create_order({"product_id": self.pasta_product.id, "product_uom_qty": 9})
        wizards = self.env["quote.free.goods.wizard"].with_user(self.seller)
        wizard = wizards.create({"order_line_id": order.order_line.id})
        for quantity in (10, 0, -1):
            wizard.bought_quantity = quantity
            with self.assertRaisesRegex(UserError, "^With 9 bought nothing is free"):
                wizard.action_add()

    # === GIFTS === #

    def test_a_gift_is_taxed_and_the_customer_pays_nothing_of_it(self):
        order = self._create_gift_order("gift")
        gift, reversal = self._get_gift_lines(order)
        self.assertRecordValues(gift, [{"price_subtotal": 100.0, "price_total": 122.0}])
        self.assertRecordValues(reversal, [{"price_total": -122.0, "product_uom_qty": 1.0}])
        self.assertEqual(order.amount_total, 1220.0)
        self.assertTrue(order.has_unrecharged_gift)

    def test_of_a_gift_with_recharge_the_customer_pays_the_vat(self):
        order = self._create_gift_order("gift_vat")
        _gift, reversal = self._get_gift_lines(order)
        self.assertEqual(reversal.price_total, -100.0)
        self.assertEqual(order.amount_total, 1242.0)
        self.assertFalse(order.has_unrecharged_gift)

    def test_the_vat_register_has_the_gifts_base_and_vat(self):
        for kind, total in (("gift", 1220.0), ("gift_vat", 1242.0)):
            with self.subTest(kind=kind):
                order = self._create_gift_order(kind)
                invoice = self._confirm_and_invoice(order)
                xml = self._read_xml(invoice)
                self._check_same_totals(order, invoice, xml)
                self.assertEqual(invoice.amount_total, total)
                vat = invoice.line_ids.filtered(lambda line: line.tax_line_id == self.vat22)
                self.assertRecordValues(vat, [{"tax_base_amount": -1100.0, "balance": -242.0}])
                summary = {
                    (found.findtext("AliquotaIVA"), found.findtext("Natura")): found.findtext("ImponibileImporto")
                    for found in xml.iter("DatiRiepilogo")
                }
                taken_back = f"{total - 1342:.2f}"
                self.assertEqual(summary, {("22.00", None): "1100.00", ("0.00", "N2.2"): taken_back})

    def test_the_reversal_goes_to_its_own_account(self):
        invoice = self._confirm_and_invoice(self._create_gift_order("gift"))
        reversal = invoice.invoice_line_ids.filtered(lambda line: line.price_subtotal < 0)
        self.assertEqual(reversal.account_id, self.company.quote_gift_account_id)
        self.assertFalse(reversal.tax_tag_ids, "nothing of it is in the VAT return")

    def test_the_invoice_calls_a_reversal_in_the_customers_language_alone(self):
        self.env["res.lang"]._activate_lang("it_IT")
        self.customer.lang = "it_IT"
        order = self._create_gift_order("gift")
        _gift, reversal = self._get_gift_lines(order)
        invoice = self._confirm_and_invoice(order.with_context(lang="en_US"))
        line = invoice.invoice_line_ids.filtered(lambda line: line.product_id == reversal.product_id)
        self.assertEqual(line.name, reversal.name)
        self.assertNotIn("Reversal of gifts", line.name)

    def test_the_reversal_follows_its_gift(self):
        order = self._create_gift_order("gift", price=100)
        gift, reversal = self._get_gift_lines(order)
        gift.write({"product_uom_qty": 3, "price_unit": 50, "discount_text": "10"})
        self.assertRecordValues(reversal, [{"product_uom_qty": 3.0, "price_total": -164.7}])
        gift.tax_ids = self.vat10.ids
        self.assertEqual(reversal.price_total, -148.5)
        order.header_text = "10"
        self.assertEqual(reversal.price_total, -133.65)
        gift.free_goods = "gift_vat"
        self.assertEqual(reversal.price_total, -121.5)
        order.action_update_prices()
        self.assertEqual(reversal.price_total, -gift.price_subtotal)
        gift.free_goods = False
        self.assertFalse(reversal.exists())

    def test_the_reversal_stands_below_its_gift(self):
        order = self._create_order(
            {"product_id": self.machine.id, "price_unit": 1000},
            {"product_id": self.machine.id, "price_unit": 100, "free_goods": "gift"},
            {"display_type": "line_section", "name": "All in", "collapse_composition": True},
            {"product_id": self.machine.id, "price_unit": 10},
        )
        gift, reversal = self._get_gift_lines(order)
        lines = order.order_line.sorted("sequence")
        self.assertEqual(lines.ids[1:3], [gift.id, reversal.id])
        self.assertEqual(lines.mapped("price_unit"), [1000, 100, -122, 0, 10])
        self.assertFalse(reversal.parent_id)

    def test_prices_taken_anew_reach_the_reversal(self):
        order = self._create_order({"product_id": self.pasta_product.id, "free_goods": "gift_vat"})
        _gift, reversal = self._get_gift_lines(order)
        self.pasta_product.list_price = 20
        order.with_user(self.env.user)._recompute_prices()
        self.assertEqual(reversal.price_total, -20.0)

    def test_the_reversal_goes_with_its_gift_and_never_alone(self):
        order = self._create_gift_order("gift")
        gift, reversal = self._get_gift_lines(order)
        with self.assertRaisesRegex(UserError, "takes back a gift"):
            reversal.unlink()
        gift.unlink()
        self.assertEqual(len(order.order_line), 1)

    def test_nobody_edits_a_reversal_by_hand(self):
        order = self._create_gift_order("gift")
        gift, reversal = self._get_gift_lines(order)
        reversal.write({"price_unit": -5000, "product_uom_qty": 9, "discount": 50, "sequence": 77})
        self.assertRecordValues(reversal, [{"price_total": -122.0, "product_uom_qty": 1.0, "sequence": 77}])
        order.write({"order_line": [Command.update(reversal.id, {"price_unit": -1})]})
        self.assertEqual(reversal.price_total, -122.0)
        for line in (gift, reversal):
            with self.assertRaises(AccessError):
                line.write({"reversal_of_id": order.order_line[0].id})

    def test_nobody_makes_a_reversal_by_hand(self):
        order = self._create_gift_order("gift")
        values = {"order_id": order.id, "product_id": self.machine.id, "reversal_of_id": order.order_line[0].id}
        self.assertFalse(order.order_line.create(values).reversal_of_id)
        del values["reversal_of_id"]
        lines = order.order_line.with_context(default_reversal_of_id=order.order_line[0].id)
        self.assertFalse(lines.create(values).reversal_of_id)

    def test_a_copied_quote_has_one_reversal_a_gift(self):
        copied = self._create_gift_order("gift").copy()
        self.assertEqual(copied.amount_total, 1220.0)
        self.assertEqual(len(copied.order_line), 3)
        self.assertEqual(len(self._get_gift_lines(copied)[1]), 1)

    def test_goods_that_are_delivered_first_are_reversed_as_they_are_invoiced(self):
        self.machine.invoice_policy = "delivery"
        order = self._create_gift_order("gift", product_uom_qty=4)
        order.with_user(self.env.user).action_confirm()
        gift, reversal = self._get_gift_lines(order)
        self.assertEqual(reversal.qty_to_invoice, 0)
        gift.qty_delivered = 3
        self.assertEqual(reversal.qty_to_invoice, 3)
        invoice = order.with_user(self.env.user)._create_invoices()
        self.assertEqual(invoice.amount_total, 0.0)
        self.assertEqual(reversal.qty_to_invoice, 0)

    def test_a_gift_taken_back_after_the_sale_leaves_a_reversal_of_zero(self):
        order = self._create_gift_order("gift")
        order.with_user(self.env.user).action_confirm()
        gift, reversal = self._get_gift_lines(order)
        gift.free_goods = False
        self.assertEqual(reversal.product_uom_qty, 0)
        self.assertEqual(order.amount_total, 1342.0)
        gift.free_goods = "gift_vat"
        self.assertRecordValues(reversal, [{"product_uom_qty": 1, "price_total": -100}])

    def test_a_credit_note_takes_back_both(self):
        invoice = self._confirm_and_invoice(self._create_gift_order("gift_vat"))
        note = self._post(invoice._reverse_moves([{"invoice_date": "2026-03-03"}]))
        self.assertEqual(note.amount_total, 1242.0)
        self.assertEqual(note.invoice_line_ids.mapped("free_goods"), invoice.invoice_line_ids.mapped("free_goods"))
        self._read_xml(note)

    def test_a_reversal_needs_its_product(self):
        self.company.quote_gift_product_id = False
        with self.assertRaisesRegex(UserError, "settings"):
            self._create_gift_order("gift")

    def test_the_form_shows_a_gift_once_it_is_saved(self):
        order = self._create_gift_order("gift")
        with Form(order) as form, form.order_line.edit(1) as line:
            line.product_uom_qty = 2
        gift, reversal = self._get_gift_lines(order)
        self.assertEqual(reversal.product_uom_qty, 2)
        self.assertEqual(reversal.price_total, -gift.price_total)


@tagged("post_install", "-at_install")
class TestFreeGoodsSettings(InvoiceCommon):
    def test_the_italian_chart_fills_the_settings(self):
        names = ("quote_free_tax_id", "quote_gift_tax_id", "quote_gift_account_id", "quote_gift_product_id")
        self.company.write(dict.fromkeys(names, False))
        self.company._fill_free_goods()
        self.assertEqual(self.company.quote_free_tax_id.l10n_it_exempt_reason, "N1")
        self.assertEqual(self.company.quote_gift_tax_id.l10n_it_exempt_reason, "N2.2")
        self.assertTrue(self.company.quote_gift_account_id.code.startswith("3111"))
        self.assertTrue(self.company.quote_gift_product_id)

    def test_what_is_set_stays(self):
        tax = self.vat22.copy({"name": "Own"})
        self.company.quote_gift_tax_id = tax
        self.env["res.company"]._fill_all_free_goods()
        self.assertEqual(self.company.quote_gift_tax_id, tax)

    def test_a_company_that_takes_the_chart_later_gets_them_too(self):
        company = self.env["res.company"].create({"name": "New", "country_id": self.env.ref("base.it").id})
        self.assertFalse(company.quote_free_tax_id)
        self.env["account.chart.template"].try_loading("it", company, install_demo=False)
        self.assertEqual(company.quote_free_tax_id.company_id, company)
        self.assertEqual(company.quote_gift_tax_id.company_id, company)

    def test_a_company_without_chart_can_give_gifts(self):
        names = ("quote_free_tax_id", "quote_gift_tax_id", "quote_gift_account_id")
        self.company.write(dict.fromkeys(names, False))
        line = {"product_id": self.machine.id, "price_unit": 100}
        order = self._create_order({**line, "free_goods": "gift"}, {**line, "free_goods": "discount"})
        self.assertEqual(order.amount_total, 0.0)

    def test_the_settings_are_in_the_form(self):
        form = Form(self.env["res.config.settings"])
        form.quote_gift_account_id = self.env["account.account"].search([("account_type", "=", "expense")], limit=1)
        form.save().execute()
        self.assertEqual(self.company.quote_gift_account_id.account_type, "expense")
