"""Discounts of order lines: what is negotiated is exact, named, and survives every later edit."""

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import QuoteCommon

DISCOUNTED_AND_AGREED = ({"discount_text": "10"}, {"agreed_price": 15})


@tagged("post_install", "-at_install")
class TestCascade(QuoteCommon):
    def test_a_cascade_is_charged_to_the_cent(self):
        line = self._create_order({"product_id": self.machine.id, "discount_text": "33,33 + 10%"}).order_line
        self.assertRecordValues(line, [{"discount_text": "33,33+10", "discount": 39.997, "price_subtotal": 6000.30}])
        self.assertEqual(line.discount_step_ids.mapped("percent"), [33.33, 10])
        self.assertEqual(set(line.discount_step_ids.mapped("kind")), {"negotiated"})

    def test_a_cascade_survives_every_edit(self):
        order = self._create_order({"product_id": self.pasta_product.id, "discount_text": "50+10+5"})
        line = order.order_line
        other = self._create_list("Other", {"compute_price": "fixed", "fixed_price": 20})
        steps = line.discount_step_ids
        edits = {
            "quantity": lambda: line.write({"product_uom_qty": 7}),
            "unit": lambda: line.write({"product_uom_id": self.env.ref("uom.product_uom_dozen").id}),
            "list": lambda: order.write({"pricelist_id": other.id}),
            "prices": order.action_update_prices,
            "date": lambda: order.write({"date_order": "2026-01-01"}),
            "partner": lambda: order.write({"partner_id": self.customer.copy().id}),
            "taxes": order.action_update_taxes,
        }
        for name, edit in edits.items():
            edit()
            self.assertRecordValues(line, [{"discount_text": "50+10+5", "discount": 57.25}])
            self.assertEqual(line.discount_step_ids, steps, name)
        self.assertEqual(line.price_unit, 20 * 12)

    def test_a_discount_does_not_hide_that_the_list_has_changed(self):
        listed = self._create_list("Listed", {"compute_price": "fixed", "fixed_price": 20})
        discounted, agreed = ({"product_id": self.pasta_product.id, **what} for what in DISCOUNTED_AND_AGREED)
        order = self._create_order(discounted, agreed, pricelist_id=listed.id)
        listed.item_ids.fixed_price = 22
        order.invalidate_recordset()
        order.order_line.invalidate_recordset()
        self.assertEqual(order.order_line.mapped("listino_price_changed"), [True, False])
        order.action_update_changed_prices()
        self.assertRecordValues(order.order_line[0], [{"price_unit": 22, "discount": 10}])
        self.assertFalse(order.listino_price_notice)

    def test_only_the_part_of_the_list_is_taken_anew(self):
        shown = self._create_promotional_list(20)
        order = self._create_order({"product_id": self.pasta_product.id, "discount_text": "10"}, pricelist_id=shown.id)
        line = order.order_line
        self.assertRecordValues(line, [{"price_unit": 12.5, "list_discount": 20, "discount": 28}])
        self.assertEqual(line.discount_step_ids.mapped("kind"), ["list", "negotiated"])
        shown.item_ids.percent_price = 30
        line.discount_text = "10+5"
        self.assertEqual(line.list_discount, 20)
        order.action_update_prices()
        self.assertRecordValues(line, [{"list_discount": 30, "discount": 40.15}])
        order.pricelist_id = self.public_list
        order.action_update_prices()
        self.assertRecordValues(line, [{"list_discount": 0, "discount": 14.5}])
        self.assertEqual(line.discount_step_ids.mapped("percent"), [10, 5])

    def test_a_copy_keeps_the_discounts(self):
        order = self._create_order({"product_id": self.pasta_product.id, "discount_text": "50+10"}, header_text="5")
        copy = order.copy()
        self.assertRecordValues(copy.order_line, [{"discount_text": "50+10", "discount": 57.25}])
        self.assertEqual(len(copy.order_line.discount_step_ids), 3)
        self.assertEqual(copy.order_line.negotiator_id, self.seller)

    def test_an_agreed_price_is_the_price(self):
        order = self._create_order({"product_id": self.pasta_product.id, "agreed_price": 8.37, "product_uom_qty": 7})
        line = order.order_line
        self.assertRecordValues(line, [{"price_unit": 12.5, "net_price": 8.37, "price_subtotal": 58.59}])
        line.product_uom_qty = 10
        self.assertEqual(line.price_subtotal, 83.7)
        line.discount_text = "10"
        self.assertRecordValues(line, [{"agreed_price": 0, "net_price": 11.25}])

    def test_the_form_takes_discounts_and_net_prices(self):
        order = self._create_order(self.pasta_product, user=self.seller)
        with Form(order) as form, form.order_line.edit(0) as line:
            line.discount_text = "20 + 5"
            self.assertEqual((line.discount_text, line.net_price, line.discount), ("20+5", 9.5, 24))
            line.product_uom_qty = 3
            self.assertEqual(line.discount, 24)
        self.assertRecordValues(order.order_line, [{"discount_text": "20+5", "agreed_price": 0}])
        with Form(order) as form, form.order_line.edit(0) as line:
            line.net_price = 8
            self.assertEqual((line.discount_text, line.discount), (False, 36))
        self.assertRecordValues(order.order_line, [{"discount_text": False, "agreed_price": 8, "price_subtotal": 24}])

    def test_a_discount_on_the_order_is_a_step_on_each_line(self):
        order = self._create_order({"product_id": self.machine.id, "discount_text": "10"}, self.pasta_product)
        order.header_text = "5 + 2"
        self.assertEqual(order.order_line.mapped("discount"), [16.21, 6.9])
        self.assertEqual(order.order_line[0].discount_step_ids.mapped("kind"), ["negotiated", "header", "header"])
        order.header_text = False
        self.assertEqual(order.order_line.mapped("discount"), [10, 0])
        self.assertEqual(len(order.order_line.discount_step_ids), 1)

    def test_free_goods_as_a_discount_cost_nothing(self):
        line = self._create_order({"product_id": self.machine.id, "free_goods": "discount"}).order_line
        self.assertRecordValues(line, [{"discount": 100, "price_total": 0}])

    def test_a_plain_percentage_is_the_whole_discount(self):
        shown = self._create_promotional_list(20)
        order = self._create_order({"product_id": self.machine.id, "discount": 12.5}, pricelist_id=shown.id)
        line = order.order_line
        self.assertRecordValues(line, [{"discount_text": "12,5", "list_discount": 0, "discount": 12.5}])
        line.discount = 30
        self.assertRecordValues(line, [{"discount_text": "30", "discount": 30}])

    def test_bad_entries_save_nothing(self):
        order = self._create_order(self.machine)
        for text in ("50++10", "101", "abc", "+".join(["1"] * 30), "-5"):
            with self.subTest(text=text), self.assertRaises(ValidationError):
                order.order_line.write({"discount_text": text, "product_uom_qty": 9})
            with self.subTest(text=text), self.assertRaises(ValidationError):
                order.header_text = text
        self.assertRecordValues(order.order_line, [{"discount_text": False, "product_uom_qty": 1}])

    def test_surcharges_need_the_right(self):
        order = self._create_order(self.machine)
        order.with_user(self.manager).order_line.discount_text = "-2"
        self.assertEqual(order.amount_untaxed, 10200)
        self.company.quote_surcharge = True
        order.order_line.discount_text = "-3"
        self.assertEqual(order.amount_untaxed, 10300)

    def test_sellers_cannot_forge_what_the_server_notes(self):
        order = self._create_order({"product_id": self.machine.id, "promotion_discount": "90", "header_discount": 9000})
        line = order.order_line
        self.assertRecordValues(line, [{"discount": 0, "promotion_discount": False, "header_discount": 0}])
        for name, value in {"promotion_discount": "90", "agreement_price": 1, "negotiator_id": self.manager.id}.items():
            with self.subTest(name=name), self.assertRaises(AccessError):
                line.write({name: value})
        made = self.env["sale.order.line"].with_user(self.seller).with_context(default_agreement_discount="90")
        line = made.create({"order_id": order.id, "product_id": self.machine.id})
        self.assertEqual(line.discount, 0)

    def test_sellers_name_steps_and_no_more(self):
        order = self._create_order({"product_id": self.machine.id, "discount_text": "10"})
        step = order.order_line.discount_step_ids
        step.with_user(self.seller).write({"label": "Fiera", "visible": False})
        order.order_line.product_uom_qty = 2
        self.assertRecordValues(step, [{"label": "Fiera", "visible": False}])
        for call in (lambda: step.write({"percent": 50}), step.unlink, lambda: step.copy()):
            with self.assertRaises(AccessError):
                call()

    def test_the_reason_of_a_line_is_that_of_its_negotiated_steps(self):
        reason = self.env["quote.discount.reason"].create({"name": "Fair"})
        order = self._create_order(
            {"product_id": self.machine.id, "discount_text": "10", "discount_reason_id": reason.id}, header_text="5"
        )
        self.assertEqual(order.order_line.discount_step_ids.mapped("reason_id.name"), ["Fair"])

    def test_who_negotiates_is_noted(self):
        order = self._create_order(self.machine)
        order.with_user(self.manager).order_line.discount_text = "10"
        self.assertEqual(order.order_line.negotiator_id, self.manager)
        order.with_user(self.seller).order_line.name = "Other words"
        self.assertEqual(order.order_line.negotiator_id, self.manager)
        order.with_user(self.seller).order_line.product_uom_qty = 2
        self.assertEqual(order.order_line.negotiator_id, self.seller)
        order.with_user(self.manager).order_line.product_uom_qty = 3
        self.assertEqual(order.order_line.negotiator_id, self.seller, "A quantity is no yes to the discount")

    def test_quotation_templates_keep_to_the_cascade(self):
        template = self.env["sale.order.template"].create(
            {"name": "T", "sale_order_template_line_ids": [Command.create({"product_id": self.machine.id})]}
        )
        self.seller.group_ids += self.env.ref("sale_management.group_sale_order_template")
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.customer
            form.sale_order_template_id = template
            with form.order_line.edit(0) as line:
                line.discount_text = "15"
        self.assertRecordValues(form.record.order_line, [{"discount": 15, "price_subtotal": 8500}])

    def test_lines_get_their_analytic_distribution_where_there_is_one(self):
        plan = self.env["account.analytic.plan"].create({"name": "Plan"})
        account = self.env["account.analytic.account"].create({"name": "Fair", "plan_id": plan.id})
        self.assertFalse(self._create_order(self.machine).order_line.analytic_distribution)
        values = {"product_id": self.machine.id, "analytic_distribution": {str(account.id): 100}}
        self.env["account.analytic.distribution.model"].create(values)
        line = self._create_order(self.machine).order_line
        self.assertEqual(line.analytic_distribution, {str(account.id): 100})
