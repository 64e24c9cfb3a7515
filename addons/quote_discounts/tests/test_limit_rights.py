"""Who sets and reads limits, and that nobody moves what they are measured by."""

from contextlib import contextmanager

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .limits_common import LimitsCommon


@tagged("post_install", "-at_install")
class TestLimitRights(LimitsCommon):
    def test_a_seller_neither_reads_nor_writes_limits(self):
        limits = self.env["quote.discount.limit"].with_user(self.seller)
        actions = [
            lambda: limits.search([]),
            lambda: limits.create({"max_discount": 90}),
            lambda: self.limit.with_user(self.seller).write({"max_discount": 90}),
            lambda: self.limit.with_user(self.seller).unlink(),
        ]
        for action in actions:
            with self.assertRaises(AccessError):
                action()

    def test_a_manager_sets_limits(self):
        limit = self.limit.with_user(self.manager)
        limit.max_discount = 25
        self.assertFalse(self._check_one({"discount_text": "20"}))
        limit.unlink()

    def test_a_manager_of_another_company_does_not_see_them(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.manager.write({"company_ids": [(4, other.id)], "company_id": other.id})
        manager = self.limit.with_user(self.manager).with_context(allowed_company_ids=other.ids)
        self.assertNotIn(self.limit, manager.search([]))
        with self.assertRaises(AccessError):
            manager.with_context(allowed_company_ids=other.ids).write({"max_discount": 90})

    def test_a_seller_reads_no_margin_and_no_cost(self):
        self.limit.active = False
        self._create_limit(min_margin=47)
        order = self._create_order({"product_id": self.article.id, "price_unit": 83.21})
        self.assertIn("below the smallest margin", order.limit_notice)
        for secret in ("47", "50", "39,91", "39.91"):
            self.assertNotIn(secret, order.limit_notice)
        line = self._create_order(self.article).order_line
        self.assertEqual(line.limit_hint, "5 %")

    @contextmanager
    def _refuses(self, words):
        """The action is refused, and what it had done is undone, as at the end of a request."""
        with self.assertRaisesRegex(AccessError, words), self.cr.savepoint():
            yield
        self.env.invalidate_all()

    def test_the_customers_list_is_a_managers_to_choose(self):
        cheap = self._create_list("Cheap", {"compute_price": "percentage", "percent_price": 30})
        customer = self.customer.with_user(self.seller)
        for name in ("property_product_pricelist", "specific_property_product_pricelist"):
            with self.subTest(field=name), self._refuses("Ask a manager"):
                customer.write({name: cheap.id})
            with self.subTest(field=name), self._refuses("Ask a manager"):
                customer.create({"name": "New", name: cheap.id})
        self.customer.with_user(self.manager).property_product_pricelist = cheap
        self.assertEqual(self.customer.property_product_pricelist, cheap)

    def test_the_same_list_may_be_written_again(self):
        customer = self.customer.with_user(self.seller)
        customer.write({"property_product_pricelist": self.public_list.id, "phone": "1"})
        self.assertEqual(customer.phone, "1")

    def test_a_new_contact_takes_the_list_of_his_company(self):
        contact = self.customer.with_user(self.seller).create({"name": "Mario", "parent_id": self.customer.id})
        self.assertEqual(contact.property_product_pricelist, self.public_list)

    def test_tags_of_limits_are_a_managers_to_put_on(self):
        vip, plain = self.env["res.partner.category"].create([{"name": "VIP"}, {"name": "Plain"}])
        below = vip.create({"name": "Very VIP", "parent_id": vip.id})
        self._create_limit(50, customer="tag", tag_id=vip.id)
        customer = self.customer.with_user(self.seller)
        customer.category_id = plain
        for tag in (vip, below):
            with self._refuses("VIP"):
                customer.category_id |= tag
            with self._refuses("VIP"):
                customer.create({"name": "New", "category_id": tag.ids})
        self.customer.category_id |= vip
        with self._refuses("VIP"):
            customer.category_id = plain

    def test_without_limits_sellers_choose_lists_as_ever(self):
        self.limit.active = False
        cheap = self._create_list("Cheap")
        self.customer.with_user(self.seller).property_product_pricelist = cheap
        self.assertEqual(self.customer.property_product_pricelist, cheap)

    def test_nobody_writes_a_negotiator_by_hand(self):
        order = self._create_order({"product_id": self.article.id, "discount_text": "20"})
        with self.assertRaises(AccessError):
            order.order_line.negotiator_id = self.manager
        self.assertEqual(len(self._check(order)), 1)
