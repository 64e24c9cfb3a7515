"""Customers who turn out to be one, or somebody else's."""

from freezegun import freeze_time

from odoo.tests import tagged

from .engine_common import EngineCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestEngineMerge(EngineCommon):
    def setUp(self):
        super().setUp()
        self._put_in_force()
        self.others = self._create_customer("Trattoria Bianchi") | self._create_customer("Trattoria Verdi")
        for number, partner in enumerate((self.customer, *self.others)):
            for day in range(number + 1):
                self._create_order(partner, f"2026-06-{day + 1:02} 10:00:00")
        self.Status._cron_refresh()

    def _merge(self, *partners, into):
        ids = [partner.id for partner in (*partners, into)]
        self.env["base.partner.merge.automatic.wizard"]._merge(ids, into)

    def test_one_status_and_both_histories_are_left(self):
        bianchi, _verdi = self.others
        kept = self._status_of(self.customer)
        self._status_of(bianchi).sudo().next_contact_date = "2026-07-01"
        self._merge(bianchi, into=self.customer)
        self.assertIn("merge", self.Mark.search([("partner_id", "=", self.customer.id)]).mapped("cause"))
        self.Status._cron_refresh()
        self.assertEqual(self._status_of(self.customer), kept)
        self.assertRecordValues(kept, [{"order_count": 3, "order_day_count": 2}])
        self.assertEqual(str(kept.next_contact_date), "2026-07-01")
        rows = self.Transition.search([("partner_id", "=", self.customer.id)], order="id")
        self.assertEqual(rows.filtered("merged_from").mapped("merged_from"), ["Trattoria Bianchi"])
        self.assertEqual(rows[-1].cause, "merge")
        self.assertEqual(
            self.Transition._stage_at(self.customer, self.company, "2026-06-15 10:00:00")[self.customer], kept.stage_id
        )

    def test_three_at_once_and_a_second_merge_leave_one_status(self):
        bianchi, verdi = self.others
        self._merge(bianchi, into=verdi)
        self._merge(verdi, into=self.customer)
        self.Status._cron_refresh()
        self.assertEqual(self._status_of(self.customer).order_count, 6)
        self.assertEqual(len(self.Transition.search([("partner_id", "=", self.customer.id)])), 4)
        first, second = self._create_customer("One"), self._create_customer("Two")
        for partner in (first, second):
            self._create_order(partner, "2026-06-10 10:00:00")
        self.Status._cron_refresh()
        self._merge(first, second, into=self.customer)
        self.Status._cron_refresh()
        self.assertEqual(self._status_of(self.customer).order_count, 8)

    def test_who_had_no_status_takes_over_status_and_history(self):
        fresh = self._create_customer("Fresh")
        status = self._status_of(self.customer)
        self._merge(self.customer, into=fresh)
        self.assertEqual(status.partner_id, fresh)
        self.assertFalse(self.Transition.search([("partner_id", "=", fresh.id)]).filtered("merged_from"))

    def test_contacts_of_two_customers_take_their_orders_along(self):
        bianchi, verdi = self.others
        people = self.env["res.partner"].create([{"name": "Anna", "parent_id": each.id} for each in (bianchi, verdi)])
        self._create_order(people[0], "2026-06-14 10:00:00")
        self.Status._cron_refresh()
        self._merge(people[0], into=people[1])
        self.Status._cron_refresh()
        self.assertEqual(self._status_of(bianchi).order_count, 2)
        self.assertEqual(self._status_of(verdi).order_count, 4)

    def test_who_comes_under_another_roof_takes_his_orders_there(self):
        bianchi, verdi = self.others
        bianchi.write({"is_company": False, "parent_id": verdi.id})
        self.Status._cron_refresh()
        self.assertFalse(self._status_of(bianchi))
        self.assertEqual(self._status_of(verdi).order_count, 5)
        self.assertTrue(self.Transition.search([("partner_id", "=", bianchi.id)]).filtered("merged_from"))
