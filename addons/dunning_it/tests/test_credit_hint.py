"""What a salesperson is told of a customer's payments while he writes a quote."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .watch_common import WatchCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 08:00:00")
class TestCreditHint(WatchCommon):
    def _pay_late(self, days=23):
        """Three invoices, each paid so many days after its due date of 15 March."""
        for _number in range(3):
            with freeze_time("2026-03-15"):
                move = self._create_invoice(100)
            self._pay(move, date=f"2026-04-{days - 16:02}")

    def test_who_pays_in_time_and_owes_nothing_is_not_spoken_of(self):
        self._pay(self._create_invoice(100), date="2026-03-10")
        self.assertRecordValues(self._create_quote(), [{"dunning_hint": False, "dunning_hint_level": False}])

    def test_who_pays_late_is_said_to(self):
        self._pay_late()
        order = self._create_quote()
        self.assertEqual(order.dunning_hint_level, "warning")
        self.assertIn("Pays 23 days late as a rule.", order.dunning_hint)
        self.assertIn("This quote adds 1,000.00", order.dunning_hint.replace("\xa0", " "))

    def test_what_is_overdue_and_open_is_said_in_figures(self):
        self._create_invoice(4000)
        self._create_invoice(200)
        self._create_invoice(800, due="2026-07-15")
        order = self._create_quote()
        self.assertEqual(order.dunning_hint_level, "danger")
        self.assertIn("2 instalments of", order.dunning_hint)
        self.assertIn("4,200.00", order.dunning_hint)
        self.assertIn("5,000.00", order.dunning_hint)

    def test_the_credit_limit_counts_what_the_quote_adds(self):
        self.company.account_use_credit_limit = True
        self.customer.credit_limit = 1500
        self._create_invoice(500, due="2026-07-15")
        order = self._create_quote()
        self.assertFalse(order.dunning_hint_level)
        order.order_line.price_unit = 1000.01
        self.assertEqual(order.dunning_hint_level, "danger")
        self.assertIn("beyond the credit limit", order.dunning_hint)

    def test_a_company_may_show_a_traffic_light_only(self):
        self.company.dunning_quote_hint = "light"
        self._create_invoice(4000)
        order = self._create_quote()
        self.assertEqual(order.dunning_hint_level, "danger")
        self.assertFalse([sign for sign in order.dunning_hint if sign.isdigit()])

    def test_it_is_there_while_the_quote_is_written(self):
        self._create_invoice(4000)
        with Form(self.env["sale.order"].with_user(self.seller)) as form:
            form.partner_id = self.customer
            self.assertEqual(form.dunning_hint_level, "danger")

    def test_it_is_for_those_who_sell(self):
        order = self._create_quote()
        with self.assertRaises(AccessError):
            order.with_user(self.user).read(["dunning_hint"])

    def test_the_queries_do_not_grow_with_the_invoices(self):
        order = self._create_quote()
        counts = []
        for more in (1, 12):
            for _number in range(more):
                self._create_invoice(10)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(order.dunning_hint)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLess(counts[0], 25)
