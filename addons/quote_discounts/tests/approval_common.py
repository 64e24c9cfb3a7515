"""Builders of the tests about approval: two levels with their approvers, and a seller who may give 10 %."""

from contextlib import contextmanager

from odoo.fields import Command
from odoo.tests import new_test_user

from .common import QuoteCommon


class ApprovalCommon(QuoteCommon):
    """A seller who may give 10 %; Lea may approve up to 30 %, Dora up to 60 %, both down to a margin of 5 %."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lea, cls.dora = (cls._create_approver(login) for login in ("quote_lea", "quote_dora"))
        cls.low, cls.high = (
            cls._create_level("Area", 10, 30, cls.lea, deadline_hours=4),
            cls._create_level("Direction", 20, 60, cls.dora, deadline_hours=8),
        )
        cls.limit = cls.env["quote.discount.limit"].create({"max_discount": 10})
        cls.machine.standard_price = 3000
        cls.pasta_product.standard_price = 5

    @classmethod
    def _create_approver(cls, login):
        groups = "sales_team.group_sale_salesman_all_leads"
        return new_test_user(cls.env, login, groups=groups, lang="en_US", email=f"{login}@example.com")

    @classmethod
    def _create_level(cls, name, sequence, max_discount, users, **values):
        return cls.env["quote.discount.level"].create(
            {
                "name": name,
                "sequence": sequence,
                "max_discount": max_discount,
                "min_margin": 5,
                "user_ids": [Command.set(users.ids)],
                **values,
            }
        )

    def _create_quote(self, discount=False, user=None, **values):
        """A quote of one machine of 10,000 with a discount."""
        line = {"product_id": self.machine.id, "discount_text": discount}
        return self._create_order(line, user=user, **values)

    def _ask(self, order, reason="A competitor"):
        return order._ask_approval(reason).sudo()

    def _approve(self, order):
        request = self._ask(order)
        approver = request.level_id.user_ids
        request.with_user(approver).action_approve()
        self.assertEqual(request.state, "approved")
        return request

    @contextmanager
    def assertRaisesRegex(self, exception, regex):  # noqa: N802 - unittest's name
        # OVERRIDE: as Odoo's assertRaises does: what fails leaves nothing behind.
        with super().assertRaisesRegex(exception, regex) as caught, self.env.cr.savepoint():
            yield caught
