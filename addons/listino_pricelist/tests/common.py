"""Builders shared by the tests: a small Italian catalogue with nested categories and chained lists."""

from hypothesis import HealthCheck, settings

from odoo.fields import Command
from odoo.tests import RecordCapturer, TransactionCase, new_test_user

# How fast the machine is beside other work says nothing about the code.
settings.register_profile("any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any_machine")


class ListinoCommon(TransactionCase):
    """A company in euro with categories Food > Pasta > Fresh pasta, six products and a public list."""

    cron = None  # the scheduled action of the tests that have one

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")  # an Italian database has put it away
        cls.env.user.group_ids += cls.env.ref("product.group_product_pricelist")
        cls.company = cls.env.company
        cls.euro = cls.company.currency_id
        cls.food = cls._create_category("Food")
        cls.pasta = cls._create_category("Pasta", cls.food)
        cls.fresh_pasta = cls._create_category("Fresh pasta", cls.pasta)
        cls.public_list = cls._create_list("Public")

    @classmethod
    def _create_category(cls, name, parent=None, **values):
        return cls.env["product.category"].create({"name": name, "parent_id": parent and parent.id, **values})

    @classmethod
    def _create_product(cls, name, price, category=None, **values):
        values = {"name": name, "list_price": price, "categ_id": (category or cls.food).id, "taxes_id": [], **values}
        return cls.env["product.product"].create(values)

    @classmethod
    def _create_included_tax(cls, amount=22):
        """A VAT that is in the price."""
        values = {"name": f"{amount} % in", "amount": amount, "type_tax_use": "sale"}
        return cls.env["account.tax"].create({**values, "price_include_override": "tax_included"})

    @classmethod
    def _create_list(cls, name, *rules, **values):
        """A price list with rules given as dictionaries of values."""
        values = {"name": name, "currency_id": cls.euro.id, "company_id": cls.company.id, **values}
        values["item_ids"] = [Command.create(rule) for rule in rules]
        return cls.env["product.pricelist"].create(values)

    @classmethod
    def _create_salesperson(cls, login="listino_seller"):
        return new_test_user(cls.env, login, groups="sales_team.group_sale_salesman", lang="en_US")

    @classmethod
    def _create_manager(cls, login="listino_manager"):
        return new_test_user(cls.env, login, groups="sales_team.group_sale_manager", lang="en_US")

    def _run_cron(self):
        """Run the scheduled action once; its commits are none."""
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()

    def _capture_triggers(self):
        """What the scheduled action is told within a block: when to run."""
        return RecordCapturer(self.env["ir.cron.trigger"], [("cron_id", "=", self.cron.id)])
