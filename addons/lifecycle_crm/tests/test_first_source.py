"""Where customers came from the first time, and how long it took them to buy."""

import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .leads_common import LeadsCommon

DAY = datetime.datetime


def dated(record, moment):
    """Have a record made at another moment."""
    record.env.flush_all()
    table = SQL.identifier(record._table)
    record.env.cr.execute(SQL("UPDATE %s SET create_date = %s WHERE id = %s", table, moment, record.id))
    record.invalidate_recordset()
    return record


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 10:00:00")
class TestFirstSource(LeadsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fair, cls.search, cls.letter = cls.env["utm.source"].create(
            [{"name": name} for name in ("Fair 2026", "Search 2026", "Letter 2026")]
        )

    def _get_source(self, partner=None):
        partner = partner or self.customer
        about = [("partner_id", "=", partner.id), ("company_id", "=", self.company.id)]
        return self.env["lifecycle.first.source"].search(about)

    def _fill(self):
        self.env["lifecycle.first.source"]._fill(self.company)

    def test_the_earliest_that_tells_is_the_first(self):
        person = self._create_customer("Anna", is_company=False, parent_id=self.customer.id)
        dated(self._create_lead("Silent on it", self.customer), DAY(2026, 1, 1))
        dated(self._create_lead("Late", self.customer, source_id=self.search.id), DAY(2026, 3, 1))
        early = dated(self._create_lead("Early", person, source_id=self.fair.id), DAY(2026, 2, 1))
        self._create_order(self.customer, DAY(2026, 5, 1), source_id=self.letter.id)
        self._fill()
        source = self._get_source()
        self.assertRecordValues(
            source, [{"source_id": self.fair.id, "lead_id": early.id, "date": DAY(2026, 2, 1), "order_id": False}]
        )

    def test_an_order_alone_tells_too(self):
        order = self._create_order(self.customer, DAY(2026, 5, 1), source_id=self.letter.id)
        self._fill()
        self.assertRecordValues(self._get_source(), [{"source_id": self.letter.id, "order_id": order.id}])

    def test_it_is_set_once(self):
        self._create_lead("Now", self.customer, source_id=self.search.id)
        self._fill()
        dated(self._create_lead("Before", self.customer, source_id=self.fair.id), DAY(2026, 1, 1))
        self._fill()
        self.assertEqual(self._get_source().source_id, self.search)

    def test_whoever_is_looked_at_gets_it(self):
        self._create_lead("Now", self.customer, source_id=self.search.id)
        self.env["lifecycle.status"].sudo()._refresh(self.company, self.customer)
        self.assertEqual(self._get_source().words, "Search 2026")
        self.assertEqual(self.customer.lifecycle_first_source_words, "Search 2026")

    def test_a_backfill_takes_one_statement(self):
        for number in range(20):
            customer = self._create_customer(f"Customer {number}")
            self._create_lead("Now", customer, source_id=self.search.id)
        self.env.flush_all()
        with self.assertQueryCount(1):
            self._fill()
        self.assertEqual(self.env["lifecycle.first.source"].search_count([("source_id", "=", self.search.id)]), 20)

    def test_merged_customers_keep_the_earliest(self):
        other = self._create_customer("Trattoria Rossi bis")
        dated(self._create_lead("Late", self.customer, source_id=self.search.id), DAY(2026, 3, 1))
        dated(self._create_lead("Early", other, source_id=self.fair.id), DAY(2026, 2, 1))
        self._fill()
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((self.customer | other).ids, self.customer)
        self.assertEqual(self._get_source().source_id, self.fair)
        self.assertEqual(len(self._get_source()), 1)

    def test_it_is_entered_by_hand_once_and_with_a_note(self):
        Source = self.env["lifecycle.first.source"].with_user(self.user)
        with self.assertRaises(UserError):
            Source._set_by_hand(self.customer, self.company, {"source_id": self.fair.id}, " ")
        with self.assertRaises(UserError):
            Source._set_by_hand(self.customer, self.company, {}, "He said so")
        wizard = self.env["lifecycle.first.source.wizard"].with_user(self.manager)
        values = {"partner_id": self.customer.id, "source_id": self.fair.id, "note": "He said so"}
        wizard.create(values).with_user(self.env.user).action_set()
        self.assertRecordValues(self._get_source(), [{"source_id": self.fair.id, "note": "He said so"}])
        with self.assertRaisesRegex(UserError, "once only"):
            Source._set_by_hand(self.customer, self.company, {"source_id": self.search.id}, "No")
        with self.assertRaises(AccessError):
            self._get_source().with_user(self.manager).source_id = self.search

    # === FROM LEAD TO FIRST ORDER === #

    def test_the_first_lead_counts_and_the_days_to_the_first_order(self):
        dated(self.lead, DAY(2026, 3, 1, 9))
        dated(self._create_lead("Again", self.customer, source_id=self.search.id), DAY(2026, 4, 1, 9))
        dated(self._create_lead("Nameless", self.env["res.partner"]), DAY(2026, 4, 1, 9))
        self._create_order(self.customer, DAY(2026, 3, 31, 22, 30))  # already April in Rome
        self.env["lifecycle.status"].sudo()._refresh(self.company, self.customer)
        rows = self.env["lifecycle.acquisition"].search([("user_id", "=", self.seller.id)])
        self.assertEqual(rows.mapped("customer_count"), [0, 1])
        self.assertRecordValues(
            rows[1], [{"lead_id": self.lead.id, "days": 31, "source_id": self.search.id, "customer_share": 100}]
        )
        [(days, share)] = rows._read_group([("id", "in", rows.ids)], [], ["days:avg", "customer_share:avg"])
        self.assertEqual((days, share), (31, 50))

    def test_who_had_ordered_before_was_no_lead(self):
        dated(self.lead, DAY(2026, 3, 1, 9))
        self._create_order(self.customer, DAY(2026, 2, 1))
        self.env["lifecycle.status"].sudo()._refresh(self.company, self.customer)
        self.assertFalse(self.env["lifecycle.acquisition"].search_count([("partner_id", "=", self.customer.id)]))
