"""Builders shared by the tests: a company, its customers with their histories, and the people who look after them."""

import datetime

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

TODAY = datetime.date(2026, 6, 15)


def speak_english(case):
    """Have all users read English in the tests of a class, whatever the database speaks."""
    case.env["res.lang"]._activate_lang("en_US")  # an Italian database has put it away
    users = case.env["res.users"].with_context(active_test=False).search([])
    users.partner_id.lang = "en_US"
    case.env = case.env["base"].with_context(lang="en_US").env


class LifecycleCommon(TransactionCase):
    """A company in euro with a product, a customer, a user and a manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        speak_english(cls)
        cls.company = cls.env.company
        cls.user = cls._create_user("lifecycle_user", "lifecycle_crm.group_lifecycle_user")
        cls.manager = cls._create_user("lifecycle_manager", "lifecycle_crm.group_lifecycle_manager")
        cls.product = cls.env["product.product"].create({"name": "Olive oil", "type": "consu", "list_price": 100})
        cls.customer = cls._create_customer("Trattoria Rossi")

    @classmethod
    def _create_user(cls, login, groups, **values):
        return new_test_user(cls.env, login, groups=groups, lang="en_US", email=f"{login}@example.com", **values)

    @classmethod
    def _create_customer(cls, name, **values):
        values = {
            "name": name,
            "is_company": True,
            "lang": "en_US",
            "email": f"{name.split()[-1].lower()}@example.com",
            "country_id": cls.env.ref("base.it").id,
            **values,
        }
        return cls.env["res.partner"].create(values)

    @classmethod
    def _create_order(cls, partner, day, amount=100, **values):
        """A confirmed order of one line.

        :param day: its date, or moment in UTC
        """
        line = {"product_id": cls.product.id, "product_uom_qty": 1, "price_unit": amount, "tax_ids": [Command.clear()]}
        order = cls.env["sale.order"].create({"partner_id": partner.id, "order_line": [Command.create(line)], **values})
        order.action_confirm()
        order.date_order = day
        return order
