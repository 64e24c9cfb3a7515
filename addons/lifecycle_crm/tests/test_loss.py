"""Why leads and customers are lost, to whom, and what customers are worth by where they came from."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .desk_common import NOON, DeskCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestLoss(DeskCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env["crm.lost.reason"].create({"name": "Cheaper elsewhere"})
        cls.rival = cls.env["lifecycle.competitor"].create({"name": "Olio Lento", "company_id": cls.company.id})
        cls.seller = cls._create_user("lifecycle_seller", "sales_team.group_sale_salesman")

    def _lose(self, **values):
        lead = self.env["crm.lead"].create(
            {
                "name": "Wants oil",
                "partner_id": self.customer.id,
                "user_id": self.seller.id,
                "expected_revenue": 700,
                "company_id": self.company.id,
            }
        )
        wizard = self.env["crm.lead.lost"].with_user(self.seller).create({"lead_ids": lead.ids, **values})
        wizard.action_lost_reason_apply()
        return lead

    def _get_losses(self, user=None):
        self.env.flush_all()
        return self.env["lifecycle.loss"].with_user(user or self.user).search([("partner_id", "=", self.customer.id)])

    def test_a_lost_lead_says_why_and_to_whom(self):
        lead = self._lose(lost_reason_id=self.reason.id, lifecycle_competitor_id=self.rival.id)
        self.assertRecordValues(
            self._get_losses(),
            [
                {
                    "kind": "lead",
                    "lead_id": lead.id,
                    "lost_reason_id": self.reason.id,
                    "competitor_id": self.rival.id,
                    "amount": 700,
                }
            ],
        )

    def test_a_call_counts_for_the_customer_that_the_contact_belongs_to_now(self):
        person = self.env["res.partner"].create({"name": "Anna Rossi"})
        values = {"partner_id": person.id, "company_id": self.company.id, "outcome": "refused"}
        call = self.env["lifecycle.call"].create({**values, "user_id": self.user.id})
        person.parent_id = self.customer
        self.assertEqual(self._get_losses().call_id, call)

    def test_a_lead_that_is_open_again_and_lost_anew_was_lost_to_nobody_yet(self):
        lead = self._lose(lifecycle_competitor_id=self.rival.id)
        lead.action_unarchive()
        self.assertFalse(self._get_losses())
        lead.action_set_lost(lost_reason_id=self.reason.id)
        self.assertFalse(self._get_losses().competitor_id)

    def test_a_customer_who_refuses_says_why_and_is_not_called_for_it_again(self):
        touch = self._list_touch(self.customer)
        wizard = self._call()
        with self.assertRaisesRegex(UserError, "why"):
            wizard.action_refused()
        wizard.write({"lost_reason_id": self.reason.id, "competitor_id": self.rival.id})
        wizard.action_refused()
        self.assertEqual(touch.state, "done")
        self.assertFalse(self._get_list())
        self.assertRecordValues(
            self._get_losses(),
            [{"kind": "customer", "lost_reason_id": self.reason.id, "competitor_id": self.rival.id}],
        )

    def test_a_salesperson_adds_a_competitor_and_only_managers_rename_one(self):
        added = self.env["lifecycle.competitor"].with_user(self.seller).create({"name": "Frantoio Piccolo"})
        self.assertEqual(added.company_id, self.company)
        with self.assertRaises(UserError):
            added.write({"name": "Other"})
        added.with_user(self.manager).write({"name": "Other"})

    @mute_logger("odoo.sql_db")
    def test_a_competitor_is_in_the_list_once_whatever_its_letters(self):
        with self.assertRaises(Exception) as caught:
            self.env["lifecycle.competitor"].create({"name": "olio lento", "company_id": self.company.id})
            self.env.flush_all()
        self.assertIn("lifecycle_competitor_name_unique", str(caught.exception))

    def test_another_company_s_losses_are_its_own(self):
        self._lose(lost_reason_id=self.reason.id)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._create_user(
            "lifecycle_stranger",
            "lifecycle_crm.group_lifecycle_user",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertTrue(self._get_losses())
        self.assertFalse(self._get_losses(stranger))

    def test_revenue_goes_to_the_source_that_brought_the_customer(self):
        fair = self.env["utm.source"].create({"name": "Fiera"})
        other = self._create_customer("Bar Verdi")
        for partner, days, source in (
            (self.customer, ("2026-05-01", "2026-06-01"), fair),
            (other, ("2026-06-02",), fair.browse()),
        ):
            for day in days:
                self._create_order(partner, day, amount=100, source_id=source.id)
        self.env["lifecycle.first.source"]._fill(self.company)
        self.env["lifecycle.status"]._refresh(self.company, self.customer | other)
        self.env.flush_all()
        Value = self.env["lifecycle.value"].with_user(self.user)
        rows = Value._read_group(
            [("partner_id", "in", (self.customer | other).ids)],
            ["source_id"],
            ["revenue_year:sum", "repeat_share:avg", "__count"],
        )
        self.assertEqual(rows, [(fair, 200, 100, 1), (fair.browse(), 100, 0, 1)])
