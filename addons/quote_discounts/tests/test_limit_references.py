"""The price that limits start from: nothing that a seller can write makes it lower."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .limits_common import LimitsCommon


@tagged("post_install", "-at_install")
class TestLimitReferences(LimitsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cheap_list = cls._create_list("Cheap", {"compute_price": "percentage", "percent_price": 30})
        cls.formula_list = cls._create_list("Formula", {"compute_price": "formula", "price_discount": 30})
        cls.dear_list = cls._create_list("Dear", {"compute_price": "fixed", "fixed_price": 120})

    def test_another_list_is_a_discount(self):
        for pricelist in (self.cheap_list, self.formula_list):
            with self.subTest(pricelist=pricelist.name):
                order = self._create_order(self.article, pricelist_id=pricelist.id)
                self.assertEqual(order.amount_untaxed, 70)
                self.assertEqual(self._check(order), [("discount", 0, 30.0)])

    def test_a_list_chosen_afterwards_is_a_discount(self):
        order = self._create_order(self.article)
        order.pricelist_id = self.cheap_list
        order.action_update_prices()
        self.assertEqual(self._check(order), [("discount", 0, 30.0)])

    def test_the_customers_own_list_is_none(self):
        for pricelist in (self.cheap_list, self.formula_list):
            self.customer.property_product_pricelist = pricelist
            self.assertFalse(self._check_one({"discount_text": "10"}))
            self.assertEqual(self._check_one({"discount_text": "20"}), [("discount", 0, 20.0)])

    def test_a_dearer_list_binds(self):
        order = self._create_order({"product_id": self.article.id, "agreed_price": 100}, pricelist_id=self.dear_list.id)
        self.assertEqual(self._check(order), [("discount", 0, 16.67)])

    def test_the_list_of_the_company_behind_the_contact_counts(self):
        contact = self.env["res.partner"].create({"name": "Mario", "parent_id": self.customer.id, "type": "other"})
        self.customer.property_product_pricelist = self.cheap_list
        self.assertFalse(self._check_one({}, partner_id=contact.id))

    def test_another_date_changes_nothing(self):
        rule = {"compute_price": "percentage", "percent_price": 50, "date_end": "2020-12-31 00:00:00"}
        self.customer.property_product_pricelist = self._create_list("Once", rule)
        order = self._create_order(self.article, date_order="2020-05-01 08:00:00")
        self.assertEqual(order.amount_untaxed, 50)
        self.assertEqual(self._check(order), [("discount", 0, 50.0)])
        future = {"compute_price": "percentage", "percent_price": 50, "date_start": "2990-01-01 00:00:00"}
        self.customer.property_product_pricelist = self._create_list("Some day", future)
        order = self._create_order(self.article, date_order="2990-05-01 08:00:00")
        self.assertEqual(self._check(order), [("discount", 0, 50.0)])

    def _age(self, order, date):
        """An order made and priced on another day."""
        self.env.flush_all()
        self.cr.execute("UPDATE sale_order SET create_date = %s WHERE id = %s", [date, order.id])
        self.cr.execute("UPDATE sale_order_line SET listino_price_date = %s WHERE order_id = %s", [date, order.id])
        self.env.invalidate_all()

    def test_an_offer_stays_inside_its_limit_when_the_list_rises_afterwards(self):
        old = {"compute_price": "fixed", "fixed_price": 80, "date_end": "2025-12-31 00:00:00"}
        new = {"compute_price": "fixed", "fixed_price": 100, "date_start": "2026-01-01 00:00:00"}
        self.customer.property_product_pricelist = self._create_list("Rising", old, new)
        order = self._create_order({"product_id": self.article.id, "price_unit": 80})
        self.assertEqual(self._check(order), [("discount", 0, 20.0)])
        self._age(order, "2025-06-01 08:00:00")
        self.assertFalse(self._check(order))
        copied = order.with_user(self.seller).copy()
        self.assertEqual(copied.amount_untaxed, 80)
        self.assertEqual(self._check(copied), [("discount", 0, 20.0)])

    def test_quantity_discounts_of_the_list_are_the_lists(self):
        breaks = {"compute_price": "percentage", "percent_price": 30, "min_quantity": 10}
        self.customer.property_product_pricelist = self._create_list("Breaks", breaks)
        self.assertFalse(self._check_one({"product_uom_qty": 10, "discount_text": "10"}))
        self.assertEqual(self._check_one({"product_uom_qty": 9, "price_unit": 70}), [("discount", 0, 30.0)])

    def test_another_unit_has_its_own_price(self):
        dozen = {"product_uom_id": self.env.ref("uom.product_uom_dozen").id}
        self.assertFalse(self._check_one({**dozen, "discount_text": "10"}))
        self.assertEqual(self._check_one({**dozen, "price_unit": 600}), [("discount", 0, 50.0)])

    def test_another_currency_is_converted(self):
        dollar = self.env["res.currency"].create({"name": "XTD", "symbol": "X", "rounding": 0.01})
        self.env["res.currency.rate"].create(
            {"currency_id": dollar.id, "company_id": self.company.id, "rate": 2, "name": "2020-01-01"}
        )
        foreign = self._create_list("Foreign", currency_id=dollar.id)
        order = self._create_order(self.article, pricelist_id=foreign.id)
        self.assertEqual(order.order_line.price_unit, 200)
        self.assertFalse(self._check(order))
        order.order_line.price_unit = 100
        self.assertEqual(self._check(order), [("discount", 0, 50.0)])
        order = self._create_order(self.article)
        order.currency_id = dollar
        self.assertEqual(self._check(order), [("discount", 0, 50.0)])

    def test_prices_with_taxes_are_compared_without_them(self):
        included = self._create_included_tax()
        self.article.taxes_id = included
        self.assertFalse(self._check_one({"discount_text": "10"}))
        self.assertEqual(self._check_one({"discount_text": "12"}), [("discount", 0, 12.0)])
        self.assertFalse(self._check_one({"price_unit": 82, "tax_ids": [Command.set(self.vat22.ids)]}))

    def test_a_tax_moved_into_the_price_is_a_discount(self):
        order = self._create_order(self.article)
        order.order_line.tax_ids = self._create_included_tax()
        self.assertEqual(self._check(order), [("discount", 0, 18.03)])

    def test_a_fiscal_position_keeps_what_the_company_gets(self):
        included = self._create_included_tax()
        self.article.taxes_id = included
        position = self.env["account.fiscal.position"].create({"name": "Export"})
        reduced = self._create_vat(4, fiscal_position_ids=position.ids, original_tax_ids=included.ids)
        order = self._create_order(self.article, fiscal_position_id=position.id)
        self.assertEqual(order.order_line.tax_ids, reduced)
        self.assertFalse(self._check(order))
        order.order_line.price_unit = 70
        self.assertEqual(self._check(order), [("discount", 0, 14.6)])

    def test_a_context_changes_nothing(self):
        order = self._create_order({"product_id": self.article.id, "discount_text": "20"})
        keys = {"no_variant_attributes_price_extra": (-50,), "active_test": False, "pricelist": self.cheap_list.id}
        [finding] = order.with_context(**keys)._check_limits()
        self.assertEqual(finding.given, 20)

    def test_promotions_and_agreements_are_managements_own(self):
        promotion = self.env["quote.promotion"].create(self._promotion_values())
        order = self._create_order(self.article)
        order.order_line.sudo().write({"promotion_id": promotion.id, "promotion_discount": "20"})
        self.assertFalse(self._check(order))
        order.order_line.discount_text = "10"
        self.assertFalse(self._check(order))
        order.order_line.discount_text = "12"
        self.assertEqual(self._check(order), [("discount", 0, 12.0)])
        order.order_line.sudo().promotion_id = False
        self.assertEqual(self._check(order), [("discount", 0, 29.6)])

    def test_a_promotion_of_a_list_is_for_customers_of_that_list(self):
        resellers = self._create_list("Resellers")
        promotion = {**self._promotion_values(), "discount_text": "50", "pricelist_ids": resellers.ids}
        self.env["quote.promotion"].create(promotion)
        order = self._create_order(self.article, pricelist_id=resellers.id)
        order.pricelist_id = self.public_list
        self.assertEqual(order.order_line.discount, 50)
        self.assertEqual(self._check(order), [("discount", 0, 50.0)])
        self.customer.property_product_pricelist = resellers
        self.assertFalse(self._check(order))

    def test_an_agreement_is_the_customers_own(self):
        """By a copy, by an order that is sold already, or by both in one write."""
        other = self.env["res.partner"].create({"name": "Bar", "property_product_pricelist": self.public_list.id})
        self._create_agreement(discount_text="50")
        order = self._create_order(self.article)
        self.assertEqual(order.order_line.discount, 50)
        self.assertEqual(self._check(order.copy({"partner_id": other.id})), [("discount", 0, 50.0)])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.write({"partner_id": other.id, "state": "sale"})
        order.action_confirm()
        with self.assertRaises(UserError):
            order.partner_id = other

    def test_a_tax_moved_into_an_agreed_price_is_a_discount_too(self):
        self.article.taxes_id = self.vat22
        self._create_agreement(net_price=60)
        order = self._create_order(self.article)
        self.assertFalse(self._check(order))
        order.order_line.tax_ids = self._create_vat(22, name="Inside", price_include_override="tax_included")
        self.assertEqual(self._check(order), [("discount", 0, 18.03)])

    def _create_agreement(self, **condition):
        condition |= {"applied_on": "product", "product_id": self.article.id}
        values = {"partner_id": self.customer.id, "company_id": self.company.id, "date_start": "2020-01-01"}
        agreement = self.env["quote.agreement"].create({**values, "line_ids": [Command.create(condition)]})
        agreement.action_activate()

    def _promotion_values(self):
        return {"name": "Spring", "company_id": self.company.id}

    def test_extra_prices_of_attributes_are_part_of_the_price(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Engraving",
                "create_variant": "no_variant",
                "value_ids": [Command.create({"name": "Yes", "default_extra_price": 50})],
            }
        )
        template = self.article.product_tmpl_id
        attribute_line = self.env["product.template.attribute.line"].create(
            {
                "product_tmpl_id": template.id,
                "attribute_id": attribute.id,
                "value_ids": [Command.set(attribute.value_ids.ids)],
            }
        )
        self.env.invalidate_all()
        value = attribute_line.product_template_value_ids
        self.assertEqual(value.price_extra, 50)
        line = {"product_no_variant_attribute_value_ids": [Command.set(value.ids)]}
        order = self._create_order({"product_id": template.product_variant_id.id, **line})
        order.order_line.price_unit = 150
        self.assertFalse(self._check(order))
        order.order_line.price_unit = 105
        self.assertEqual(self._check(order), [("discount", 0, 30.0)])
