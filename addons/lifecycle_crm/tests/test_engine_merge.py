"""Customers who turn out to be one, or somebody else's."""

import datetime

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

    def test_what_a_person_said_is_carried_under_a_roof_without_a_status(self):
        bianchi, verdi = self.others
        self._status_of(bianchi)._end(datetime.date(2026, 6, 10))
        for partner, day in ((bianchi, 2), (verdi, 1)):
            self._status_of(partner)._set_next_contact(datetime.date(2026, 7, day), "call", f"Of {partner.name}")
        self._status_of(verdi)._end(datetime.date(2026, 6, 12))
        ended = self._status_of(bianchi).stage_id
        roof = self._create_customer("Gruppo Neri")
        (bianchi | verdi).write({"is_company": False, "parent_id": roof.id})
        self.Status._cron_refresh()
        self.assertFalse(self._status_of(bianchi) | self._status_of(verdi))
        status = self._status_of(roof)
        self.assertRecordValues(
            status,
            [
                {
                    "stage_id": ended.id,
                    "order_count": 5,
                    "next_contact_source": "call",
                    "next_contact_note": "Of Trattoria Verdi",
                }
            ],
        )
        self.assertEqual((str(status.end_date), str(status.next_contact_date)), ("2026-06-12", "2026-07-01"))
        history = self.Transition.search([("partner_id", "in", (bianchi | verdi).ids)])
        self.assertTrue(history)
        self.assertTrue(all(history.mapped("merged_from")))
        self.assertEqual(self.Transition.search([("partner_id", "=", roof.id)]).mapped("cause"), ["merge"])

    def test_who_comes_to_work_for_us_is_nobodys_customer(self):
        bianchi, _verdi = self.others
        self._status_of(bianchi)._end(datetime.date(2026, 6, 10))
        bianchi.write({"is_company": False, "parent_id": self.company.partner_id.id})
        self.Status._cron_refresh()
        self.assertFalse(self._status_of(bianchi))
        self.assertFalse(self._status_of(self.company.partner_id))
        self.assertTrue(all(self.Transition.search([("partner_id", "=", bianchi.id)]).mapped("merged_from")))
